"""Publish decisions and register labels in one movement: every channel at once."""

from datetime import datetime

from django.db import transaction

from terril.site.commons import journal
from terril.site.people.models import Person
from terril.site.programme import actions as programme
from terril.site.programme.models import Call, Dossier
from terril.site.projects.actions.labels import register
from terril.site.projects.models import Project
from terril.site.projects.queries.decisions import labels_among, plan_of
from terril.site.projects.rules import labels


@transaction.atomic
def publish_and_register(
    dossier: Dossier, *, by: Person, at: datetime
) -> Project | None:
    """Publish the decision of one dossier; a label enters the register with it."""
    decision = programme.publish_decision(dossier, by=by, at=at)

    labelled = labels_among([decision])
    project = register(decision, by=by, at=at) if labelled else None

    journal.record("dossier.announced", about=dossier, by=by, at=at)
    return project


@transaction.atomic
def publish_all(
    call: Call, confirmed: str, *, by: Person, at: datetime
) -> list[Project]:
    """Publish all the prepared decisions of a call: all of them, or none.

    `confirmed` is the fingerprint of the counts that a person has read.
    """
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    labels.check_confirmed(confirmed, plan_of(call).fingerprint)

    decisions = programme.publish_decisions(call, by=by, at=at)
    projects = [register(one, by=by, at=at) for one in labels_among(decisions)]

    journal.record("call.announced", about=call, by=by, at=at)
    return projects
