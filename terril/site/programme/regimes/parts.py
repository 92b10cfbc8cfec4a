"""The parts of a regime: stages, committees, criteria, outcomes, and the whole text."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.utils.translation import get_language, gettext_lazy as _

from terril.site.commons.errors import Refused, Sentence

# What a committee may read of a dossier, from the most to the least.
SIGHTS = {
    "everything": _("the whole dossier and its files"),
    "answers": _("the answers, without the files"),
    "sheet": _("the project sheet only: title, summary, theme, place"),
}


class RegimeRefused(Refused):
    """The text of a regime cannot be read."""


@dataclass(frozen=True)
class Text:
    """A sentence in both languages; it reads in the reader's."""

    fr: str
    en: str = ""

    def __str__(self) -> str:
        return self.en if self.en and get_language() == "en" else self.fr

    def __bool__(self) -> bool:
        return bool(self.fr)


@dataclass(frozen=True)
class Named:
    """Something of a regime with a name in both languages."""

    key: str
    name: str
    name_en: str = ""
    # True where no source gives the rule and this software proposes one.
    is_proposal: bool = False

    def __str__(self) -> str:
        return str(Text(self.name, self.name_en))


@dataclass(frozen=True)
class Stage(Named):
    """A stage that a dossier goes through, and its days where they are known."""

    note: str = ""
    note_en: str = ""
    # As in files: 2026-09-01. Empty where the text gives no day.
    starts_on: str = ""
    ends_on: str = ""

    @property
    def days(self) -> list[date]:
        """The days that are known, in order."""
        return [
            date.fromisoformat(one) for one in (self.starts_on, self.ends_on) if one
        ]

    @property
    def says(self) -> str:
        return str(Text(self.note, self.note_en))


@dataclass(frozen=True)
class Committee(Named):
    """A committee that gives an opinion; `looks_at` says on what."""

    looks_at: str = ""
    looks_at_en: str = ""
    # What of a dossier its members may read: a key of SIGHTS.
    sees: str = "everything"

    @property
    def sight(self) -> str:
        return str(SIGHTS[self.sees])

    @property
    def reads(self) -> str:
        return str(Text(self.looks_at, self.looks_at_en))


@dataclass(frozen=True)
class Criterion(Named):
    """One line of the grid, in its family."""

    family: str = ""
    family_en: str = ""
    weight: int = 1
    is_required: bool = False
    may_not_apply: bool = False
    # The value of the scale below which the dossier does not pass, if any.
    floor: int | None = None

    @property
    def heading(self) -> str:
        return str(Text(self.family, self.family_en))


@dataclass(frozen=True)
class Outcome(Named):
    """A way of deciding, and what it demands and leads to."""

    is_labelled: bool = False
    needs_reservations: bool = False
    needs_reasons: bool = True
    needs_act: bool = True
    comes_back: bool = False
    # Whether the public ever hears of the outcome.
    is_public: bool = False

    @property
    def leads_to(self) -> tuple[bool, bool, bool]:
        """What follows from the outcome, which no later text may change."""
        return (self.is_labelled, self.comes_back, self.is_public)

    @property
    def is_listed(self) -> bool:
        # What has to mature, heard of by the public apart from labels.
        return self.is_public and self.comes_back


@dataclass(frozen=True)
class Level:
    """One level of the scale: a value, and the words for it."""

    value: int
    word: str
    word_en: str = ""

    def __str__(self) -> str:
        return str(Text(self.word, self.word_en))


@dataclass(frozen=True)
class Eligibility:
    """Who may apply, as rules that are checked while one types."""

    is_inside: bool = False
    is_member: bool = False
    # Kinds of organisations; empty: any, and those who have none.
    kinds: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.is_inside or self.is_member or bool(self.kinds)


@dataclass(frozen=True)
class RegimeText:
    """A whole regime, read and checked."""

    title: Text
    era: Text
    who_may_apply: Text
    stages: list[Stage]
    committees: list[Committee]
    criteria: list[Criterion]
    outcomes: list[Outcome]
    # Empty where no source names it; the proposal says what this software deduces.
    deciding_body: Text
    deciding_body_proposal: Text = field(default_factory=lambda: Text(""))
    unknowns: list[Text] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    # None: no source gives a duration, so a label has none.
    duration_years: int | None = None
    eligibility: Eligibility = field(default_factory=Eligibility)
    # Levels from the best to the lowest; empty where no scale is known.
    scale: list[Level] = field(default_factory=list)
    # What is public and when, in words.
    publicity: Text = field(default_factory=lambda: Text(""))
    # Months after the decision during which dossiers are kept; None: not stated.
    retention_months: int | None = None

    def outcome(self, key: str) -> Outcome:
        return _one(self.outcomes, key, _("This regime has no outcome “%(key)s”."))

    def committee(self, key: str) -> Committee:
        return _one(self.committees, key, _("This regime has no committee “%(key)s”."))

    def unchanged(self, before: "RegimeText") -> set[str]:
        """Return what decisions and opinions may name under both texts alike."""
        mine, theirs = (
            {one.key: one.leads_to for one in text.outcomes} for text in (self, before)
        )
        kept = {key for key, leads in mine.items() if theirs.get(key) == leads}
        return kept | {one.key for one in self.committees}

    @property
    def committee_keys(self) -> list[str]:
        return [committee.key for committee in self.committees]


AnyNamed = TypeVar("AnyNamed", bound=Named)


def _one(found: list[AnyNamed], key: str, sentence: Sentence) -> AnyNamed:
    for one in found:
        if one.key == key:
            return one
    keys = ", ".join(one.key for one in found)
    raise RegimeRefused(
        str(sentence) % {"key": key},
        next_step=_("Choose one of: %(keys)s.") % {"keys": keys},
    )
