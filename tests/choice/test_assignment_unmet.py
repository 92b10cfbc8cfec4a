"""What cannot be had is named, with what would be enough."""

import numpy as np
import pytest

from terril.choice.assignment import Dossier, Instance, Reader, assign


def jury(dossiers, readers, **more):
    """Return an instance of equal fit; pairs are given as lists of places."""
    made = {
        name: np.array(pairs, dtype=np.int64).reshape(-1, 2)
        for name, pairs in more.items()
    }
    return Instance(
        tuple(Dossier(f"D{place}", *one) for place, one in enumerate(dossiers)),
        tuple(Reader(f"E{place}", *one) for place, one in enumerate(readers)),
        np.ones((len(dossiers), len(readers))),
        **made,
    )


def told(instance):
    """Return the constraints, who is concerned, and how much is missing."""
    return [
        (one.constraint, one.dossier, one.reader, one.discipline, one.missing)
        for one in assign(instance).unmet
    ]


CASES = {
    "too few readers": (
        jury([(3,)], [(0, 9), (0, 9)]),
        [("readers", "D0", None, None, 1)],
    ),
    "too many conflicts": (
        jury([(2,)], [(0, 9), (0, 9)], conflicts=[(0, 1)]),
        [("conflict", "D0", None, None, 1)],
    ),
    "all at their maximum": (
        jury([(2,), (2,)], [(0, 2), (0, 1)]),
        [("max", "D0", None, None, 1)],
    ),
    "kept apart": (
        jury([(2,)], [(0, 9), (0, 9)], apart=[(0, 1)]),
        [("apart", "D0", None, None, 1)],
    ),
    "nobody has the discipline": (
        jury([(1, ("law",))], [(0, 9)]),
        [("discipline", "D0", None, "law", 1)],
    ),
    "nobody has it for two dossiers": (
        jury([(1, ("law",)), (1, ("law",))], [(0, 9)]),
        [("discipline", name, None, "law", 1) for name in ("D0", "D1")],
    ),
    "all of the discipline are in conflict": (
        jury([(1, ("law",))], [(0, 9, ("law",)), (0, 9)], conflicts=[(0, 0)]),
        [("conflict", "D0", None, "law", 1)],
    ),
    "more disciplines than readers": (
        jury([(1, ("law", "art"))], [(0, 9, ("law",)), (1, 9, ("art",))]),
        [("demand", "D0", None, "law", 1)],
    ),
    "its readers have begun": (
        jury([(1, ("law",))], [(0, 9, ("law",)), (0, 9)], fixed=[(0, 1)]),
        [("fixed", "D0", None, "law", 1)],
    ),
    "the discipline is kept apart from begun work": (
        jury(
            [(2, ("law",))],
            [(0, 9, ("law",)), (0, 9), (0, 9)],
            fixed=[(0, 1)],
            apart=[(0, 1)],
        ),
        [("apart", "D0", None, "law", 1)],
    ),
    "the discipline has no time": (
        jury([(1, ("law",)), (1, ("law",))], [(0, 1, ("law",)), (1, 9)]),
        [("max", "D1", None, "law", 1)],
    ),
    "more minimums than readings": (
        jury([(1,)], [(1, 1), (1, 1)]),
        [("demand", None, "E0", None, 1)],
    ),
    "a minimum against conflicts": (
        jury([(1,), (1,)], [(2, 9), (0, 9)], conflicts=[(0, 0)]),
        [("conflict", None, "E0", None, 1)],
    ),
    "a minimum against begun work": (
        jury([(1,), (1,)], [(2, 9), (0, 9)], fixed=[(0, 1)]),
        [("min", None, "E0", None, 1)],
    ),
    "begun beyond the maximum": (
        jury([(1,), (1,)], [(0, 1)], fixed=[(0, 0), (1, 0)]),
        [("max", None, "E0", None, 1)],
    ),
    "begun and now in conflict": (
        jury([(1,)], [(0, 1), (0, 1)], fixed=[(0, 0)], conflicts=[(0, 0)]),
        [("conflict", "D0", "E0", None, 1)],
    ),
    "begun together and now apart": (
        jury([(2,)], [(0, 1), (0, 1)], fixed=[(0, 0), (0, 1)], apart=[(0, 1)]),
        [("apart", "D0", None, None, 1)],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_cannot_be_had_is_named(name):
    instance, expected = CASES[name]

    def shape(found):
        return sorted((one[0], one[3] or "", one[4]) for one in found)

    assert shape(told(instance)) == shape(expected)


def test_a_sentence_says_what_would_be_enough():
    [unmet] = assign(CASES["all at their maximum"][0]).unmet

    assert unmet.reason.endswith(
        "has 1 of 2 readers: the others that it may have are all at their maximum (E1)."
    )
    assert unmet.enough.startswith("For each missing reading, a maximum raised by 1")
    assert unmet.readers == ("E1",)


def test_a_sentence_cuts_long_lists_short():
    [unmet] = assign(jury([(12,)] + [(1,)] * 1, [(0, 1)] * 12)).unmet

    assert unmet.missing == 1
    assert len(unmet.readers) >= 1


def test_what_would_be_enough_is_enough():
    instance, _ = CASES["all at their maximum"]

    more = (*instance.readers, Reader("new", 0, 9))
    helped = Instance(instance.dossiers, more, np.ones((2, 3)))

    assert assign(helped).unmet == ()
