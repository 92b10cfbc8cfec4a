"""Every folder of recipes keeps the same promises."""

import re

import pytest

from terril.analytics import recipes
from terril.analytics.build import published
from terril.analytics.catalogue import DATED_BY, indicators
from terril.analytics.checks import Expected, check_observations
from terril.analytics.geography.atlas import atlas
from terril.analytics.kinds import Kind
from terril.analytics.workbench import Workbench

ALL = sorted(recipes())
OF_PLACES = [name for name in ALL if recipes()[name].has_rows]
OF_FIGURES = [name for name in ALL if recipes()[name].has_grids]


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
    written = re.compile(r"\d{4}(-\d\d-\d\d|T[1-4])?")
    assert all(written.fullmatch(edition.vintage) for edition in editions)
    assert all(re.fullmatch(r"[0-9a-f]{64}", edition.sha256) for edition in editions)
    vintages = [edition.vintage for edition in editions]
    assert vintages == sorted(vintages)
    assert len({(edition.vintage, edition.file) for edition in editions}) == len(
        editions
    )


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


@pytest.mark.parametrize("name", OF_PLACES)
def test_a_recipe_reads_its_sample(name):
    sample = recipes()[name].sample

    rows = recipes()[name].rows(sample.read_bytes(), sample.name)

    assert len(rows) == ROWS[name]
    assert len({tuple(row) for row in rows}) == 1


@pytest.mark.parametrize("name", OF_PLACES)
def test_a_recipe_keeps_codes_as_texts(name):
    sample = recipes()[name].sample

    rows = recipes()[name].rows(sample.read_bytes(), sample.name)

    codes = [
        row[key] for row in rows for key in ("code", "commune", "epci") if key in row
    ]
    assert all(isinstance(code, str) for code in codes)


OBSERVATIONS = {
    "barometer": 21,
    "brownfields": 18,
    "industry_territories": 22,
    "lycee_ips": 30,
    "populations": 23,
    "populations_by_year": 32,
    "poverty": 100,
    "priority_districts": 1,
    "town_programmes": 34,
    "unemployment_series": 408,
    "unemployment_workbooks": 84,
    "unemployment_zones": 106,
    "vocational_pupils": 71,
}


@pytest.fixture(scope="module")
def bench():
    with Workbench() as opened:
        yield opened


def observed(bench, name):
    recipe = recipes()[name]
    sample = recipe.sample
    return [
        bench.engine.to_pyarrow(recipe.observations(bench.lay(grid)))
        for grid in recipe.grids(sample.read_bytes(), sample.name)
    ]


@pytest.mark.parametrize("name", OF_FIGURES)
def test_a_recipe_observes_its_sample(bench, name):
    recipe = recipes()[name]

    tables = observed(bench, name)

    for table in tables:
        expected = Expected(recipe.editions[0], "sample", indicators(), atlas())
        check_observations(table, expected)
    assert sum(table.num_rows for table in tables) == OBSERVATIONS[name]


@pytest.mark.parametrize(
    "name", [name for name in ALL if recipes()[name].is_of_figures]
)
def test_a_recipe_of_figures_dates_its_editions_and_says_its_universe(name):
    recipe = recipes()[name]

    editions = [published(recipe, edition.vintage) for edition in recipe.editions]

    assert all(edition.dated_by in DATED_BY for edition in editions)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", one.dated) for one in editions)
    assert all(
        (one.published_on != "") == (one.dated_by == "stated") for one in editions
    )
    assert all(edition.geography >= 2018 for edition in editions)
    assert recipe.source.universe or not recipe.has_grids


def test_an_indicator_is_defined_once_and_its_kind_is_known():
    keys = [one.key for each in recipes().values() for one in each.indicators]

    given = {key for each in recipes().values() for key in each.gives}

    assert sorted(keys) == sorted(indicators())
    assert given <= set(keys)
    assert {one.kind for one in indicators().values()} <= set(Kind)
    assert all(one.fr and one.en and one.method for one in indicators().values())
