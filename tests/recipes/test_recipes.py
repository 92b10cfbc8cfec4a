"""Every folder of recipes keeps the same promises."""

import re

import pytest

from terril.analytics import recipes

ALL = sorted(recipes())


@pytest.mark.parametrize("name", ALL)
def test_a_recipe_says_where_its_file_comes_from(name):
    recipe = recipes()[name]

    source = recipe.source

    assert source.producer
    assert source.title
    assert source.licence == "Licence Ouverte 2.0"
    assert source.address.startswith("https://")
    assert source.attribution.startswith("Source : ")


@pytest.mark.parametrize("name", ALL)
def test_a_recipe_knows_the_bytes_of_every_edition(name):
    recipe = recipes()[name]

    editions = recipe.editions

    assert editions
    assert all(re.fullmatch(r"\d{4}", edition.vintage) for edition in editions)
    assert all(re.fullmatch(r"[0-9a-f]{64}", edition.sha256) for edition in editions)
    vintages = [edition.vintage for edition in editions]
    assert vintages == sorted(set(vintages))


@pytest.mark.parametrize("name", ALL)
def test_a_recipe_declares_the_type_of_its_columns(name):
    recipe = recipes()[name]

    assert recipe.columns


ROWS = {
    "commune_lists": 8,
    "communes": 13,
    "department_outlines": 4,
    "departments": 15,
    "employment_zones": 12,
    "intercommunalities": 25,
    "intercommunalities_dgcl": 32,
    "intercommunalities_insee": 29,
    "intercommunality_points": 6,
    "movements": 46,
    "outlines": 14,
    "populations": 12,
    "regions": 18,
}


@pytest.mark.parametrize("name", ALL)
def test_a_recipe_reads_its_sample(name):
    sample = recipes()[name].sample

    rows = recipes()[name].rows(sample.read_bytes(), sample.name)

    assert len(rows) == ROWS[name]
    assert len({tuple(row) for row in rows}) == 1


@pytest.mark.parametrize("name", ALL)
def test_a_recipe_keeps_codes_as_texts(name):
    sample = recipes()[name].sample

    rows = recipes()[name].rows(sample.read_bytes(), sample.name)

    codes = [
        row[key] for row in rows for key in ("code", "commune", "epci") if key in row
    ]
    assert all(isinstance(code, str) for code in codes)
