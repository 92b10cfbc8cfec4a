"""Correct what the register says, and add to a public history; always with a reason."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from terril.site.commons import journal
from terril.site.people.models import Person
from terril.site.places import queries as places
from terril.site.places.models import Place
from terril.site.projects.models import Project, ProjectEvent
from terril.site.projects.rules import history, labels

FIELDS = (
    "name", "summary", "summary_en", "theme", "longitude", "latitude",
    "is_at_commune", "epci", "search_text",
)  # fmt: skip


@dataclass(frozen=True)
class Correction:
    """What a project becomes, and why it was corrected."""

    name: str
    summary: str
    summary_en: str
    theme: str
    communes: list[Place]
    longitude: float | None
    latitude: float | None
    reason: str


@dataclass(frozen=True)
class PublicEvent:
    """Something that happened to a project, which anybody can check."""

    on: date
    sentence: str
    sentence_en: str
    source: str


@transaction.atomic
def correct(
    project: Project, correction: Correction, *, by: Person, at: datetime
) -> None:
    """Change what the register says of a project; the address never changes."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    labels.check_correction(
        correction.name, (correction.longitude, correction.latitude)
    )
    labels.check_reason(correction.reason)

    project.name = correction.name.strip()
    project.summary = correction.summary.strip()
    project.summary_en = correction.summary_en.strip()
    project.theme = correction.theme
    _move(project, correction)
    project.save(update_fields=FIELDS)
    project.places.set(correction.communes)

    journal.record(
        "project.corrected", about=project, by=by, at=at, note=correction.reason
    )


def _move(project: Project, correction: Correction) -> None:
    """Put the project where the correction says, else at its commune's centre."""
    first = correction.communes[0] if correction.communes else None
    if first:
        project.epci = places.epci_of(first)
    project.longitude, project.latitude = correction.longitude, correction.latitude
    project.is_at_commune = correction.longitude is None and first is not None
    if project.is_at_commune and first:
        project.longitude, project.latitude = first.longitude, first.latitude
        project.is_at_commune = first.longitude is not None
    names = [place.name for place in correction.communes]
    names += [project.epci.name] if project.epci else []
    project.search_text = history.search_text(project, names)


@transaction.atomic
def add_event(
    project: Project, event: PublicEvent, *, by: Person, at: datetime
) -> ProjectEvent:
    """Add a line to the public history, with the source that supports it."""
    labels.check_event(event.sentence, event.source, event.on, timezone.localdate(at))

    written = ProjectEvent.objects.create(
        project=project,
        on=event.on,
        sentence=event.sentence.strip(),
        sentence_en=event.sentence_en.strip(),
        source=event.source,
    )

    journal.record("project.event_added", about=project, by=by, at=at)
    return written
