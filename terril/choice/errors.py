"""What stops a choice: Exception → ChoiceError, and nothing below it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Spot:
    """Where in an input: the file, its line (the first is 1) and its column."""

    file: str = ""
    line: int | None = None
    column: str = ""

    def __str__(self) -> str:
        line = "" if self.line is None else f"line {self.line}"
        column = f"column {self.column}" if self.column else ""
        return ", ".join(part for part in (self.file, line, column) if part)


class ChoiceError(Exception):
    """An input cannot be used: what is wrong, where, and what to do."""

    def __init__(
        self, problem: str, *, spot: Spot | None = None, advice: str = ""
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.spot = spot or Spot()
        self.advice = advice

    def __str__(self) -> str:
        where = str(self.spot)
        told = f"{where}: {self.problem}." if where else f"{self.problem}."
        return f"{told} {self.advice}".strip()

    def as_json(self) -> dict[str, object]:
        """Return the refusal as the words of the command print it."""
        return {
            "problem": self.problem,
            "file": self.spot.file,
            "line": self.spot.line,
            "column": self.spot.column,
            "advice": self.advice,
        }
