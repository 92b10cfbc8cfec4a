"""What a commune came from and became, in words, told from the movements.

The words are here, in French and in English, for the command, the pages and the
files alike: one graph, one story.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from terril.analytics.geography.french import contracted, listed
from terril.analytics.geography.history import Key, Link

FRENCH, ENGLISH = "fr", "en"
# INSEE's kinds of movement (MOD) that tell communes.
RENAMED, CREATED, REESTABLISHED, SUPPRESSED = "10", "20", "21", "30"
MERGED, COMMUNE_NOUVELLE, ASSOCIATED = "31", "32", "33"
RECODED, SEAT_MOVED = "41", "50"
MERGERS = frozenset({MERGED, COMMUNE_NOUVELLE, ASSOCIATED})
RECODINGS = frozenset({RECODED, SEAT_MOVED})
MERGER, RECODING = "merger", "recoding"


class Words(NamedTuple):
    """One thing to say: in French and English, of one commune or of several."""

    french: str
    english: str
    french_many: str = ""
    english_many: str = ""

    def said(self, language: str, names: Sequence[str], kind: str = "") -> str:
        """Return the sentence in a language, with its names."""
        is_french = language == FRENCH
        one, many = (
            (self.french, self.french_many)
            if is_french
            else (self.english, self.english_many)
        )
        sentence = (many or one) if len(names) > 1 else one
        first, last = (names[0], names[-1]) if names else ("", "")
        told = sentence.format(
            names=listed(names, "et" if is_french else "and"),
            first=first,
            last=last,
            kind=kind,
        )
        return contracted(told) if is_french else told


KINDS: Mapping[str, Words] = {
    RENAMED: Words("changement de nom", "change of name"),
    CREATED: Words("création", "creation"),
    REESTABLISHED: Words("rétablissement", "re-establishment"),
    SUPPRESSED: Words("suppression", "suppression"),
    MERGED: Words("fusion simple", "simple merger"),
    COMMUNE_NOUVELLE: Words("commune nouvelle", "commune nouvelle"),
    ASSOCIATED: Words("fusion-association", "merger-association"),
    RECODED: Words("changement de code", "change of code"),
    SEAT_MOVED: Words(
        "changement de code par transfert du chef-lieu",
        "change of code as the chef-lieu moves",
    ),
}
# By kind, and by whether the commune begins that day.
INTO: Mapping[tuple[str, bool], Words] = {
    (MERGER, True): Words(
        "Prend la place de {names}.",
        "Takes the place of {names}.",
        "Née de la fusion de {names}.",
        "Born of the merger of {names}.",
    ),
    (MERGER, False): Words(
        "{names} la rejoint.",
        "{names} joins it.",
        "{names} la rejoignent.",
        "{names} join it.",
    ),
    (CREATED, True): Words("Créée à partir de {names}.", "Created from {names}."),
    (REESTABLISHED, True): Words(
        "Redevient une commune à part entière, séparée de {names}.",
        "Becomes a commune of its own again, apart from {names}.",
    ),
    (SUPPRESSED, False): Words(
        "Reçoit une part de {names}, supprimée.",
        "Receives land of {names}, which is suppressed.",
    ),
    (RECODING, True): Words(
        "Auparavant {names}, sous un autre code.",
        "Until then {names}, under another code.",
    ),
    (RECODING, False): Words(
        "{names} la rejoint, par changement de code.",
        "{names} joins it, by a change of code.",
    ),
}
# By kind, and by whether the commune ends that day.
OUT: Mapping[tuple[str, bool], Words] = {
    (MERGER, True): Words("Fusionne dans {names}.", "Merges into {names}."),
    (CREATED, False): Words(
        "{names} est créée à partir de son territoire.",
        "{names} is created from part of it.",
        "{names} sont créées à partir de son territoire.",
        "{names} are created from part of it.",
    ),
    (REESTABLISHED, False): Words(
        "{names} redevient une commune à part entière.",
        "{names} becomes a commune of its own again.",
        "{names} redeviennent des communes à part entière.",
        "{names} become communes of their own again.",
    ),
    (REESTABLISHED, True): Words(
        "Scission : {names} redevient une commune à part entière.",
        "Divided: {names} becomes a commune of its own again.",
        "Scission : {names} redeviennent des communes à part entière.",
        "Divided: {names} become communes of their own again.",
    ),
    (SUPPRESSED, True): Words(
        "Supprimée ; son territoire va à {names}.",
        "Suppressed; its land goes to {names}.",
    ),
    (RECODING, True): Words(
        "Devient {names}, sous un autre code.",
        "Goes on as {names}, under another code.",
    ),
}
PLAIN_INTO = Words("Mouvement depuis {names}.", "Movement from {names}.")
PLAIN_OUT = Words("Mouvement vers {names}.", "Movement towards {names}.")
UNKNOWN_INTO = Words(
    "Mouvement de type {kind}, non connu ici, depuis {names}.",
    "Movement of kind {kind}, unknown here, from {names}.",
)
UNKNOWN_OUT = Words(
    "Mouvement de type {kind}, non connu ici, vers {names}.",
    "Movement of kind {kind}, unknown here, towards {names}.",
)
ENTERS = Words("Entre dans la liste des communes.", "Enters the list of communes.")
LEAVES = Words("Sort de la liste des communes.", "Leaves the list of communes.")
TAKES_NAME = Words("{first} prend le nom de {last}.", "{first} takes the name {last}.")


@dataclass(frozen=True)
class Life:
    """The commune whose story is told: its key and the day it ended, if it did."""

    key: Key
    until: str = ""


@dataclass(frozen=True)
class Step:
    """One day in the life of a commune: what happened, and with whom.

    `way` is `same` for a change of name, `into` when others come to it, `out`
    when it goes to others, itself or a part.
    """

    on: str
    kind: str
    way: str
    words: Words
    names: tuple[str, ...]
    others: tuple[Key, ...] = ()

    def said(self, language: str = FRENCH) -> str:
        """Return the step as a sentence, in French or in English."""
        return self.words.said(language, self.names, self.kind)

    def named(self, language: str = FRENCH) -> str:
        """Return the name of the kind of movement; its number when unknown here."""
        words = KINDS.get(self.kind)
        return words.said(language, ()) if words else self.kind


def story(life: Life, links: Iterable[Link]) -> tuple[Step, ...]:
    """Return the steps of a commune, oldest first; links of others are left out."""
    days: dict[tuple[str, str, str], list[Link]] = defaultdict(list)
    for link in sorted(links, key=lambda link: (link.on, link.kind)):
        way = _way(life.key, link)
        if way:
            days[link.on, link.kind, way].append(link)
    return tuple(_step(life, way, found) for (_on, _k, way), found in days.items())


def _way(key: Key, link: Link) -> str:
    if key not in (link.before, link.after):
        return ""
    if link.before == link.after:
        return "same"
    return "into" if link.after == key else "out"


def _step(life: Life, way: str, links: Sequence[Link]) -> Step:
    on, kind = links[0].on, links[0].kind
    if way == "same":
        names = (links[-1].before_name, links[-1].after_name)
        return Step(on, kind, way, TAKES_NAME, names)
    is_into = way == "into"
    sides = [
        (link.before, link.before_name) if is_into else (link.after, link.after_name)
        for link in links
    ]
    others = [(key, name) for key, name in sides if key is not None]
    return Step(
        on,
        kind,
        way,
        _words(life, on, kind, is_into=is_into) if others else _alone(is_into=is_into),
        tuple(name for _key, name in others),
        tuple(key for key, _name in others),
    )


def _words(life: Life, on: str, kind: str, *, is_into: bool) -> Words:
    is_turning = on == (life.key[1] if is_into else life.until)
    family = {**dict.fromkeys(MERGERS, MERGER), **dict.fromkeys(RECODINGS, RECODING)}
    told = (INTO if is_into else OUT).get((family.get(kind, kind), is_turning))
    return told or _plain(kind, is_into=is_into)


def _plain(kind: str, *, is_into: bool) -> Words:
    """Return a sentence which says no more than the file does."""
    if kind in KINDS:
        return PLAIN_INTO if is_into else PLAIN_OUT
    return UNKNOWN_INTO if is_into else UNKNOWN_OUT


def _alone(*, is_into: bool) -> Words:
    return ENTERS if is_into else LEAVES
