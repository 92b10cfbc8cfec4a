"""The rows of open data: only what is public, in words that last."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from terril.site.commons.models import JournalEntry
from terril.site.programme.queries.maturing import projects_maturing
from terril.site.programme.queries.public import editions
from terril.site.programme.themes import THEMES
from terril.site.projects.models import Project, ProjectSource
from terril.site.projects.queries.register import filtered
from terril.site.projects.rules.filters import STATE_WORDS, Filters
from terril.site.projects.rules.holders import holder_kind

CERTAINTY_WORDS = {
    Project.Certainty.DECIDED: "decide_ici",
    Project.Certainty.CONFIRMED: "confirme",
    Project.Certainty.PARTIAL: "edition_inconnue",
}
COLUMNS = (
    "pk", "number", "slug", "name", "summary", "summary_en", "distinction", "state",
    "theme", "year", "labelled_on", "valid_until", "withdrawn_on", "certainty",
    "certainty_note", "certificate", "is_example", "longitude", "latitude",
    "is_at_commune", "call__code", "call__title", "holder__name", "holder__siren",
    "epci__code", "epci__name", "decision", "decision__act_reference",
)  # fmt: skip
Row = dict[str, Any]
Together = dict[int, list[str]]


def project_rows(filters: Filters, *, on: date) -> list[Row]:
    """Return the register as open data, in three queries whatever its length."""
    values = list(filtered(filters, on=on).values(*COLUMNS))
    keys = [value["pk"] for value in values]
    codes, names = _places(keys)
    sources = _together(
        ProjectSource.objects.filter(project__in=keys)
        .order_by("pk")
        .values_list("project", "url")
    )
    with override("fr"):
        themes = {key: str(name) for key, name in THEMES.items()}
        base = settings.SITE_URL + reverse("register")
    return [
        {
            **_identity(value, base),
            **_label(value, on),
            **_theme(value, themes),
            **_location(value, codes, names),
            "sources": " ".join(sources.get(value["pk"], [])),
        }
        for value in values
    ]


def _identity(value: Row, base: str) -> Row:
    return {
        "numero": value["number"],
        "nom": value["name"],
        "resume": value["summary"] or None,
        "resume_en": value["summary_en"] or None,
        "porteur": value["holder__name"],
        "porteur_siren": value["holder__siren"] or None,
        "porteur_type": holder_kind(
            value["holder__name"], is_decided_here=value["decision"] is not None
        ),
        "adresse": f"{base}{value['slug']}/",
        "exemple": value["is_example"],
    }


def _label(value: Row, on: date) -> Row:
    state = value["state"]
    if state == Project.State.LABELLED and (value["valid_until"] or on) < on:
        state = Project.State.ENDED
    return {
        "distinction": value["distinction"],
        "etat": STATE_WORDS[state],
        "edition": value["call__code"],
        "edition_titre": value["call__title"],
        "annee": value["year"],
        "labellise_le": value["labelled_on"],
        "valable_jusqu_au": value["valid_until"],
        "retire_le": value["withdrawn_on"],
        "acte": value["decision__act_reference"],
        "certificat": value["certificate"],
        "certitude": CERTAINTY_WORDS[value["certainty"]],
        "certitude_note": value["certainty_note"] or None,
    }


def _theme(value: Row, themes: dict[str, str]) -> Row:
    key = value["theme"]
    return {"theme": key or None, "theme_titre": themes.get(key)}


def _location(value: Row, codes: Together, names: Together) -> Row:
    has_point = value["longitude"] is not None
    precision = "commune" if value["is_at_commune"] else "lieu"
    return {
        "communes_codes": " ".join(codes.get(value["pk"], [])) or None,
        "communes": ", ".join(names.get(value["pk"], [])) or None,
        "epci_code": value["epci__code"],
        "epci": value["epci__name"],
        "longitude": value["longitude"],
        "latitude": value["latitude"],
        "position": precision if has_point else None,
    }


def _places(keys: list[int]) -> tuple[Together, Together]:
    links = Project.places.through.objects.filter(project__in=keys)
    found = list(
        links.order_by("place__search_name").values_list(
            "project", "place__code", "place__name"
        )
    )
    codes = _together((key, code) for key, code, _ in found)
    return codes, _together((key, name) for key, _, name in found)


def _together(pairs: Iterable[tuple[int, str]]) -> Together:
    found: Together = {}
    for key, text in pairs:
        found.setdefault(key, []).append(text)
    return found


def edition_rows() -> list[Row]:
    """Return the editions of the label as open data."""
    real = Count("projects", filter=Q(projects__distinction="label"))
    return [
        {
            "edition": call.code,
            "titre": call.title,
            "annees": call.years or None,
            "dates_connues": call.known_dates or None,
            "candidats_annonces": call.stated_candidates,
            "laureats_annonces": call.stated_laureates,
            "cumul_annonce": call.stated_cumulated,
            "instance": call.stated_body or None,
            "labels_connus_ici": call.known,
            "sources": " ".join(call.sources),
            "exemple": call.is_example,
        }
        for call in editions().annotate(known=real)
    ]


def maturing_rows() -> list[Row]:
    """Return the projects to be matured that the rules make public, as open data."""
    return [
        {
            "numero": one.number,
            "nom": one.name,
            "edition": one.call.code,
            "edition_titre": one.call.title,
            "theme": one.theme or None,
            "commune_code": one.commune_code or None,
            "commune": one.commune or None,
            "publie_le": timezone.localdate(one.published_at),
            "acte": one.act_reference,
            "reserves": one.reservation_count,
            "reserves_levees": one.lifted_count,
            "exemple": one.is_example,
        }
        for one in projects_maturing()
    ]


def last_change() -> date | None:
    """Return the day on which the register last changed."""
    lines = JournalEntry.objects.filter(verb__startswith="project.")
    at = lines.order_by("-number").values_list("at", flat=True).first()
    return timezone.localdate(at) if at else None


def first_year() -> int | None:
    """Return the year of the first edition that sources name."""
    years = [call.years[:4] for call in editions() if not call.is_example]
    return min((int(year) for year in years if year.isdigit()), default=None)
