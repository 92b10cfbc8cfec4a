"""Whether the marks of different readers can be compared at all."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from terril.choice.calibration.errors import CalibrationRefused, some
from terril.choice.calibration.marks import Codes, Scores

SPARE = 2  # marks beyond what the effects alone take up
HANGING = 2  # dossiers on each side of a hinge
LARGEST = 5000  # members of the shorter side: its square is held in memory


def check_overlap(scores: Scores) -> None:
    """Refuse scores whose readers cannot be told from their dossiers.

    Readers and dossiers are the two sides of a graph, each score an edge. Refused
    are: too few of either; a dossier without a mark; a graph in several pieces;
    fewer than two scores beyond a tree (the noise has nothing to be seen by); a
    *hinge*, one score that alone holds two dossiers or more to the others.

    Raises `CalibrationRefused` with the reason and what would help. Hinges are found
    with random labels of the cycle space (Pritchard and Thurimella, 2011): an edge
    that no cycle covers is labelled zero, any other with a chance of 2⁻⁶⁴.
    """
    _check_sizes(scores)
    graph = _graph(scores)
    _check_pieces(scores, graph)
    spare = scores.value.size - (len(scores.dossiers) + len(scores.readers) - 1)
    if spare < SPARE:
        raise CalibrationRefused(
            f"The overlap is too thin: {scores.value.size} scores for "
            f"{len(scores.dossiers)} dossiers and {len(scores.readers)} readers leave "
            f"{spare} to tell severity from noise, and {SPARE} are needed. "
            "Have more dossiers read by two readers or more."
        )
    _check_hinges(scores, graph)


def _check_sizes(scores: Scores) -> None:
    if min(len(scores.dossiers), len(scores.readers)) < 2:
        raise CalibrationRefused(
            f"There are {len(scores.dossiers)} dossiers and {len(scores.readers)} "
            "readers with marks: two of each are needed to compare severity."
        )
    marked = np.bincount(scores.dossier, minlength=len(scores.dossiers))
    unread = [scores.dossiers[code] for code in np.flatnonzero(marked == 0)]
    if unread:
        raise CalibrationRefused(
            f"No mark is answered for {some(unread)}. "
            "Wait for one, or leave the dossier out."
        )
    if min(len(scores.dossiers), len(scores.readers)) > LARGEST:
        raise CalibrationRefused(
            f"More than {LARGEST} readers and {LARGEST} dossiers: "
            "this method holds the square of the smaller number in memory."
        )
    if np.ptp(scores.value) == 0:
        raise CalibrationRefused("Every score is the same: there is nothing to rank.")


def _graph(scores: Scores) -> csr_array:
    size = len(scores.dossiers) + len(scores.readers)
    ends = (scores.dossier, scores.reader + len(scores.dossiers))
    return csr_array((np.ones(scores.value.size), ends), shape=(size, size))


def _check_pieces(scores: Scores, graph: csr_array) -> None:
    count, piece = connected_components(graph, directed=False)
    if count == 1:
        return
    dossiers = piece[: len(scores.dossiers)]
    least = int(np.argmin(np.bincount(dossiers, minlength=count)))
    apart = [scores.dossiers[code] for code in np.flatnonzero(dossiers == least)]
    by = np.flatnonzero(piece[len(scores.dossiers) :] == least)
    raise CalibrationRefused(
        f"The readers and dossiers are disconnected: they fall into {count} groups "
        "without a mark in common, and the marks of one group cannot be compared with "
        f"those of another. One group: {some(apart)}, read by "
        f"{some([scores.readers[code] for code in by])}. "
        "Have a dossier of each group read by readers of another."
    )


def _check_hinges(scores: Scores, graph: csr_array) -> None:
    hinge, parent, below = _hinges(scores, graph)
    held = np.minimum(below, len(scores.dossiers) - below)
    heavy = hinge[held[hinge] >= HANGING]
    if not heavy.size:
        return
    at = int(heavy[np.argmax(held[heavy])])
    dossier, reader = sorted((at, int(parent[at])))
    raise CalibrationRefused(
        f"The overlap is too thin: {int(held[at])} dossiers are held to the others by "
        f"one score alone, that of {scores.readers[reader - len(scores.dossiers)]} on "
        f"{scores.dossiers[dossier]}. "
        "Have one more dossier of each side read from the other."
    )


def _hinges(scores: Scores, graph: csr_array) -> tuple[Codes, Codes, Codes]:
    """Return the vertices whose edge to their parent is in no cycle.

    With the parent of each vertex in a tree, and the dossiers at or below it.
    """
    found = breadth_first_order(graph, 0, directed=False)
    order, parent = (one.astype(np.int64) for one in found)
    first, second = scores.dossier, scores.reader + len(scores.dossiers)
    in_tree = (parent[first] == second) | (parent[second] == first)
    chance = np.random.default_rng(0)
    # Vertices gather the labels of the edges outside the tree, then hand them up.
    drawn = chance.integers(1, 2**63, size=int((~in_tree).sum()), dtype=np.int64)
    label = np.zeros(graph.shape[0], dtype=np.int64)
    np.bitwise_xor.at(label, first[~in_tree], drawn)
    np.bitwise_xor.at(label, second[~in_tree], drawn)
    below = np.zeros(graph.shape[0], dtype=np.int64)
    below[: len(scores.dossiers)] = 1
    for level in _levels(order, parent):
        np.bitwise_xor.at(label, parent[level], label[level])
        np.add.at(below, parent[level], below[level])
    others = order[1:]
    return others[label[others] == 0], parent, below


def _levels(order: Codes, parent: Codes) -> list[Codes]:
    """Cut a breadth-first order at its depths, the deepest first, the root left out."""
    place = np.empty(order.size, dtype=np.int64)
    place[order] = np.arange(order.size)
    found, start, end = [], 1, 1
    above = place[parent[order[1:]]]  # rises along the order
    while end < order.size:
        start, end = end, 1 + int(np.searchsorted(above, end, side="left"))
        found.append(order[start:end])
    return found[::-1]
