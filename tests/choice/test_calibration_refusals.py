"""What cannot be compared is refused, with the reason and what would help."""

import numpy as np
import pytest

from terril.choice.calibration import (
    CalibrationRefused,
    Mark,
    Marks,
    RepeatedMark,
    calibrate,
)
from terril.choice.calibration.marks import scores_of
from terril.choice.calibration.overlap import check_overlap
from tests.choice.calibration_juries import drawn, marks


def full(dossiers, readers, chance=None):
    """Return the marks of every reader on every dossier."""
    chance = chance or np.random.default_rng(0)
    return [
        Mark(dossier, reader, "overall", float(chance.integers(0, 6)))
        for dossier in dossiers
        for reader in readers
    ]


def reason(lines):
    with pytest.raises(CalibrationRefused) as refused:
        calibrate(Marks.of(lines))
    assert str(refused.value) == refused.value.reason
    return refused.value.reason


def test_panels_apart_are_disconnected_and_named():
    told = reason([*full("abcd", "xy"), *full("ef", "z"), *full("gh", "uvw")])

    assert "disconnected" in told
    assert "3 groups" in told
    assert "One group: e, f, read by z." in told
    assert "Have a dossier of each group read by readers of another." in told


def test_panels_held_by_one_score_are_too_thin():
    link = Mark("e", "x", "overall", 3.0)

    told = reason([*full("abcd", "xyz"), *full("efgh", "uvw"), link])

    assert "too thin" in told
    assert "4 dossiers are held to the others by one score alone" in told
    assert "that of x on e" in told


def test_panels_held_by_two_scores_are_compared():
    links = [Mark("e", "x", "overall", 3.0), Mark("f", "x", "overall", 2.0)]

    found = calibrate(Marks.of([*full("abcd", "xyz"), *full("efgh", "uvw"), *links]))

    assert len(found.dossiers) == 8


def test_a_dossier_read_once_is_no_hinge():
    found = calibrate(Marks.of([*full("abcd", "xyz"), Mark("e", "x", "overall", 3.0)]))

    told = {one.dossier: one for one in found.dossiers}
    assert told["e"].error > told["a"].error


def test_a_chain_of_readers_leaves_nothing_for_noise():
    told = reason(marks_of("a x 1", "b x 2", "b y 1", "c y 3", "c z 2", "d z 2"))

    assert "6 scores for 4 dossiers and 3 readers leave 0" in told


def marks_of(*lines):
    return [
        Mark(dossier, reader, "overall", float(value))
        for dossier, reader, value in map(str.split, lines)
    ]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([], "There are 0 dossiers and 0 readers"),
        (full("abc", "x"), "There are 3 dossiers and 1 readers"),
        (full("a", "xyz"), "There are 1 dossiers and 3 readers"),
        ([*full("abc", "xy"), Mark("d", "x", "overall", None)], "answered for d."),
        (
            [Mark(d, r, "overall", 3.0) for d in "abc" for r in "xy"],
            "Every score is the same",
        ),
    ],
)
def test_what_is_too_little_is_said(lines, sentence):
    assert sentence in reason(lines)


def test_more_readers_and_dossiers_than_memory_are_refused(monkeypatch):
    monkeypatch.setattr("terril.choice.calibration.overlap.LARGEST", 3)

    assert "More than 3 readers and 3 dossiers" in reason(drawn(0))


def test_a_long_list_of_dossiers_is_cut():
    unread = [Mark(f"e{at}", "x", "overall", None) for at in range(9)]

    assert "e0, e1, e2, e3, e4 and 4 more" in reason([*full("ab", "xy"), *unread])


def test_a_mark_twice_is_refused_even_unanswered():
    lines = [*full("ab", "xy"), Mark("b", "x", "overall", None)]

    with pytest.raises(RepeatedMark) as refused:
        Marks.of(lines)

    assert refused.value.reason == "Marked twice: b by x on overall."
    assert refused.value.places == ((4, 2),)


@pytest.mark.parametrize("value", [float("inf"), float("nan"), -1e300])
def test_a_mark_that_is_no_number_is_refused(value):
    with pytest.raises(CalibrationRefused, match="infinite, not a number, or too"):
        Marks.of([Mark("a", "x", "overall", value)])


def bridged(chance):
    """Return the scores of a random jury, and the weight of its heaviest bridge."""
    size = int(chance.integers(4, 9)), int(chance.integers(3, 6))
    pairs = [
        (d, r) for d in range(size[0]) for r in range(size[1]) if chance.random() < 0.45
    ]
    lines = [Mark(f"d{d}", f"r{r}", "overall", chance.random()) for d, r in pairs]
    return lines, max((held(pairs, at) for at in range(len(pairs))), default=0)


def held(pairs, without):
    """Count the dossiers of the lighter side once a score is taken away."""
    groups = {
        (side, pair[side]): {(side, pair[side])} for pair in pairs for side in (0, 1)
    }
    for place, (dossier, reader) in enumerate(pairs):
        if place != without and groups[0, dossier] is not groups[1, reader]:
            joined = groups[0, dossier] | groups[1, reader]
            groups.update(dict.fromkeys(joined, joined))
    all_dossiers = {dossier for dossier, _ in pairs}
    side = {number for kind, number in groups[0, pairs[without][0]] if kind == 0}
    return min(len(side), len(all_dossiers - side))


def test_hinges_are_those_found_by_taking_each_score_away():
    chance = np.random.default_rng(0)
    refused = []
    for _ in range(300):
        lines, heaviest = bridged(chance)
        try:
            check_overlap(scores_of(Marks.of(lines)))
        except CalibrationRefused as refusal:
            told = refusal.reason
        else:
            told = ""
        if not told or "held to the others" in told:
            refused.append((bool(told), heaviest >= 2))

    assert {is_refused for is_refused, _ in refused} == {True, False}
    assert [told for told in refused if told[0] != told[1]] == []


def test_marks_of_the_sheet_are_read_as_written():
    assert marks("a x 4", "a y clarity -").criteria == ("clarity", "overall")
