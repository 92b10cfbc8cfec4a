"""Influence of readers and disagreement about dossiers."""

import numpy as np
import pytest
from scipy.stats import f

from terril.choice.calibration import (
    CalibrationRefused,
    Mark,
    Marks,
    calibrate,
    disagreement,
    influence,
)
from terril.choice.calibration.marks import scores_of
from tests.choice.calibration_juries import drawn, marks


def test_influence_is_the_ranking_of_the_others():
    lines = drawn(7, 10, 5, 3)

    found = influence(Marks.of(lines), top=3)

    whole = {
        one.dossier: one.rank_calibrated for one in calibrate(Marks.of(lines)).dossiers
    }
    assert [one.reader for one in found] == ["r0", "r1", "r2", "r3", "r4"]
    for one in found:
        others = calibrate(
            Marks.of(line for line in lines if line.reader != one.reader)
        )
        ranks = {other.dossier: other.rank_calibrated for other in others.dossiers}
        assert dict(one.ranks) == ranks
        assert one.moved == max(abs(ranks[name] - whole[name]) for name in ranks)
        first = {name for name, rank in whole.items() if rank <= 3}
        then = {name for name, rank in ranks.items() if rank <= 3}
        assert (set(one.enter), set(one.leave)) == (then - first, first - then)
        assert one.refused is None
    assert max(one.moved for one in found) > 0


def test_a_dossier_that_nobody_else_read_has_no_rank():
    jury = marks(
        *("a x 5", "a y 4", "b x 3", "b y 3", "c x 2", "c y 1", "d x 4", "d y 3"),
        *("a z 5", "b z 2", "c z 1", "d z 5", "e z 9"),
    )

    x, _, z = influence(jury)

    assert dict(x.ranks)["e"] == 1
    assert dict(z.ranks)["e"] is None
    assert z.moved == 0
    assert (z.enter, z.leave) == (("a",), ("e",))


def test_influence_says_where_the_others_cannot_be_compared():
    jury = marks("a x 5", "a y 4", "b x 3", "b y 3", "c x 2", "c y 1", "d x 4", "d y 3")

    found = influence(jury)

    assert [(one.ranks, one.moved, one.enter, one.leave) for one in found] == [
        ((), 0, (), ()),
    ] * 2
    assert "1 readers" in found[0].refused


def residual_squares(rows):
    """Return the residual sum of squares and its degrees of freedom."""
    scores = scores_of(Marks.of(rows))
    effects = np.hstack(
        [
            np.eye(len(scores.dossiers))[scores.dossier],
            np.eye(len(scores.readers))[scores.reader],
        ]
    )
    fitted = effects @ np.linalg.lstsq(effects, scores.value, rcond=None)[0]
    rank = np.linalg.matrix_rank(effects)
    return ((scores.value - fitted) ** 2).sum(), scores.value.size - rank


def test_disagreement_is_the_f_test_of_leaving_a_dossier_out():
    lines = drawn(9, 10, 5, 3)

    found = disagreement(Marks.of(lines))

    squares, free = residual_squares(lines)
    for one in found:
        rest, left = residual_squares(
            [line for line in lines if line.dossier != one.dossier]
        )
        ratio = (squares - rest) / (free - left) / (rest / left)
        assert one.p == pytest.approx(f.sf(ratio, free - left, left))
    values = [line.value for line in lines if line.dossier == "d00"]
    assert (found[0].readers, found[0].low, found[0].high) == (
        *(3, min(values)),
        max(values),
    )


def test_a_quarrel_stands_out_and_severity_alone_does_not():
    lines = drawn(1, 14, 5, 3, severity=5.0)
    first = [line for line in lines if line.dossier == "d03"]
    torn = [
        line._replace(value=line.value + (6 if line == first[0] else 0))
        for line in lines
    ]

    calm, found = disagreement(Marks.of(lines)), disagreement(Marks.of(torn))

    assert [one.dossier for one in calm if one.is_notable] == []
    assert [one.dossier for one in found if one.is_notable] == ["d03"]
    assert found[3].spread > 2 * max(one.spread for one in calm)
    assert found[3].high - found[3].low != found[3].spread


def test_adjusted_chances_are_those_of_holm():
    found = disagreement(Marks.of(drawn(9, 10, 5, 3)))

    told = sorted((one.p, one.p_adjusted) for one in found)
    expected = [
        max(
            min(1.0, p * (len(told) - rank))
            for rank, (p, _) in enumerate(told[: at + 1])
        )
        for at in range(len(told))
    ]
    assert [adjusted for _, adjusted in told] == pytest.approx(expected)


def test_what_cannot_be_tested_has_no_chance():
    jury = marks(
        *("a x 5", "a y 4", "b x 3", "b y 3", "c x 2", "c y 1", "d x 4", "d y 3"),
        "e x 1",
    )
    exact = [
        Mark(dossier, reader, "overall", float(worth + strict))
        for dossier, worth in zip("abcd", range(4), strict=True)
        for reader, strict in (("x", 0), ("y", 1))
    ]

    lone = disagreement(jury)[4]
    certain = disagreement(Marks.of(exact))

    assert (lone.readers, lone.spread, lone.p, lone.p_adjusted) == (1, 0.0, None, None)
    assert not lone.is_notable
    assert {one.p for one in certain} == {None}


def test_false_alarms_are_as_rare_as_said():
    alarms = [
        any(one.is_notable for one in disagreement(Marks.of(drawn(seed, 8, 4, 3))))
        for seed in range(100)
    ]

    assert 0 < sum(alarms) < 13  # five expected at 5 %


def test_weights_of_criteria_reach_the_details():
    alone = drawn(7, 10, 5, 3)
    chance = np.random.default_rng(1)
    others = [
        one._replace(criterion="method", value=float(chance.normal())) for one in alone
    ]
    both, mostly = Marks.of([*alone, *others]), {"overall": 1e9, "method": 1.0}

    tests = disagreement(both, weights=mostly)
    moves = influence(both, weights=mostly)

    expected = [one.p for one in disagreement(Marks.of(alone))]
    assert [one.p for one in tests] == pytest.approx(expected, abs=1e-6)
    assert moves == influence(Marks.of(alone))
    assert moves != influence(both)


def test_disagreement_among_too_many_readers_is_refused(monkeypatch):
    monkeypatch.setattr("terril.choice.calibration.disagreements.LARGEST", 4)

    with pytest.raises(CalibrationRefused, match="More than 4 readers"):
        disagreement(Marks.of(drawn(1)))
