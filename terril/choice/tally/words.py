"""The word `terril choice tally`."""

import argparse
import json
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from terril.choice.errors import ChoiceError
from terril.choice.tally import scales, ties
from terril.choice.tally.ballots import read_ballots
from terril.choice.tally.methods import approval, majority_judgment, score
from terril.choice.tally.profiles import BLANKS, Blank, Profile
from terril.choice.tally.results import Tally
from terril.choice.tally.scales import Scale
from terril.choice.tally.tables import read_profile

METHODS = ("majority-judgment", "approval", "score")
# What an absent judgement is when the command does not say.
_BLANK: dict[str, Blank] = {
    "majority-judgment": "refuse",
    "approval": "worst",
    "score": "refuse",
}
TELLS = """
BALLOTS.csv has one row a ballot and one column a project; its header names the projects.
The delimiter is a comma, a semicolon or a tab; the text is UTF-8.

A line before the header may say what cells are, the best first:
  # grades: Excellent, Very good, Good, Fair, Poor, To reject
  # numbers        (the larger the better; a decimal point or comma)
  # ranks          (1 is the best)
Without it, known French and English scales and numbers are recognised where there is no
doubt; numbers that could be ranks are refused. --grades, --numbers, --ranks prevail.

An empty cell, “-”, “blank”, “abstention” or “sans opinion” is an absent judgement:
  --blank refuse   stops there (majority judgment and score, unless another is named)
  --blank worst    counts it as the worst grade (approval, unless another is named)
  --blank apart    compares projects by the shares of those who judged them

PROFILE.csv has one row a project and one column a grade, from best to worst; cells are
counts of ballots, or percentages.

Ties stay ties unless rules are named, applied in their order:
  --tie-break TIES.csv   a line a project: project,NAME:high,OTHER:low (numbers or dates)
  --tie-break draw --seed S   the SHA-256 of seed, line feed and name; the larger first

Exit code: 0 with a result, 1 when an input is refused, 2 when words are misused.
"""


def main(arguments: Sequence[str]) -> int:
    """Tally ballots or a profile, and print the result."""
    asked = parser().parse_args(arguments)
    try:
        result = tallied(asked)
    except ChoiceError as error:
        if asked.json:
            _say(json.dumps({"refused": error.as_json()}, ensure_ascii=False, indent=2))
        sys.stderr.write(f"{error}\n")
        return 1
    _say(
        json.dumps(result.as_json(), ensure_ascii=False, indent=2)
        if asked.json
        else result.printed()
    )
    return 0


def parser() -> argparse.ArgumentParser:
    """Return what reads the words of a tally."""
    words = argparse.ArgumentParser(
        prog="terril choice tally",
        description="Tally ballots or a merit profile.",
        epilog=TELLS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    words.add_argument("ballots", nargs="?", type=Path, metavar="BALLOTS.csv")
    words.add_argument("--profile", type=Path, metavar="PROFILE.csv")
    words.add_argument("--method", choices=METHODS, default=METHODS[0])
    kind = words.add_mutually_exclusive_group()
    kind.add_argument("--grades", metavar="BEST,…,WORST", default="")
    kind.add_argument("--numbers", action="store_true")
    kind.add_argument("--ranks", action="store_true")
    words.add_argument("--blank", choices=BLANKS)
    words.add_argument("--approved", metavar="GRADE", default="")
    words.add_argument("--points", metavar="P,…,P", default="")
    words.add_argument("--tie-break", action="append", default=[], metavar="RULE")
    words.add_argument("--seed", default="")
    words.add_argument("--json", action="store_true")
    return words


def tallied(asked: argparse.Namespace) -> Tally:
    """Return the result that words ask for."""
    profile = _profile(asked)
    rules = _rules(asked, profile)
    blank = asked.blank or _BLANK[asked.method]
    if asked.method == "approval":
        return approval(profile, approved=asked.approved, blank=blank, rules=rules)
    if asked.method == "score":
        points = _points(asked.points)
        return score(profile, points=points, blank=blank, rules=rules)
    return majority_judgment(profile, blank=blank, rules=rules)


def _profile(asked: argparse.Namespace) -> Profile:
    if bool(asked.ballots) == bool(asked.profile):
        raise ChoiceError(
            "one file of ballots or one profile is tallied",
            advice="Give BALLOTS.csv, or --profile PROFILE.csv.",
        )
    if asked.profile:
        return read_profile(asked.profile)
    scale = scales.listed(asked.grades) if asked.grades else None
    if asked.numbers or asked.ranks:
        scale = Scale("ranks" if asked.ranks else "numbers")
    is_strict = (asked.blank or _BLANK[asked.method]) == "refuse"
    return read_ballots(asked.ballots, scale, are_blanks_refused=is_strict)


def _rules(asked: argparse.Namespace, profile: Profile) -> list[ties.Rule]:
    rules = []
    for named in asked.tie_break:
        if named != "draw":
            rules += ties.read(Path(named))
        elif asked.seed:
            rules.append(ties.drawn(profile.projects, asked.seed))
        else:
            raise ChoiceError("a draw needs a seed", advice="Give --seed S.")
    return rules


def _points(text: str) -> list[Fraction]:
    values = [scales.number(part.strip()) for part in text.split(",")] if text else []
    if None in values:
        raise ChoiceError(f"“{text}” is not a list of numbers between commas")
    return [value for value in values if value is not None]


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
