"""Small juries and small selections, drawn by hypothesis."""

import numpy as np
from hypothesis import strategies as st

from terril.choice import selection
from terril.choice.assignment import Dossier, Instance, Reader

NAMES = ("law", "art", "energy")


@st.composite
def juries(draw, most_dossiers=3, most_readers=4):
    """Draw an instance of assignment, possible or not."""
    n = draw(st.integers(0, most_dossiers))
    m = draw(st.integers(0, most_readers))
    some = st.sets(st.sampled_from(NAMES), max_size=2).map(sorted).map(tuple)
    dossiers = [Dossier(f"D{d}", draw(st.integers(0, 3)), draw(some)) for d in range(n)]
    readers = []
    for r in range(m):
        upper = draw(st.integers(0, 3))
        lower = draw(st.integers(0, upper))
        readers.append(Reader(f"E{r}", lower, upper, draw(some)))
    marks = draw(st.lists(fits(), min_size=n * m, max_size=n * m))
    couples = [(r, s) for r in range(m) for s in range(r + 1, m)]
    cells = [(d, r) for d in range(n) for r in range(m)]
    return Instance(
        tuple(dossiers),
        tuple(readers),
        np.array(marks, dtype=np.float64).reshape(n, m),
        conflicts=pairs(draw, cells, 3),
        apart=pairs(draw, couples, 2),
        fixed=pairs(draw, cells, 2),
        previous=pairs(draw, cells, 2),
        seed=draw(st.integers(0, 9)),
    )


def fits():
    """Draw a fit: often equal to another, sometimes with decimals."""
    return st.one_of(st.integers(-1, 3).map(float), st.sampled_from((0.1, 0.25, 2.7)))


def pairs(draw, among, most):
    """Draw a few pairs among some."""
    if not among:
        return np.empty((0, 2), dtype=np.int64)
    found = draw(st.sets(st.sampled_from(among), max_size=most))
    return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)


@st.composite
def selections(draw):
    """Draw an instance of selection, possible or not."""
    categories = st.fixed_dictionaries(
        {"territory": st.sampled_from("AB"), "theme": st.sampled_from("xyz")}
    )
    candidates = tuple(
        selection.Candidate(
            place,
            float(draw(st.integers(-1, 4))),
            float(draw(st.integers(0, 3))),
            draw(categories),
        )
        for place in range(draw(st.integers(0, 7)))
    )
    values = [("territory", "A"), ("territory", "B"), ("theme", "x"), ("theme", "y")]
    quotas = tuple(
        quota(draw, *one)
        for one in draw(st.lists(st.sampled_from(values), unique=True, max_size=3))
    )
    budget = draw(st.none() | st.integers(0, 8).map(float))
    return selection.Instance(candidates, draw(st.integers(0, 5)), quotas, budget)


def quota(draw, dimension, value):
    """Draw the bounds of a quota."""
    lower = draw(st.integers(0, 2))
    upper = draw(st.none() | st.integers(lower, 4))
    return selection.Quota(dimension, value, lower, upper)
