"""Counts carried over movements: nobody is lost, nobody is invented."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from terril.analytics.geography import passage, turns
from terril.analytics.geography.carrying import apportioned, carried
from tests.factories.lives import (
    AFTER,
    BEFORE,
    DAYS,
    NOTHING,
    Country,
    Event,
    com,
    countries,
    turns_of,
)

# Never timed: a busy machine is no bug.
PATIENT = settings(deadline=None)
SPANS = st.sampled_from([BEFORE, *DAYS, AFTER])


def by_population(targets, _on):
    return [int(code) % 7 + 1 for code, _since in targets], "population"


def weighing(**populations):
    """Return populations by code, as `c62119=3`."""
    return lambda targets, _on: (
        [populations[f"c{code}"] for code, _since in targets],
        "population",
    )


def unknown(_targets, _on):
    return None


def crossed(country, start, end, *, weigh=by_population, shares=None):
    found, told = turns_of(country)
    origins = [one.key for one in told if one.is_on(start)]
    return passage((start, end), origins, found, weigh=weigh, shares=shares)


def counted(country, day):
    told = country.told()
    return {code: int(code) + 1 for code in sorted(told.codes_on(day))}


@PATIENT
@given(countries(), SPANS, SPANS, st.sampled_from([by_population, unknown]))
def test_carry_conserves_every_total(country, start, end, weigh):
    counts = counted(country, start)

    found = carried(counts, crossed(country, start, end, weigh=weigh))

    assert found.total == sum(counts.values())
    assert found.unknown == ()
    assert set(found.counts) <= country.told().codes_on(end)
    assert all(count >= 0 for count in found.counts.values())


@PATIENT
@given(countries(), SPANS, SPANS)
def test_the_shares_of_a_commune_add_up_to_one(country, start, end):
    way = crossed(country, start, end, weigh=unknown)

    for code in way.known:
        strays = way.strays.get(code, ())
        shares = [one.share for one in (*way.parts(code), *strays)]
        assert sum(shares) == 1


@PATIENT
@given(countries(), SPANS)
def test_carry_is_the_identity_from_a_day_to_itself(country, day):
    counts = counted(country, day)

    found = carried(counts, crossed(country, day, day))

    assert (found.counts, found.estimated, found.is_whole) == (counts, set(), True)


@PATIENT
@given(countries(kinds=("merge", "found", "recode")), SPANS, SPANS)
def test_forth_and_back_over_mergers_restores_every_total(country, one, other):
    start, end = sorted((one, other))
    counts = counted(country, end)

    back = carried(counts, crossed(country, end, start))
    forth = carried(back.counts, crossed(country, start, end))

    assert forth.counts == counts
    assert carried(forth.counts, crossed(country, end, start)).counts == back.counts


@PATIENT
@given(countries(kinds=("merge", "found", "recode")), SPANS, SPANS)
def test_nothing_is_estimated_forward_over_mergers(country, one, other):
    start, end = sorted((one, other))

    found = carried(
        counted(country, start), crossed(country, start, end, weigh=unknown)
    )

    assert found.is_whole
    assert found.estimated == set()


@PATIENT
@given(countries(), SPANS, SPANS, st.randoms(use_true_random=False))
def test_the_order_of_movements_of_a_day_changes_nothing(country, start, end, chance):
    shuffled = Country(country.live, events=sorted(country.events, key=lambda e: e.on))
    days = {event.on for event in country.events}
    shuffled.events = [
        event
        for day in sorted(days)
        for event in _shuffled([e for e in country.events if e.on == day], chance)
    ]

    found = crossed(shuffled, start, end)

    expected = crossed(country, start, end)
    assert (found.moves, found.strays) == (expected.moves, expected.strays)


def _shuffled(events, chance):
    return chance.sample(events, len(events))


@PATIENT
@given(countries(kinds=("merge",)), st.sampled_from([unknown, by_population]))
def test_communes_all_restored_have_their_own_again(country, weigh):
    counts = counted(country, BEFORE)
    for day in range(1, 29):
        # Those that took others with them give them back a day later.
        for whole in [code for code in country.live if country.absorbed.get(code)]:
            country.restore(f"1970-01-{day:02}", whole)

    forth = carried(counts, crossed(country, BEFORE, "1980-01-01", weigh=weigh))
    back = carried(counts, crossed(country, "1980-01-01", BEFORE, weigh=weigh))

    assert (forth.counts, forth.estimated, forth.is_whole) == (counts, set(), True)
    assert (back.counts, back.estimated, back.is_whole) == (counts, set(), True)


def bethune():
    country = Country({"62119": "Béthune", "62847": "Verquigneul", "62001": "Ailleurs"})
    country.merge("1990-12-10", "62119", ["62847"])
    country.restore("2008-01-01", "62119")
    return country


def test_a_commune_restored_takes_back_its_own_when_both_were_known_apart():
    counts = {"62119": 1000, "62847": 80, "62001": 5}

    found = carried(counts, crossed(bethune(), "1980-01-01", "2026-01-01"))

    assert (found.counts, found.estimated) == (dict(sorted(counts.items())), set())


def test_a_commune_restored_is_known_apart_backwards_as_well():
    counts = {"62119": 1000, "62847": 80, "62001": 5}

    found = carried(counts, crossed(bethune(), "2026-01-01", "1980-01-01"))

    assert (found.counts, found.estimated) == (dict(sorted(counts.items())), set())


def bois_guillaume():
    """Return a commune nouvelle under the code of its chef-lieu, divided again."""
    country = Country({"76108": "Bois-Guillaume", "76095": "Bihorel"})
    country.found("2012-01-01", "76108", ["76095"])
    whole, chief = country.side("76108"), com("76108", "Bois-Guillaume")
    country.events += [
        Event("21", "2014-01-01", com("76108", "Bois-Guillaume", "COMD"), chief),
        Event("21", "2014-01-01", whole, chief),
        Event("21", "2014-01-01", whole, com("76095", "Bihorel")),
    ]
    country.live = {"76108": "Bois-Guillaume", "76095": "Bihorel"}
    return country


@pytest.mark.parametrize(
    ("start", "end"), [("2011-01-01", "2015-01-01"), ("2015-01-01", "2011-01-01")]
)
def test_a_commune_nouvelle_divided_gives_each_its_own_back(start, end):
    counts = {"76095": 8, "76108": 13}

    found = carried(counts, crossed(bois_guillaume(), start, end, weigh=unknown))

    assert (found.counts, found.estimated) == (counts, set())


def test_a_commune_nouvelle_known_only_whole_is_estimated():
    weigh = weighing(c76095=1, c76108=3)

    way = crossed(bois_guillaume(), "2013-01-01", "2015-01-01", weigh=weigh)

    assert carried({"76108": 8}, way).counts == {"76095": 2, "76108": 6}


def test_a_split_by_populations_is_an_estimate_and_says_its_shares():
    weigh = weighing(c62119=3, c62847=2)
    way = crossed(bethune(), "2000-01-01", "2026-01-01", weigh=weigh)

    found = carried({"62119": 1000, "62001": 5}, way)

    assert found.counts == {"62001": 5, "62119": 600, "62847": 400}
    assert found.estimated == {"62119", "62847"}
    (split,) = found.splits
    assert (split.on, split.whole, split.basis) == ("2008-01-01", "62119", "population")
    assert split.shares == {"62119": Fraction(3, 5), "62847": Fraction(2, 5)}


def test_declared_shares_win_and_are_no_estimate():
    shares = {("62119", "62119"): Fraction(9, 10), ("62119", "62847"): Fraction(1, 10)}

    way = crossed(bethune(), "2000-01-01", "2026-01-01", shares=shares)
    found = carried({"62119": 1000}, way)

    assert found.counts == {"62119": 900, "62847": 100}
    assert found.estimated == set()
    assert [split.basis for split in found.splits] == ["declared"]


def test_a_declared_share_of_nothing_gives_nothing():
    shares = {("62119", "62119"): Fraction(1), ("62119", "62847"): Fraction(0)}

    way = crossed(bethune(), "2000-01-01", "2026-01-01", shares=shares)
    found = carried({"62119": 1000}, way)

    assert found.counts == {"62119": 1000}


def test_what_no_share_divides_is_unplaced_and_never_guessed():
    way = crossed(bethune(), "2000-01-01", "2026-01-01", weigh=unknown)

    found = carried({"62119": 1000, "62001": 5}, way)

    assert found.counts == {"62001": 5}
    (stray,) = found.unplaced
    assert (stray.code, stray.count, stray.reason) == ("62119", 1000, "no_share")
    assert stray.among == ("62119", "62847")
    assert (found.total, found.is_whole) == (1005, False)


def test_what_was_not_divided_finds_its_place_when_the_parts_meet_again():
    country = bethune()
    country.merge("2012-01-01", "62119", ["62847"])

    found = carried(
        {"62119": 1000},
        crossed(country, "2000-01-01", "2026-01-01", weigh=unknown),
    )

    assert (found.counts, found.estimated, found.is_whole) == (
        {"62119": 1000},
        set(),
        True,
    )


def test_an_estimate_that_meets_again_is_no_estimate_any_more():
    country = bethune()
    country.merge("2012-01-01", "62119", ["62847"])

    found = carried({"62119": 7}, crossed(country, "2000-01-01", "2026-01-01"))

    assert (found.counts, found.estimated) == ({"62119": 7}, set())


def test_a_code_used_again_by_another_commune_receives_nothing_of_the_first():
    country = Country({"62001": "Un", "62002": "Deux", "62003": "Trois"})
    country.merge("1950-01-01", "62001", ["62002"])
    country.create("1960-01-01", "62003", "62002")

    found = carried(
        {"62001": 10, "62002": 20, "62003": 40},
        crossed(
            country,
            "1949-01-01",
            "1970-01-01",
            weigh=weighing(c62002=2, c62003=3),
        ),
    )

    assert found.counts == {"62001": 30, "62002": 16, "62003": 24}
    assert found.estimated == {"62002", "62003"}


def test_a_part_made_of_several_communes_is_divided_by_no_population():
    country = Country({"62001": "Un", "62002": "Deux"})
    part = com("62003", "Neuve")
    for code in ("62001", "62002"):
        side = country.side(code)
        country.events += [
            Event("20", "1950-01-01", side, part),
            Event("20", "1950-01-01", side, side),
        ]
    country.live["62003"] = "Neuve"

    found = carried(
        {"62001": 10, "62002": 20}, crossed(country, "1949-01-01", "1960-01-01")
    )

    assert found.counts == {}
    assert [stray.among for stray in found.unplaced] == [
        ("62001", "62003"),
        ("62002", "62003"),
    ]


def test_a_commune_that_leaves_the_list_keeps_its_people_apart():
    country = Country({"97123": "Île", "62001": "Un"})
    country.events.append(Event("30", "1950-01-01", country.side("97123"), NOTHING))
    del country.live["97123"]

    found = carried(
        {"97123": 3, "62001": 4}, crossed(country, "1949-01-01", "1960-01-01")
    )

    (stray,) = found.unplaced
    assert (stray.count, stray.among, stray.reason) == (3, (), "no_successor")
    assert (found.counts, found.total) == ({"62001": 4}, 7)


def test_unknown_codes_are_in_nothing_else():
    found = carried({"99999": 9, "62119": 1}, crossed(bethune(), "2000-01-01", AFTER))

    assert [one.code for one in found.unknown] == ["99999"]
    assert (found.total, found.is_whole) == (1, False)


def test_each_edge_says_its_kind_and_its_share():
    edges = [edge for turn in turns(bethune().told()) for edge in turn.edges()]

    assert [(e.kind, e.on, e.before[0], e.after[0], e.share) for e in edges] == [
        ("33", "1990-12-10", "62847", "62119", 1),
        ("21", "2008-01-01", "62119", "62847", None),
    ]


SHARES = st.lists(st.integers(0, 50), min_size=1, max_size=6).filter(any)


@PATIENT
@given(st.integers(-(10**9), 10**9), SHARES)
def test_parts_of_a_whole_number_are_whole_and_add_up(count, weights):
    shares = [Fraction(weight, sum(weights)) for weight in weights]

    parts = apportioned(count, shares)

    assert sum(parts) == count
    assert all(isinstance(part, int) for part in parts)
    gaps = [part - count * share for part, share in zip(parts, shares, strict=True)]
    assert all(abs(gap) < 1 for gap in gaps)


@PATIENT
@given(st.decimals(-1000, 1000, places=2), SHARES)
def test_parts_of_a_decimal_keep_its_places_and_add_up(count, weights):
    shares = [Fraction(weight, sum(weights)) for weight in weights]

    parts = apportioned(count, shares)

    assert sum(parts) == count
    assert all(part.as_tuple().exponent >= -2 for part in parts)


def test_a_fraction_is_divided_exactly():
    thirds = [Fraction(1, 3)] * 3

    assert apportioned(Fraction(1), thirds) == thirds


def test_the_first_code_wins_a_tie():
    assert apportioned(3, [Fraction(1, 2), Fraction(1, 2)]) == [2, 1]
    assert apportioned(Decimal("0.1"), [Fraction(1, 2)] * 2) == [
        Decimal("0.1"),
        Decimal("0.0"),
    ]


def test_a_large_decimal_without_places_is_divided_in_units():
    assert apportioned(Decimal("1E+2"), [Fraction(1, 3), Fraction(2, 3)]) == [33, 67]


@pytest.mark.parametrize("count", [0.1, True, "3"])
def test_what_is_no_exact_count_is_refused(count):
    with pytest.raises(TypeError) as caught:
        carried({"62001": count}, crossed(bethune(), "2000-01-01", AFTER))

    assert type(count).__name__ in str(caught.value)


def test_random_orders_of_lines_give_the_same_counts():
    way = crossed(bethune(), "2000-01-01", "2026-01-01")
    lines = [("62119", 1001), ("62001", 5)]
    random.Random(1).shuffle(lines)

    assert carried(dict(lines), way).counts == carried(dict(lines[::-1]), way).counts
