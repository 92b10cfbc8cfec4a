"""Which questions show themselves to a dossier, where each stands, what closes it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, TypeGuard

from terril.site.people.queries import organisation_of_siret
from terril.site.places import queries as places
from terril.site.programme.models import Call, Question
from terril.site.programme.regimes import Eligibility
from terril.site.programme.rules import conditions, eligibility as eligible
from terril.site.programme.rules.completeness import (
    Completeness,
    Item,
    Reason,
    Section,
    anchor_of,
    mark_of,
)
from terril.site.programme.rules.editions import regime_of

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Asked:
    """The questions that show themselves, and why the dossier may not apply."""

    shown: list[Question]
    ineligibilities: list[conditions.Ineligibility]

    @property
    def shown_keys(self) -> frozenset[str]:
        return frozenset(one.key for one in self.shown)


def questions_of(call: Call) -> list[Question]:
    """Return what a call asks, in order."""
    return list(call.questions.order_by("position", "pk"))


def asked_of(call: Call, questions: list[Question], values: conditions.Values) -> Asked:
    """Sort out which questions show themselves, and what closes the call."""
    eligibility = _eligibility(call)
    inside = _inside(values) if _asks_where(eligibility, questions) else NONE
    shown = conditions.shown(questions, values, inside)
    reasons = conditions.ineligibilities(shown, values, inside)
    if eligibility:
        applicant = _applicant(shown, values, inside)
        reasons += eligible.reasons_against(eligibility, applicant, shown)
    return Asked(shown, reasons)


def completeness_of(
    asked: Asked, values: conditions.Values, *, saved_at: datetime | None = None
) -> Completeness:
    """Say where each question that shows itself stands, and what closes the call."""
    sections = [
        Section(name, f"section-{rank}", [_item(one, values) for one in questions])
        for rank, (name, questions) in enumerate(sections_of(asked.shown), 1)
    ]
    reasons = [
        Reason(one.reason, anchor_of(one.question)) for one in asked.ineligibilities
    ]
    return Completeness(sections, saved_at, reasons)


def sections_of(
    questions: Iterable[Question],
) -> Iterator[tuple[str, list[Question]]]:
    """Cut questions in sections, in the reader's language."""
    for name, asked in groupby(questions, lambda one: one.localised("section")):
        yield name, list(asked)


def _eligibility(call: Call) -> Eligibility:
    """Return who may apply, if the regime of the call says so in rules."""
    is_said = call.regime is not None and call.regime.text.get("eligibility")
    return regime_of(call).eligibility if is_said else Eligibility()


def _asks_where(eligibility: Eligibility, questions: list[Question]) -> bool:
    return eligibility.is_inside or conditions.needs_the_territory(questions)


def _applicant(
    questions: list[Question], values: conditions.Values, inside: frozenset[str]
) -> eligible.Applicant:
    given = {one.fills: values.get(one.pk) for one in questions if one.fills}
    commune = given.get(Question.Fills.COMMUNE)
    organisation = given.get(Question.Fills.ORGANISATION)
    return eligible.Applicant(
        commune["code"] in inside if _is_whole(commune, "code") else None,
        organisation_of_siret(organisation["siret"])
        if _is_whole(organisation, "siret")
        else None,
    )


def _is_whole(value: Any, key: str) -> TypeGuard[dict[str, str]]:
    return isinstance(value, dict) and key in value


def _inside(values: conditions.Values) -> frozenset[str]:
    """Return the communes answered that are in the territory."""
    codes = [one["code"] for one in values.values() if _is_whole(one, "code")]
    territory = places.territory() if codes else None
    if territory is None:
        return NONE
    found = places.communes_of(territory).filter(code__in=codes)
    return frozenset(found.values_list("code", flat=True))


def _item(question: Question, values: conditions.Values) -> Item:
    mark = mark_of(question, values.get(question.pk))
    label, anchor = question.localised("label"), anchor_of(question)
    return Item(label, anchor, mark, question.is_required)
