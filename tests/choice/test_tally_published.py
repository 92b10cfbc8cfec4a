"""Published tables: what others counted, counted again. Each says where it stands."""

from fractions import Fraction

import pytest

from terril.choice import tally

ORSAY = ("Très bien", "Bien", "Assez bien", "Passable", "Insuffisant", "À rejeter")
SEVEN = ("Outstanding", "Excellent", "Very good", "Good", "Fair", "Poor", "To reject")
FOUR = ("Excellent", "Good", "Fair", "Poor")


def profile(grades, rows, *, unit=1, are_shares=False):
    """Return the profile of rows of numbers, in whole units."""
    counts = {name: [round(part * unit) for part in row] for name, row in rows.items()}
    return tally.of(grades, counts, are_shares=are_shares)


def told(result):
    """Return the gauges as published: share above, grade with its sign, share below."""
    return {
        one.project: (
            round(100 * float(one.gauge.above), 2),
            f"{one.gauge.grade}{one.gauge.sign}",
            round(100 * float(one.gauge.below), 2),
        )
        for one in result.outcomes
    }


def order(result):
    assert all(len(group) == 1 for group in result.ranking)
    return [group[0] for group in result.ranking]


def test_the_poll_of_2012_is_ranked_as_balinski_and_laraki_rank_it():
    """Balinski and Laraki, *Majority judgment vs. majority rule* (2016), p. 14.

    OpinionWay for Terra Nova, April 2012, 737 voters; the table as Fabre's replication
    files of *Tie-breaking the highest median* (2019) give it, rows in the published
    order, worst grade first. Shares of Hollande above and below: Fabre (2019).
    """
    rows = {
        "Hollande": [14.24, 14.25, 14.79, 11.67, 16.42, 16.15, 12.48],
        "Bayrou": [8.69, 11.94, 20.08, 25.24, 21.71, 9.77, 2.58],
        "Sarkozy": [31.75, 7.87, 11.13, 10.99, 16.28, 12.35, 9.63],
        "Mélenchon": [25.37, 15.06, 17.10, 14.65, 12.90, 9.50, 5.43],
        "Dupont-Aignan": [33.92, 25.51, 20.22, 11.26, 5.97, 2.58, 0.54],
        "Joly": [38.53, 24.69, 14.65, 11.80, 6.51, 2.99, 0.81],
        "Poutou": [45.73, 28.09, 12.48, 7.73, 4.48, 1.36, 0.14],
        "Le Pen": [47.63, 6.24, 13.98, 9.36, 9.50, 7.33, 5.97],
        "Arthaud": [49.93, 25.24, 13.16, 6.51, 3.80, 1.36, 0.00],
        "Cheminade": [51.97, 26.87, 11.67, 5.83, 2.44, 0.81, 0.41],
    }
    best_first = {name: row[::-1] for name, row in rows.items()}

    result = tally.majority_judgment(
        profile(SEVEN, best_first, unit=100, are_shares=True)
    )

    assert order(result) == list(rows)
    gauges = told(result)
    assert gauges["Hollande"] == (45.05, "Good+", 43.28)
    assert gauges["Le Pen"][1] == "Poor-"
    assert gauges["Cheminade"][1] == "To reject+"


def test_the_poll_of_2011_gives_the_published_grades_and_order():
    """A poll of 2011 on 12 candidates, about 1,000 answers a row.

    Counts, majority grades, order and winner as in the French Wikipedia article
    “Jugement majoritaire”, carried as tests by a public programme in OCaml (Major).
    """
    grades = [f"{7 - place}" for place in range(7)]
    rows = {
        "Aubry": ([184, 114, 196, 126, 170, 129, 82], 3),
        "Borloo": ([185, 159, 196, 223, 153, 62, 22], 2),
        "Villepin": ([219, 174, 207, 204, 119, 58, 20], 2),
        "Bayrou": ([193, 166, 261, 192, 128, 47, 12], 2),
        "Joly": ([309, 190, 203, 145, 74, 47, 32], 2),
        "Sarkozy": ([413, 118, 135, 95, 111, 87, 41], 1),
        "Chevènement": ([322, 247, 228, 129, 58, 11, 5], 1),
        "Mélenchon": ([418, 214, 165, 112, 50, 27, 13], 1),
        "Besancenot": ([442, 204, 161, 99, 69, 17, 8], 1),
        "Dupont-Aignan": ([467, 277, 139, 70, 27, 14, 5], 1),
        "Arthaud": ([480, 261, 137, 77, 34, 9, 1], 1),
        "Le Pen": ([556, 93, 78, 72, 70, 65, 68], 0),
    }
    counts = {name: row[::-1] for name, (row, _) in rows.items()}

    result = tally.majority_judgment(tally.of(grades, counts), blank="apart")

    assert order(result) == list(rows)
    assert {
        one.project: 6 - grades.index(one.gauge.grade) for one in result.outcomes
    } == {name: grade for name, (_, grade) in rows.items()}


