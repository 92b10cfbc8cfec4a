"""Borders drawn once: shapes cut into arcs that neighbours share.

Coordinates are whole numbers (hundred-thousandths of a degree), so that two
neighbours either share a point exactly or do not, and areas add up exactly.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

Point = tuple[int, int]
Line = tuple[Point, ...]
# A ring is closed without repeating its first point.
Ring = tuple[Point, ...]
# An arc is named by its number; ~number is the same arc walked backwards.
Walk = tuple[int, ...]


@dataclass(frozen=True)
class Topology:
    """Arcs, and for each shape the rings that walk along them.

    Outer rings turn anticlockwise and holes clockwise: an arc between two
    neighbours is walked once in each direction.
    """

    arcs: tuple[Line, ...]
    walks: Mapping[str, tuple[Walk, ...]]

    @cached_property
    def users(self) -> tuple[tuple[str, ...], ...]:
        """Return, for each arc, the shapes whose border it is."""
        found: list[list[str]] = [[] for _ in self.arcs]
        for key, walks in self.walks.items():
            for number in _numbers(walks):
                found[number].append(key)
        return tuple(tuple(keys) for keys in found)

    def rings(self, key: str) -> list[Ring]:
        """Return the rings of one shape."""
        return [self._ring(walk) for walk in self.walks[key]]

    def merged(self, keys: Collection[str]) -> list[Ring]:
        """Return the rings of several shapes seen as one: inner borders go."""
        walked = {number for key in keys for walk in self.walks[key] for number in walk}
        outer = [number for number in walked if ~number not in walked]
        return list(_stitched([self._along(number) for number in sorted(outer)]))

    def _along(self, number: int) -> Line:
        return self.arcs[number] if number >= 0 else self.arcs[~number][::-1]

    def _ring(self, walk: Walk) -> Ring:
        return tuple(point for number in walk for point in self._along(number)[:-1])


def cut(shapes: Mapping[str, Iterable[Ring]]) -> Topology:
    """Return the topology of shapes drawn ring by ring, each in the right turn."""
    rings = {key: [clean(ring) for ring in rings] for key, rings in shapes.items()}
    junctions = _junctions(ring for found in rings.values() for ring in found)
    numbers: dict[Line, int] = {}
    walks = {
        key: tuple(_walk(ring, junctions, numbers) for ring in found if ring)
        for key, found in rings.items()
    }
    return Topology(tuple(numbers), walks)


def clean(ring: Sequence[Point]) -> Ring:
    """Return a ring without points repeated in a row, nor its first at the end."""
    points = [point for point, after in pairwise([*ring, ring[0]]) if point != after]
    return tuple(points) if len(points) > 2 else ()


def doubled_area(ring: Ring) -> int:
    """Return twice the signed area of a ring: positive when anticlockwise."""
    return sum(
        x * later_y - later_x * y
        for (x, y), (later_x, later_y) in pairwise([*ring, *ring[:1]])
    )


def _numbers(walks: Iterable[Walk]) -> Iterator[int]:
    for walk in walks:
        for number in walk:
            yield number if number >= 0 else ~number


def _junctions(rings: Iterable[Ring]) -> set[Point]:
    """Return the points where more than two lines meet."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for point, after in pairwise([*ring, *ring[:1]]):
            neighbours[point].add(after)
            neighbours[after].add(point)
    return {point for point, around in neighbours.items() if len(around) != 2}


def _walk(ring: Ring, junctions: set[Point], numbers: dict[Line, int]) -> Walk:
    stops = [index for index, point in enumerate(ring) if point in junctions]
    # A ring that meets nobody else is one arc, from its smallest point.
    start = stops[0] if stops else ring.index(min(ring))
    turned = [*ring[start:], *ring[: start + 1]]
    inner = [stop - start for stop in stops[1:]]
    bounds = pairwise([0, *inner, len(ring)])
    return tuple(_number(tuple(turned[a : b + 1]), numbers) for a, b in bounds)


def _number(line: Line, numbers: dict[Line, int]) -> int:
    backwards = line[::-1]
    if backwards in numbers:
        return ~numbers[backwards]
    return numbers.setdefault(line, len(numbers))


def _stitched(lines: list[Line]) -> Iterator[Ring]:
    """Join lines end to start; a point met again closes a ring of its own."""
    leaving: dict[Point, list[Line]] = defaultdict(list)
    for line in reversed(lines):
        leaving[line[0]].append(line)
    for line in lines:
        while leaving[line[0]]:
            yield from _rings_from(line[0], leaving)


def _rings_from(start: Point, leaving: dict[Point, list[Line]]) -> Iterator[Ring]:
    path: list[Line] = []
    visited = {start: 0}
    here = start
    while leaving[here]:
        path.append(leaving[here].pop())
        here = path[-1][-1]
        if here in visited:
            loop = path[visited[here] :]
            del path[visited[here] :]
            visited = {start: 0} | {line[-1]: n for n, line in enumerate(path, 1)}
            yield tuple(point for line in loop for point in line[:-1])
