"""Lighter borders: each arc is simplified once, so neighbours still touch."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from terril.analytics.geography.topology import Line, Point, Topology

Segment = tuple[Point, Point]
# Tries with a finer tolerance before an arc is kept as it was.
TRIES = 8


def simplified(
    topology: Topology, tolerance: Callable[[tuple[str, ...]], float], *, aspect: float
) -> Topology:
    """Return the topology with lighter arcs that neither cross nor merge.

    `tolerance` gives, from the shapes that use an arc, the area (in square
    hundred-thousandths of a degree of latitude) below which a corner goes;
    `aspect` is the width of a degree of longitude over one of latitude.
    """
    tolerances = [tolerance(users) * 2 / aspect for users in topology.users]
    arcs = [
        lighter(arc, limit)
        for arc, limit in zip(topology.arcs, tolerances, strict=True)
    ]
    for _ in range(TRIES):
        entangled = crossing(arcs)
        for number in entangled:
            tolerances[number] /= 4
            arcs[number] = lighter(topology.arcs[number], tolerances[number])
        if not entangled:
            return replace(topology, arcs=tuple(arcs))
    for number in crossing(arcs):
        arcs[number] = topology.arcs[number]
    return replace(topology, arcs=tuple(arcs))


def lighter(arc: Line, limit: float) -> Line:
    """Return an arc without its smallest corners (Visvalingam), ends kept.

    A closed arc keeps at least three of its points.
    """
    least = 4 if arc[0] == arc[-1] else 2
    before = list(range(-1, len(arc) - 1))
    after = list(range(1, len(arc) + 1))
    heap = [(_corner(arc, i - 1, i, i + 1), i) for i in range(1, len(arc) - 1)]
    areas = {i: area for area, i in heap}
    heapq.heapify(heap)
    gone: set[int] = set()
    while heap and len(arc) - len(gone) > least:
        area, i = heapq.heappop(heap)
        if i in gone or areas[i] != area:
            continue
        if area >= limit:
            break
        gone.add(i)
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if 0 < j < len(arc) - 1:
                areas[j] = max(area, _corner(arc, before[j], j, after[j]))
                heapq.heappush(heap, (areas[j], j))
    return tuple(point for i, point in enumerate(arc) if i not in gone)


def crossing(arcs: Sequence[Line]) -> set[int]:
    """Return the arcs that cross, touch or cover another, or themselves."""
    found: set[int] = set()
    for cell in _cells(arcs):
        for (one, first), (other, second) in combinations(cell, 2):
            if not {one, other} <= found and _entangled(first, second):
                found |= {one, other}
    return found


def _corner(arc: Line, a: int, b: int, c: int) -> int:
    """Return twice the area of the corner at b."""
    (ax, ay), (bx, by), (cx, cy) = arc[a], arc[b], arc[c]
    return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay))


def _cells(arcs: Sequence[Line]) -> Iterator[list[tuple[int, Segment]]]:
    """Yield the segments that pass through the same square of the ground."""
    size = _size(arcs)
    grid: dict[Point, list[tuple[int, Segment]]] = defaultdict(list)
    for number, arc in enumerate(arcs):
        for start, end in pairwise(arc):
            for x in range(
                min(start[0], end[0]) // size, max(start[0], end[0]) // size + 1
            ):
                low, high = min(start[1], end[1]) // size, max(start[1], end[1]) // size
                for y in range(low, high + 1):
                    grid[x, y].append((number, (start, end)))
    yield from grid.values()


def _size(arcs: Sequence[Line]) -> int:
    spans = [
        max(abs(a[0] - b[0]), abs(a[1] - b[1]))
        for arc in arcs
        for a, b in pairwise(arc)
    ]
    return max(1, 2 * sum(spans) // max(1, len(spans)))


def _entangled(first: Segment, second: Segment) -> bool:
    (a, b), (c, d) = first, second
    shared = {a, b} & {c, d}
    if len(shared) == 2:
        return True
    if shared:
        (pivot,) = shared
        end, other = (b if a == pivot else a), (d if c == pivot else c)
        return _turn(pivot, end, other) == 0 and _faces(pivot, end, other)
    return _cross(a, b, c, d)


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    if not _boxes_meet(a, b, c, d):
        return False
    splits_cd = _turn(a, b, c) * _turn(a, b, d) <= 0
    return splits_cd and _turn(c, d, a) * _turn(c, d, b) <= 0


def _boxes_meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    return all(
        max(a[axis], b[axis]) >= min(c[axis], d[axis])
        and max(c[axis], d[axis]) >= min(a[axis], b[axis])
        for axis in (0, 1)
    )


def _turn(a: Point, b: Point, c: Point) -> int:
    area = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
    return (area > 0) - (area < 0)


def _faces(pivot: Point, one: Point, other: Point) -> bool:
    x, y = pivot
    return (one[0] - x) * (other[0] - x) + (one[1] - y) * (other[1] - y) > 0
