"""What stops a build: Exception → DataError, and nothing below it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Spot:
    """Where in a producer's file: the file, its sheet or member, line and column."""

    file: str
    place: str = ""
    line: int | None = None
    column: str = ""

    def __str__(self) -> str:
        line = "" if self.line is None else f"line {self.line}"
        column = f"column {self.column}" if self.column else ""
        return ", ".join(part for part in (self.file, self.place, line, column) if part)


class DataError(Exception):
    """A file is not what its recipe says: where, how often, an example, what to do."""

    def __init__(
        self,
        problem: str,
        *,
        spot: Spot,
        advice: str,
        count: int = 1,
        example: object = "",
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.spot = spot
        self.count = count
        self.example = str(example)
        self.advice = advice

    def __str__(self) -> str:
        times = f"{self.count} times" if self.count > 1 else "once"
        example = f" First example: “{self.example}”." if self.example else ""
        return f"{self.spot}: {self.problem} ({times}).{example} {self.advice}"
