"""Majority judgement, exact, from counts (Balinski and Laraki 2007, 2011, 2014).

The grades of a project stand in order. Its majority grade is the middlemost one, the
lower of the two when their number is even. Take it away, look again, and so on: the
grades taken, in that order, are the majority value, and projects are ranked by it as
words in a dictionary. The majority gauge (p, α±, q) is how that order begins: p the
share of grades above α, q below, α+ when p > q and α− otherwise; of two α+ the larger
p comes first, of two α− the smaller q. When gauges tie, the majority value goes on;
two projects tie for good only when their profiles are the same.

Nothing is taken ballot by ballot: from the middle outwards, the grades of the lower and
of the upper half come in runs, at most twice as many as there are grades.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from math import lcm

from terril.choice.tally.profiles import Count, Profile

Run = tuple[int, int]
Key = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Gauge:
    """The majority gauge: the share above the majority grade, its sign, and below."""

    above: Fraction
    grade: str
    sign: str
    below: Fraction

    @property
    def order(self) -> tuple[int, Fraction]:
        """Return what ranks two gauges of one grade, the larger the better."""
        if self.sign == "+":
            return (1, self.above)
        return (0, -self.below)


def gauge(grades: Sequence[str], counts: Sequence[Count]) -> Gauge:
    """Return the majority gauge of one project.

    `counts[j]` is how often it got `grades[j]`, best first; their sum is positive.
    Source: Balinski and Laraki, PNAS 104 (2007) and *Majority Judgment* (2011).
    """
    total = sum(counts)
    stands = list(accumulate(counts))
    # The lower middlemost grade: the first one down to which more than half stand.
    place = next(at for at, sofar in enumerate(stands) if 2 * sofar > total)
    above, below = stands[place] - counts[place], total - stands[place]
    sign = "+" if above > below else "-"
    return Gauge(Fraction(above, total), grades[place], sign, Fraction(below, total))


def keys(profile: Profile) -> list[Key]:
    """Return, per project, what ranks it: the majority value, the larger the better.

    Profiles of different sizes are replicated to one size first, which changes no
    ranking. Source: Balinski and Laraki (2007, 2011); exact whole numbers throughout.
    """
    rows = [_whole(row) for row in profile.counts]
    # Twice the common size: a middle that is one grade becomes two equal ones.
    size = 2 * lcm(*(sum(row) for row in rows))
    return [_key([count * (size // sum(row)) for count in row]) for row in rows]


def _whole(row: Sequence[Count]) -> list[int]:
    """Return a row in the smallest unit in which all its counts are whole."""
    unit = lcm(*(Fraction(count).denominator for count in row))
    return [int(count * unit) for count in row]


def _key(counts: Sequence[int]) -> Key:
    """Turn runs into a key: the one that leaves a shared beginning first is told by how."""
    runs = list(_runs(counts))
    key = []
    for (code, length), (following, _) in pairwise([*runs, (runs[-1][0], 0)]):
        direction = (following > code) - (following < code)
        key.append((code, direction, -direction * length))
    return tuple(key)


def _runs(counts: Sequence[int]) -> Iterator[Run]:
    """Yield the pairs (lower grade, upper grade) from the middle outwards, in runs."""
    lower, upper = _halves(counts)
    code, length = -1, 0
    while lower:
        (low, many), (high, more) = lower[-1], upper[-1]
        step = min(many, more)
        found = low * len(counts) + high
        if found != code and length:
            yield code, length
            length = 0
        code, length = found, length + step
        for half, grade, left in ((lower, low, many), (upper, high, more)):
            half[-1:] = [(grade, left - step)] if left > step else []
    yield code, length


def _halves(counts: Sequence[int]) -> tuple[list[Run], list[Run]]:
    """Cut an even number of grades in two halves of runs, the middle at the end."""
    half = sum(counts) // 2
    lower: list[Run] = []
    upper: list[Run] = []
    below = 0
    for value, count in enumerate(reversed(counts)):
        under = min(count, max(half - below, 0))
        lower += [(value, under)] if under else []
        upper += [(value, count - under)] if count > under else []
        below += count
    return lower, upper[::-1]
