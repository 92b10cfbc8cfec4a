"""What was computed once is true until something happens: memory by stamp.

The stamp is made of the journal's head and of the calendar. While a page is being
read it stands in a context variable; outside of that nothing is remembered.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

from django.core.cache import caches
from django.utils.translation import get_language

Thing = TypeVar("Thing")

current: ContextVar[str] = ContextVar("stamp", default="")


def remembered(key: str, compute: Callable[[], Thing]) -> Thing:
    """Return what was computed under this stamp and language, or compute it now.

    Only for what depends on the journal and the key alone: never on the reader,
    never on drafts, which leave no line.
    """
    stamp = current.get()
    if not stamp:
        return compute()
    name = f"{stamp}|{get_language()}|{key}"
    found: list[Thing] | None = caches["pages"].get(name)
    if found is None:
        found = [compute()]
        caches["pages"].set(name, found)
    return found[0]
