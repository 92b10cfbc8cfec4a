"""The three methods: majority judgement, approval, score. All exact."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any

from terril.choice.errors import ChoiceError
from terril.choice.tally.majority import Gauge, gauge, keys
from terril.choice.tally.profiles import Blank, Profile, settled
from terril.choice.tally.results import Outcome, Tally
from terril.choice.tally.scales import written
from terril.choice.tally.texts import folded
from terril.choice.tally.ties import Groups, Rule, broken


def majority_judgment(
    profile: Profile, *, blank: Blank = "refuse", rules: Sequence[Rule] = ()
) -> Tally:
    """Rank projects by majority judgement with its full tie-break.

    `blank` says what an absent judgement is (see `profiles.settled`); `rules` break the
    ties that are left, which are those of projects with the same profile. Shares are
    fractions of the ballots that judge the project. Whole numbers throughout: exact for
    any number of voters and grades.

    Raises `ChoiceError` when the blank rule refuses, or a tie rule is silent.
    Source: Balinski and Laraki, *A theory of measuring, electing, and ranking*, PNAS
    104 (2007); *Majority Judgment* (2011); *Judge: Don't vote!* (2014).
    """
    final = settled(profile, blank)
    ranks = dict(zip(final.projects, keys(final), strict=True))
    gauges = [gauge(final.grades, row) for row in final.counts]
    groups, used = broken(_grouped(ranks), rules)
    outcomes = [
        replace(one, gauge=found)
        for one, found in zip(_outcomes(profile, final, groups), gauges, strict=True)
    ]
    by_project = dict(zip(final.projects, gauges, strict=True))
    return Tally(
        "majority-judgment",
        final,
        blank,
        groups,
        tuple(outcomes),
        tuple(rule.name for rule in rules),
        tuple(used),
        tuple(_decided(groups, ranks, by_project, final.grades)),
    )


def _outcomes(profile: Profile, final: Profile, groups: Groups) -> list[Outcome]:
    """Return what is known of each project by its rank and counts alone."""
    return [
        Outcome(project, _rank(groups, project), final.row(project), blanks)
        for project, blanks in zip(final.projects, profile.blanks, strict=True)
    ]


def _decided(
    groups: Groups,
    places: dict[str, Any],
    gauges: dict[str, Gauge],
    grades: Sequence[str],
) -> list[str]:
    """Say, for each group and the next one, what set them apart."""
    found = []
    for better, worse in pairwise(groups):
        first, second = gauges[better[0]], gauges[worse[0]]
        if places[better[0]] == places[worse[0]]:
            found.append("rule")
        elif grades.index(first.grade) != grades.index(second.grade):
            found.append("majority grade")
        elif first.order != second.order:
            found.append("majority gauge")
        else:
            found.append("majority value")
    return found


def approval(
    profile: Profile,
    *,
    approved: str = "",
    blank: Blank = "worst",
    rules: Sequence[Rule] = (),
) -> Tally:
    """Rank projects by the number of ballots that approve them.

    With two grades the better one approves; with more, `approved` names the last grade
    that does. A ballot that says nothing of a project does not approve it, unless
    `blank` says otherwise; compared `apart`, projects rank by the share of approvals.

    Raises `ChoiceError` when `approved` is missing or unknown, or a rule refuses.
    Source: Brams and Fishburn, *Approval voting*, APSR 72 (1978).
    """
    last = _last_approved(profile, approved)
    two = Profile(
        ("approved", "not approved"),
        profile.projects,
        tuple((sum(row[: last + 1]), sum(row[last + 1 :])) for row in profile.counts),
        profile.blanks,
        are_shares=profile.are_shares,
    )
    return _by_points("approval", two, (Fraction(1), Fraction(0)), blank, rules)


def _last_approved(profile: Profile, approved: str) -> int:
    """Return the place of the last grade that approves, -1 when none seen does."""
    names = [folded(grade) for grade in profile.grades]
    if approved:
        if folded(approved) not in names:
            raise ChoiceError(f"“{approved}” is not one of the grades")
        return names.index(folded(approved))
    if profile.points and set(profile.points) <= {0, 1}:
        return sum(map(bool, profile.points)) - 1
    if profile.points or len(names) > 2:
        raise ChoiceError(
            f"nothing says which of the grades approve ({', '.join(profile.grades)})",
            advice="Name the last one that does: --approved GRADE.",
        )
    return 0


def score(
    profile: Profile,
    *,
    points: Sequence[Fraction] | None = None,
    blank: Blank = "refuse",
    rules: Sequence[Rule] = (),
) -> Tally:
    """Rank projects by the mean of the points of their grades.

    `points[j]` is what `profile.grades[j]` is worth; without it, numbers are worth
    themselves, a rank the projects it leaves behind, and words go down to 0 by one. All
    judged by as many ballots, mean and sum rank alike; compared `apart`, means do.

    Raises `ChoiceError` when there is not one point a grade, or the blank rule refuses.
    Source: Smith, *Range voting* (2000); with ranks, Borda (1784).
    """
    values = tuple(points or profile.points or ())
    values = values or tuple(map(Fraction, reversed(range(len(profile.grades)))))
    if len(values) != len(profile.grades):
        raise ChoiceError(
            f"{len(values)} points for {len(profile.grades)} grades",
            advice=f"Give one a grade: {', '.join(profile.grades)}.",
        )
    return _by_points("score", profile, values, blank, rules)


def _by_points(
    method: str,
    profile: Profile,
    points: tuple[Fraction, ...],
    blank: Blank,
    rules: Sequence[Rule],
) -> Tally:
    final = settled(profile, blank)
    sums = [
        sum(
            (value * count for value, count in zip(points, row, strict=True)),
            Fraction(),
        )
        for row in final.counts
    ]
    means = [total / many for total, many in zip(sums, final.totals, strict=True)]
    ranks = dict(zip(final.projects, means, strict=True))
    groups, used = broken(_grouped(ranks), rules)
    outcomes = [
        replace(one, total=total, mean=mean)
        for one, total, mean in zip(
            _outcomes(profile, final, groups), sums, means, strict=True
        )
    ]
    decided = [
        "rule" if ranks[better[0]] == ranks[worse[0]] else method
        for better, worse in pairwise(groups)
    ]
    return Tally(
        method,
        final,
        blank,
        groups,
        tuple(outcomes),
        tuple(rule.name for rule in rules),
        tuple(used),
        tuple(decided),
        dict(zip(final.grades, map(written, points), strict=True)),
    )


def _grouped(ranks: Mapping[str, Any]) -> Groups:
    """Return projects best first, those of one rank together, in the order of names."""
    ordered = sorted(sorted(ranks), key=ranks.__getitem__, reverse=True)
    return [list(group) for _, group in groupby(ordered, key=ranks.__getitem__)]


def _rank(groups: Groups, project: str) -> int:
    """Return the rank of a project: one more than how many stand before its group."""
    place = next(at for at, group in enumerate(groups) if project in group)
    return 1 + sum(map(len, groups[:place]))
