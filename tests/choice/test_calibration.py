"""The calibrated ranking: what it answers, and what must not change it."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import terril.choice
from terril.choice.calibration import Mark, Marks, calibrate, calibrate_each
from terril.choice.calibration.answer import predict
from terril.choice.calibration.marks import scores_of
from terril.choice.calibration.ranks import rank_spread, ranks_of
from tests.choice.calibration_juries import EXACT, SEVERITY, WORTH, drawn, marks


def by_name(found):
    return {one.dossier: one for one in found.dossiers}


def test_marks_without_noise_give_back_worth_and_severity():
    # The severe reader never saw the best dossier, nor the kind one the worst.
    seen = [one for one in EXACT if one[:2] not in (("b", "y"), ("c", "z"))]

    found = calibrate(Marks.of(seen), top=2)

    told = {name: one.calibrated for name, one in by_name(found).items()}
    assert told == pytest.approx(WORTH, abs=1e-5)
    severity = {one.reader: one.severity for one in found.readers}
    assert severity == pytest.approx(SEVERITY, abs=1e-5)
    assert [one.reader for one in found.readers] == ["y", "x", "z"]
    assert [one.p_top for one in found.dossiers] == [1.0, 1.0, 0.0, 0.0]


def test_a_severe_reader_costs_a_rank_in_the_raw_ranking_only():
    found = calibrate(Marks.of(one for one in EXACT if one[:2] != ("b", "z")))

    b, c = by_name(found)["b"], by_name(found)["c"]
    assert (b.raw, c.raw) == (3.5, 3.0)
    assert (b.rank_raw, b.rank_calibrated) == (2, 2)
    without = [one for one in EXACT if one[:2] not in (("b", "z"), ("c", "y"))]
    b, c = (by_name(calibrate(Marks.of(without)))[name] for name in "bc")
    assert (b.raw, c.raw) == (3.5, 3.5)
    assert (b.rank_raw, c.rank_raw) == (2, 2)
    assert (b.rank_calibrated, c.rank_calibrated) == (2, 3)


def test_ranks_are_those_of_the_values_and_lie_in_their_intervals():
    found = calibrate(Marks.of(drawn(4, 30, 8, 3)), top=7)

    values = [one.calibrated for one in found.dossiers]
    assert values == sorted(values, reverse=True)
    assert [one.rank_calibrated for one in found.dossiers] == list(range(1, 31))
    raw = np.array([one.raw for one in found.dossiers])
    assert [one.rank_raw for one in found.dossiers] == ranks_of(raw).tolist()
    for one in found.dossiers:
        assert 1 <= one.rank_low <= one.rank_calibrated <= one.rank_high <= 30
    assert sum(one.p_top for one in found.dossiers) == pytest.approx(7)
    assert all(one.error > 0 for one in [*found.dossiers, *found.readers])
    assert (found.top, found.seed, found.draws) == (7, 0, 4000)


def test_dossiers_marked_alike_tie():
    found = calibrate(
        marks(
            *("a x 4", "a y 3", "a z 5", "b x 4", "b y 3", "b z 5"),
            *("c x 3", "c y 1", "c z 2", "d x 1", "d y 2", "d z 3"),
        )
    )

    told = [(one.dossier, one.rank_raw, one.rank_calibrated) for one in found.dossiers]
    assert told == [("a", 1, 1), ("b", 1, 1), ("c", 3, 3), ("d", 3, 3)]


def test_dossiers_that_marks_do_not_tell_apart_have_even_chances():
    found = calibrate(
        marks(
            *("a x 1", "a y 2", "a z 3", "b x 2", "b y 3", "b z 1"),
            *("c x 3", "c y 1", "c z 2"),
        )
    )

    assert {one.rank_calibrated for one in found.dossiers} == {1}
    chances = [one.p_top for one in found.dossiers]
    assert chances == pytest.approx([1 / 3] * 3, abs=0.03)


def test_a_criterion_left_out_neither_helps_nor_hurts():
    # One criterion is marked three points lower by everybody.
    whole = [
        Mark(one.dossier, one.reader, criterion, one.value - fall)
        for one in EXACT
        for criterion, fall in (("clarity", 0.0), ("method", 3.0))
    ]
    gone = [
        one._replace(value=None) if one[:3] == ("a", "x", "method") else one
        for one in whole
    ]

    before, after = (calibrate(Marks.of(lines)) for lines in (whole, gone))

    assert [one.dossier for one in after.dossiers] == ["a", "b", "c", "d"]
    assert [one.calibrated for one in after.dossiers] == pytest.approx(
        [one.calibrated for one in before.dossiers], abs=1e-6
    )
    # What is left of a: 5 from x, 4 and 1 from y, 6 and 3 from z.
    assert by_name(after)["a"].raw == (5 + 4 + 1 + 6 + 3) / 5


def test_an_unanswered_line_is_as_no_line():
    told, silent = drawn(2), Mark("d00", "r9", "overall", None)

    assert calibrate(Marks.of([*told, silent])) == calibrate(Marks.of(told))


def test_weights_make_a_criterion_count_more():
    lines = [
        *EXACT,
        *(one._replace(criterion="method", value=10 - one.value) for one in EXACT),
    ]

    first = calibrate(Marks.of(lines), weights={"overall": 3, "method": 1})
    last = calibrate(Marks.of(lines), weights={"overall": 1, "method": 3})

    assert [one.dossier for one in first.dossiers] == ["a", "b", "c", "d"]
    assert [one.dossier for one in last.dossiers] == ["d", "c", "b", "a"]
    assert by_name(first)["a"].raw == pytest.approx((3 * 5 + 5) / 4)


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ({"overall": 0}, "positive"),
        ({"overall": float("nan")}, "positive"),
        ({"other": 1}, "other, overall"),
        ({}, "overall"),
    ],
)
def test_weights_that_do_not_fit_are_wrong(weights, sentence):
    with pytest.raises(ValueError, match=sentence):
        calibrate(Marks.of(EXACT), weights=weights)


def test_a_top_of_nobody_is_wrong():
    with pytest.raises(ValueError, match="1 or more"):
        calibrate(Marks.of(EXACT), top=0)


def test_each_criterion_has_its_calibration_or_its_reason():
    lines = [
        *drawn(6),
        *(Mark(name, "r0", "alone", 1.0) for name in ("d00", "d01")),
        Mark("d02", "r1", "silent", None),
    ]

    alone, overall, silent = calibrate_each(Marks.of(lines), top=2, seed=5)

    assert (alone.criterion, overall.criterion, silent.criterion) == (
        *("alone", "overall"),
        "silent",
    )
    assert alone.calibration is None
    assert "1 readers" in alone.refused
    assert "0 dossiers" in silent.refused
    assert overall.calibration == calibrate(Marks.of(drawn(6)), top=2, seed=5)
    assert overall.refused is None


def test_a_seed_repeats_the_draws_and_another_changes_them():
    told = Marks.of(drawn(3))

    first, again, other = (calibrate(told, top=3, seed=seed) for seed in (1, 1, 2))

    assert first == again
    assert [one.calibrated for one in first.dossiers] == [
        one.calibrated for one in other.dossiers
    ]
    assert [one.p_top for one in first.dossiers] != [
        one.p_top for one in other.dossiers
    ]


@given(st.integers(0, 10_000), st.randoms())
@settings(max_examples=6, deadline=None)
def test_the_order_of_lines_changes_nothing(seed, chance):
    lines = drawn(seed)
    mixed = list(lines)
    chance.shuffle(mixed)

    assert calibrate(Marks.of(mixed)) == calibrate(Marks.of(lines))


@given(
    st.integers(0, 10_000),
    st.floats(-1000, 1000),
    st.floats(0.01, 100),
)
@settings(max_examples=8, deadline=None)
def test_shift_and_scale_of_marks_move_the_answer_along(seed, shift, scale):
    lines = drawn(seed, 9, 4, 3)
    moved = [one._replace(value=shift + scale * one.value) for one in lines]

    before, after = calibrate(Marks.of(lines)), calibrate(Marks.of(moved))

    told = by_name(after)
    for one in before.dossiers:
        other = told[one.dossier]
        assert other.calibrated == pytest.approx(
            shift + scale * one.calibrated, abs=1e-4 * scale
        )
        assert other.raw == pytest.approx(shift + scale * one.raw)
        assert other.p_top == pytest.approx(one.p_top, abs=0.01)
    assert after.variance.noise == pytest.approx(
        scale**2 * before.variance.noise, rel=1e-3
    )


@given(st.integers(0, 10_000))
@settings(max_examples=6, deadline=None)
def test_names_change_no_value(seed):
    lines = drawn(seed, 9, 4, 3)
    renamed = [
        one._replace(dossier=f"z{90 - int(one.dossier[1:])}", reader=f"{one.reader}é")
        for one in lines
    ]

    before, after = calibrate(Marks.of(lines)), calibrate(Marks.of(renamed))

    told = by_name(after)
    for one in before.dossiers:
        other = told[f"z{90 - int(one.dossier[1:])}"]
        assert other.calibrated == pytest.approx(one.calibrated, abs=1e-6)
        assert other.p_top == pytest.approx(one.p_top, abs=0.05)  # other draws


@given(st.integers(0, 10_000), st.floats(-5, 5), st.integers(0, 3))
@settings(max_examples=20, deadline=None)
def test_one_readers_constant_shift_leaves_the_order_of_a_full_table(
    seed, shift, reader
):
    lines = drawn(seed, 8, 4, 4)
    shifted = [
        one._replace(value=one.value + shift) if one.reader == f"r{reader}" else one
        for one in lines
    ]

    before, after = (predict(scores_of(Marks.of(told))) for told in (lines, shifted))

    assert after.dossier.argsort().tolist() == before.dossier.argsort().tolist()


@given(st.integers(0, 10_000), st.floats(20, 50))
@settings(max_examples=20, deadline=None)
def test_one_readers_large_shift_is_wholly_seen_through(seed, shift):
    # With severity large against the noise, readers are as good as fixed: a shift
    # more changes nothing beyond what is left of the drawing together.
    lines = drawn(seed, 14, 5, 3, severity=20.0)
    shifted = [
        one._replace(value=one.value - shift) if one.reader == "r1" else one
        for one in lines
    ]

    before, after = (predict(scores_of(Marks.of(told))) for told in (lines, shifted))

    apart = after.dossier - after.dossier.mean()
    assert apart == pytest.approx(before.dossier - before.dossier.mean(), abs=0.05)


def test_ranks_share_places_and_leave_holes():
    assert ranks_of(np.array([3.0, 5.0, 3.0, 1.0, 3.0 + 1e-12])).tolist() == [
        *(2, 1, 2, 5, 2),
    ]
    assert ranks_of(np.array([7.0, 7.0])).tolist() == [1, 1]


def test_the_interval_is_the_shortest_that_holds_the_rank_shown():
    # Ten draws of three dossiers: nine have to be held.
    drawn_ranks = np.array(
        [[1] * 9 + [3], [2] * 5 + [1] * 5, [3] * 9 + [2]], dtype=np.int32
    )

    spread = rank_spread(drawn_ranks, np.array([1, 2, 2]), 1)

    assert list(zip(spread.low, spread.high, strict=True)) == [(1, 1), (1, 2), (2, 3)]
    assert spread.p_top.tolist() == [0.9, 0.5, 0.0]


def test_the_interval_holds_as_near_to_nine_in_ten_as_ranks_allow(monkeypatch):
    hundred = [1] * 30 + [2] * 30 + [3] * 28 + [4] * 9 + [5] * 3
    even = [1] * 85 + [2] * 10 + [3] * 5
    drawn_ranks = np.array([hundred, even], dtype=np.int32)

    spread = rank_spread(drawn_ranks, np.array([1, 1]), 1)
    monkeypatch.setattr("terril.choice.calibration.ranks.MANY", 1)
    at_least = rank_spread(drawn_ranks, np.array([1, 1]), 1)

    assert (spread.low.tolist(), spread.high.tolist()) == ([1, 1], [3, 2])
    assert at_least.high.tolist() == [4, 2]


def test_the_library_opens_its_parts_by_name():
    assert terril.choice.__getattr__("calibration").calibrate is calibrate
    with pytest.raises(AttributeError, match="no attribute 'augury'"):
        _ = terril.choice.augury
