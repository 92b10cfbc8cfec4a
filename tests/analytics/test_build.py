"""Builds: editions are added, never replaced; the same files make the same release."""

import io
import json
import shutil
from dataclasses import replace
from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from terril.analytics import DataError
from terril.analytics.build import build
from terril.analytics.compare import compare, told
from terril.analytics.releases import ATTRIBUTION, CATALOGUE, OBSERVATIONS
from terril.analytics.snapshots import digest, snapshots
from terril.analytics.store import Store
from terril.recipes.unemployment_workbooks import recipe as workbooks_recipe
from tests.factories.releases import originals, redated

SMALL = ("unemployment_zones", "barometer")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "releases")


def table(files):
    return pq.read_table(io.BytesIO(files[OBSERVATIONS]))


def test_a_release_holds_every_observation_with_where_it_was_read(tmp_path):
    files = build(originals(tmp_path / "files"))

    rows = table(files).to_pylist()

    assert len(rows) == 950
    (lens,) = [
        row for row in rows if (row["place"], row["period"]) == ("3215", "2014-T4")
    ]
    assert lens == {
        "indicator": "unemployment_rate",
        "level": "employment_zone",
        "place": "3215",
        "period": "2014-T4",
        "value": Decimal("16.2000"),
        "status": "official",
        "mark": "",
        "sheet": "sheet txcho_ze",
        "line": lens["line"],
        "edition": "unemployment_zones/2023-12-20",
        "file": "unemployment_zones.xlsx",
    }


def test_a_release_tells_its_sources_by_itself(tmp_path):
    files = build(originals(tmp_path / "files", *SMALL))

    inside = json.loads(table(files).schema.metadata[b"terril.catalogue"])

    assert inside == json.loads(files[CATALOGUE])
    assert [one["id"] for one in inside["editions"]] == [
        "barometer/2023-01-19",
        "unemployment_zones/2023-12-20",
    ]
    assert all(one["licence"] == "Licence Ouverte 2.0" for one in inside["editions"])
    assert b"Source : Insee" in files[ATTRIBUTION]


def test_the_same_files_make_the_same_release(tmp_path, store):
    first = store.write(build(originals(tmp_path / "files", *SMALL)))

    again = store.write(build(originals(tmp_path / "files", *SMALL, previous=first)))

    assert again == first


def test_an_edition_whose_file_is_not_there_is_taken_from_the_previous_release(
    tmp_path, store
):
    whole = originals(tmp_path / "files", *SMALL)
    first = store.write(build(whole))
    (tmp_path / "files" / "barometer.csv").unlink()

    again = store.write(build(replace(whole, previous=first)))

    assert again == first


def test_an_edition_that_no_recipe_declares_any_more_is_kept(tmp_path, store):
    first = store.write(build(originals(tmp_path / "files", *SMALL)))
    fewer = originals(tmp_path / "fewer", "unemployment_zones", previous=first)

    again = store.write(build(fewer))

    assert set(again.editions) == set(first.editions)
    assert again.digest == first.digest


def test_an_edition_is_never_replaced_by_other_files(tmp_path, store):
    first = store.write(build(originals(tmp_path / "files", *SMALL)))
    raw = (tmp_path / "files" / "barometer.csv").read_bytes()
    other = raw.replace(b"197.0", b"198.0")
    changed = originals(tmp_path / "files", *SMALL, previous=first, barometer=other)

    with pytest.raises(DataError, match="already released has other files") as caught:
        build(changed)

    assert caught.value.example == "barometer/2023-01-19"


def test_a_damaged_previous_release_stops_the_build(tmp_path, store):
    whole = originals(tmp_path / "files", *SMALL)
    first = store.write(build(whole))
    (first.folder / OBSERVATIONS).write_bytes(b"cut")

    with pytest.raises(DataError, match="the release is damaged"):
        build(replace(whole, previous=first))


def test_a_file_that_is_nowhere_stops_the_build(tmp_path):
    whole = originals(tmp_path / "files", *SMALL)
    (tmp_path / "files" / "barometer.csv").unlink()

    with pytest.raises(DataError, match="the file is not in the folder"):
        build(whole)


def test_codes_of_another_geography_stop_the_build_with_a_proposal(tmp_path):
    old = redated(originals(tmp_path / "files", "poverty"), "poverty", geography=1965)

    with pytest.raises(DataError, match="not of the geography of 1965") as caught:
        build(old)

    assert caught.value.spot.file == "poverty.xlsx"
    assert caught.value.spot.line
    assert "codes:" in caught.value.advice


def test_a_zone_that_does_not_exist_stops_the_build_with_a_proposal(tmp_path):
    raw = originals(tmp_path / "files", "barometer")
    changed = (
        (tmp_path / "files" / "barometer.csv")
        .read_bytes()
        .replace(b",62,Pas", b",20,Pas")
    )
    assert raw

    with pytest.raises(DataError, match="not of the geography of 2022") as caught:
        build(originals(tmp_path / "files", "barometer", barometer=changed))

    assert "No department bears this code" in caught.value.advice


