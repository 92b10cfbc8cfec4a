"""What one may ask of bodies and their meetings."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.text import slugify

from terril.site.commons.addresses import address, resolve
from terril.site.commons.models import JournalEntry
from terril.site.commons.text import fold
from terril.site.meetings.models import Body, Meeting


def bodies() -> QuerySet[Body]:
    """Return the bodies with their meetings, the latest first."""
    meetings = Meeting.objects.order_by("-starts_at")
    found = Body.objects.select_related("organisation")
    return found.prefetch_related(Prefetch("meetings", meetings))


def meetings() -> QuerySet[Meeting]:
    return Meeting.objects.select_related("body")


def meetings_ahead(at: datetime) -> QuerySet[Meeting]:
    """Return the meetings to come, the next one first."""
    return meetings().filter(starts_at__gt=at).order_by("starts_at")


def meetings_to_mark(at: datetime) -> QuerySet[Meeting]:
    """Return the meetings whose hour has passed and that nobody has marked held."""
    return meetings().filter(starts_at__lte=at, held_at=None)


# What anyone may read the name of; a dossier may be secret to a reader.
OPEN = ("people.organisation/", "places.place/")


@dataclass(frozen=True)
class Proof:
    """Where the journal says that a meeting was held."""

    line: int
    head: str


def proof_of(meeting: Meeting) -> Proof | None:
    """Return the line that marked a meeting as held."""
    lines = JournalEntry.objects.filter(about=address(meeting), verb="meeting.held")
    line = lines.order_by("number").first()
    return Proof(line.number, line.digest) if line else None


def agenda_of(meeting: Meeting) -> list[str]:
    """Return what a meeting dealt with: names that nobody hides, else addresses."""
    return [
        str(resolve(one) or one) if one.startswith(OPEN) else one
        for one in meeting.agenda
    ]


def body_slug(name: str) -> str:
    return slugify(fold(name))[:60]


def is_body(name: str) -> bool:
    return Body.objects.filter(slug=body_slug(name)).exists()


def is_convened(body: Body, starts_at: datetime) -> bool:
    return Meeting.objects.filter(body=body, starts_at=starts_at).exists()
