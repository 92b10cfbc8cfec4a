"""Register a label, end it, withdraw it: nothing is ever erased."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from terril.site.commons import journal
from terril.site.commons.text import code
from terril.site.people.models import Person
from terril.site.places import queries as places
from terril.site.places.models import Place
from terril.site.programme.models import Call, Decision, Dossier
from terril.site.programme.regimes import RegimeText
from terril.site.programme.rules.editions import regime_of
from terril.site.projects import emails
from terril.site.projects.models import Project, ProjectEvent
from terril.site.projects.rules import history, labels

CODE_LENGTH = 12


@dataclass(frozen=True)
class Ending:
    """Why and when a label stops: the act that says so, and a reason."""

    on: date
    reason: str
    act_reference: str = ""


@transaction.atomic
def register(decision: Decision, *, by: Person, at: datetime) -> Project:
    """Enter a published label in the register, with its number and its certificate."""
    # The call is locked so that two projects never take the same number.
    call = Call.objects.select_for_update(of=("self",)).get(pk=decision.dossier.call_id)
    regime = regime_of(decision.dossier.call)
    labels.check_registration(decision, regime.outcome(decision.outcome))

    project = _new_project(decision, call, regime, at)
    if decision.dossier.commune:
        project.places.add(decision.dossier.commune)
    _tell_history(project, history.labelled(regime.deciding_body, decision))

    line = journal.record("project.registered", about=project, by=by, at=at)
    project.journal_head = line.digest
    project.save(update_fields=["journal_head"])
    return project


def _new_project(
    decision: Decision, call: Call, regime: RegimeText, at: datetime
) -> Project:
    dossier = decision.dossier
    epci = places.epci_of(dossier.commune) if dossier.commune else None
    longitude, latitude, is_at_commune = _point(dossier)
    project = Project(
        number=labels.number_of(call.code, call.projects.count() + 1),
        slug=labels.free_slug(dossier.title, _slugs()),
        name=dossier.title,
        summary=dossier.summary,
        certainty=Project.Certainty.DECIDED,
        theme=dossier.theme,
        call=call,
        year=decision.decided_on.year,
        holder=dossier.organisation,
        epci=epci,
        longitude=longitude,
        latitude=latitude,
        is_at_commune=is_at_commune,
        labelled_on=decision.decided_on,
        valid_until=labels.same_day_years_later(
            decision.decided_on, regime.duration_years
        ),
        decision=decision,
        certificate=code(CODE_LENGTH),
        registered_at=at,
        is_example=dossier.is_example,
    )
    project.search_text = history.search_text(project, _names(dossier.commune, epci))
    project.save(force_insert=True)
    return project


def _point(dossier: Dossier) -> tuple[float | None, float | None, bool]:
    """Return where the project is: its own point, else the centre of its commune."""
    if dossier.longitude is not None and dossier.latitude is not None:
        return dossier.longitude, dossier.latitude, False
    commune = dossier.commune
    if commune is None or commune.longitude is None:
        return None, None, False
    return commune.longitude, commune.latitude, True


def _slugs() -> set[str]:
    return set(Project.objects.values_list("slug", flat=True))


def _names(*found: Place | None) -> list[str]:
    return [place.name for place in found if place]


def _tell_history(project: Project, told: history.Told) -> None:
    ProjectEvent.objects.create(
        project=project,
        on=told.on,
        sentence=told.sentence,
        sentence_en=told.sentence_en,
    )


@transaction.atomic
def withdraw_label(
    project: Project, ending: Ending, *, by: Person, at: datetime
) -> None:
    """Withdraw a label: the project stays in the register, and its history says so."""
    project = _locked(project)
    labels.check_act(ending.act_reference)
    _check_ending(project, ending, at)

    project.state, project.withdrawn_on = Project.State.WITHDRAWN, ending.on
    project.save(update_fields=["state", "withdrawn_on"])
    _tell_history(project, history.withdrawn(ending.on, ending.act_reference))

    journal.record(
        "project.label_withdrawn", about=project, by=by, at=at, note=ending.reason
    )
    emails.label_withdrawn(project, ending.reason, at=at)


@transaction.atomic
def end_label(project: Project, ending: Ending, *, by: Person, at: datetime) -> None:
    """End a label which has run its time; the project stays in the register."""
    project = _locked(project)
    _check_ending(project, ending, at)

    project.state, project.valid_until = Project.State.ENDED, ending.on
    project.save(update_fields=["state", "valid_until"])
    _tell_history(project, history.ended(ending.on, ending.act_reference))

    journal.record(
        "project.label_ended", about=project, by=by, at=at, note=ending.reason
    )
    emails.label_ended(project, ending.reason, at=at)


def _locked(project: Project) -> Project:
    return Project.objects.select_for_update(of=("self",)).get(pk=project.pk)


def _check_ending(project: Project, ending: Ending, at: datetime) -> None:
    labels.check_end_of_label(
        project, on=ending.on, today=timezone.localdate(at), reason=ending.reason
    )
