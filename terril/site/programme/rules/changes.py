"""What changed between two regimes, part by part, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from terril.site.programme.regimes import RegimeText

TEXTS: dict[str, str | Promise] = {
    "era": _("Era"),
    "who_may_apply": _("Who may apply"),
    "deciding_body": _("Who decides"),
    "publicity": _("What is public, and when"),
    "duration_years": _("How long the label lasts"),
    "retention_months": _("How long dossiers are kept"),
}
LISTS: dict[str, str | Promise] = {
    "stages": _("Stage"),
    "committees": _("Committee"),
    "criteria": _("Criterion"),
    "outcomes": _("Outcome"),
}


@dataclass(frozen=True)
class Change:
    """One thing that reads otherwise: before, after; one of them empty if new or gone."""

    part: str | Promise
    before: str
    after: str


def changes_between(before: RegimeText, after: RegimeText) -> list[Change]:
    """Return what reads otherwise, in the order of the page."""
    return [*_of_texts(before, after), *_of_lists(before, after)]


def _of_texts(before: RegimeText, after: RegimeText) -> Iterator[Change]:
    for name, part in TEXTS.items():
        old, new = (_said(getattr(one, name)) for one in (before, after))
        if old != new:
            yield Change(part, old, new)


def _of_lists(before: RegimeText, after: RegimeText) -> Iterator[Change]:
    for name, part in LISTS.items():
        old, new = (
            {one.key: str(one) for one in getattr(text, name)}
            for text in (before, after)
        )
        for key in [*old, *(key for key in new if key not in old)]:
            if old.get(key) != new.get(key):
                yield Change(part, old.get(key, ""), new.get(key, ""))


def _said(value: object) -> str:
    text = "" if value is None else str(value)
    return text or gettext("not known")