def test_the_poll_of_2021_gives_the_published_grades_and_winner():
    """A poll of 2021 on 13 candidates, in percent.

    Table, majority grades and winner as in the French Wikipedia article “Jugement
    majoritaire”, carried as tests by a public programme in OCaml (Major).
    """
    grades = [f"{7 - place}" for place in range(7)]
    rows = {
        "Pécresse": ([24, 13, 17, 17, 15, 10, 4], 2),
        "Macron": ([32, 11, 14, 10, 14, 12, 7], 2),
        "Montebourg": ([33, 26, 20, 11, 7, 2, 1], 1),
        "Jadot": ([36, 24, 17, 11, 7, 4, 1], 1),
        "Hidalgo": ([43, 20, 17, 9, 7, 3, 1], 1),
        "Roussel": ([43, 28, 16, 7, 3, 2, 1], 1),
        "Dupont-Aignan": ([45, 20, 15, 9, 6, 3, 2], 1),
        "Le Pen": ([47, 9, 10, 8, 9, 9, 8], 1),
        "Taubira": ([48, 17, 12, 10, 7, 3, 3], 1),
        "Arthaud": ([49, 24, 16, 7, 3, 1, 0], 1),
        "Poutou": ([52, 23, 12, 6, 4, 2, 1], 0),
        "Mélenchon": ([53, 14, 12, 7, 7, 3, 4], 0),
        "Zemmour": ([61, 7, 7, 6, 6, 7, 6], 0),
    }
    counts = {name: row[::-1] for name, (row, _) in rows.items()}

    result = tally.majority_judgment(tally.of(grades, counts), blank="apart")

    assert result.ranking[0] == ["Pécresse"]
    assert {
        one.project: 6 - grades.index(one.gauge.grade) for one in result.outcomes
    } == {name: grade for name, (_, grade) in rows.items()}


def test_the_poll_of_2017_is_ranked_as_published():
    """IFOP for La Fabrique Spinoza, April 2017, 1,000 answers (Balinski and Laraki).

    The table and its order as Fabre's replication files (2019) give them.
    """
    rows = {
        "Mélenchon": [0.155, 0.110, 0.091, 0.288, 0.222, 0.133],
        "Macron": [0.198, 0.111, 0.110, 0.257, 0.228, 0.096],
        "Hamon": [0.211, 0.153, 0.170, 0.294, 0.117, 0.055],
        "Dupont-Aignan": [0.244, 0.204, 0.179, 0.239, 0.095, 0.039],
        "Le Pen": [0.341, 0.136, 0.067, 0.163, 0.140, 0.153],
        "Poutou": [0.257, 0.228, 0.176, 0.226, 0.085, 0.028],
        "Fillon": [0.335, 0.179, 0.106, 0.179, 0.119, 0.082],
        "Lassalle": [0.292, 0.272, 0.191, 0.196, 0.040, 0.009],
        "Arthaud": [0.292, 0.284, 0.163, 0.192, 0.055, 0.014],
        "Asselineau": [0.316, 0.294, 0.166, 0.179, 0.035, 0.010],
        "Cheminade": [0.323, 0.309, 0.171, 0.169, 0.024, 0.004],
    }
    best_first = {name: row[::-1] for name, row in rows.items()}

    result = tally.majority_judgment(
        profile(ORSAY, best_first, unit=1000, are_shares=True)
    )

    assert order(result) == list(rows)