def test_an_edition_in_many_files_is_declared_by_the_digest_of_their_list(tmp_path):
    whole = originals(tmp_path / "files", "barometer")
    raw = (tmp_path / "files" / "barometer.csv").read_bytes()
    (tmp_path / "files" / "barometer.csv").unlink()
    files = {
        "part-59.csv": raw.replace(b",62,Pas-de-Calais", b",59,Nord"),
        "part-62.csv": raw,
    }
    for name, content in files.items():
        (tmp_path / "files" / name).write_bytes(content)
    listed = "".join(f"{digest(content)}  {name}\n" for name, content in files.items())
    many = redated(
        whole, "barometer", file="part-*.csv", sha256=digest(listed.encode())
    )

    assert table(build(many)).num_rows == 42
    shutil.copy(tmp_path / "files" / "part-62.csv", tmp_path / "files" / "part-63.csv")

    (edition,) = many.catalogue["barometer"].editions
    with pytest.raises(
        DataError, match="the digest of their list is another"
    ) as caught:
        snapshots(edition, tmp_path / "files")
    assert caught.value.count == 3


def test_two_files_of_one_edition_may_not_give_the_same_key(tmp_path):
    whole = originals(tmp_path / "files", "barometer")
    raw = (tmp_path / "files" / "barometer.csv").read_bytes()
    (tmp_path / "files" / "twin.csv").write_bytes(raw)
    recipe = whole.catalogue["barometer"]
    twins = (*recipe.editions, replace(recipe.editions[0], file="twin.csv"))
    doubled = replace(whole, catalogue={"barometer": replace(recipe, editions=twins)})

    with pytest.raises(DataError, match="two files of one edition") as caught:
        build(doubled)

    assert caught.value.count == 21


@pytest.mark.parametrize(
    ("column", "expression", "problem"),
    [
        ("period", "1982", None),
        ("period", "T1 1982", "not what an observation holds"),
        ("indicator", "chomage", "not what an observation holds"),
        ("level", None, None),
    ],
)
def test_a_faulty_recipe_is_found_out(
    tmp_path, monkeypatch, column, expression, problem
):
    source = originals(tmp_path / "files", "unemployment_workbooks")
    right = workbooks_recipe.observations

    def faulty(raw):
        rows = right(raw)
        return (
            rows.mutate(**{column: __import__("ibis").literal(expression)})
            if problem
            else rows
        )

    monkeypatch.setattr(workbooks_recipe, "observations", faulty)

    if problem:
        with pytest.raises(DataError, match=problem):
            build(source)
    else:
        assert table(build(source)).num_rows == 84


def test_a_recipe_that_gives_one_key_twice_is_found_out(tmp_path, monkeypatch):
    source = originals(tmp_path / "files", "unemployment_workbooks")
    right = workbooks_recipe.observations

    monkeypatch.setattr(
        workbooks_recipe,
        "observations",
        lambda raw: right(raw).mutate(period=__import__("ibis").literal("2013")),
    )

    with pytest.raises(DataError, match="the same key appears twice") as caught:
        build(source)
    assert (
        "Two values for one key (unemployment_rate, department," in caught.value.advice
    )


def test_a_recipe_that_gives_nothing_is_found_out(tmp_path, monkeypatch):
    source = originals(tmp_path / "files", "unemployment_workbooks")
    right = workbooks_recipe.observations
    monkeypatch.setattr(
        workbooks_recipe, "observations", lambda raw: right(raw).limit(0)
    )

    with pytest.raises(DataError, match="no observation was read"):
        build(source)


def test_two_releases_are_compared_before_one_is_published(tmp_path, store):
    before = store.write(build(originals(tmp_path / "files", *SMALL)))
    raw = (tmp_path / "files" / "barometer.csv").read_bytes()
    newer = raw.replace(b"2022-12-31,197.0", b"2022-12-31,394.0")
    source = redated(
        originals(tmp_path / "new", *SMALL, barometer=newer),
        "barometer",
        vintage="2023-06-30",
        dated="2023-06-30",
    )
    after = store.write(build(replace(source, previous=before)))

    found = compare(before, after)

    assert found.new_editions == ("barometer/2023-06-30",)
    assert found.gone_editions == ()
    assert [
        (one["indicator"], one["new"], one["gone"], one["other"])
        for one in found.counts
    ] == [
        ("charge_points", 4, 0, 0),
        ("cycle_kilometres", 2, 0, 0),
        ("relance_industrial_companies", 15, 0, 0),
    ]
    assert found.moved_count == 1
    (moved,) = found.moved
    assert (moved["value"], moved["value_after"]) == (Decimal(197), Decimal(394))
    assert "department 62 2022-12: 197 → 394 (100.0%)" in told(found)
    assert compare(before, after, threshold=Decimal(101)).moved_count == 0
    assert compare(after, before).gone_editions == ("barometer/2023-06-30",)
    assert "gone edition  barometer/2023-06-30" in told(compare(after, before))


def test_two_releases_that_read_the_same_are_said_so(tmp_path, store):
    made = store.write(build(originals(tmp_path / "files", *SMALL)))

    assert told(compare(made, made)) == "Nothing changes."
