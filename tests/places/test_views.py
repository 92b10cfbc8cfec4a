import datetime as dt

import pytest

from terril.site.places import queries
from terril.site.places.models import PlaceName
from tests.factories.places import (
    DepartmentFactory,
    EpciFactory,
    MembershipFactory,
    MovementFactory,
    OutlineFactory,
    PlaceFactory,
    PopulationFactory,
    TerritoryMemberFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    department = DepartmentFactory(
        parent=PlaceFactory(level="region", code="32", name="Hauts-de-France")
    )
    place = PlaceFactory(code="62498", name="Lens", parent=department)
    return PopulationFactory(place=place, municipal=32_000).place


def text(response):
    return " ".join(response.content.decode().split())


def test_a_commune_has_a_page_for_anybody(client, commune):
    member = MembershipFactory(child=commune, parent__name="CA de Lens - Liévin")
    MovementFactory(after=commune, before__name="Vieille-Commune")

    response = client.get("/en/lieux/commune/62498/")

    page = text(response)
    assert response.status_code == 200
    assert "<h1>Lens</h1>" in page
    assert member.parent.get_absolute_url() in page
    assert "Vieille-Commune joins it." in page
    assert "Pas-de-Calais, Hauts-de-France" in page
    assert "populations légales millésimées 2023" in page


def test_a_code_borne_twice_tells_both_communes(client):
    PlaceFactory(code="62847", name="Verquigneul", is_gone=True)
    new = PlaceFactory(
        code="62847",
        name="Verquigneul",
        valid_from=dt.date(2008, 1, 1),
        is_start_known=True,
    )
    PlaceName.objects.create(
        place=new, name="Autre", search_name="autre", until=dt.date(2010, 1, 1)
    )

    response = client.get("/en/lieux/commune/62847/")

    page = text(response)
    assert page.count("<h3>Verquigneul</h3>") == 2
    assert page.count("No movement is known since 1943.") == 2


def test_a_commune_without_anything_known_says_so(client):
    PlaceFactory(code="62001")

    page = text(client.get("/en/lieux/commune/62001/"))

    assert page.count('<span class="unknown">not known</span>') == 4


@pytest.mark.parametrize(
    "address",
    ["/lieux/commune/99999/", "/lieux/commune/1004/", "/lieux/epci/999999999/"],
)
def test_an_unknown_place_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/lieux/", "/lieux/contours.geojson"])
def test_no_territory_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_an_epci_lists_its_communes_with_their_population(client, commune):
    epci = MembershipFactory(child=commune).parent
    unknown = MembershipFactory(parent=epci, child__name="Ailleurs").child

    response = client.get(f"/en/lieux/epci/{epci.code}/")

    page = text(response)
    assert "<h2>2 communes</h2>" in page
    assert commune.get_absolute_url() in page
    assert unknown.get_absolute_url() in page
    assert "32\u202f000" in page or "32,000" in page
    assert "the others are not known" in page


def test_an_epci_that_is_gone_says_until_when(client):
    epci = EpciFactory(valid_to=dt.date(2022, 1, 1))
    MembershipFactory(parent=epci, until=2021)

    response = client.get(f"/en/lieux/epci/{epci.code}/")

    assert response.context["page"].vintage == 2021
    assert "Composition of 2021" in text(response)


def test_a_map_is_drawn_with_the_commune_on_top(client, commune):
    epci = MembershipFactory(child=commune).parent
    other = MembershipFactory(parent=epci).child
    OutlineFactory(place=commune)
    OutlineFactory(
        place=other,
        geojson='{"type":"MultiPolygon","coordinates":[[[[2.8,50.4],[2.9,50.4],[2.9,50.5],[2.8,50.4]]]]}',
    )

    page = client.get("/lieux/commune/62498/").context["page"]

    shapes = page.drawing.shapes
    assert [shape.name for shape in shapes] == [other.name, "Lens"]
    assert [shape.is_here for shape in shapes] == [False, True]
    assert shapes[0].path == shapes[1].path
    assert shapes[1].path.startswith("M0 ")
    assert shapes[1].path.endswith("Z")
    assert page.drawing.vintages == (2018,)


def test_the_territory_lists_its_members(client, commune):
    member = MembershipFactory(child=commune)
    territory = TerritoryMemberFactory(place=member.parent).territory
    TerritoryMemberFactory(
        territory=territory, place=commune.parent, counts_in_perimeter=False
    )

    response = client.get("/en/lieux/")

    page = text(response)
    assert member.parent.get_absolute_url() in page
    assert "<li>Pas-de-Calais</li>" in page
    assert "1 commune since" in page


def test_outlines_are_given_to_maps(client, commune):
    member = MembershipFactory(child=commune)
    TerritoryMemberFactory(place=member.parent)
    OutlineFactory(place=commune)

    response = client.get("/lieux/contours.geojson")

    assert response["Content-Type"] == "application/geo+json"
    (feature,) = response.json()["features"]
    assert feature["properties"]["name"] == "Lens"


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_an_epci_asks_the_same_questions_for_one_or_three_communes(
    django_assert_num_queries, count
):
    epci = EpciFactory()
    for _ in range(count):
        PopulationFactory(place=MembershipFactory(parent=epci).child)

    with django_assert_num_queries(7):
        page = queries.epci_page(epci.code)
        assert len(page.lines) == count
