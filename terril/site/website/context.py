"""What every template knows of the site and of the reader."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from terril.site.commons.memory import remembered
from terril.site.people.models import Person
from terril.site.people.roles import Role
from terril.site.places import queries as places
from terril.site.website.navigation import (
    Link,
    menu,
    nearest,
)
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
    nav: list[Link]
    footer: list[Link]
    here: str
    # Whether the reader is on that very page, not on one below it.
    is_there: bool
    accessibility: Words


def site(request: HttpRequest) -> dict[str, Site]:
    """Give templates `site`."""
    user = getattr(request, "user", None)
    role = getattr(request, "role", None)
    path = request.get_full_path()
    language = get_language() or settings.LANGUAGE_CODE
    nav, ways = menu("public", language), menu(role.key if role else "", language)
    here = nearest([*nav, *ways], request.path)
    return {
        "site": Site(
            territory=SimpleLazyObject(
                lambda: remembered("territory", places.territory)
            ),
            person=user if user and user.is_authenticated else None,
            role=role,
            roles=getattr(request, "roles", []),
            demo=settings.DEMO,
            languages=[
                (code, name, in_language(path, code))
                for code, name in settings.LANGUAGES
            ],
            url=settings.SITE_URL,
            ways=ways,
            nav=nav,
            footer=menu("footer", language),
            here=here,
            is_there=here == request.path,
            accessibility=accessibility(timezone.localdate()).level,
        )
    }


def in_language(path: str, language: str) -> str:
    """Return the address of the same page in a language: English is under /en/."""
    bare = path.removeprefix("/en") if path.startswith("/en/") else path
    return bare if language == settings.LANGUAGE_CODE else f"/{language}{bare}"
