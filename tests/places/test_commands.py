import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command

from terril.site.places import tables
from terril.site.places.models import Outline, Territory, TerritoryMember
from tests.factories.places import DepartmentFactory, EpciFactory, MembershipFactory
from tests.places.test_actions import collection, square

pytestmark = pytest.mark.django_db


@pytest.fixture
def epci():
    found = EpciFactory(code="246200364")
    MembershipFactory(parent=found, child__code="62001")
    return found


def create(**rest):
    words = {"--key": "here", "--name": "Ici", "--epci": "246200364"} | rest
    flat = [word for pair in words.items() for word in pair]
    call_command("territory", "create", *flat)


def test_territory_create_makes_one_from_codes(epci, capsys):
    create(**{"--since": "2020-01-01"})

    assert Territory.objects.get().since.year == 2020
    assert "Ici: 1 communes" in capsys.readouterr().out


def test_territory_create_says_which_codes_are_unknown(epci, english):
    with pytest.raises(CommandError) as caught:
        create(**{"--epci": "999999999"})

    assert "999999999" in str(caught.value)
    assert "SIREN" in str(caught.value)


def test_territory_outlines_draws_it_from_a_file(epci, tmp_path, capsys):
    create()
    path = tmp_path / "communes.geojson"
    path.write_text(json.dumps(collection(square("62001", 0))), "utf-8")

    call_command("territory", "outlines", str(path), "--territory", "here")

    assert Outline.objects.count() == 2
    assert "1 communes and 1 EPCI drawn" in capsys.readouterr().out


def test_territory_outlines_says_what_is_not_drawn(epci, tmp_path, capsys):
    MembershipFactory(parent=epci, child__code="62002")
    create()
    path = tmp_path / "communes.geojson"
    path.write_text(json.dumps(collection(square("62001", 0))), "utf-8")

    call_command("territory", "outlines", str(path), "--territory", "here")

    assert "Not drawn: 62002." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read"),
        (b"{", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[]", "not a GeoJSON FeatureCollection"),
    ],
    ids=["absent", "cut", "binary", "other"],
)
def test_territory_outlines_refuses_a_bad_file(
    epci, tmp_path, english, content, sentence
):
    create()
    path = tmp_path / "communes.geojson"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError) as caught:
        call_command("territory", "outlines", str(path), "--territory", "here")

    assert sentence in str(caught.value)


def test_territory_outlines_needs_a_territory(tmp_path, english):
    path = tmp_path / "communes.geojson"
    path.write_text("{}", "utf-8")

    with pytest.raises(CommandError) as caught:
        call_command("territory", "outlines", str(path), "--territory", "none")

    assert "terril territory create" in str(caught.value)


def test_territory_file_writes_what_the_libraries_read(epci, tmp_path, capsys):
    DepartmentFactory(code="62")
    create(**{"--since": "2020-01-01", "--also": "62"})
    TerritoryMember.objects.filter(place=epci).update(until=dt.date(2024, 1, 1))
    capsys.readouterr()

    call_command("territory", "file")

    path = tmp_path / "territories.json"
    path.write_text(capsys.readouterr().out, "utf-8")
    here = tables.territories(path)["here"]
    assert (here.name, here.since) == ("Ici", "2020-01-01")
    (member,), (other,) = here.members, here.others
    assert (member.place, member.since, member.until) == (
        "epci:246200364",
        "2020-01-01",
        "2024-01-01",
    )
    assert (other.place, other.until) == ("dep:62", "")
    assert not member.is_on("2024-01-01")
