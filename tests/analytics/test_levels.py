"""Counts added up to levels that do not nest: nothing is lost, nothing counted twice."""

from decimal import Decimal

import ibis
import pyarrow as pa
from hypothesis import given, settings, strategies as st

from terril.analytics.levels import to_levels
from terril.analytics.workbench import Workbench

LEVELS = ["zone", "department"]


def added_up(observations, memberships, levels=LEVELS):
    with Workbench() as bench:
        table = to_levels(
            ibis.memtable(pa.Table.from_pylist(observations)),
            ibis.memtable(pa.Table.from_pylist(memberships)),
            levels,
        )
        rows = bench.kept(table).to_pylist()
    return {(row["level"], row["place"], row["period"]): row["value"] for row in rows}


def count(place, value, period="2023"):
    return {
        "indicator": "people",
        "place": place,
        "period": period,
        "value": Decimal(value),
    }


MEMBERS = [
    {"place": "A", "zone": "north", "department": "62"},
    {"place": "B", "zone": "north", "department": "59"},
    {"place": "C", "zone": "south", "department": "62"},
]


def test_each_level_is_the_sum_of_its_communes():
    found = added_up([count("A", 1), count("B", 20), count("C", 300)], MEMBERS)

    assert found == {
        ("zone", "north", "2023"): 21,
        ("zone", "south", "2023"): 300,
        ("department", "62", "2023"): 301,
        ("department", "59", "2023"): 20,
    }


def test_one_level_alone_may_be_asked():
    found = added_up([count("A", 1), count("C", 2)], MEMBERS, ["department"])

    assert found == {("department", "62", "2023"): 3}


def test_a_commune_outside_a_level_is_left_out_of_it_only():
    members = [*MEMBERS[:2], {"place": "C", "zone": None, "department": "62"}]

    found = added_up([count("A", 1), count("B", 2), count("C", 4)], members)

    assert found == {
        ("zone", "north", "2023"): 3,
        ("department", "62", "2023"): 5,
        ("department", "59", "2023"): 2,
    }


@settings(max_examples=15, deadline=None)
@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=3),
        st.tuples(st.integers(0, 10**9), st.sampled_from("NS"), st.sampled_from("123")),
        min_size=1,
        max_size=30,
    )
)
def test_every_level_adds_up_to_the_whole(communes):
    observations = [count(code, value) for code, (value, _, _) in communes.items()]
    members = [
        {"place": code, "zone": zone, "department": department}
        for code, (_, zone, department) in communes.items()
    ]

    found = added_up(observations, members)

    total = sum(value for value, _, _ in communes.values())
    for level in LEVELS:
        assert sum(v for (at, _, _), v in found.items() if at == level) == total
