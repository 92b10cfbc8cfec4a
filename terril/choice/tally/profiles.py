"""The merit profile: how often each project got each grade."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from terril.choice.errors import ChoiceError

Count = int | Fraction
Blank = Literal["refuse", "worst", "apart"]
BLANKS: tuple[Blank, ...] = ("refuse", "worst", "apart")
UNEQUAL = (
    "Say what an absent judgement is: --blank worst (it counts as the worst grade, the "
    "rule of Orsay 2007) or --blank apart (each project is compared by the shares of "
    "those who judged it)."
)


@dataclass(frozen=True)
class Profile:
    """Counts of grades, the only thing a tally needs.

    `grades` go from best to worst; `counts[i][j]` is how often `projects[i]` got
    `grades[j]`, in ballots or, when `are_shares`, in rounded shares; `blanks[i]` is how
    many ballots say nothing of it. `points[j]` is the number that grade `j` stands for,
    when the grades are numbers.

    Raises `ChoiceError` when names repeat, sizes differ or a count is negative.
    """

    grades: tuple[str, ...]
    projects: tuple[str, ...]
    counts: tuple[tuple[Count, ...], ...]
    blanks: tuple[int, ...] = ()
    points: tuple[Fraction, ...] | None = None
    are_shares: bool = False
    is_whole: bool = field(default=True, compare=False)

    def __post_init__(self) -> None:
        if not self.blanks:
            object.__setattr__(self, "blanks", (0,) * len(self.projects))
        for names, what in ((self.grades, "grade"), (self.projects, "project")):
            _refuse_doubles(names, what)
        sizes = {len(row) for row in self.counts}
        if len(self.counts) != len(self.projects) or sizes != {len(self.grades)}:
            raise ChoiceError("the profile does not have one count a grade and project")
        if any(count < 0 for row in self.counts for count in row):
            raise ChoiceError("the profile has a negative count")

    @property
    def totals(self) -> tuple[Count, ...]:
        """Return how many ballots judge each project."""
        return tuple(sum(row) for row in self.counts)

    def row(self, project: str) -> Mapping[str, Count]:
        """Return the counts of one project by grade, best first."""
        index = self.projects.index(project)
        return dict(zip(self.grades, self.counts[index], strict=True))


def of(
    grades: Sequence[str],
    counts: Mapping[str, Sequence[Count]],
    *,
    are_shares: bool = False,
) -> Profile:
    """Return the profile of counts by project, grades from best to worst.

    `counts` maps each project to one count a grade. Raises `ChoiceError` as `Profile`.
    """
    rows = tuple(tuple(row) for row in counts.values())
    return Profile(tuple(grades), tuple(counts), rows, are_shares=are_shares)


def settled(profile: Profile, blank: Blank) -> Profile:
    """Return the profile in which absent judgements are dealt with by the rule named.

    `worst`: whoever said nothing of a project gave it the worst grade, so that all are
    judged by the same number (Balinski and Laraki 2007, the experiment of Orsay).
    `apart`: nothing is added, and projects are compared by the shares of those who
    judged them: replicating a profile changes no majority ranking, so that profiles of
    different sizes are compared once replicated to one size (Balinski and Laraki 2011).
    `refuse`: an absent judgement stops the tally.

    Raises `ChoiceError` when the rule refuses, or when nobody judged a project.
    """
    most = max(
        total + absent
        for total, absent in zip(profile.totals, profile.blanks, strict=True)
    )
    missing = [most - total for total in profile.totals]
    if blank == "refuse" and any(missing) and not profile.are_shares:
        first = profile.projects[next(i for i, lack in enumerate(missing) if lack)]
        raise ChoiceError(
            f"projects are judged by different numbers of ballots (first: “{first}”)",
            advice=UNEQUAL,
        )
    if blank == "worst" and not profile.are_shares:
        profile = _with_worst(profile, missing)
    _refuse_unjudged(profile)
    return profile


def _with_worst(profile: Profile, missing: Sequence[Count]) -> Profile:
    if any(missing) and not profile.is_whole:
        raise ChoiceError(
            "absent judgements count as the worst grade, and no line says which it is",
            advice="Give the grades, best first: --grades “5,4,3,2,1,0”.",
        )
    rows = tuple(
        (*row[:-1], row[-1] + lack)
        for row, lack in zip(profile.counts, missing, strict=True)
    )
    nobody = (0,) * len(profile.projects)
    return Profile(
        profile.grades, profile.projects, rows, nobody, profile.points, is_whole=True
    )


def _refuse_unjudged(profile: Profile) -> None:
    for project, total in zip(profile.projects, profile.totals, strict=True):
        if not total:
            raise ChoiceError(
                f"nobody judged “{project}”",
                advice="Take it out, or count absent judgements: --blank worst.",
            )


def _refuse_doubles(names: Sequence[str], what: str) -> None:
    if not names:
        raise ChoiceError(f"there is no {what}")
    for index, name in enumerate(names):
        if name in names[:index]:
            raise ChoiceError(f"the {what} “{name}” is there twice")
