"""What was computed once is true until something happens: memory by stamp.

The stamp is made of the journal's head and of the calendar. Each stamp has a shelf of
its own, thrown away whole when the next one comes. While a page is being read, its
shelf stands in a context variable; outside of that nothing is remembered.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from django.utils.translation import get_language

Thing = TypeVar("Thing")
# What one process keeps at most, in bytes. Much of it is asked for by strangers, who
# may invent addresses: whatever they do, it takes no more.
ROOM = 64 * 1024 * 1024
# What an entry takes beside its key and its thing; a row of a list; a whole object.
ENTRY, ROW, WHOLE = 500, 2_000, 20_000


class Kept(NamedTuple):
    """A thing on a shelf: nothing at all is a thing too."""

    thing: Any


class Shelf:
    """What was computed under one stamp; what nobody asks for leaves first."""

    def __init__(self, stamp: str, room: int = ROOM) -> None:
        self.stamp, self.room, self.weight = stamp, room, 0
        self._kept: OrderedDict[str, tuple[Kept, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Kept | None:
        """Return what stands under a key, as one object shared by all who read it."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: str, thing: Any, weight: int) -> None:
        """Keep a thing, and let the least asked for go when there is no more room."""
        weight += ENTRY + len(key)
        with self._lock:
            _, replaced = self._kept.pop(key, (None, 0))
            self._kept[key] = Kept(thing), weight
            self.weight += weight - replaced
            while self.weight > self.room:
                _, (_, left) = self._kept.popitem(last=False)
                self.weight -= left


current: ContextVar[Shelf | None] = ContextVar("shelf", default=None)
_latest = Shelf("")


def shelf(stamp: str) -> Shelf:
    """Return the shelf of a stamp: the one at hand, or a new one which takes its place.

    Whoever still reads under an older stamp goes on with the older shelf.
    """
    global _latest  # noqa: PLW0603 -- one memory for the process
    at_hand = _latest
    if at_hand.stamp != stamp:
        at_hand = _latest = Shelf(stamp)
    return at_hand


def forget() -> None:
    """Throw away all that this process remembers."""
    global _latest  # noqa: PLW0603 -- one memory for the process
    _latest = Shelf("")


def remembered(key: str, compute: Callable[[], Thing]) -> Thing:
    """Return what was computed under this stamp and language, or compute it now.

    Only for what depends on the journal and the key alone: never on the reader,
    never on drafts, which leave no line. It is shared: nobody changes it.
    """
    at_hand = current.get()
    if at_hand is None:
        return compute()
    name = f"{get_language()}|{key}"
    found = at_hand.get(name)
    if found is None:
        thing = compute()
        at_hand.put(name, thing, weigh(thing))
        return thing
    return found.thing  # type: ignore[no-any-return]


def weigh(thing: object) -> int:
    """Return what a thing takes of the room: exactly for text, roughly for the rest."""
    if thing is None or isinstance(thing, str | bytes):
        return len(thing or "")
    if isinstance(thing, Mapping):
        return weigh([*thing.keys(), *thing.values()])
    if isinstance(thing, list | tuple | set | frozenset):
        return sum(ROW + _text_in(one) for one in thing)
    return WHOLE + _text_in(thing)


def _text_in(thing: object) -> int:
    """Return how much text a thing holds, in itself or in lists inside it."""
    if isinstance(thing, str | bytes):
        return len(thing)
    if isinstance(thing, list | tuple):
        return sum(_text_in(one) for one in thing)
    held = getattr(thing, "__dict__", {}).values()
    return sum(len(one) for one in held if isinstance(one, str | bytes))
