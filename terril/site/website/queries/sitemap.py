"""Every public address, in each language; nothing that asks to sign in."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils import translation

from terril.site.people.queries.public import public_organisations
from terril.site.places import queries as places
from terril.site.programme.queries.maturing import is_maturing_public
from terril.site.programme.queries.public import editions, published_regimes
from terril.site.projects.queries import all_projects
from terril.site.website.formats.sitemaps import MappedPage
from terril.site.website.navigation import PUBLIC_PAGES


def public_pages() -> list[MappedPage]:
    """Return the pages that strangers may read, those of the site first."""
    things = _things()
    paths = {code: _paths(code, things) for code, _ in settings.LANGUAGES}
    return [
        MappedPage(dict(zip(paths, addresses, strict=True)))
        for addresses in zip(*paths.values(), strict=True)
        if addresses[0] != settings.SITE_URL
    ]


def page_names() -> tuple[str, ...]:
    """Return the names of the pages of the site that exist today."""
    return (*PUBLIC_PAGES, "maturing") if is_maturing_public() else PUBLIC_PAGES


def _things() -> list[Model]:
    kept: list[Model] = [*all_projects()]
    kept += editions()
    kept += published_regimes()
    kept += public_organisations()
    territory = places.territory()
    if territory:
        kept += places.epcis_of(territory)
        kept += places.communes_of(territory)
    return kept


def _paths(code: str, things: Iterable[Model]) -> list[str]:
    with translation.override(code):
        names = [reverse(name) for name in page_names()]
        shown = [thing.get_absolute_url() for thing in things]  # type: ignore[attr-defined]
    return [f"{settings.SITE_URL}{path}" for path in [*names, *shown]]
