"""The places of France by date, as the tables that ship tell them."""

import json

import pytest

from terril.analytics.geography import (
    AmbiguousPlace,
    NotThen,
    NoVintage,
    UnknownPlace,
    WrongLevel,
    address,
    atlas,
    carry,
    perimeter,
)
from terril.analytics.geography.weights import Census, Weights

HERE = atlas()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("com:62498", "Lens"),
        ("62498", "Lens"),
        ("com:2a004", "Ajaccio"),
        ("epci:246200364", "CA de Lens - Liévin"),
        ("246200364", "CA de Lens - Liévin"),
        ("dep:62", "Pas-de-Calais"),
        ("dep:2a", "Corse-du-Sud"),
        ("reg:32", "Hauts-de-France"),
        ("ze:3215", "Lens"),
        ("fr", "France"),
        ("fr:metro", "France métropolitaine"),
        ("fr:hors-mayotte", "France hors Mayotte"),
        ("territory:pma", "Pôle métropolitain de l’Artois"),
    ],
)
def test_a_place_is_named_by_its_address(text, name):
    assert HERE.place(text).name == name


@pytest.mark.parametrize(
    ("text", "error", "proposal"),
    [
        ("com:1004", UnknownPlace, "com:01004"),
        ("com:6249", UnknownPlace, ""),
        ("dep:1", UnknownPlace, "dep:01"),
        ("com:62999", UnknownPlace, "com:62099"),
        ("com:75101", UnknownPlace, "com:75056"),
        ("com:97502", UnknownPlace, ""),
        ("epci:246200346", UnknownPlace, "epci:246200364"),
        ("reg:99", UnknownPlace, ""),
        ("town:62498", UnknownPlace, ""),
        ("nowhere at all", UnknownPlace, ""),
        ("HENIN BEAUMONT", UnknownPlace, "com:62427"),
        ("Lens", AmbiguousPlace, "com:62498 or ze:3215"),
        ("territory:artois", UnknownPlace, ""),
        ("ze:3215x", UnknownPlace, ""),
        ("3215", AmbiguousPlace, "ze:3215"),
        ("02", AmbiguousPlace, "dep:02 or reg:02"),
        ("epci:62498", WrongLevel, "com:62498"),
        ("com:01", WrongLevel, "dep:01 or reg:01"),
    ],
)
def test_what_is_no_place_is_refused_with_what_was_meant(text, error, proposal):
    with pytest.raises(error) as caught:
        HERE.place(text)

    assert type(caught.value) is error
    assert caught.value.proposal == proposal


def test_a_refusal_reads_as_a_sentence():
    with pytest.raises(UnknownPlace) as caught:
        HERE.place("com:1004")

    assert str(caught.value) == (
        "“com:1004”: the code lost its leading zero. Did you mean com:01004?"
    )


def test_a_code_used_again_is_two_places():
    lives = [(one.since, one.until) for one in HERE.existences("com:62847")]

    assert lives == [("1943-01-01", "1990-12-10"), ("2008-01-01", "")]
    assert HERE.place("com:62847", "1980-01-01").until == "1990-12-10"
    with pytest.raises(NotThen):
        HERE.place("com:62847", "2007-12-31")


def test_a_place_older_than_its_files_may_have_been_there():
    assert HERE.place("epci:246200364", "2010-01-01").since == "2019-01-01"


def test_an_address_is_written_as_it_is_read():
    assert str(address("territory:pma")) == "territory:pma"
    assert str(address("fr")) == "fr"


def test_populations_say_their_edition():
    (lens,) = HERE.populations("62498")

    assert (lens.edition, lens.municipal, lens.total) == ("2023", 32_920, 33_122)
    assert HERE.populations("97601") == ()
    assert HERE.populations("75056")[0].apart is None


def test_another_file_of_territories_may_be_read(tmp_path):
    told = {
        "ailleurs": {
            "name": "Ailleurs",
            "short_name": "Ailleurs",
            "since": "2020-01-01",
            "members": [
                {"place": "epci:243500139", "since": "2020-01-01"},
                {"place": "dep:62", "since": "2020-01-01", "until": "2022-01-01"},
            ],
        }
    }
    path = tmp_path / "territories.json"
    path.write_text(json.dumps(told), "utf-8")

    here = atlas(path)

    now = perimeter(here, "territory:ailleurs")
    assert "35238" in now.communes
    assert not any(code.startswith("62") for code in now.communes)
    then = perimeter(here, "territory:ailleurs", on="2021-01-01")
    assert {"35238", "62498"} <= set(then.communes)
    (member, _other) = here.territories["ailleurs"].members
    assert member.code == "243500139"