def test_the_experiment_of_orsay_puts_bayrou_first_with_good_and_more():
    """Balinski and Laraki, Orsay, 22 April 2007, 1,733 valid ballots, in percent.

    Nine of the twelve rows as given on the forum of Mieux Voter (post 197/9), “aucune
    mention” counting as “à rejeter”, the rule of the experiment. Bayrou “Good+” and his
    mean of 3.1 among those who graded him, from 0 to 5: rangevoting.org/France2007.
    """
    rows = {
        "Bayrou": [13.6, 30.7, 25.1, 14.8, 8.4, 4.5],
        "Sarkozy": [19.1, 19.8, 14.3, 11.5, 7.1, 26.5],
        "Voynet": [2.9, 9.3, 17.5, 23.7, 26.1, 16.2],
        "Besancenot": [4.1, 9.9, 16.3, 16.0, 22.6, 27.9],
        "Buffet": [2.5, 7.6, 12.5, 20.6, 26.4, 26.1],
        "Bové": [1.5, 6.0, 11.4, 16.0, 25.7, 35.3],
        "Laguiller": [2.1, 5.3, 10.2, 16.6, 25.9, 34.8],
        "Nihous": [0.3, 1.8, 5.3, 11.0, 26.7, 47.8],
        "de Villiers": [2.4, 6.4, 8.7, 11.3, 15.8, 51.2],
        "Schivardi": [0.5, 1.0, 3.9, 9.5, 24.9, 54.6],
    }
    whole = profile(ORSAY, rows, unit=10)

    result = tally.majority_judgment(whole, blank="worst")
    means = tally.score(whole, blank="apart")

    assert order(result) == list(rows)
    gauges = told(result)
    assert gauges["Bayrou"][1] == "Assez bien+"
    assert gauges["Sarkozy"][1] == "Assez bien-"
    assert next(one.mean for one in means.outcomes) == pytest.approx(3.1, abs=0.05)


def test_the_capital_of_tennessee_is_graded_as_the_encyclopedia_grades_it():
    """Wikipedia, “Majority judgment”, example application: medians and signs."""
    counts = {
        "Memphis": [42, 0, 0, 58],
        "Nashville": [26, 0, 74, 0],
        "Chattanooga": [15, 17, 26, 42],
        "Knoxville": [17, 15, 26, 42],
    }

    result = tally.majority_judgment(tally.of(FOUR, counts))

    assert told(result) == {
        "Memphis": (42.0, "Poor+", 0.0),
        "Nashville": (26.0, "Fair+", 0.0),
        "Chattanooga": (32.0, "Fair-", 42.0),
        "Knoxville": (32.0, "Fair-", 42.0),
    }
    # The gauges of the two last ones tie; the majority value does not.
    assert order(result) == ["Nashville", "Knoxville", "Chattanooga", "Memphis"]
    assert result.decided_by[1] == "majority value"


def test_the_left_and_right_of_laslier_are_told_apart_by_the_gauge():
    """Laslier, *The strange “majority judgment”* (2018): 650 voters on a line.

    Each group grades its own candidate best and goes down by one grade a step; five
    candidates share the median, and those above it are 303, 252, 250, 248, or 303 below.
    """
    voters = [101, 101, 101, 50, 99, 99, 99]
    grades = [str(place) for place in range(7, 0, -1)]
    names = ["far left", "left", "centre left", "centre", "centre right", "right"]
    names.append("far right")
    counts = {
        name: [
            sum(voters[i] for i in range(7) if abs(i - at) == step) for step in range(7)
        ]
        for at, name in enumerate(names)
    }

    result = tally.majority_judgment(tally.of(grades, counts))

    found = {one.project: one.gauge for one in result.outcomes}
    assert order(result)[:5] == [
        "left",
        "centre left",
        "centre",
        "centre right",
        "right",
    ]
    assert len({found[name].grade for name in names[1:6]}) == 1
    assert [650 * found[name].above for name in order(result)[:4]] == [
        303,
        252,
        250,
        248,
    ]
    assert (found["right"].sign, 650 * found["right"].below) == ("-", 303)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([0, 1, 2, 2, 0, 0, 0], [0, 0, 3, 2, 0, 0, 0]),
        ([1, 0, 2, 2, 1, 0, 0], [0, 1, 2, 3, 0, 0, 0]),
    ],
)
def test_small_ties_are_broken_by_removing_medians(first, second):
    """French Wikipedia, “Jugement majoritaire”, second and third examples of ties."""
    grades = [str(place) for place in range(7, 0, -1)]
    counts = {"E": first[::-1], "F": second[::-1]}

    result = tally.majority_judgment(tally.of(grades, counts))

    assert order(result) == ["F", "E"]
    assert result.decided_by == ("majority value",)


