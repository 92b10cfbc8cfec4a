import datetime as dt

import pytest

from terril.site.places import queries
from terril.site.places.models import Place, PlaceName
from tests.factories.places import (
    DepartmentFactory,
    EpciFactory,
    MembershipFactory,
    MovementFactory,
    OutlineFactory,
    PlaceFactory,
    PopulationFactory,
    TerritoryFactory,
    TerritoryMemberFactory,
)

pytestmark = pytest.mark.django_db


def test_commune_is_the_one_of_the_day_or_the_latest():
    old = PlaceFactory(code="62847", is_gone=True)
    new = PlaceFactory(code="62847", valid_from=dt.date(2008, 1, 1))

    assert queries.commune("62847") == new
    assert queries.commune("62847", on=dt.date(1990, 12, 9)) == old
    assert queries.commune("62847", on=dt.date(2000, 1, 1)) is None
    assert queries.commune("62847", on=dt.date(2008, 1, 1)) == new
    assert queries.commune("99999") is None


def test_an_epci_is_found_by_its_siren():
    epci = EpciFactory(code="246200364")

    assert queries.epci("246200364") == epci
    assert queries.commune("246200364") is None


def test_the_epci_of_a_commune_follows_the_vintages():
    commune, first, second = PlaceFactory(), EpciFactory(), EpciFactory()
    MembershipFactory(child=commune, parent=first, since=2019, until=2020)
    MembershipFactory(child=commune, parent=second, since=2021, until=2025)

    assert queries.epci_of(commune) == second
    assert queries.epci_of(commune, on=dt.date(2020, 6, 1)) == first
    assert queries.epci_of(commune, on=dt.date(2017, 6, 1)) == first
    assert queries.epci_of(commune, on=dt.date(2030, 6, 1)) == second
    assert queries.epci_of(PlaceFactory()) is None


def test_the_employment_zone_of_a_commune_may_be_unknown():
    zone = PlaceFactory(level=Place.Level.EMPLOYMENT_ZONE, code="3218")
    member = MembershipFactory(
        parent=zone, kind="employment_zone", since=2023, until=2023
    )

    assert queries.employment_zone_of(member.child) == zone
    assert queries.employment_zone_of(PlaceFactory()) is None


def test_an_epci_that_is_gone_keeps_its_last_members():
    epci = EpciFactory(valid_to=dt.date(2022, 1, 1))
    member = MembershipFactory(parent=epci, since=2019, until=2021)

    assert list(queries.members_of(epci)) == [member.child]
    assert list(queries.members_of(epci, on=dt.date(2025, 1, 1))) == [member.child]


def territory_of(*epcis, **dates):
    territory = TerritoryFactory()
    for epci in epcis:
        TerritoryMemberFactory(territory=territory, place=epci, **dates)
    return territory


def test_the_perimeter_is_the_communes_of_the_counting_members():
    member = MembershipFactory()
    territory = territory_of(member.parent)
    TerritoryMemberFactory(
        territory=territory, place=DepartmentFactory(), counts_in_perimeter=False
    )
    MembershipFactory()

    assert list(queries.communes_of(territory)) == [member.child]
    assert list(queries.epcis_of(territory)) == [member.parent]


def test_a_departement_that_counts_brings_its_communes():
    department = DepartmentFactory()
    commune = PlaceFactory(parent=department)
    territory = territory_of(department)

    assert list(queries.communes_of(territory)) == [commune]


def test_the_perimeter_follows_the_dates_of_members():
    member = MembershipFactory()
    territory = territory_of(member.parent, until=dt.date(2022, 1, 1))

    days = [dt.date(2016, 12, 31), dt.date(2017, 1, 1), dt.date(2022, 1, 1)]

    counts = [queries.communes_of(territory, on=day).count() for day in days]
    assert counts == [0, 1, 0]
    assert queries.communes_of(territory).count() == 0


def test_the_perimeter_says_which_vintage_tells_it():
    territory = territory_of()

    now = queries.perimeter(territory)
    early = queries.perimeter(territory, on=dt.date(2017, 6, 1))
    exact = queries.perimeter(territory, on=dt.date(2021, 6, 1))
    late = queries.perimeter(territory, on=dt.date(2026, 6, 1))

    told = [
        (one.vintage, one.is_of_another_year, one.is_from_a_later_year)
        for one in (now, early, exact, late)
    ]
    assert told == [
        (2025, False, False),
        (2019, True, True),
        (2021, False, False),
        (2025, True, False),
    ]


