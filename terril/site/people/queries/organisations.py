"""Reads about organisations."""

from django.db.models import QuerySet
from django.utils.text import slugify

from terril.site.commons.text import fold
from terril.site.people.models import Organisation


def organisations() -> QuerySet[Organisation]:
    """Return the directory of organisations."""
    return Organisation.objects.select_related("commune")


def organisations_named(text: str) -> QuerySet[Organisation]:
    """Return the organisations whose name or code holds every word."""
    found = organisations()
    digits = text.replace(" ", "")
    if digits.isdigit():
        return found.filter(siret__startswith=digits) | found.filter(
            siren__startswith=digits
        )
    for word in fold(text).split():
        found = found.filter(search_name__contains=word)
    return found


def organisation_of_siret(siret: str) -> Organisation | None:
    return organisations().filter(siret=siret).first() if siret else None


def organisation_of_siren(siren: str) -> Organisation | None:
    return organisations().filter(siren=siren).first() if siren else None


def free_slug(name: str) -> str:
    """Return an address for a name, with a number when it is taken."""
    root = slugify(fold(name))[:72] or "organisation"
    taken = set(
        Organisation.objects.filter(slug__startswith=root).values_list(
            "slug", flat=True
        )
    )
    numbered = (f"{root}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (root, *numbered) if slug not in taken)
