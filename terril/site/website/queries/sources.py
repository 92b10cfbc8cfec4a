"""Everything here that comes from elsewhere, and on which terms."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terril.site.places.queries.sources import Attribution, attributions

Words = str | Promise


@dataclass(frozen=True)
class Work:
    """A piece of software, a font: what it is, its licence, where it lives."""

    name: str
    what: Words
    licence: str
    url: str


WORKS = (
    Work("Terril", _("this software"), "EUPL-1.2", ""),
    Work(
        "Atkinson Hyperlegible Next",
        _("the typeface, drawn by the Braille Institute"),
        "SIL Open Font License 1.1",
        "https://www.brailleinstitute.org/freefont/",
    ),
    Work("Leaflet", _("the interactive maps"), "BSD-2-Clause", "https://leafletjs.com"),
    Work("htmx", _("the pages renewed in part"), "0BSD", "https://htmx.org"),
    Work("Django", _("the web framework"), "BSD-3-Clause", "https://djangoproject.com"),
    Work("Typst", _("the PDF documents"), "Apache-2.0", "https://typst.app"),
)


@dataclass(frozen=True)
class Sources:
    """What the page of sources lists."""

    places: list[Attribution]
    works: tuple[Work, ...]


def sources() -> Sources:
    return Sources(attributions(), WORKS)
