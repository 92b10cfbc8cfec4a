"""The populations that divide a split when no share is declared."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from terril.analytics.geography.history import History, Key


class Census(NamedTuple):
    """Municipal populations by code, in the geography of the first day of a year."""

    year: int
    populations: Mapping[str, int]


class Weights:
    """Populations by vintage, read for the communes of a split."""

    def __init__(self, history: History, censuses: Sequence[Census]) -> None:
        """Keep the history, that tells the communes which bore a code apart."""
        self.history = history
        self.censuses = censuses

    def __call__(self, targets: Sequence[Key], on: str) -> tuple[list[int], str] | None:
        """Return the populations of the parts of a split, and what was read.

        The census is the nearest to the day in which every part is known. A
        commune gone which was restored since, under its code and its name, is
        known by the populations it has had since.
        """
        day = int(on[:4])
        for census in sorted(self.censuses, key=lambda one: abs(one.year - day)):
            found = [self._population(key, census) for key in targets]
            known = [one for one in found if one is not None]
            if len(known) == len(targets) and any(known):
                return known, f"population {census.year}"
        return None

    def _population(self, key: Key, census: Census) -> int | None:
        code, _since = key
        then = self.history.on(code, f"{census.year}-01-01")
        is_same = then is not None and (then.key == key or then.name == self._name(key))
        return census.populations.get(code) if is_same else None

    def _name(self, key: Key) -> str:
        found = self.history.existences[key[0]]
        return next(one.name for one in found if one.key == key)
