"""A rate of a place that has none: the weighted mean of its parts, and what it hides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from terril.analytics.answers import Computed, FigureRefused, Question
from terril.analytics.catalogue import Indicator
from terril.analytics.geography.addresses import COMMUNE, TERRITORY, ZONE, Address
from terril.analytics.geography.atlas import Place
from terril.analytics.periods import Period
from terril.analytics.printing import number, with_unit
from terril.analytics.releases import Published
from terril.analytics.series import value_at
from terril.analytics.unions import Group, Unions

WORDS: Mapping[str, str] = {TERRITORY: "estimation du pôle, non officielle"}
OTHERS = "estimation non officielle"
# Under this share of the population, a proxy would say more than it knows.
LEAST = Decimal("0.5")


@dataclass(frozen=True)
class Part:
    """A commune or a zone of the union: its value, its weight, its whole weight."""

    place: Place
    value: Computed | None
    weight: int
    whole: int


@dataclass(frozen=True)
class Census:
    """The populations that weigh the parts, by commune, and where they are from."""

    edition: Published
    year: str
    populations: Mapping[str, int]


def proxy(
    unions: Unions, indicator: Indicator, group: Group, asked: Period
) -> Computed:
    """Return the mean of the parts weighted by population, as an estimate.

    The weights are the municipal populations of the communes of the perimeter, in
    the geography of the edition. Raises `FigureRefused` when less than half of the
    population has a rate.
    """
    level = unions.parts_level(indicator, group.place)
    insides = _zones(unions, group) if level == ZONE else _communes(group)
    census = _census(unions, indicator, group.edition, insides)
    rows = unions.lookup.rows(indicator.key, level, list(insides))
    known = rows.get(group.edition.id, {})
    parts = [
        Part(
            unions.atlas.place(Address(level, code)),
            _value(known.get(code, {}), indicator, asked),
            sum(census.populations.get(one, 0) for one in inside),
            sum(census.populations.get(one, 0) for one in whole),
        )
        for code, (inside, whole) in sorted(insides.items())
    ]
    return _mean(group, parts, census)


def _value(
    rows: Mapping[str, Mapping[str, Any]], indicator: Indicator, asked: Period
) -> Computed | None:
    try:
        return value_at(rows, indicator, asked)
    except FigureRefused:
        return None


def _communes(group: Group) -> dict[str, tuple[list[str], list[str]]]:
    return {code: ([code], [code]) for code in group.perimeter.communes}


def _zones(unions: Unions, group: Group) -> dict[str, tuple[list[str], list[str]]]:
    """Return every zone that holds a commune of the perimeter: those, and all its own."""
    year = group.edition.geography
    wholes = {
        zone: [one.child[0] for one in members if one.since <= year <= one.until]
        for zone, members in unions.atlas.memberships(ZONE).items()
    }
    wanted = set(group.perimeter.communes)
    return {
        zone: ([code for code in codes if code in wanted], codes)
        for zone, codes in wholes.items()
        if wanted.intersection(codes)
    }


def _census(
    unions: Unions,
    indicator: Indicator,
    edition: Published,
    insides: Mapping[str, tuple[list[str], list[str]]],
) -> Census:
    """Return the populations in the geography of the edition, or in the nearest."""
    codes = sorted({code for _, whole in insides.values() for code in whole})
    rows = unions.lookup.rows(indicator.weights, COMMUNE, codes)
    as_known = Question("", "", "", as_of=unions.question.as_of)
    editions = unions.lookup.chosen(list(rows), as_known)
    if not editions:
        raise FigureRefused("aucune population n’est connue pour pondérer les parties")
    best = min(editions, key=lambda one: abs(one.geography - edition.geography))
    found = {
        code: max(periods.values(), key=lambda row: row["period"])
        for code, periods in rows[best.id].items()
    }
    year = max(row["period"] for row in found.values())
    return Census(best, year, {code: int(row["value"]) for code, row in found.items()})


def _mean(group: Group, parts: Sequence[Part], census: Census) -> Computed:
    total = sum(part.weight for part in parts)
    kept = [(part, part.value) for part in parts if part.value and part.weight]
    covered = sum(part.weight for part, _ in kept)
    if not total or Decimal(covered) / total < LEAST:
        raise FigureRefused(
            f"seules {number(Decimal(covered))} personnes sur "
            f"{number(Decimal(total))} vivent dans une partie qui a un taux : "
            "trop peu pour une estimation",
            status="refused",
        )
    value = sum((part.weight * done.value for part, done in kept), Decimal(0)) / covered
    words = WORDS.get(group.place.level, OTHERS)
    terms = [done for _, done in kept]
    coverage = _told(group, parts, census) | {
        "words": words,
        "population": total,
        "covered": covered,
        "share": _share(covered, total),
    }
    return Computed(
        value,
        f"moyenne de {len(kept)} parties pondérée par la population municipale "
        f"{census.year} des communes du périmètre",
        tuple(one for done in terms for one in done.inputs),
        "proxy",
        tuple(
            dict.fromkeys(
                [
                    words,
                    *_doubts(coverage),
                    *(w for done in terms for w in done.warnings),
                ]
            )
        ),
        coverage,
        others=(census.edition.id,),
    )


def _told(group: Group, parts: Sequence[Part], census: Census) -> dict[str, Any]:
    rows = [
        {
            "place": str(part.place.address),
            "name": part.place.name,
            "value": format(part.value.value.normalize(), "f"),
            "weight": part.weight,
            "share_inside": _share(part.weight, part.whole),
        }
        for part in parts
        if part.value and part.weight
    ]
    ranked = sorted(rows, key=lambda one: Decimal(str(one["value"])))
    without = [str(part.place.address) for part in parts if not part.value]
    return {
        "perimeter": group.perimeter.words,
        "weights": f"population municipale {census.year}, édition {census.edition.id}",
        "parts": rows,
        "lowest": ranked[0],
        "highest": ranked[-1],
        "without": without,
        "straddling": list(group.perimeter.straddling),
    }


def _share(part: int, whole: int) -> str:
    return str((Decimal(part) / whole).quantize(Decimal("0.0001"))) if whole else "0"


def _doubts(coverage: Mapping[str, Any]) -> list[str]:
    told = [
        (
            f"les parties qui ont un taux couvrent {_percent(coverage['share'])} de la "
            "population du périmètre"
        )
    ]
    if coverage["without"]:
        told.append(f"{len(coverage['without'])} parties n’ont pas de taux publié")
    return told


def _percent(share: str) -> str:
    return with_unit(number(Decimal(share) * 100, 1), "%")
