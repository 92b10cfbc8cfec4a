"""What severity hides: dossiers ranked as if all readers were as severe."""

from terril.choice.calibration.answer import (
    CalibratedDossier,
    CalibratedReader,
    Calibration,
    CriterionCalibration,
    calibrate,
    calibrate_each,
)
from terril.choice.calibration.components import Variance
from terril.choice.calibration.disagreements import Disagreement, disagreement
from terril.choice.calibration.errors import CalibrationRefused, RepeatedMark
from terril.choice.calibration.influences import Influence, influence
from terril.choice.calibration.marks import Mark, Marks
from terril.choice.calibration.reading import read_marks

__all__ = [
    "CalibratedDossier",
    "CalibratedReader",
    "Calibration",
    "CalibrationRefused",
    "CriterionCalibration",
    "Disagreement",
    "Influence",
    "Mark",
    "Marks",
    "RepeatedMark",
    "Variance",
    "calibrate",
    "calibrate_each",
    "disagreement",
    "influence",
    "read_marks",
]
