"""The tables that ship, loaded whole: all of France, in seconds."""

import datetime as dt
import json
import time
from collections import Counter

import pytest
from django.core.management import call_command

from terril.analytics.geography import area, crossing, cut, rings_of
from terril.site.commons.models import JournalEntry
from terril.site.places import queries, tables
from terril.site.places.actions import add_outlines, create_territory, load_france
from terril.site.places.actions.territories import Identity
from terril.site.places.models import (
    Membership,
    Outline,
    Place,
    Population,
    TerritoryMember,
)
from tests.places.conftest import LOADED_AT

pytestmark = pytest.mark.django_db


def test_what_ships_is_compact_and_cited():
    weight = sum(path.stat().st_size for path in tables.FOLDER.iterdir())

    sources = tables.attribution()["sources"]

    assert weight < 4 * 1024 * 1024
    assert all(source["attribution"] and source["licence"] for source in sources)


def test_all_places_of_france_are_there(france):
    current = Place.objects.current().order_by().values_list("level", flat=True)

    assert Counter(current) == {
        "commune": 34_875,
        "department": 101,
        "employment_zone": 306,
        "epci": 1_255,
        "region": 18,
    }
    assert Place.objects.communes().count() == 40_223


def test_loading_again_changes_nothing_and_is_quick(france):
    before = JournalEntry.objects.count()
    start = time.monotonic()

    was_loaded = load_france(at=LOADED_AT)

    assert was_loaded is False
    assert time.monotonic() - start < 1
    assert JournalEntry.objects.count() == before


def test_another_edition_mends_places_without_changing_their_keys(france):
    lens = queries.commune("62498")
    Place.objects.filter(pk=lens.pk).update(name="Autrefois", search_name="autrefois")
    JournalEntry.objects.filter(verb="places.loaded").update(about="places.tables/old")
    members = TerritoryMember.objects.count()
    box = {"west": 0, "south": 0, "east": 1, "north": 1}
    mine = Outline.objects.create(place=lens, vintage=2026, geojson="{}", **box)

    load_france(at=LOADED_AT)

    assert Place.objects.get(pk=lens.pk).name == "Lens"
    assert Place.objects.communes().count() == 40_223
    assert TerritoryMember.objects.count() == members
    assert Outline.objects.filter(pk=mine.pk).exists()


def test_the_artois_has_its_150_communes_in_three_epci(france):
    counts = [queries.members_of(epci).count() for epci in queries.epcis_of(france)]

    assert queries.communes_of(france).count() == 150
    assert sorted(counts) == [14, 36, 100]


@pytest.mark.parametrize(
    "year", [2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]
)
def test_the_perimeter_has_been_of_150_communes_since_2017(france, year):
    perimeter = queries.perimeter(france, on=dt.date(year, 6, 1))

    assert perimeter.communes.count() == 150
    assert perimeter.is_of_another_year == (year not in range(2019, 2026))


def test_the_perimeter_is_empty_before_2017(france):
    assert queries.communes_of(france, on=dt.date(2016, 12, 31)).count() == 0


def test_the_population_of_the_artois_is_known_for_every_commune(france):
    figure = queries.population_of_territory(france)

    assert (figure.communes, figure.known) == (150, 150)
    assert figure.municipal == 642_834


def test_a_code_used_again_is_two_communes(france):
    chapters = [
        (place.valid_from.isoformat(), str(place.valid_to))
        for place in queries.existences("commune", "62847")
    ]

    assert chapters == [("2008-01-01", "None"), ("1943-01-01", "1990-12-10")]
    assert queries.commune("62847", on=dt.date(2007, 12, 31)) is None


def test_a_commune_that_only_changed_its_name_is_the_same(france):
    lambres = queries.commune("62486")

    assert lambres.name == "Lambres-lez-Aire"
    assert [str(name) for name in lambres.former_names.all()] == ["Lambres"]
    assert queries.places_found("lambres")[0] == lambres