@pytest.mark.parametrize(
    ("where", "on", "mode", "count", "words"),
    [
        ("territory:pma", "2022-01-01", "then", 150, "périmètre de l’époque, communes au 1er janvier 2022"),
        ("territory:pma", "1985-01-01", "today", 153, "périmètre actuel rétropolé, communes au 1er janvier 1985, composition au 1er janvier 2025"),
        ("territory:pma", "", "then", 150, "périmètre le plus proche de l’époque, communes au 1er janvier 2026, composition au 1er janvier 2025"),
        ("epci:246200364", "2010-01-01", "then", 36, "périmètre le plus proche de l’époque, communes au 1er janvier 2010, composition au 1er janvier 2019"),
        ("dep:62", "2024-01-01", "then", 890, "périmètre de l’époque, communes au 1er janvier 2024"),
        ("dep:62", "2025-01-01", "then", 887, "périmètre de l’époque, communes au 1er janvier 2025"),
        ("reg:32", "", "then", 3_782, "périmètre de l’époque, communes au 1er janvier 2026"),
        ("ze:3215", "2023-01-01", "then", 58, "périmètre de l’époque, communes au 1er janvier 2023"),
        ("fr", "", "then", 34_875, "périmètre de l’époque, communes au 1er janvier 2026"),
        ("fr:metro", "", "then", 34_746, "périmètre de l’époque, communes au 1er janvier 2026"),
        ("fr:hors-mayotte", "", "then", 34_858, "périmètre de l’époque, communes au 1er janvier 2026"),
        ("com:62498", "1990-01-01", "then", 1, "périmètre de l’époque, communes au 1er janvier 1990"),
        ("com:62447", "2024-01-01", "today", 4, "périmètre actuel rétropolé, communes au 1er janvier 2024, composition au 1er janvier 2026"),
    ],
)  # fmt: skip
def test_a_perimeter_says_its_communes_and_which_it_is(where, on, mode, count, words):
    found = perimeter(HERE, where, on=on, mode=mode)

    assert (len(found.communes), found.words) == (count, words)


def test_a_commune_only_partly_inside_is_said_to_straddle():
    found = perimeter(HERE, "epci:200040715", on="1950-01-01", mode="today")

    assert found.straddling == ("38478", "38529")
    assert found.words.endswith("2 à cheval")
    assert not found.is_exact


@pytest.mark.parametrize(
    ("where", "on"),
    [
        ("territory:pma", "2016-12-31"),
        ("com:62847", "2000-01-01"),
        ("epci:200012060", "2022-01-01"),
    ],
)
def test_there_is_no_perimeter_of_a_time_when_the_place_was_not_there(where, on):
    with pytest.raises(NotThen):
        perimeter(HERE, where, on=on)


def test_a_commune_gone_is_carried_back_from_its_last_day():
    found = perimeter(HERE, "com:62549", on="2024-01-01", mode="today")

    assert (found.vintage, found.communes) == ("2024-12-31", ("62549",))


def test_carry_takes_years_and_days_and_proposes_for_unknown_codes():
    counts = {"62498": 1, "62847": 2, "62999": 4, "20004": 8, "27701": 16, "2a004": 32}
    counts |= {"1004.0": 64, "62498.0": 128}

    found = carry(counts, "2000-06-01", 2026)

    assert found.counts == {"27701": 16, "62498": 1}
    assert [(one.code, one.proposal, one.problem) for one in found.unknown] == [
        ("62847", "62119", "no commune bears this code any more on 2000-06-01"),
        ("62999", "62099", "no commune ever bore this code"),
        ("20004", "2A004", "no commune bears this code any more on 2000-06-01"),
        ("2a004", "2A004", "the letter of a code of Corsica is a capital"),
        ("1004.0", "01004", "the code was stored as a number"),
        ("62498.0", "62498", "the code was stored as a number"),
    ]


def test_a_code_not_borne_yet_leads_to_what_it_was_to_come_from():
    (unknown,) = carry({"95637": 1}, 1960, 2026).unknown

    assert (unknown.proposal, unknown.problem) == (
        "78637",
        "no commune bears this code yet on 1960-01-01",
    )


@pytest.mark.parametrize("when", [1942, 2027, "yesterday", "2026-13-01", "20"])
def test_a_vintage_out_of_the_lists_is_refused(when):
    with pytest.raises(NoVintage) as caught:
        carry({}, when, 2026)

    assert caught.value.text == str(when)


def test_arrondissements_are_added_up_to_their_city():
    found = carry({"75101": 1, "75120": 2, "69381": 4, "69123": 8}, 2026, 2000)

    assert found.counts == {"69123": 8, "75056": 3}
    assert found.gathered == {"75056": ("75101", "75120")}
    assert [(one.code, one.proposal) for one in found.unknown] == [("69381", "69123")]


def test_few_passages_are_kept():
    here = atlas()
    days = [f"20{year:02}-{month:02}-01" for year in range(6) for month in range(1, 13)]

    for day in days:
        here.passage(day, day)

    assert len(here._passages) <= 64
    assert here.passage(days[0], days[0]).parts("62498")[0].code == "62498"


def test_weights_are_of_the_nearest_census_that_knows_all_the_parts():
    censuses = [Census(2019, {"62119": 10, "62847": 5}), Census(2026, {"62119": 20})]
    weights = Weights(HERE.history, censuses)
    parts = [("62119", "1943-01-01"), ("62847", "2008-01-01")]

    assert weights(parts, "2025-01-01") == ([10, 5], "population 2019")
    assert weights([("62119", "1943-01-01")], "2025-01-01") == ([20], "population 2026")
    assert weights([("62001", "1943-01-01")], "2025-01-01") is None


def test_a_commune_restored_weighs_what_it_has_weighed_since():
    weights = Weights(HERE.history, [Census(2019, {"62119": 10, "62847": 5})])

    found = weights([("62119", "1943-01-01"), ("62847", "1943-01-01")], "1990-12-10")

    assert found == ([10, 5], "population 2019")


def test_parts_that_nobody_lived_in_found_no_share():
    weights = Weights(HERE.history, [Census(2019, {"62119": 0, "62847": 0})])

    assert weights([("62119", "1943-01-01"), ("62847", "2008-01-01")], "2019") is None
