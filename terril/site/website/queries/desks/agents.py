"""The desk of the examination team."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from terril.site.commons.models import Letter
from terril.site.commons.outbox import batches_of
from terril.site.people.models import Person
from terril.site.people.roles import SECRETARY, Role
from terril.site.programme.models import Decision, Dossier
from terril.site.programme.queries import desks
from terril.site.programme.queries.desks import OpinionsAwaited
from terril.site.programme.queries.letters import letters_at_distance
from terril.site.projects.queries import decisions_to_register
from terril.site.website.navigation import dossier_address
from terril.site.website.queries.desks.items import (
    Item,
    Work,
    examined,
    name_of,
    section,
)

S = Dossier.Status


def work(person: Person, role: Role, *, at: datetime) -> Work:
    today = timezone.localdate(at)
    ruled = desks.dossiers_in(S.SUBMITTED, person, role)
    admissible = desks.dossiers_in(S.ADMISSIBLE, person, role)
    reports = desks.reports_to_write(person, role)
    mine = letters_at_distance(person, role)
    return Work(
        today=[
            section(_("Dossiers to rule on"), map(examined, ruled)),
            section(_("Dossiers to examine"), map(examined, admissible)),
            section(_("Analysis reports to write"), map(examined, reports)),
            section(_("Labels to register"), _to_register()),
            section(
                _("Letters to release"),
                batches(mine, Letter.Status.DRAFT, reverse("letters")),
            ),
            section(
                _("Letters that did not leave"),
                batches(mine, Letter.Status.FAILED, reverse("letters")),
            ),
        ],
        waiting=[
            section(_("Completions asked"), _completions(person, role, today)),
            section(
                _("Opinions awaited"), awaited(desks.opinions_awaited(person, role))
            ),
            section(
                _("Decisions not published"),
                decided(desks.decisions_to_publish(person, role)),
            ),
            section(_("Reservations not lifted"), _reservations(person, role, today)),
        ],
    )


def batches(found: QuerySet[Letter], status: str, url: str = "") -> Iterator[Item]:
    """Return the letters of a state, batch by batch: nobody reads them one by one."""
    for batch in batches_of(found.filter(status=status)):
        words = ngettext("%(count)s letter", "%(count)s letters", batch.count)
        yield Item(
            words % {"count": batch.count},
            url,
            batch.subject,
            since=batch.since,
            is_late=status == Letter.Status.FAILED,
        )


def _to_register() -> Iterator[Item]:
    for decision in decisions_to_register():
        yield Item(
            name_of(decision.dossier),
            reverse("to_register"),
            since=decision.published_at,
            is_example=decision.dossier.is_example,
        )


def _completions(person: Person, role: Role, today: date) -> Iterator[Item]:
    for asked in desks.completions_pending(person, role):
        is_late = bool(asked.due_on and asked.due_on < today)
        yield Item(
            name_of(asked.dossier),
            dossier_address(asked.dossier, role),
            _("overdue") if is_late else "",
            since=asked.asked_at,
            due=asked.due_on,
            is_late=is_late,
            is_example=asked.dossier.is_example,
        )


def awaited(found: Iterable[OpinionsAwaited]) -> Iterator[Item]:
    """Return a line for each dossier that committees have yet to speak on."""
    for one in found:
        yield examined(one.dossier, ", ".join(map(str, one.committees)))


def decided(found: Iterable[Decision]) -> Iterator[Item]:
    """Return a line for each decision; what was decided is never written here."""
    for decision in found:
        yield Item(
            name_of(decision.dossier),
            dossier_address(decision.dossier, SECRETARY),
            since=decision.prepared_at,
            is_example=decision.dossier.is_example,
        )


def _reservations(person: Person, role: Role, today: date) -> Iterator[Item]:
    for one in desks.reservations_pending(person, role):
        dossier = one.decision.dossier
        yield Item(
            name_of(dossier),
            dossier_address(dossier, role),
            _("to be lifted by %(owner)s") % {"owner": one.owner},
            since=one.decision.published_at,
            due=one.due_on,
            is_late=bool(one.due_on and one.due_on < today),
            is_example=dossier.is_example,
        )
