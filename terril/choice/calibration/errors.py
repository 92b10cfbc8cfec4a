"""What calibration foresees: Exception → CalibrationRefused → RepeatedMark."""


class CalibrationRefused(Exception):
    """The marks cannot be calibrated: why, and what would help."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RepeatedMark(CalibrationRefused):
    """One reader gives one dossier two marks on one criterion."""

    def __init__(self, reason: str, places: tuple[tuple[int, int], ...]) -> None:
        super().__init__(reason)
        self.places = places  # (position of the repetition, position of the first)


def some(names: list[str], most: int = 5) -> str:
    """Name a few of many, for a sentence."""
    more = len(names) - most
    told = ", ".join(names[:most])
    return told if more <= 0 else f"{told} and {more} more"