def test_the_capital_of_tennessee_is_scored_as_the_encyclopedia_scores_it():
    """Wikipedia, “Score voting”, example from 0 to 10: the totals of the four cities."""
    grades = ["10", "7", "6", "5", "4", "2", "0"]
    ballots = {
        "Memphis": {"10": 42, "0": 58},
        "Nashville": {"4": 42, "10": 26, "6": 15, "5": 17},
        "Chattanooga": {"2": 42, "4": 26, "10": 15, "7": 17},
        "Knoxville": {"0": 42, "2": 26, "6": 15, "10": 17},
    }
    counts = {
        name: [row.get(one, 0) for one in grades] for name, row in ballots.items()
    }
    points = [Fraction(one) for one in grades]

    result = tally.score(tally.of(grades, counts), points=points)

    assert {one.project: one.total for one in result.outcomes} == {
        "Memphis": 420,
        "Nashville": 603,
        "Chattanooga": 457,
        "Knoxville": 312,
    }
    assert order(result) == ["Nashville", "Chattanooga", "Memphis", "Knoxville"]


def test_the_capital_of_tennessee_is_scored_from_0_to_5_too():
    """Wikipedia, “STAR voting”, example: 210, 293, 237 and 156 points."""
    grades = ["5", "4", "3", "2", "1", "0"]
    counts = {
        "Memphis": [42, 0, 0, 0, 0, 58],
        "Nashville": [26, 0, 15, 42 + 17, 0, 0],
        "Chattanooga": [15, 17, 0, 26, 42, 0],
        "Knoxville": [17, 0, 15, 0, 26, 42],
    }

    result = tally.score(tally.of(grades, counts))

    assert [one.total for one in result.outcomes] == [210, 293, 237, 156]


def test_strategic_voters_of_tennessee_approve_memphis_by_one():
    """Score voting of Tennessee, each voter giving all or nothing around their mean.

    A public note on the Wikipedia article “Score voting” (2026): Memphis 42, and 41 for
    the next ones: the approvals of 42, 26, 15 and 17 voters.
    """
    grades = ["approved", "not"]
    # Those of Memphis approve it alone or with Nashville (4 of a mean of 4: not above).
    counts = {
        "Memphis": [42, 58],
        "Nashville": [26 + 15, 59],
        "Chattanooga": [15 + 17, 68],
        "Knoxville": [15 + 17, 68],
    }

    result = tally.approval(tally.of(grades, counts))

    assert [(one.project, one.total) for one in result.outcomes][:2] == [
        ("Memphis", 42),
        ("Nashville", 41),
    ]
    assert result.ranking[0] == ["Memphis"]


def test_a_blank_changes_the_winner_of_a_score():
    """A public note on “Score voting” (2026): totals 600 and 360, means 6 and 9."""
    counts = tally.Profile(
        ("10", "9", "0"),
        ("A", "B"),
        ((60, 0, 40), (0, 40, 0)),
        (0, 60),
        (Fraction(10), Fraction(9), Fraction(0)),
    )

    totals = tally.score(counts, blank="worst")
    means = tally.score(counts, blank="apart")

    assert [one.total for one in totals.outcomes] == [600, 360]
    assert order(totals) == ["A", "B"]
    assert [one.mean for one in means.outcomes] == [6, 9]
    assert order(means) == ["B", "A"]
