"""What public sources say of the label: its editions, its holders, its projects."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terril.site.commons import journal
from terril.site.commons.errors import Refused
from terril.site.commons.text import fold
from terril.site.people import actions as people
from terril.site.people.models import Organisation, Person
from terril.site.people.rules import Details
from terril.site.places import queries as places
from terril.site.places.actions import create_known_territory
from terril.site.places.models import Place, Territory
from terril.site.programme.models import Call
from terril.site.projects.models import Project, ProjectEvent, ProjectSource
from terril.site.projects.rules import history

DATA = Path(__file__).parent / "data"
Told = dict[str, Any]
TEXTS = (
    "slug", "name", "summary", "summary_en", "theme", "distinction", "certainty",
    "certainty_note", "certainty_note_en", "edition_note", "edition_note_en", "year",
)  # fmt: skip


TERRITORY = "pma"


class PlacesMissing(Refused):
    """Projects are in communes, and the communes are not loaded."""


@transaction.atomic
def load(*, at: datetime) -> None:
    """Load the Artois: its territory, its organisations, its label; once."""
    if not Territory.objects.filter(key=TERRITORY).exists():
        create_known_territory(TERRITORY, at=at)
    load_known_projects(by=None, at=at)


@transaction.atomic
def load_known_projects(*, by: Person | None, at: datetime) -> int:
    """Write what is not written yet, and return how many projects were new.

    What an agent has corrected since is left as it is.
    """
    known = _told("projects")
    communes = _communes(known)
    holders = {
        one["key"]: _organisation(one, by=by, at=at) for one in _told("organisations")
    }
    calls = {one["code"]: _edition(one, by=by, at=at) for one in _told("editions")}
    written = set(Project.objects.values_list("number", flat=True))
    fresh = 0
    for rank, one in enumerate(known, start=1):
        number = f"C-{rank:02}"
        if number in written:
            continue
        project = _project(number, one, calls, holders, communes)
        project.registered_at = at
        _keep(project, one, communes)
        journal.record("project.known", about=project, by=by, at=at)
        fresh += 1
    return fresh


def _told(name: str) -> list[Told]:
    text = (DATA / f"{name}.json").read_text("utf-8")
    told: list[Told] = json.loads(text)
    return told


def _communes(known: list[Told]) -> dict[str, Place]:
    """Return the places of the projects by code; all of them, or none."""
    codes = {code for one in known for code in one["communes"]}
    codes |= {one["epci"] for one in known if "epci" in one}
    levels = Q(level=Place.Level.COMMUNE) | Q(level=Place.Level.EPCI)
    current = Place.objects.current().filter(levels, code__in=codes)
    found = {place.code: place for place in current}
    missing = sorted(codes - set(found))
    if missing:
        raise PlacesMissing(
            _("The known projects are in communes that are not loaded: %(codes)s.")
            % {"codes": ", ".join(missing)},
            next_step=_("Load the official places first."),
        )
    return found


def _organisation(told: Told, *, by: Person | None, at: datetime) -> Organisation:
    name, siren = told["name"], told.get("siren", "")
    same = Q(siren=siren) if siren else Q(search_name=fold(name))
    found = Organisation.objects.filter(same, is_example=False).first()
    if found:
        return found
    commune = told.get("commune")
    details = Details(
        name=name,
        kind=told["kind"],
        siren=siren,
        commune=places.commune(commune) if commune else None,
        website=told.get("website", ""),
        is_public=True,
    )
    return people.create_organisation(details, by=by, at=at)


def _edition(told: Told, *, by: Person | None, at: datetime) -> Call:
    """Write an edition as sources tell it: what they do not say stays unknown."""
    call, is_new = Call.objects.get_or_create(code=told["code"], defaults=told)
    if is_new:
        journal.record("call.known", about=call, by=by, at=at)
    return call


def _project(
    number: str,
    told: Told,
    calls: dict[str, Call],
    holders: dict[str, Organisation],
    found: dict[str, Place],
) -> Project:
    communes = [found[code] for code in told["communes"]]
    first = communes[0] if communes else None
    has_centre = first is not None and first.longitude is not None
    return Project(
        **{field: told[field] for field in TEXTS if field in told},
        number=number,
        call=calls.get(told.get("call", "")),
        holder=holders.get(told.get("holder", "")),
        epci=places.epci_of(first) if first else found.get(told.get("epci", "")),
        longitude=first.longitude if first else None,
        latitude=first.latitude if first else None,
        is_at_commune=has_centre,
    )


def _keep(project: Project, told: Told, found: dict[str, Place]) -> None:
    communes = [found[code] for code in told["communes"]]
    names = [place.name for place in communes]
    names += [project.epci.name] if project.epci else []
    project.search_text = history.search_text(project, names)
    project.save(force_insert=True)
    project.places.set(communes)
    ProjectSource.objects.bulk_create(
        ProjectSource(project=project, **source) for source in told["sources"]
    )
    ProjectEvent.objects.bulk_create(
        ProjectEvent(project=project, **event) for event in told["events"]
    )