def test_the_territory_is_the_one_of_the_settings(settings):
    TerritoryFactory(key="pma")
    other = TerritoryFactory(key="other")

    settings.TERRITORY = "other"

    assert queries.territory() == other
    settings.TERRITORY = "none"
    assert queries.territory() is None


def test_the_population_of_a_commune_says_its_edition():
    commune = PopulationFactory(municipal=32_000, apart=100, total=32_100).place

    figure = queries.population_of(commune)

    assert (figure.municipal, figure.apart, figure.total) == (32_000, 100, 32_100)
    assert (figure.edition, figure.is_sum, figure.is_partial) == ("2023", False, False)
    assert figure.attribution.startswith("Source : Insee")


def test_a_population_that_is_not_known_is_not_zero():
    figure = queries.population_of(PlaceFactory())

    assert (figure.municipal, figure.known) == (None, 0)


def test_the_population_of_an_epci_is_the_sum_of_what_is_known():
    epci = EpciFactory()
    one, two = (MembershipFactory(parent=epci).child for _ in range(2))
    PopulationFactory(place=one, municipal=100)

    partial = queries.population_of(epci)
    PopulationFactory(place=two, municipal=50)
    whole = queries.population_of(epci)

    assert (partial.municipal, partial.known, partial.communes) == (100, 1, 2)
    assert partial.is_partial
    assert (whole.municipal, whole.is_partial, whole.is_sum) == (150, False, True)


def test_the_population_of_a_territory_adds_up_its_communes():
    member = MembershipFactory()
    PopulationFactory(place=member.child, municipal=100)
    territory = territory_of(member.parent)

    assert queries.population_of_territory(territory).municipal == 100


def test_outlines_are_the_newest_of_each_place():
    member = MembershipFactory()
    territory = territory_of(member.parent)
    OutlineFactory(place=member.child, vintage=2018)
    newest = OutlineFactory(place=member.child, vintage=2026)
    around = OutlineFactory(place=EpciFactory())

    assert list(queries.outlines_of(territory)) == [newest]
    assert set(queries.outlines_of(territory, with_context=True)) == {newest, around}


def test_outlines_are_told_as_geojson():
    outline = OutlineFactory(place__code="62498", place__name="Lens")

    text = queries.outlines_geojson([outline])

    assert text == (
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":'
        '{"level":"commune","code":"62498","name":"Lens",'
        '"url":"/lieux/commune/62498/","vintage":2018},'
        f'"geometry":{outline.geojson}}}]}}'
    )


def sentences(place):
    return [step.sentence for step in queries.story(place)]


def named(name, **rest):
    return PlaceFactory(name=name, **rest)


DAY = dt.date(1990, 12, 10)


@pytest.mark.parametrize(
    ("kind", "dates", "told"),
    [
        ("33", ({"valid_to": DAY}, {}), ("Merges into B.", "A joins it.")),
        ("32", ({"valid_to": DAY}, {"valid_from": DAY}), ("Merges into B.", "Takes the place of A.")),
        ("21", ({}, {"valid_from": DAY}), ("B becomes a commune of its own again.", "Becomes a commune of its own again, apart from A.")),
        ("21", ({"valid_to": DAY}, {"valid_from": DAY}), ("Divided: B becomes a commune of its own again.", "Becomes a commune of its own again, apart from A.")),
        ("20", ({}, {"valid_from": DAY}), ("B is created from part of it.", "Created from A.")),
        ("30", ({"valid_to": DAY}, {}), ("Suppressed; its land goes to B.", "Receives land of A, which is suppressed.")),
        ("41", ({"valid_to": DAY}, {"valid_from": DAY}), ("Goes on as B, under another code.", "Until then A, under another code.")),
        ("41", ({"valid_to": DAY}, {}), ("Goes on as B, under another code.", "A joins it, by a change of code.")),
        ("31", ({}, {}), ("Movement towards B.", "A joins it.")),
        ("20", ({}, {}), ("B is created from part of it.", "Movement from A.")),
        ("50", ({"valid_to": DAY}, {"valid_from": DAY}), ("Goes on as B, under another code.", "Until then A, under another code.")),
        ("99", ({"valid_to": DAY}, {"valid_from": DAY}), ("Movement of kind 99, unknown here, towards B.", "Movement of kind 99, unknown here, from A.")),
    ],
)  # fmt: skip
def test_a_story_tells_each_kind_from_both_sides(english, kind, dates, told):
    one, other = named("A", **dates[0]), named("B", **dates[1])
    MovementFactory(kind=kind, before=one, after=other, on=DAY)

    assert (sentences(one), sentences(other)) == ([told[0]], [told[1]])


