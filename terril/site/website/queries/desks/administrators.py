"""The desk of the administrator."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from terril.site.commons import journal
from terril.site.commons.models import Letter
from terril.site.people.models import Person
from terril.site.people.queries.desks import unanswered_invitations
from terril.site.people.roles import ROLES, Role
from terril.site.programme.queries.letters import about_drafts
from terril.site.programme.queries.secrecy import decisions_kept_from
from terril.site.website.queries.desks.agents import batches
from terril.site.website.queries.desks.items import Item, Number, Work, section


def work(person: Person, role: Role, *, at: datetime) -> Work:  # noqa: ARG001 -- the shape of desks
    lines, _digest = journal.head()
    posted = Letter.objects.exclude(about__in=decisions_kept_from(person))
    posted = posted.exclude(about_drafts())
    return Work(
        today=[
            section(
                _("Letters that did not leave"), batches(posted, Letter.Status.FAILED)
            ),
        ],
        waiting=[
            section(_("Invitations not answered"), _invitations(at)),
            section(
                _("Letters waiting to leave"), batches(posted, Letter.Status.WAITING)
            ),
        ],
        numbers=[Number(lines, _("lines in the journal"))],
    )


def _invitations(at: datetime) -> Iterator[Item]:
    for one in unanswered_invitations(at=at):
        yield Item(
            one.email,
            reverse("invitations"),
            ROLES[one.role].name if one.role in ROLES else one.role,
            since=one.invited_at,
            due=one.expires_at,
        )
