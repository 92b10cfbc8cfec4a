"""What a tally says: to programmes as JSON, to people as a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from terril.choice.tally.majority import Gauge
from terril.choice.tally.profiles import Count, Profile
from terril.choice.tally.ties import Groups, Use

SIGNS = {"+": "+", "-": "−"}


@dataclass(frozen=True)
class Outcome:
    """One project: its rank (ties share the better one), its counts, what ranks it."""

    project: str
    rank: int
    counts: Mapping[str, Count]
    blanks: int
    gauge: Gauge | None = None
    total: Fraction | None = None
    mean: Fraction | None = None

    def as_json(self) -> dict[str, object]:
        """Return it with shares as floats, and exact as fractions in text."""
        found: dict[str, object] = {
            "project": self.project,
            "rank": self.rank,
            "counts": {grade: _plain(count) for grade, count in self.counts.items()},
            "ballots": _plain(sum(self.counts.values())),
            "blanks": self.blanks,
        }
        if self.gauge:
            found["majority_grade"] = self.gauge.grade
            found["gauge"] = {
                "above": float(self.gauge.above),
                "grade": f"{self.gauge.grade}{self.gauge.sign}",
                "below": float(self.gauge.below),
                "sign": self.gauge.sign,
                "above_exact": str(self.gauge.above),
                "below_exact": str(self.gauge.below),
            }
        if self.total is not None and self.mean is not None:
            found["total"] = _plain(self.total)
            found["mean"] = float(self.mean)
            found["total_exact"] = str(self.total)
            found["mean_exact"] = str(self.mean)
        return found


@dataclass(frozen=True)
class Tally:
    """The result of a tally, with the rules by which it was reached.

    `ranking` holds groups of projects best first, those of a group being tied;
    `decided_by[i]` says what set group `i` above the next one.
    """

    method: str
    profile: Profile
    blank: str
    ranking: Groups
    outcomes: tuple[Outcome, ...]
    rules: tuple[str, ...] = ()
    used: tuple[Use, ...] = ()
    decided_by: tuple[str, ...] = ()
    points: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return the result as `terril choice tally --json` prints it."""
        ranked = sorted(self.outcomes, key=lambda one: (one.rank, one.project))
        found: dict[str, object] = {
            "method": self.method,
            "ranking": self.ranking,
            "decided_by": list(self.decided_by),
            "grades": list(self.profile.grades),
            "blank": self.blank,
            "are_shares": self.profile.are_shares,
            "tie_break": {
                "rules": list(self.rules),
                "used": [
                    {
                        "rule": use.rule,
                        "tied": list(use.tied),
                        "left": [list(group) for group in use.left],
                    }
                    for use in self.used
                ],
            },
            "projects": [outcome.as_json() for outcome in ranked],
        }
        if self.points:
            found["points"] = dict(self.points)
        return found

    def printed(self) -> str:
        """Return the result as lines for people."""
        ranked = sorted(self.outcomes, key=lambda one: (one.rank, one.project))
        names = _padded([one.project for one in ranked])
        grades = _padded([_signed(one) for one in ranked])
        lines = [
            f"{one.rank:>3}  {name}  {_told(one, grade)}"
            for one, name, grade in zip(ranked, names, grades, strict=True)
        ]
        lines += [f"absent judgements: {self.blank}"]
        for use in self.used:
            left = " > ".join(" = ".join(group) for group in use.left)
            lines.append(f"tie broken by {use.rule}: {left}")
        tied = [group for group in self.ranking if len(group) > 1]
        lines += [f"still tied: {', '.join(group)}" for group in tied]
        return "\n".join(lines)


def _padded(texts: list[str]) -> list[str]:
    wide = max(map(len, texts))
    return [text.ljust(wide) for text in texts]


def _signed(one: Outcome) -> str:
    """Return the majority grade with its sign, typeset, if the project has one."""
    return f"{one.gauge.grade}{SIGNS[one.gauge.sign]}" if one.gauge else ""


def _told(one: Outcome, grade: str) -> str:
    if one.gauge:
        above, below = (100 * float(x) for x in (one.gauge.above, one.gauge.below))
        return f"{above:6.2f} %  {grade}  {below:6.2f} %"
    return f"{float(one.total or 0):g} (mean {float(one.mean or 0):.4g})"


def _plain(value: Count) -> int | float:
    """Return a count as JSON holds it: whole where it is."""
    return int(value) if value == int(value) else float(value)
