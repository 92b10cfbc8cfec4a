"""What the communes of a day become on another day, later or earlier.

Everybody of a commune goes where the commune goes. Where it is split, and only
there, shares are needed: those that were declared, otherwise the populations of
the parts, which makes an estimate. A commune that was joined to another and is
restored takes back its own: nothing is estimated when both were known apart.
Where no share can be founded, nothing is divided: what cannot be placed is said.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from terril.analytics.geography.graph import Side, Turn
from terril.analytics.geography.history import Key

NO_SHARE, NO_SUCCESSOR = "no_share", "no_successor"
DECLARED = "declared"
# The shares declared for a split, by the code of the whole and of the part.
Shares = Mapping[tuple[str, str], Fraction]
# The day and the commune of a split.
Way = tuple[str, Key]
# From the parts and the day of a split to their populations and what was read.
Weigh = Callable[[Sequence[Key], str], tuple[Sequence[int], str] | None]


class Part(NamedTuple):
    """The share of a commune that goes to a code; estimated unless it is known."""

    code: str
    share: Fraction
    is_estimated: bool


class Stray(NamedTuple):
    """The share of a commune that has no place: among which codes, and why."""

    share: Fraction
    among: tuple[str, ...]
    reason: str


class Split(NamedTuple):
    """A split that a passage had to make, with its shares and what they rest on."""

    on: str
    whole: str
    shares: Mapping[str, Fraction]
    basis: str


@dataclass(frozen=True)
class Passage:
    """From the communes of a day to those of another.

    A code of `known` which is in neither `moves` nor `strays` stays as it is.
    """

    start: str
    end: str
    known: frozenset[str]
    moves: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    strays: Mapping[str, tuple[Stray, ...]] = field(default_factory=dict)
    splits: Mapping[Way, Split] = field(default_factory=dict)
    # The splits that each code went through.
    ways: Mapping[str, frozenset[Way]] = field(default_factory=dict)

    @cached_property
    def changed(self) -> frozenset[str]:
        """Return the codes that do not simply stay as they are."""
        return frozenset(self.moves.keys() | self.strays.keys())

    def parts(self, code: str) -> tuple[Part, ...]:
        """Return where a known code goes; itself when nothing happened to it."""
        if code in self.moves or code in self.strays:
            return self.moves.get(code, ())
        return (Part(code, Fraction(1), is_estimated=False),)

    def splits_of(self, codes: Collection[str]) -> tuple[Split, ...]:
        """Return the splits that some codes went through."""
        ways = {way for code in codes for way in self.ways.get(code, ())}
        return tuple(split for way, split in self.splits.items() if way in ways)


class _Portion(NamedTuple):
    """What a commune holds of an origin, and the codes it bore before this one."""

    origin: Key
    share: Fraction
    is_estimated: bool = False
    past: tuple[str, ...] = ()


class _Fork(NamedTuple):
    """A commune that goes to several on a day, and whence each of them comes."""

    key: Key
    targets: tuple[Key, ...]
    on: str
    back: Side


@dataclass
class _Pool:
    """What could not be divided: it is somewhere among its members."""

    origin: Key
    share: Fraction
    members: frozenset[Key]


def passage(
    days: tuple[str, str],
    origins: Iterable[Key],
    turns: Sequence[Turn],
    *,
    weigh: Weigh,
    shares: Shares | None = None,
) -> Passage:
    """Return the passage from the first of two days to the second.

    `origins` are the communes of the first day; `turns` are all the days of
    movements, in order. Movements of a day belong to that day: the communes of
    2025-01-01 are those after the movements of 2025-01-01.
    """
    start, end = days
    walk = _Walk(origins, weigh=weigh, shares=shares)
    if start <= end:
        for turn in turns:
            if start < turn.on <= end:
                walk.cross(turn.on, turn.forward, turn.backward)
    else:
        for turn in reversed(turns):
            if end < turn.on <= start:
                walk.cross(turn.on, turn.backward, turn.forward)
    return Passage(
        start,
        end,
        frozenset(map(itemgetter(0), walk.origins)),
        walk.moves(),
        walk.strays(),
        walk.splits,
        {code: frozenset(ways) for code, ways in walk.ways.items()},
    )


class _Walk:
    """The crossing of the days of movements, one after another, either way."""

    def __init__(
        self, origins: Iterable[Key], *, weigh: Weigh, shares: Shares | None
    ) -> None:
        self.origins = frozenset(origins)
        self.weigh, self.shares = weigh, shares or {}
        self.held: dict[Key, list[_Portion]] = {}
        self.touched: set[Key] = set()
        self.pools: list[_Pool] = []
        self.splits: dict[Way, Split] = {}
        self.ways: dict[str, set[Way]] = {}

    def cross(self, on: str, side: Side, back: Side) -> None:
        """Cross one day of movements; all of them happen at once."""
        leaving = {key: self._take(key) for key in side}
        for pool in self.pools:
            pool.members = frozenset(
                target for one in pool.members for target in side.get(one, (one,))
            )
        for key, portions in leaving.items():
            self._share_out(portions, _Fork(key, side[key], on, back))

    def moves(self) -> dict[str, tuple[Part, ...]]:
        """Return the parts of the origins that moved, by their code."""
        found: dict[Key, dict[str, list[_Portion]]] = {}
        for key, portions in self._settled():
            for portion in portions:
                leaves = found.setdefault(portion.origin, {})
                leaves.setdefault(key[0], []).append(portion)
        parts = {
            origin[0]: tuple(_part(code, leaves[code]) for code in sorted(leaves))
            for origin, leaves in found.items()
        }
        return {
            code: told
            for code, told in parts.items()
            if told != (Part(code, Fraction(1), is_estimated=False),)
        }

    def strays(self) -> dict[str, tuple[Stray, ...]]:
        """Return what no share could place, by the code of its origin."""
        found: dict[str, tuple[Stray, ...]] = {}
        for pool in self.pools:
            if len(pool.members) != 1:
                among = tuple(sorted(code for code, _since in pool.members))
                stray = Stray(pool.share, among, NO_SHARE if among else NO_SUCCESSOR)
                found[pool.origin[0]] = (*found.get(pool.origin[0], ()), stray)
        return found

    def _settled(self) -> Iterator[tuple[Key, list[_Portion]]]:
        yield from self.held.items()
        for pool in self.pools:
            if len(pool.members) == 1:
                (only,) = pool.members
                yield only, [_Portion(pool.origin, pool.share)]

    def _take(self, key: Key) -> list[_Portion]:
        """Take out what a commune holds; an origin first holds itself."""
        if key in self.origins and key not in self.touched:
            self.touched.add(key)
            return [_Portion(key, Fraction(1)), *self.held.pop(key, [])]
        return self.held.pop(key, [])

    def _share_out(self, portions: list[_Portion], fork: _Fork) -> None:
        codes = {code for portion in portions for code in portion.past}
        free = tuple(one for one in fork.targets if one[0] not in codes)
        rest = fork._replace(targets=free or fork.targets)
        for portion in portions:
            own = _own(portion, fork.targets)
            if own:
                self._give(portion, fork.key, own)
            else:
                self._divide(portion, rest)

    def _give(self, portion: _Portion, key: Key, target: Key) -> None:
        if target != key:
            portion = _Portion(*portion[:3], (*portion.past, key[0]))
        self.held.setdefault(target, []).append(portion)

    def _divide(self, portion: _Portion, fork: _Fork) -> None:
        if len(fork.targets) == 1:
            self._give(portion, fork.key, fork.targets[0])
            return
        split = self._split(fork) if fork.targets else None
        if split is None:
            members = frozenset(fork.targets)
            self.pools.append(_Pool(portion.origin, portion.share, members))
            return
        self.splits[fork.on, fork.key] = split
        self.ways.setdefault(portion.origin[0], set()).add((fork.on, fork.key))
        is_estimated = portion.is_estimated or split.basis != DECLARED
        for target in fork.targets:
            share = portion.share * split.shares[target[0]]
            if share:
                part = portion._replace(share=share, is_estimated=is_estimated)
                self._give(part, fork.key, target)

    def _split(self, fork: _Fork) -> Split | None:
        """Return a split by the shares declared, or else by populations."""
        whole = fork.key[0]
        declared = {
            code: self.shares[whole, code]
            for code, _since in fork.targets
            if (whole, code) in self.shares
        }
        if len(declared) == len(fork.targets) and any(declared.values()):
            return _split(fork, list(declared.values()), DECLARED)
        if any(fork.back[one] != (fork.key,) for one in fork.targets):
            return None
        weighed = self.weigh(fork.targets, fork.on)
        return None if weighed is None else _split(fork, *weighed)


def _own(portion: _Portion, targets: tuple[Key, ...]) -> Key | None:
    """Return the part that a portion came from: the one it went through first."""
    if len(targets) < 2 or not portion.past:
        return None
    by_code = {one[0]: one for one in targets}
    return next((by_code[code] for code in portion.past if code in by_code), None)


def _split(fork: _Fork, weights: Sequence[int | Fraction], basis: str) -> Split:
    total = sum(weights, Fraction(0))
    shares = {
        code: Fraction(weight) / total
        for (code, _since), weight in zip(fork.targets, weights, strict=True)
    }
    return Split(fork.on, fork.key[0], shares, basis)


def _part(code: str, portions: Sequence[_Portion]) -> Part:
    if len(portions) == 1:
        _origin, share, is_estimated, _past = portions[0]
        return Part(code, share, is_estimated)
    share = sum((portion.share for portion in portions), Fraction(0))
    is_estimated = share != 1 and any(one.is_estimated for one in portions)
    return Part(code, share, is_estimated)
