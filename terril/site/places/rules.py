"""What a code, a kind of movement and a file of outlines must be."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import Refused
from terril.site.commons.text import fold

# Vintages of the composition of EPCI at hand; 2026 repeats 2025, byte for byte.
FIRST_VINTAGE, LAST_VINTAGE = 2019, 2025
# Vintage of the outlines that ship.
OUTLINE_VINTAGE = 2018
COMMUNE_CODE = re.compile(r"[0-9][0-9AB][0-9]{3}")
ARTICLES = {"le", "la", "les", "l", "aux", "las", "los"}
SHORT_FORMS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


class CodeLostItsZero(Refused): ...


class NotACommuneCode(Refused): ...


class UnknownPlaces(Refused): ...


class TerritoryExists(Refused): ...


class UnknownTerritory(Refused): ...


class NotOutlines(Refused): ...


def check_commune_code(text: str) -> str:
    """Return a commune code written as one, or say what is wrong with it."""
    code = text.strip().upper()
    if COMMUNE_CODE.fullmatch(code):
        return code
    if re.fullmatch(r"[0-9]{4}", code):
        raise CodeLostItsZero(
            _(
                "The commune code “%(code)s” has only 4 characters: it has probably "
                "lost its leading zero."
            )
            % {"code": code},
            next_step=_("Write “0%(code)s” if that is the commune you mean.")
            % {"code": code},
        )
    raise NotACommuneCode(
        _("“%(code)s” is not a commune code.") % {"code": text.strip()[:20]},
        next_step=_(
            "A commune code has 5 characters, as 62498 or 2A004; it is not the "
            "postal code."
        ),
    )


def search_name(name: str) -> str:
    """Return a name as it is searched: folded, without article, “St” spelt out."""
    words = [SHORT_FORMS.get(word, word) for word in fold(name).split()]
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return " ".join(words)


def check_all_known(asked: Iterable[str], known: Iterable[str]) -> None:
    """Refuse codes of EPCI or départements that are not in the list of today."""
    unknown = sorted(set(asked) - set(known))
    if unknown:
        raise UnknownPlaces(
            _("These codes are not known today: %(codes)s.")
            % {"codes": ", ".join(unknown)},
            next_step=_(
                "An EPCI is named by its SIREN of 9 digits, as 246200364; a "
                "département by its code, as 62."
            ),
        )


def check_features(document: Any, *, property_name: str = "code") -> list[Any]:
    """Return the features of a GeoJSON of communes, or say what is wrong with it."""
    kind = document.get("type") if isinstance(document, dict) else None
    if kind != "FeatureCollection" or not isinstance(document.get("features"), list):
        raise NotOutlines(
            _("This file is not a GeoJSON FeatureCollection."),
            next_step=_("Export the layer of communes as GeoJSON, in WGS 84."),
        )
    features: list[Any] = document["features"]
    if not features:
        raise NotOutlines(
            _("This file holds no outline."),
            next_step=_("Export the layer again, with its communes."),
        )
    for number, feature in enumerate(features, 1):
        _check_feature(feature, number, property_name)
    return features


def check_inside_the_world(rings: Iterable[Iterable[tuple[int, int]]]) -> None:
    """Refuse coordinates which are not degrees of longitude and latitude."""
    for ring in rings:
        for x, y in ring:
            if abs(x) > 180 * 100_000 or abs(y) > 90 * 100_000:
                raise NotOutlines(
                    _("The coordinates of this file are not degrees."),
                    next_step=_(
                        "Export the layer again in WGS 84 (longitude, latitude), "
                        "not in Lambert 93."
                    ),
                )


def check_key_is_free(key: str, taken: Iterable[str]) -> None:
    """Refuse a second territory under the same key."""
    if key in set(taken):
        raise TerritoryExists(
            _("There is already a territory under the key “%(key)s”.") % {"key": key},
            next_step=_("Choose another key."),
        )


def check_territory_is_known(key: str, known: Iterable[str]) -> None:
    """Refuse the key of no territory."""
    if key not in set(known):
        raise UnknownTerritory(
            _("There is no territory under the key “%(key)s”.") % {"key": key},
            next_step=_("Make it first with “terril territory create”."),
        )


def check_territory_ships(key: str, known: Iterable[str]) -> None:
    """Refuse the key of a territory that does not come with the package."""
    if key not in set(known):
        raise UnknownTerritory(
            _("No territory “%(key)s” comes with Terril.") % {"key": key},
            next_step=_("Make it first with “terril territory create”."),
        )


def check_has_a_surface(code: str, rings: Collection[object]) -> None:
    """Refuse an outline whose points all lie on one line."""
    if not rings:
        raise NotOutlines(
            _("The outline of %(code)s has no surface.") % {"code": code},
            next_step=_("Draw this commune again, or leave it out of the file."),
        )


def check_some_are_ours(own: Collection[str], name: str) -> None:
    """Refuse a file that draws no commune of the territory."""
    if not own:
        raise NotOutlines(
            _("No commune of this file belongs to %(name)s.") % {"name": name},
            next_step=_(
                "Give the file of its département, or name the territory with "
                "--territory."
            ),
        )


def check_drawn_once(codes: Iterable[str]) -> None:
    """Refuse a file that draws a commune twice."""
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise NotOutlines(
                _("The commune %(code)s is drawn twice in this file.") % {"code": code},
                next_step=_("Keep one feature for each commune."),
            )
        seen.add(code)


def _check_feature(feature: Any, number: int, property_name: str) -> None:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    code = properties.get(property_name) if isinstance(properties, Mapping) else None
    if not isinstance(code, str | int) or isinstance(code, bool):
        raise NotOutlines(
            _("The feature %(number)s has no property “%(name)s”.")
            % {"number": number, "name": property_name},
            next_step=_("Give each commune its INSEE code in that property."),
        )
    check_commune_code(str(code))
    if not _is_polygon(feature.get("geometry")):
        raise NotOutlines(
            _("The outline of %(code)s is not a polygon.") % {"code": code},
            next_step=_("Outlines are Polygon or MultiPolygon, with closed rings."),
        )


def _is_polygon(geometry: Any) -> bool:
    if not isinstance(geometry, Mapping):
        return False
    polygons = geometry.get("coordinates")
    if geometry.get("type") == "Polygon":
        polygons = [polygons]
    elif geometry.get("type") != "MultiPolygon":
        return False
    return isinstance(polygons, list) and all(map(_has_rings, polygons))


def _has_rings(polygon: Any) -> bool:
    return bool(polygon) and isinstance(polygon, list) and all(map(_is_ring, polygon))


def _is_ring(ring: Any) -> bool:
    return isinstance(ring, list) and len(ring) > 3 and all(map(_is_point, ring))


def _is_point(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) > 1
        and all(isinstance(x, int | float) and not isinstance(x, bool) for x in point)
        and all(abs(x) < 1e9 for x in point[:2])
    )
