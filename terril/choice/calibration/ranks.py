"""Ranks, with their ties and what is not known of them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from terril.choice.calibration.marks import Codes, Floats

TIE = 1e-9  # of the range of the values: closer than this is equal,
ROUNDING = 1e-13  # and this, of their size, is what sums lose
LEVEL = 0.9
# Ranks are whole: of the shortest runs that hold these shares at least, that is taken
# which holds the nearest to nine in ten. With many dossiers all are the same run.
SHARES = (0.8, 0.82, 0.84, 0.86, 0.88, LEVEL)
MANY = 500
BLOCK = 4_000_000  # ranks sorted at once

Ranks = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class RankSpread:
    """Ends of the rank intervals, and chances to be among the first: (dossiers,)."""

    low: Codes
    high: Codes
    p_top: Floats


def ranks_of(values: Floats) -> Codes:
    """Return the rank of each value, 1 being the largest; equal values share a rank.

    After two firsts comes a third. Values are equal when they differ by less than a
    billionth of their range, or by the rounding of a sum.
    """
    order = np.argsort(-values, kind="stable")
    falls = -np.diff(values[order])
    slack = TIE * np.ptp(values) + ROUNDING * np.abs(values).max()
    place = np.arange(values.size)
    place[1:][falls <= slack] = 0
    ranks = np.empty(values.size, dtype=np.int64)
    ranks[order] = 1 + np.maximum.accumulate(place)
    return ranks


def drawn_ranks(draws: Iterable[Floats], size: int, count: int) -> Ranks:
    """Return the ranks in each draw: shape (size, count), from parts (size, some)."""
    ranks = np.empty((size, count), dtype=np.int32)
    places = np.arange(1, size + 1, dtype=np.int32)
    done = 0
    for part in draws:
        order = np.argsort(-part.T, axis=1)
        ranked = np.empty(order.shape, dtype=np.int32)
        np.put_along_axis(ranked, order, places[np.newaxis, :], axis=1)
        ranks[:, done : done + order.shape[0]] = ranked.T
        done += order.shape[0]
    return ranks


def rank_spread(ranks: Ranks, centre: Codes, top: int) -> RankSpread:
    """Return the rank intervals of the dossiers, and the chance to be in the top.

    The interval of a dossier is a run of ranks as short as can be that holds nine
    draws in ten and the rank in `centre`, which is shown beside it; ranks being whole,
    it holds as near to nine in ten as they allow, so that intervals are right nine
    times in ten on the whole, and not more often (Goldstein and Spiegelhalter, 1996,
    for ranks drawn with the effects; Agresti and Coull, 1998, for being right on the
    whole where values are discrete).
    """
    size, count = ranks.shape
    low, high = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    step = max(1, BLOCK // count)
    for start in range(0, size, step):
        part = slice(start, start + step)
        ordered = np.sort(ranks[part], axis=1)
        low[part], high[part] = _nearest(ordered, centre[part], size)
    return RankSpread(low, high, (ranks <= top).mean(axis=1))


def _nearest(ordered: Ranks, centre: Codes, size: int) -> tuple[Codes, Codes]:
    shares = SHARES if size <= MANY else SHARES[-1:]
    runs = [_shortest(ordered, centre, share) for share in shares]
    held = [
        ((ordered >= low[:, np.newaxis]) & (ordered <= high[:, np.newaxis])).mean(
            axis=1
        )
        for low, high in runs
    ]
    # Of two as near, the wider, which comes last.
    best = len(runs) - 1 - np.abs(np.array(held) - LEVEL)[::-1].argmin(axis=0)
    rows = np.arange(ordered.shape[0])
    lows, highs = (np.array(ends) for ends in zip(*runs, strict=True))
    return lows[best, rows], highs[best, rows]


def _shortest(ordered: Ranks, centre: Codes, share: float) -> tuple[Codes, Codes]:
    held = int(np.ceil(share * ordered.shape[1] - ROUNDING))
    middle = centre[:, np.newaxis]
    low = np.minimum(ordered[:, : ordered.shape[1] - held + 1], middle)
    high = np.maximum(ordered[:, held - 1 :], middle)
    width = high - low
    # Many runs are as short: that in the middle of them leaves as much on each side.
    shortest = width == width.min(axis=1, keepdims=True)
    nth = (shortest.sum(axis=1) + 1) // 2
    at = (shortest.cumsum(axis=1) >= nth[:, np.newaxis]).argmax(axis=1)
    rows = np.arange(ordered.shape[0])
    return low[rows, at], high[rows, at]
