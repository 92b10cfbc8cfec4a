"""Find things by their words: accents, elisions and typing errors forgiven."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from terril.site.commons.text import fold

# Words so common that they tell nothing apart, elisions among them.
COMMON = """
l d s n c j m t qu a au aux de des du en et la le les ou par pour sur un une
the of and in for to
"""
SILENT = frozenset(COMMON.split())
NAME_WEIGHT, TEXT_WEIGHT = 3.0, 1.0
EXACT, PREFIX, CLOSE = 1.0, 0.8, 0.55


@dataclass(frozen=True)
class Entry:
    """One thing that can be found: its name, and words said of it."""

    kind: str
    name: str
    url: str
    text: str = ""
    note: str = ""
    extra: str = ""
    is_example: bool = False


@dataclass(frozen=True)
class Found:
    """An entry, how well it answers, and the folded words that answered."""

    entry: Entry
    score: float
    words: frozenset[str]


@dataclass
class Index:
    """The words of all entries: which entries hold each, and how weightily."""

    entries: list[Entry]
    holders: dict[str, dict[int, float]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Index":
        index = cls(list(entries))
        for position, entry in enumerate(index.entries):
            index._hold(position, f"{entry.text} {entry.extra}", TEXT_WEIGHT)
            index._hold(position, entry.name, NAME_WEIGHT)
        return index

    def _hold(self, position: int, text: str, weight: float) -> None:
        for word in fold(text).split():
            self.holders.setdefault(word, {})[position] = weight


def words_of(query: str) -> list[str]:
    """Return the telling words of a query; all of them when none tells."""
    words = fold(query[:200]).split()[:12]
    return [word for word in words if word not in SILENT] or words


def search(index: Index, query: str) -> list[Found]:
    """Return the entries that answer every word of the query, the best first."""
    scores: dict[int, float] | None = None
    answered: dict[int, set[str]] = {}
    for word in words_of(query):
        here = _holders_of(index, word, answered)
        if scores is None:
            scores = here
        else:
            scores = {key: scores[key] + here[key] for key in scores.keys() & here}
    found = [
        Found(index.entries[key], score, frozenset(answered[key]))
        for key, score in (scores or {}).items()
    ]
    return sorted(found, key=lambda one: (-one.score, fold(one.entry.name)))


def _holders_of(
    index: Index, word: str, answered: dict[int, set[str]]
) -> dict[int, float]:
    best: dict[int, float] = {}
    for known, quality in _known_words(index, word).items():
        for key, weight in index.holders[known].items():
            best[key] = max(best.get(key, 0.0), quality * weight)
            answered.setdefault(key, set()).add(known)
    return best


def _known_words(index: Index, word: str) -> dict[str, float]:
    """Return the words of the index that a typed word may stand for."""
    begun = {known: PREFIX for known in index.holders if known.startswith(word)}
    if word in index.holders:
        begun[word] = EXACT
    if begun or len(word) < 4:
        return begun
    errors = 1 if len(word) < 8 else 2
    close = process.extract(
        word, list(index.holders), scorer=OSA.distance, score_cutoff=errors, limit=None
    )
    return {known: CLOSE / (1 + distance) for known, distance, _ in close}


def suggestions(index: Index, query: str, count: int = 3) -> list[str]:
    """Return the names that look most like a query which nothing answers."""
    names = {entry.name: fold(entry.name) for entry in index.entries}
    near = process.extract(
        fold(query[:200]), names, scorer=fuzz.WRatio, score_cutoff=60, limit=count
    )
    return [name for _, _, name in near]
