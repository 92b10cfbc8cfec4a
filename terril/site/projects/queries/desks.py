"""What other pages show of the register: the last labels, those of an organisation."""

from django.db.models import QuerySet

from terril.site.people.models import Organisation
from terril.site.projects.models import Project


def labels() -> QuerySet[Project]:
    """Return the register with what a line of it says."""
    return Project.objects.select_related("call", "holder", "epci").prefetch_related(
        "places"
    )


def latest_labels(count: int) -> list[Project]:
    """Return the last laureates: those of the latest edition that has any."""
    last = labels().filter(call__isnull=False).order_by("-call__rank", "name")
    return list(last[:count])


def labels_held_by(organisation: Organisation) -> QuerySet[Project]:
    """Return the labels of an organisation, the latest first."""
    return labels().filter(holder=organisation)


def latest_registered(count: int) -> QuerySet[Project]:
    """Return the labels last entered in the register."""
    return labels().order_by("-registered_at", "-pk")[:count]
