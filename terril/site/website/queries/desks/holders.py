"""The desk of those who write dossiers."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from terril.site.commons.templatetags.format import days_left
from terril.site.people.models import Person
from terril.site.people.roles import HOLDER, Role
from terril.site.programme.queries import desks
from terril.site.programme.rules.dossiers import may_edit, state_name
from terril.site.website.queries.desks.items import Item, Work, name_of, section


def work(person: Person, role: Role, *, at: datetime) -> Work:
    today = timezone.localdate(at)
    return Work(
        today=[
            section(_("Dossiers to finish"), _drafts(person, at)),
            section(_("Completions asked of you"), _completions(person, today)),
            section(_("Reservations to lift"), _reservations(person, today)),
        ],
        waiting=[
            section(_("Dossiers handed in"), _underway(person, role)),
        ],
    )


def _drafts(person: Person, at: datetime) -> Iterator[Item]:
    for draft in desks.drafts_of(person):
        is_editable = may_edit(draft.dossier, at=at)
        closes_at = draft.dossier.closes_at if is_editable else None
        yield Item(
            str(draft.dossier),
            draft.dossier.get_absolute_url(),
            _state(draft.missing_count, closes_at, at),
            since=draft.dossier.opened_at,
            due=closes_at,
            is_late=closes_at is None,
            is_example=draft.dossier.is_example,
        )


def _state(missing_count: int, closes_at: datetime | None, at: datetime) -> str:
    if closes_at is None:
        return _("The call is closed.")
    left = _("Time left: %(days)s.") % {"days": days_left(closes_at, at)}
    return f"{_missing(missing_count)} {left}"


def _missing(count: int) -> str:
    if not count:
        return _("Nothing is missing: it can be handed in.")
    return ngettext(
        "%(count)s answer is missing or to be corrected.",
        "%(count)s answers are missing or to be corrected.",
        count,
    ) % {"count": count}


def _completions(person: Person, today: date) -> Iterator[Item]:
    for asked in desks.completions_pending(person, HOLDER):
        yield Item(
            str(asked.dossier),
            asked.dossier.get_absolute_url(),
            asked.message.partition("\n")[0][:140],
            since=asked.asked_at,
            due=asked.due_on,
            is_late=bool(asked.due_on and asked.due_on < today),
            is_example=asked.dossier.is_example,
        )


def _reservations(person: Person, today: date) -> Iterator[Item]:
    for one in desks.reservations_pending(person, HOLDER):
        dossier = one.decision.dossier
        yield Item(
            one.text.partition("\n")[0][:140],
            dossier.get_absolute_url(),
            _("%(dossier)s: to be lifted by %(owner)s")
            % {"dossier": dossier, "owner": one.owner},
            since=one.decision.published_at,
            due=one.due_on,
            is_late=bool(one.due_on and one.due_on < today),
            is_example=dossier.is_example,
        )


def _underway(person: Person, role: Role) -> Iterator[Item]:
    for dossier in desks.underway_of(person):
        yield Item(
            name_of(dossier),
            dossier.get_absolute_url(),
            state_name(dossier, role),
            since=dossier.submitted_at,
            is_example=dossier.is_example,
        )
