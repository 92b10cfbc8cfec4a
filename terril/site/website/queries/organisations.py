"""Public organisations and the labels they hold."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from terril.site.people.models import Organisation
from terril.site.people.queries.public import public_organisations
from terril.site.projects.models import Project
from terril.site.projects.queries.desks import labels_held_by


@dataclass(frozen=True)
class OrganisationPage:
    """An organisation as everybody may know it."""

    organisation: Organisation
    projects: list[Project]


def organisations_with_labels() -> QuerySet[Organisation]:
    """Return the public organisations and how many labels each holds."""
    return public_organisations().annotate(label_count=Count("projects"))


def organisation_page(organisation: Organisation) -> OrganisationPage:
    return OrganisationPage(organisation, list(labels_held_by(organisation)))
