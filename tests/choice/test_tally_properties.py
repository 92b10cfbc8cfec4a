"""What must be true of any tally, whatever the ballots."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from terril.choice import tally
from terril.choice.errors import ChoiceError
from terril.choice.tally import counting

GRADES = ("A", "B", "C", "D")


def majority_value(grades):
    """Take medians away one by one, as the definition says: the lower middlemost first."""
    left = sorted(grades)
    taken = []
    while left:
        taken.append(left.pop((len(left) - 1) // 2))
    return taken


def by_definition(columns):
    """Rank projects by their majority values, ties together and in the order of names."""
    values = {name: majority_value(column) for name, column in columns.items()}
    groups = {}
    for name in sorted(columns):
        groups.setdefault(tuple(values[name]), []).append(name)
    return [groups[value] for value in sorted(groups, reverse=True)]


def profile_of(columns):
    """Return the profile of columns of places from the worst (0) to the best (3)."""
    counts = {
        name: [column.count(3 - place) for place in range(4)]
        for name, column in columns.items()
    }
    return tally.of(GRADES, counts)


@st.composite
def elections(draw, most=9):
    voters = draw(st.integers(1, most))
    names = draw(st.lists(st.sampled_from("PQRSTU"), min_size=1, unique=True))
    column = st.lists(st.integers(0, 3), min_size=voters, max_size=voters)
    return {name: draw(column) for name in names}


@given(elections())
def test_the_ranking_is_that_of_the_definition(columns):
    result = tally.majority_judgment(profile_of(columns))

    assert result.ranking == by_definition(columns)


@given(elections(), st.integers(1, 50))
def test_every_ballot_cast_several_times_changes_nothing(columns, times):
    many = {name: column * times for name, column in columns.items()}

    result = tally.majority_judgment(profile_of(many))

    assert result.ranking == by_definition(columns)
    assert result.ranking == by_definition({n: c * 3 for n, c in columns.items()})


@given(elections(), st.data())
def test_projects_judged_by_different_numbers_are_compared_by_shares(columns, data):
    times = {name: data.draw(st.integers(1, 7)) for name in columns}
    uneven = {name: column * times[name] for name, column in columns.items()}

    result = tally.majority_judgment(profile_of(uneven), blank="apart")

    assert result.ranking == by_definition(columns)


@given(elections(), st.randoms())
def test_the_order_of_ballots_and_of_projects_changes_nothing(columns, random):
    shuffled = list(columns)
    random.shuffle(shuffled)
    ballots = list(zip(*columns.values(), strict=True))
    random.shuffle(ballots)
    mixed = dict(zip(columns, map(list, zip(*ballots, strict=True)), strict=True))

    results = [
        tally.majority_judgment(profile_of(columns)),
        tally.majority_judgment(profile_of({name: mixed[name] for name in shuffled})),
    ]

    assert results[0].ranking == results[1].ranking
    assert results[0].as_json() == results[1].as_json()


@given(elections(), st.data())
def test_a_better_grade_never_lowers_a_project(columns, data):
    name = data.draw(st.sampled_from(sorted(columns)))
    voter = data.draw(st.integers(0, len(columns[name]) - 1))
    raised = list(columns[name])
    raised[voter] = min(raised[voter] + 1, 3)

    for method in (tally.majority_judgment, tally.score):
        before = method(profile_of(columns))
        after = method(profile_of({**columns, name: raised}))
        ranks = [
            {one.project: one.rank for one in tallied.outcomes}
            for tallied in (before, after)
        ]
        assert ranks[1][name] <= ranks[0][name]


@given(elections())
def test_the_gauge_never_contradicts_the_ranking(columns):
    result = tally.majority_judgment(profile_of(columns))

    places = {
        one.project: (-GRADES.index(one.gauge.grade), *one.gauge.order)
        for one in result.outcomes
    }
    ordered = [places[name] for group in result.ranking for name in group]
    assert ordered == sorted(ordered, reverse=True)


@given(elections())
def test_ballots_in_bytes_and_in_a_file_agree_with_the_profile(
    tmp_path_factory, columns
):
    folder = tmp_path_factory.mktemp("ballots")
    table = np.array([[3 - place for place in column] for column in columns.values()])
    path = folder / "ballots.csv"
    rows = [
        ",".join(GRADES[3 - place] for place in row)
        for row in zip(*columns.values(), strict=True)
    ]
    path.write_text("\n".join(["# grades: A,B,C,D", ",".join(columns), *rows]))

    held = tally.profile_of(table.T.astype(np.uint8).copy(), GRADES, list(columns))
    read = tally.read_ballots(path)

    assert held == read == profile_of(columns)


@settings(max_examples=30)
@given(elections(most=6), st.integers(1, 10**12))
def test_any_number_of_voters_is_counted_exactly(columns, times):
    profile = profile_of(columns)
    huge = tally.of(
        GRADES,
        {
            name: [count * times for count in row]
            for name, row in zip(profile.projects, profile.counts, strict=True)
        },
    )

    result = tally.majority_judgment(huge)

    assert result.ranking == by_definition(columns)


def test_one_ballot_in_a_thousand_million_is_seen():
    counts = {"A": [10**9, 10**9 + 1], "B": [10**9 + 1, 10**9]}

    result = tally.majority_judgment(tally.of(("good", "bad"), counts))

    assert result.ranking == [["B"], ["A"]]
    assert result.outcomes[0].gauge.above == Fraction(10**9, 2 * 10**9 + 1)


def test_bytes_that_are_no_grade_are_refused():
    ballots = np.array([[0, 1], [4, 1]], np.uint8)

    with pytest.raises(ChoiceError) as refused:
        tally.profile_of(ballots, GRADES, ["P", "Q"])

    assert str(refused.value) == "“P” has a grade that is not one of the grades."


def test_many_ballots_are_counted_in_wide_rows():
    rng = np.random.default_rng(3)
    ballots = rng.integers(0, 4, (200_003, 3), dtype=np.uint8)

    held = tally.profile_of(ballots, GRADES, ["P", "Q", "R"])

    expected = [np.bincount(column, minlength=4).tolist() for column in ballots.T]
    assert [list(row) for row in held.counts] == expected


CELLS = [
    "Très bien",
    "Bien",
    "Assez bien",
    "",
    "-",
    "x",
    "é",
    "Bien ",
    "5",
    "10",
    "\x0e",
]


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.sampled_from(CELLS), min_size=width, max_size=width).filter(
                lambda row: any(cell.strip() for cell in row)
            ),
            min_size=1,
            max_size=30,
        )
    ),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_blocks_count_what_reading_row_by_row_counts(
    tmp_path_factory, rows, delimiter, end
):
    folder = tmp_path_factory.mktemp("blocks")
    head = delimiter.join(f"P{place}" for place in range(len(rows[0])))
    plain, quoted = folder / "plain.csv", folder / "quoted.csv"
    lines = [delimiter.join(row) for row in rows]
    plain.write_text(end.join([head, *lines, ""]), newline="")
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in rows]
    quoted.write_text(end.join([head, *lines, ""]), newline="")

    counted = [counting.counted(path) for path in (plain, quoted)]

    assert counted[0].cells == counted[1].cells
    assert counted[0].ballots == len(rows)
