"""Pictures of 1200 by 630 pixels, shown where a page is shared."""

import hashlib
import json
from pathlib import Path

import typst
from django.conf import settings
from django.core.cache import cache
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from terril.site.places import queries as places
from terril.site.projects.queries import ProjectPage
from terril.site.website.stamp import version

CARD = Path(__file__).parent / "card.typ"
FONTS = settings.SITE / "commons" / "fonts"
WIDTH, HEIGHT = 1200, 630


def of_project(page: ProjectPage) -> bytes:
    """Return the picture of a project: what it is, who holds it, since when."""
    label = page.label
    year = str(label.year or "")
    said = [page.holder.name if page.holder else "", *(one.name for one in page.places)]
    return _drawn(
        title=Truncator(page.name).chars(110),
        above=" ".join(filter(None, (str(label.distinction_words), year))),
        below=" · ".join(dict.fromkeys(filter(None, said))),
        mark=_("example") if page.is_example else "",
    )


def of_site() -> bytes:
    """Return the picture of the site itself."""
    territory = places.territory()
    return _drawn(
        title=territory.name if territory else "Terril",
        above=_("The label, its projects, its proofs"),
        below="",
        mark="",
    )


def _drawn(**said: str) -> bytes:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    key = hashlib.sha256(f"{version()}{text}".encode()).hexdigest()
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = _compiled(text)
        cache.set(key, kept, timeout=None)
    return kept


def _compiled(text: str) -> bytes:
    # One point is one pixel at 72 points an inch.
    drawn: bytes = typst.compile(
        str(CARD),
        root=str(CARD.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="png",
        ppi=72.0,
        sys_inputs={"said": text},
    )
    return drawn
