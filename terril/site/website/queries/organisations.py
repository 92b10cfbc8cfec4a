"""Public organisations and the labels they hold."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from terril.site.people.models import Organisation
from terril.site.people.queries.public import public_organisations
from terril.site.projects.queries import Row, projects_of


@dataclass(frozen=True)
class OrganisationPage:
    """An organisation as everybody may know it."""

    organisation: Organisation
    projects: list[Row]


def organisations_with_labels() -> QuerySet[Organisation]:
    """Return the public organisations and how many labels each holds."""
    return public_organisations().annotate(label_count=Count("projects"))


def organisation_page(organisation: Organisation, *, on: date) -> OrganisationPage:
    """Return the page of an organisation as of a day."""
    return OrganisationPage(organisation, projects_of(organisation, on=on))
