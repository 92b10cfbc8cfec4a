"""How the register is narrowed; the whole state lives in the address."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from terril.site.commons.text import fold
from terril.site.programme.themes import THEMES
from terril.site.projects.models import Project

UNKNOWN = "inconnue"
# The words of addresses and of open data, in French, for the values of the model.
STATES = {
    "labellise": Project.State.LABELLED,
    "termine": Project.State.ENDED,
    "retire": Project.State.WITHDRAWN,
}
STATE_WORDS = {state: word for word, state in STATES.items()}
# What the address may ask for, beside the order that comes by itself.
SORTS = {
    "nom": _("by name"),
    "ancien": _("oldest first"),
}
# field of the filters → name in the address
NAMES = {
    "words": "q",
    "theme": "theme",
    "epci": "epci",
    "edition": "edition",
    "state": "etat",
    "year": "annee",
    "distinction": "distinction",
    "sort": "tri",
}
LONGEST_WORDS = 120


@dataclass(frozen=True)
class Filters:
    """What a reader asks of the register; empty means everything."""

    words: str = ""
    theme: str = ""
    epci: str = ""
    edition: str = ""
    state: str = ""
    year: str = ""
    distinction: str = ""
    sort: str = ""

    @property
    def is_empty(self) -> bool:
        return replace(self, sort="") == Filters()

    @property
    def query(self) -> str:
        """The filters as they stand in an address, without what is empty."""
        texts = ((name, getattr(self, field)) for field, name in NAMES.items())
        return urlencode([(name, text) for name, text in texts if text])

    def without(self, field: str) -> str:
        """Return the address of the same page with one filter taken away."""
        return "?" + replace(self, **{field: ""}).query

    @property
    def folded(self) -> str:
        return fold(self.words)


def read(params: Mapping[str, str]) -> Filters:
    """Read an address; what means nothing filters nothing."""
    text = {field: params.get(name, "").strip() for field, name in NAMES.items()}
    closed: dict[str, Container[str]] = {
        "theme": THEMES,
        "state": STATES,
        "distinction": Project.Distinction.values,
        "sort": SORTS,
    }
    for field, allowed in closed.items():
        text[field] = text[field] if text[field] in allowed else ""
    if not _is_code(text["year"], 4):
        text["year"] = UNKNOWN if text["year"] == UNKNOWN else ""
    if not _is_code(text["epci"], 9):
        text["epci"] = UNKNOWN if text["epci"] == UNKNOWN else ""
    text["words"] = text["words"].replace("\0", "")[:LONGEST_WORDS]
    text["edition"] = text["edition"].replace("\0", "")[:20]
    return Filters(**text)


def _is_code(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()
