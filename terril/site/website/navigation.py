"""Where one can go: the ways of the public site, and those of each role."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, override

from terril.site.people.roles import COLLABORATOR, HOLDER, Role
from terril.site.programme.models import Dossier

Words = str | Promise


@dataclass(frozen=True)
class Way:
    """A way to a page: its name in words, the name of its address."""

    label: Words
    name: str
    # Words by which the page is found, besides its own.
    about: Words = ""


@dataclass(frozen=True)
class Link:
    """A way, with its address, as a template draws it."""

    name: Words
    url: str


PUBLIC = (
    Way(
        _("The label"),
        "label",
        _("how it works, rules, stages, committees, criteria, outcomes, eras"),
    ),
    Way(
        _("Calls"),
        "calls",
        _("call for candidates, apply, candidature, deadline, editions"),
    ),
    Way(
        _("Register"),
        "register",
        _("labelled projects, laureates, list, open data, CSV, download"),
    ),
    Way(_("Map"), "map", _("map of projects, communes, places")),
    Way(
        _("Organisations"),
        "organisations",
        _("holders, communes, associations, companies, SIREN"),
    ),
    Way(_("Calendar"), "calendar", _("dates, opening, closing, iCal, diary")),
    Way(
        _("Open data"),
        "open_data",
        _("download, CSV, XLSX, JSON, GeoJSON, schema, feeds, RSS, Atom"),
    ),
)

FOOTER = (
    Way(_("Verify a certificate"), "verify", _("authenticity, QR code, proof")),
    Way(_("Contact"), "contact", _("write, phone, e-mail, help, question")),
    Way(_("Legal notice"), "legal", _("publisher, host, director of publication")),
    Way(
        _("Personal data"),
        "privacy",
        _("GDPR, rights, CNIL, cookies, tracker, erasure"),
    ),
    Way(
        _("Accessibility"),
        "accessibility",
        _("RGAA, statement, disability, screen reader, keyboard"),
    ),
    Way(
        _("Sources and licences"),
        "sources",
        _("attributions, open data, fonts, Leaflet, software, EUPL"),
    ),
    Way(_("Site map"), "site_map", _("all pages")),
)

# What has a page without being in a menu.
OTHERS = (
    Way(_("Home"), "home"),
    Way(_("Search"), "search"),
)

PUBLIC_PAGES = tuple(way.name for way in (*OTHERS[:1], *PUBLIC, *FOOTER))

OWN = Way(_("My dossiers"), "dossiers")
CALLS = Way(_("Calls"), "calls")
EXAMINATION = Way(_("Examination"), "team_calls")
LETTERS = Way(_("Letters"), "letters")
MEETINGS = Way(_("Meetings"), "meetings")
TO_REGISTER = Way(_("To be registered"), "to_register")
REGISTER = Way(_("Register"), "register")
STATES = Way(_("State of the editions"), "edition_states")
DIRECTORY = Way(_("Organisations"), "directory")
INVITATIONS = Way(_("Invitations"), "invitations")
DESKS: dict[str, tuple[Way, ...]] = {
    "holder": (OWN, CALLS),
    "collaborator": (OWN, CALLS),
    "agent": (
        EXAMINATION,
        Way(_("Rules"), "team_regimes"),
        LETTERS,
        MEETINGS,
        TO_REGISTER,
        DIRECTORY,
        INVITATIONS,
        STATES,
    ),
    "member": (EXAMINATION, REGISTER),
    "secretary": (EXAMINATION, MEETINGS, LETTERS, STATES),
    "observer": (STATES, REGISTER),
    "administrator": (
        Way(_("People"), "persons"),
        DIRECTORY,
        INVITATIONS,
        MEETINGS,
        Way(_("Journal"), "journal"),
        STATES,
    ),
}


# Every menu by its name: those of all pages, and that of each role.
MENUS = {"": (), "public": PUBLIC, "footer": FOOTER, **DESKS}


def dossier_address(dossier: Dossier, role: Role | None) -> str:
    """Return the page of a dossier: its holder's, or that of those who examine it."""
    is_own = role in (HOLDER, COLLABORATOR)
    return reverse("dossier" if is_own else "examined_dossier", args=[dossier.code])


def links(ways: tuple[Way, ...]) -> list[Link]:
    """Return ways with their addresses."""
    return [Link(way.label, reverse(way.name)) for way in ways]


@cache
def menu(name: str, language: str) -> list[Link]:
    """Return the links of a menu, in the words of a language, once for each."""
    with override(language):
        return [Link(str(link.name), link.url) for link in links(MENUS[name])]


def nearest(ways: Sequence[Link], path: str) -> str:
    """Return the address under which a path stands, the longest one."""
    above = (way.url for way in ways if path.startswith(way.url))
    return max(above, key=len, default="")
