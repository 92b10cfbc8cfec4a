"""The catalogue that data portals harvest: DCAT-AP in JSON-LD."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from terril.site.commons.opendata import PublicTable
from terril.site.places import queries as places
from terril.site.places.models import Territory
from terril.site.projects.opendata.formats import FORMATS
from terril.site.projects.queries.tables import first_year

EUROPE = "http://publications.europa.eu/resource/authority"
CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
Node = dict[str, Any]


def catalogue(
    territory: Territory, tables: dict[str, PublicTable], updated: date | None
) -> Node:
    """Return the catalogue of all public tables, in both languages."""
    return {
        "@context": CONTEXT,
        "@id": _absolute("open_data"),
        "@type": "dcat:Catalog",
        "dct:title": _both(f"Données ouvertes, {territory}", f"Open data, {territory}"),
        "dct:description": _both(
            "Le registre des projets labellisés et les éditions du label.",
            "The register of labelled projects and the editions of the label.",
        ),
        "dct:publisher": _publisher(territory),
        "dct:language": [_ref(f"{EUROPE}/language/FRA")],
        **_modified(updated),
        "dcat:dataset": [
            _dataset(key, table, territory, updated) for key, table in tables.items()
        ],
    }


def _dataset(
    key: str, table: PublicTable, territory: Territory, updated: date | None
) -> Node:
    address = f"{_absolute('open_data')}#{table.name}"
    return {
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:identifier": f"{territory.key}-{table.name}",
        "dct:title": _both(*_words(table.title)),
        "dct:description": _both(*_words(table.description)),
        "dct:publisher": _publisher(territory),
        "dct:license": [_ref(table.licence.authority), _ref(table.licence.url)],
        "dct:spatial": _places(territory),
        "dct:temporal": _since(first_year()),
        "dct:accrualPeriodicity": _ref(f"{EUROPE}/frequency/IRREG"),
        "dct:language": [_ref(f"{EUROPE}/language/FRA")],
        **_modified(updated),
        "dcat:theme": [_ref(f"{EUROPE}/data-theme/REGI")],
        "dcat:landingPage": _ref(_absolute("open_data")),
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": territory.name,
            "vcard:hasURL": _ref(settings.SITE_URL + "/"),
        },
        "dcat:distribution": [
            _distribution(key, form, table)
            for form in FORMATS
            if form != "geojson" or table.point
        ],
    }


def _distribution(key: str, form: str, table: PublicTable) -> Node:
    chosen, address = FORMATS[form], _absolute(f"{key}_{form}")
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": f"{table.name}{chosen.suffix}",
        "dcat:accessURL": _ref(address),
        "dcat:downloadURL": _ref(address),
        "dcat:mediaType": _ref(
            f"https://www.iana.org/assignments/media-types/{chosen.bare_media}"
        ),
        "dct:format": _ref(f"{EUROPE}/file-type/{chosen.europe}"),
        "dct:license": [_ref(table.licence.authority), _ref(table.licence.url)],
        "dct:conformsTo": _ref(_absolute(f"{key}_schema")),
    }


def _publisher(territory: Territory) -> Node:
    found: Node = {"@type": "foaf:Agent", "foaf:name": territory.name}
    if territory.website:
        found["foaf:homepage"] = _ref(territory.website)
    return found


def _places(territory: Territory) -> list[Node]:
    return [
        {
            "@type": "dct:Location",
            "dct:identifier": place.code,
            "skos:prefLabel": place.name,
            "adms:identifier": f"EPCI {place.code}",
        }
        for place in places.epcis_of(territory)
    ]


def _since(year: int | None) -> Node:
    period: Node = {"@type": "dct:PeriodOfTime"}
    if year:
        period["dcat:startDate"] = {"@type": "xsd:gYear", "@value": str(year)}
    return period


def _modified(updated: date | None) -> Node:
    if updated is None:
        return {}
    return {"dct:modified": {"@type": "xsd:date", "@value": updated.isoformat()}}


def _both(french: str, english: str) -> list[Node]:
    return [
        {"@language": "fr", "@value": french},
        {"@language": "en", "@value": english},
    ]


def _words(words: object) -> tuple[str, str]:
    with override("fr"):
        french = str(words)
    with override("en"):
        return french, str(words)


def _ref(address: str) -> Node:
    return {"@id": address}


def _absolute(name: str) -> str:
    # One address for one thing, whichever language the catalogue is read in.
    with override("fr"):
        return settings.SITE_URL + reverse(name)
