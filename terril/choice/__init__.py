"""Judging and choosing: no Django here."""

from terril.choice.calibration import (
    CalibratedDossier,
    CalibratedReader,
    Calibration,
    CalibrationRefused,
    CriterionCalibration,
    Disagreement,
    Influence,
    Mark,
    Marks,
    RepeatedMark,
    Variance,
    calibrate,
    calibrate_each,
    disagreement,
    influence,
    read_marks,
)

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
