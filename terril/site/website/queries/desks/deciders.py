"""The desks of committees, of the secretary, of observers."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from terril.site.people.models import Person
from terril.site.people.queries.desks import committees_of
from terril.site.people.roles import Role
from terril.site.programme.models import Dossier
from terril.site.programme.queries import desks
from terril.site.website.queries.desks.agents import awaited, decided
from terril.site.website.queries.desks.items import (
    Number,
    Work,
    examined,
    section,
)

S = Dossier.Status


def member(person: Person, role: Role, *, at: datetime) -> Work:
    """Return what a member of committees has to read."""
    own = committees_of(person, on=timezone.localdate(at))
    to_read = desks.opinions_awaited(person, role, own)
    decided_soon = desks.dossiers_in(S.DELIBERATION, person, role)
    return Work(
        today=[section(_("Dossiers to read for your committee"), awaited(to_read))],
        waiting=[
            section(_("Dossiers awaiting the decision"), map(examined, decided_soon))
        ],
    )


def secretary(person: Person, role: Role, *, at: datetime) -> Work:  # noqa: ARG001 -- the shape of desks
    """Return what the secretary has to record, prepare and publish."""
    opinions = desks.opinions_awaited(person, role)
    to_prepare = desks.decisions_to_prepare(person, role)
    to_publish = desks.decisions_to_publish(person, role)
    return Work(
        today=[
            section(_("Opinions to record"), awaited(opinions)),
            section(_("Decisions to prepare"), map(examined, to_prepare)),
            section(_("Decisions to publish"), decided(to_publish)),
        ],
    )


def observer(person: Person, role: Role, *, at: datetime) -> Work:  # noqa: ARG001 -- the shape of desks
    """Return the state of the edition in numbers, without its secrets."""
    counts = desks.counts_by_state(role)
    handed_in = Number(sum(counts.values()), _("dossiers handed in"))
    return Work(
        numbers=[
            handed_in,
            *(
                Number(counts[status], label)
                for status, label in Dossier.Status.choices
                if counts.get(status)
            ),
        ]
    )
