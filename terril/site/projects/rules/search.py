"""Search that forgives accents and typing errors, over folded texts."""

from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

_LINKING = "a au aux d de des du en et l la le les of the un une"
LINKING = frozenset(_LINKING.split(" "))
EXACT, BEGINNING, INSIDE, CLOSE, IN_NAME = 4.0, 3.0, 2.0, 1.0, 2.0
MOST_WORDS = 8


def ranked(texts: Mapping[int, str], words: str) -> list[int]:
    """Return the keys of the texts that hold every word, the best first.

    A text is folded, its first line being its name; words are folded too.
    """
    wanted = _wanted(words)
    split = {key: _split(text) for key, text in texts.items()}
    known = {word for name, rest in split.values() for word in (*name, *rest)}
    weights = [_weights(word, known) for word in wanted]
    scores = {key: _score(*parts, weights) for key, parts in split.items()}
    found = [key for key, score in scores.items() if score]
    return sorted(found, key=lambda key: (-scores[key], texts[key]))


def _wanted(words: str) -> list[str]:
    every = words.split()[:MOST_WORDS]
    return [word for word in every if word not in LINKING] or every


def _split(text: str) -> tuple[frozenset[str], frozenset[str]]:
    name, _, rest = text.partition("\n")
    return frozenset(name.split()), frozenset(rest.split())


def _weights(wanted: str, known: Iterable[str]) -> dict[str, float]:
    """Weigh the words that a typed word may mean; the others are left out."""
    found = {word: _weight(wanted, word) for word in known}
    return {word: weight for word, weight in found.items() if weight}


def _weight(wanted: str, word: str) -> float:
    if wanted == word:
        return EXACT
    if word.startswith(wanted):
        return BEGINNING
    if len(wanted) >= 4 and wanted in word:
        return INSIDE
    slips = _slips(wanted)
    is_close = slips and OSA.distance(wanted, word, score_cutoff=slips) <= slips
    return CLOSE if is_close else 0.0


def _slips(wanted: str) -> int:
    """Return how many typing errors are forgiven in a word of this length."""
    if len(wanted) < 4 or wanted.isdigit():
        return 0
    return 1 if len(wanted) < 7 else 2


def _score(
    name: frozenset[str], rest: frozenset[str], weights: list[dict[str, float]]
) -> float:
    total = 0.0
    for weight in weights:
        in_name = max((weight[w] + IN_NAME for w in name if w in weight), default=0.0)
        in_rest = max((weight[w] for w in rest if w in weight), default=0.0)
        if not (in_name or in_rest):
            return 0.0
        total += max(in_name, in_rest)
    return total