def test_mayotte_has_no_population_here(france):
    unknown = Place.objects.communes().current().filter(populations=None)

    assert set(unknown.values_list("parent__code", flat=True)) == {"976"}
    assert unknown.count() == 17


def test_cities_in_arrondissements_have_a_municipal_population_only(france):
    cities = Population.objects.filter(basis="arrondissements").order_by("place__code")

    assert list(cities.values_list("place__code", "apart", "total")) == [
        ("13055", None, None),
        ("69123", None, None),
        ("75056", None, None),
    ]


def test_four_communes_had_no_epci_in_2023(france):
    held = Membership.objects.filter(kind="epci", since__lte=2023, until__gte=2023)
    day = dt.date(2023, 1, 1)
    alone = Place.objects.communes().on(day).exclude(pk__in=held.values("child"))

    assert sorted(alone.values_list("code", flat=True)) == [
        "22016",
        "29083",
        "29155",
        "85113",
    ]


def test_outlines_of_the_artois_share_their_borders(france):
    outlines = queries.outlines_of(france)
    communes = outlines.filter(place__level="commune")
    shapes = {one.place.code: rings_of(json.loads(one.geojson)) for one in communes}

    topology = cut(shapes)

    whole = topology.merged(list(shapes))
    assert len(shapes) == 150
    assert len(whole) == 1
    assert area(whole) == sum(area(topology.rings(code)) for code in shapes)
    assert crossing(topology.arcs) == set()
    walked = [n for walks in topology.walks.values() for walk in walks for n in walk]
    assert max(Counter(walked).values()) == 1


def test_the_three_epci_are_made_of_their_communes(france):
    outlines = queries.outlines_of(france)
    drawn = {one.place.code: rings_of(json.loads(one.geojson)) for one in outlines}
    for epci in queries.epcis_of(france):
        members = queries.members_of(epci).values_list("code", flat=True)

        parts = sum(area(drawn[code]) for code in members)

        assert area(drawn[epci.code]) == parts


def test_departements_and_epci_around_are_there_for_context(france):
    around = queries.outlines_of(france, with_context=True)

    levels = Counter(around.values_list("place__level", flat=True))

    assert levels["department"] == 5
    assert levels["commune"] == 150
    assert levels["epci"] > 80


# Three EPCI of Brittany, far from any outline that ships.
ELSEWHERE = ("243500139", "243500733", "200039022")


def test_any_other_three_epci_make_a_territory_then_are_drawn(france, client, settings):
    territory = create_territory(
        "elsewhere",
        Identity("Ailleurs"),
        members=ELSEWHERE,
        since=dt.date(2024, 1, 1),
        at=LOADED_AT,
    )
    settings.TERRITORY = "elsewhere"
    communes = list(queries.communes_of(territory))
    assert queries.outlines_of(territory).count() == 0
    assert all(epci.longitude for epci in queries.epcis_of(territory))
    listed = client.get("/lieux/")
    assert (listed.status_code, listed.context["page"].drawing) == (200, None)

    document = drawn_in_a_row([place.code for place in communes])
    found = add_outlines(territory, document, vintage=2026, at=LOADED_AT)

    assert (found.communes, found.epcis, found.lacking) == (len(communes), 3, ())
    shown = client.get("/lieux/")
    assert len(shown.context["page"].drawing.shapes) == 3


def drawn_in_a_row(codes):
    features = []
    for number, code in enumerate(codes):
        west, east = -2 + number / 100, -1.99 + number / 100
        ring = [[west, 48.0], [east, 48.0], [east, 48.01], [west, 48.01], [west, 48.0]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append(
            {"type": "Feature", "properties": {"code": code}, "geometry": geometry}
        )
    return {"type": "FeatureCollection", "features": features}


def test_places_says_what_it_found(france, capsys):
    call_command("places")

    assert "already there" in capsys.readouterr().out
