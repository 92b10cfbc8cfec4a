"""What every template knows of the site and of the reader."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from terril.site.people.models import Person
from terril.site.people.roles import Role
from terril.site.places import queries as places
from terril.site.website.navigation import Link, desk_links
from terril.site.website.queries.legal import Words, accessibility


@dataclass(frozen=True)
class Site:
    """The frame of a page: whose territory, who reads, in which role and language."""

    territory: Any
    person: Person | None
    role: Role | None
    roles: list[Role]
    demo: bool
    languages: list[tuple[str, str, str]]
    url: str
    ways: list[Link]
    accessibility: Words


def site(request: HttpRequest) -> dict[str, Site]:
    """Give templates `site`."""
    user = getattr(request, "user", None)
    role = getattr(request, "role", None)
    path = request.get_full_path()
    return {
        "site": Site(
            territory=SimpleLazyObject(places.territory),
            person=user if user and user.is_authenticated else None,
            role=role,
            roles=getattr(request, "roles", []),
            demo=settings.DEMO,
            languages=[
                (code, name, translate_url(path, code))
                for code, name in settings.LANGUAGES
            ],
            url=settings.SITE_URL,
            ways=desk_links(role),
            accessibility=accessibility(timezone.localdate()).level,
        )
    }
