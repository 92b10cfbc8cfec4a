"""What everybody may read of organisations."""

from django.db.models import QuerySet

from terril.site.people.models import Organisation
from terril.site.people.queries.organisations import organisations


def public_organisations() -> QuerySet[Organisation]:
    """Return the organisations that have a public page."""
    return organisations().filter(is_public=True)
