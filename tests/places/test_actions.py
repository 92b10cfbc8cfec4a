import datetime as dt
import json

import pytest

from terril.site.commons import journal
from terril.site.commons.models import JournalEntry
from terril.site.places import queries, rules
from terril.site.places.actions import (
    add_outlines,
    create_known_territory,
    create_territory,
)
from terril.site.places.actions.territories import Identity
from terril.site.places.models import Outline, TerritoryMember
from tests.factories.places import (
    DepartmentFactory,
    EpciFactory,
    MembershipFactory,
    PlaceFactory,
    TerritoryFactory,
    TerritoryMemberFactory,
)

pytestmark = pytest.mark.django_db
IDENTITY = Identity("Pays de quelque part")
SINCE = dt.date(2020, 1, 1)


def test_a_territory_is_made_of_its_epci_and_other_members(at):
    one, other = EpciFactory(code="246200364"), EpciFactory(code="246200299")
    DepartmentFactory(code="62")

    territory = create_territory(
        "here",
        IDENTITY,
        members=["246200364", "246200299", "246200364"],
        others=["62"],
        since=SINCE,
        at=at,
    )

    members = TerritoryMember.objects.values_list("place__code", "counts_in_perimeter")
    assert set(members) == {("246200364", True), ("246200299", True), ("62", False)}
    assert set(queries.epcis_of(territory)) == {one, other}
    assert territory.short_name == "Pays de quelque part"


def test_a_new_territory_leaves_a_line_in_the_journal(at):
    EpciFactory(code="246200364")

    create_territory("here", IDENTITY, members=["246200364"], since=SINCE, at=at)

    assert JournalEntry.objects.get().verb == "territory.created"
    assert journal.verify().holds


@pytest.mark.parametrize(
    ("key", "members", "refusal"),
    [
        ("here", ["999999999"], rules.UnknownPlaces),
        ("here", ["62498"], rules.UnknownPlaces),
        ("here", ["200000000"], rules.UnknownPlaces),
        ("taken", ["246200364"], rules.TerritoryExists),
    ],
)
def test_a_territory_is_refused(at, key, members, refusal):
    EpciFactory(code="246200364")
    EpciFactory(code="200000000", valid_to=dt.date(2022, 1, 1))
    PlaceFactory(code="62498")
    TerritoryFactory(key="taken")

    with pytest.raises(refusal):
        create_territory(key, IDENTITY, members=members, since=SINCE, at=at)

    assert TerritoryMember.objects.count() == 0


def square(code, column):
    """Return a commune of one square, beside that of the column before."""
    west, east = 2.8 + column / 100, 2.81 + column / 100
    ring = [[west, 50.4], [east, 50.4], [east, 50.41], [west, 50.41], [west, 50.4]]
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.fixture
def territory():
    epci = EpciFactory()
    for code in ("62001", "62002"):
        MembershipFactory(parent=epci, child__code=code)
    return TerritoryMemberFactory(place=epci, territory__key="here").territory


def test_outlines_draw_communes_and_the_epci_they_make_up(territory, at):
    document = collection(square("62001", 0), square("62002", 1), square("59001", 2))

    drawn = add_outlines(territory, document, vintage=2026, at=at)

    assert (drawn.communes, drawn.epcis, drawn.lacking, drawn.left_out) == (2, 1, (), 1)
    epci = Outline.objects.get(place__level="epci")
    assert (epci.west, epci.east, epci.vintage) == (2.8, 2.82, 2026)
    (ring,) = json.loads(epci.geojson)["coordinates"]
    # Its four corners, and the two points where its communes meet.
    assert len(ring) == 7


def test_outlines_give_a_point_to_communes_that_had_none(territory, at):
    add_outlines(territory, collection(square("62001", 0)), vintage=2026, at=at)

    commune = queries.commune("62001")
    assert (commune.longitude, commune.latitude) == (2.805, 50.405)


def test_outlines_that_lack_a_commune_leave_its_epci_undrawn(territory, at):
    drawn = add_outlines(territory, collection(square("62001", 0)), vintage=2026, at=at)

    assert (drawn.communes, drawn.epcis, drawn.lacking) == (1, 0, ("62002",))


def test_outlines_given_again_replace_those_of_their_vintage(territory, at):
    add_outlines(territory, collection(square("62001", 0)), vintage=2026, at=at)

    add_outlines(territory, collection(square("62001", 5)), vintage=2026, at=at)
    add_outlines(territory, collection(square("62001", 7)), vintage=2027, at=at)

    wests = Outline.objects.order_by("vintage").values_list("vintage", "west")
    assert list(wests) == [(2026, 2.85), (2027, 2.87)]


def flat(code):
    ring = [[2.8, 50.4], [2.81, 50.4], [2.82, 50.4], [2.8, 50.4]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def lambert(code):
    ring = [[680000, 7030000], [681000, 7030000], [681000, 7031000], [680000, 7030000]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (collection(square("62001", 0), square("62001", 1)), "drawn twice"),
        (collection(lambert("62001")), "not degrees"),
        (collection(flat("62001")), "no surface"),
        (collection(square("59001", 0)), "No commune of this file belongs"),
        ({"type": "Topology"}, "not a GeoJSON FeatureCollection"),
    ],
)
def test_a_file_of_outlines_is_refused(territory, at, english, document, sentence):
    with pytest.raises(rules.NotOutlines) as caught:
        add_outlines(territory, document, vintage=2026, at=at)

    assert sentence in str(caught.value)
    assert Outline.objects.count() == 0


def test_a_known_territory_is_made_from_the_list_that_ships(at):
    for code in ("200072460", "246200299", "246200364"):
        EpciFactory(code=code)
    DepartmentFactory(code="62")

    territory = create_known_territory("pma", at=at)

    members = territory.members.order_by("place__code")
    assert [(one.place.code, one.counts_in_perimeter) for one in members] == [
        ("200072460", True),
        ("246200299", True),
        ("246200364", True),
        ("62", False),
    ]
    assert (territory.short_name, str(territory.since)) == ("Artois", "2017-01-01")


def test_a_territory_that_does_not_ship_is_refused(at):
    with pytest.raises(rules.UnknownTerritory) as caught:
        create_known_territory("ailleurs", at=at)

    assert "ailleurs" in str(caught.value)
    assert "territory create" in str(caught.value.next_step)
