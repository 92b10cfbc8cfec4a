"""Edges of reading figures that no sample of a recipe has."""

from decimal import Decimal

import pytest

from terril.analytics import DataError
from terril.analytics.answers import Computed, FigureRefused, Question
from terril.analytics.cells import Figures, check_figures
from terril.analytics.lookup import Lookup
from terril.analytics.readers import Grid, Line
from terril.analytics.releases import SHIPPED, Release
from terril.analytics.series import changed
from terril.analytics.workbench import Workbench


def grid(header, *rows):
    lines = (
        Line(number, dict(zip(header, row, strict=True)))
        for number, row in enumerate(rows, 2)
    )
    return Grid("file", "", tuple(header), tuple(lines))


def test_two_columns_of_one_name_cannot_be_laid():
    doubled = Grid("file", "", ("a", "a"), (Line(2, {"a": "1"}),))

    with Workbench() as bench, pytest.raises(DataError, match="same name") as caught:
        bench.lay(doubled)

    assert (caught.value.count, caught.value.example) == (2, "a")


def test_a_column_without_a_name_cannot_be_laid():
    nameless = Grid("file", "", ("a", ""), (Line(2, {"a": "1", "": "2"}),))

    with Workbench() as bench, pytest.raises(DataError, match="one bears none"):
        bench.lay(nameless)


def test_a_table_laid_keeps_its_sheet_and_its_lines():
    with Workbench() as bench:
        laid = bench.engine.to_pyarrow(bench.lay(grid(["a"], ["x"], [""])))

    assert laid.to_pylist() == [
        {"_place": "", "_line": 2, "a": "x"},
        {"_place": "", "_line": 3, "a": None},
    ]


def test_the_engine_never_goes_to_the_network_for_an_extension():
    with Workbench() as bench:
        rows = bench.engine.raw_sql(
            "select current_setting('autoinstall_known_extensions'), "
            "current_setting('autoload_known_extensions')"
        ).fetchall()

    assert rows == [(False, False)]


def test_figures_may_have_no_lower_bound():
    told = grid(["a"], [-5], [3])

    check_figures(told, Figures(["a"], least=None))

    with pytest.raises(DataError, match="out of bounds"):
        check_figures(told, Figures(["a"]))


def test_a_change_of_sums_keeps_the_coverage_of_both_ends():
    start = Computed(Decimal(1), "a", (), coverage={"members": 1})
    end = Computed(Decimal(3), "b", (), "partial", coverage={"members": 2})

    found = changed(start, end, 0)

    assert (found.value, found.status) == (Decimal(2), "partial")
    assert found.coverage == {"members": 2, "start": {"members": 1}}


def test_an_edition_asked_of_nothing_is_no_edition():
    with Workbench() as bench:
        lookup = Lookup(Release(SHIPPED), bench)

        assert lookup.chosen([], Question("", "", "")) == []
        assert lookup.sql == ""


def test_a_refusal_keeps_what_could_be_asked():
    refusal = FigureRefused("non", proposals=("ze:3215",))

    assert (str(refusal), refusal.status, refusal.proposals) == (
        "non",
        "absent",
        ("ze:3215",),
    )