def test_a_story_gathers_what_happens_on_one_day(english):
    new = named("Forest", valid_from=DAY)
    parts = [named(name, valid_to=DAY) for name in ("A", "B", "C")]
    for part in parts:
        MovementFactory(kind="32", before=part, after=new, on=DAY)

    (step,) = queries.story(new)

    assert step.sentence == "Born of the merger of A, B and C."
    assert step.others == tuple(parts)


def test_a_story_tells_names_and_the_list(english):
    place = named(
        "New name", valid_from=dt.date(1980, 1, 1), valid_to=dt.date(2007, 2, 23)
    )
    MovementFactory(kind="20", before=None, after=place, on=dt.date(1980, 1, 1))
    MovementFactory(
        kind="10", before=place, after=place, before_name="Old name", on=DAY
    )
    MovementFactory(kind="30", before=place, after=None, on=dt.date(2007, 2, 23))

    assert sentences(place) == [
        "Enters the list of communes.",
        "Old name takes the name New name.",
        "Leaves the list of communes.",
    ]


@pytest.fixture
def artois():
    epci = EpciFactory(name="CA de Lens - Liévin")
    names = [
        "Lens",
        "Liévin",
        "Béthune",
        "Nœux-les-Mines",
        "Vendin-le-Vieil",
        "Loos-en-Gohelle",
    ]
    for number, name in enumerate(names):
        MembershipFactory(parent=epci, child__name=name, child__code=f"6250{number}")
    named("Loos", code="59360")
    named("L'Abergement-Clémenciat", code="01001")
    named("Lensois", code="62999", is_gone=True)
    PlaceName.objects.create(
        place=queries.commune("62505"),
        name="Gohelle-Ville",
        search_name="gohelle ville",
        until=DAY,
    )
    return territory_of(epci)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("lens", ["Lens", "CA de Lens - Liévin"]),
        ("LIEVIN", ["Liévin", "CA de Lens - Liévin"]),
        ("Béthunne", ["Béthune"]),
        ("betune", ["Béthune"]),
        ("noeux les mine", ["Nœux-les-Mines"]),
        ("nœuxlesmines", ["Nœux-les-Mines"]),
        ("vendin le viel", ["Vendin-le-Vieil"]),
        ("loos", ["Loos-en-Gohelle", "Loos"]),
        ("gohelle-ville", ["Loos-en-Gohelle"]),
        ("l'abergement", ["L'Abergement-Clémenciat"]),
        ("1001", ["L'Abergement-Clémenciat"]),
        ("62502", ["Béthune"]),
        ("99999", []),
        ("x", []),
        ("zzzzzz", []),
        ("", []),
    ],
)
def test_places_are_found_by_names_as_people_write_them(artois, text, names):
    assert [place.name for place in queries.places_found(text)] == names


def test_places_are_found_without_a_territory():
    named("Lens")

    assert [place.name for place in queries.places_found("lens")] == ["Lens"]


def test_places_found_are_none_for_a_text_longer_than_any_name():
    assert queries.places_found("saint " * 20_000) == []


def test_places_found_stop_at_a_limit():
    for number in range(15):
        named(f"Saint-{number}")

    assert len(queries.places_found("saint")) == 12
    assert len(queries.places_found("saint", limit=3)) == 3


def test_sources_are_told_once_with_their_editions():
    found = {one.title: one.editions for one in queries.attributions()}

    assert found["Zones d'emploi 2020 : composition communale"] == ("2023",)
    assert found["EPCI à fiscalité propre et leurs communes membres, par millésime"][
        0
    ] == ("2019")


def test_only_communes_and_epci_have_a_page():
    assert EpciFactory(code="246200364").get_absolute_url() == "/lieux/epci/246200364/"
    assert DepartmentFactory().get_absolute_url() == ""
