"""The gallery of components and the colours of the territory."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import RequestContext, Template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from terril.site.commons.pages import public_page
from terril.site.commons.paging import page_of
from terril.site.places import queries as places
from terril.site.website.forms import GalleryFilters, GalleryForm

FAMILIES = {
    "actions": _("Actions"),
    "statuses": _("Statuses"),
    "figures": _("Figures"),
    "words": _("Words to people"),
    "lists": _("Lists and tables"),
    "ways": _("Finding one’s way"),
    "forms": _("Forms"),
    "images": _("Images and proofs"),
    "frame": _("The frame of the pages"),
}
CATALOGUE = Path("templates", "_components", "components.yaml")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Shown:
    """A component as the gallery shows it."""

    name: str
    family: str | Promise
    what: str
    parameters: list[tuple[str, str]]
    example: str
    drawn: SafeString | None


@cache
def catalogue() -> dict[str, dict[str, Any]]:
    """Read what is said of each component."""
    text = (settings.SITE / CATALOGUE).read_text(encoding="utf-8")
    told: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return told


def _shown(request: HttpRequest, name: str, told: dict[str, Any]) -> Shown:
    wrong = GalleryForm({"title": "", "summary": "Trop court.", "theme": "energy"})
    given = {
        "at": timezone.now(),
        "form": wrong,
        "filters": GalleryFilters(request.GET or None, auto_id="filter_%s"),
        "mark": static("img/mark.svg"),
        "page": page_of(range(120), request.GET.get("page", "4"), per_page=10),
        **told.get("given", {}),
    }
    example = told.get("example", "")
    drawn = (
        Template(example).render(RequestContext(request, given)) if example else None
    )
    return Shown(
        name=name,
        family=FAMILIES[told["family"]],
        what=told["what"],
        parameters=list(told["parameters"].items()),
        example=example.strip(),
        drawn=drawn,
    )


@public_page
def components(request: HttpRequest) -> HttpResponse:
    shown = [_shown(request, name, told) for name, told in catalogue().items()]
    return render(request, "website/components.html", {"shown": shown})


@public_page
def theme(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- the shape of views
    territory = places.territory()
    accent = territory.colours.get("accent", "") if territory else ""
    rule = f":root{{--territory-accent:{accent}}}" if COLOUR.fullmatch(accent) else ""
    return HttpResponse(rule, content_type="text/css; charset=utf-8")
