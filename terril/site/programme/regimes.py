"""The rules of an edition as validated data: who may apply, stages, committees, outcomes.

A regime is a text in JSON. Templates ship in `texts/*.json`; an agent copies
one, edits it and publishes it. Once published it is hashed and never changes.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import get_language, gettext_lazy as _

from terril.site.commons.errors import Refused, Sentence

TEXTS = Path(__file__).parent / "texts"
TEMPLATES = ("euralens-2022", "euralens-2012")


class RegimeRefused(Refused):
    """The text of a regime cannot be read."""


@dataclass(frozen=True)
class Text:
    """A sentence in both languages; it reads in the reader's."""

    fr: str
    en: str = ""

    def __str__(self) -> str:
        return self.en if self.en and get_language() == "en" else self.fr

    def __bool__(self) -> bool:
        return bool(self.fr)


@dataclass(frozen=True)
class Named:
    """Something of a regime with a name in both languages."""

    key: str
    name: str
    name_en: str = ""
    # True where no source gives the rule and this software proposes one.
    is_proposal: bool = False

    def __str__(self) -> str:
        return str(Text(self.name, self.name_en))


@dataclass(frozen=True)
class Stage(Named):
    """A stage that a dossier goes through."""

    note: str = ""
    note_en: str = ""

    @property
    def says(self) -> str:
        return str(Text(self.note, self.note_en))


@dataclass(frozen=True)
class Committee(Named):
    """A committee that gives an opinion; `looks_at` says on what."""

    looks_at: str = ""
    looks_at_en: str = ""

    @property
    def reads(self) -> str:
        return str(Text(self.looks_at, self.looks_at_en))


@dataclass(frozen=True)
class Criterion(Named):
    """One line of the grid, in its family."""

    family: str = ""
    family_en: str = ""

    @property
    def heading(self) -> str:
        return str(Text(self.family, self.family_en))


@dataclass(frozen=True)
class Outcome(Named):
    """A way of deciding, and what it demands and leads to."""

    is_labelled: bool = False
    needs_reservations: bool = False
    comes_back: bool = False
    is_public: bool = False

    @property
    def is_listed(self) -> bool:
        # What has to mature, heard of by the public apart from labels.
        return self.is_public and self.comes_back


@dataclass(frozen=True)
class RegimeText:
    """A whole regime, read and checked."""

    title: Text
    era: Text
    who_may_apply: Text
    stages: list[Stage]
    committees: list[Committee]
    criteria: list[Criterion]
    outcomes: list[Outcome]
    # Empty where no source names it; the proposal says what this software deduces.
    deciding_body: Text
    deciding_body_proposal: Text = field(default_factory=lambda: Text(""))
    unknowns: list[Text] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    # None: no source gives a duration, so a label has none.
    duration_years: int | None = None

    def outcome(self, key: str) -> Outcome:
        return _one(self.outcomes, key, _("This regime has no outcome “%(key)s”."))

    def committee(self, key: str) -> Committee:
        return _one(self.committees, key, _("This regime has no committee “%(key)s”."))

    @property
    def committee_keys(self) -> list[str]:
        return [committee.key for committee in self.committees]


AnyNamed = TypeVar("AnyNamed", bound=Named)


def _one(found: list[AnyNamed], key: str, sentence: Sentence) -> AnyNamed:
    for one in found:
        if one.key == key:
            return one
    keys = ", ".join(one.key for one in found)
    raise RegimeRefused(
        str(sentence) % {"key": key},
        next_step=_("Choose one of: %(keys)s.") % {"keys": keys},
    )


def read(text: dict[str, Any]) -> RegimeText:
    """Return a regime, read whole, or refuse with the first thing to mend."""
    _check_keys(text)
    regime = RegimeText(
        **{key: READERS[key](key, value) for key, value in text.items()}
    )
    for name in ("stages", "committees", "outcomes"):
        if not getattr(regime, name):
            raise RegimeRefused(_("“%(name)s” lists nothing.") % {"name": name})
    _check_outcomes(regime.outcomes)
    return regime


def _check_keys(text: dict[str, Any]) -> None:
    if not isinstance(text, dict):
        raise RegimeRefused(_("A regime is an object in JSON, between braces."))
    for key in READERS:
        if key not in text:
            raise RegimeRefused(
                _("“%(key)s” is missing.") % {"key": key},
                next_step=_("Add it; leave it empty if it is not known."),
            )
    for key in text:
        if key not in READERS:
            raise RegimeRefused(
                _("“%(key)s” is not a part of a regime.") % {"key": key}
            )


def _check_outcomes(outcomes: list[Outcome]) -> None:
    if not any(outcome.is_labelled for outcome in outcomes):
        raise RegimeRefused(_("No outcome awards the label."))
    for outcome in outcomes:
        named = {"key": outcome.key}
        if outcome.is_labelled and outcome.comes_back:
            sentence = _("The outcome “%(key)s” both awards the label and comes back.")
            raise RegimeRefused(sentence % named)
        if outcome.is_public and not (outcome.is_labelled or outcome.comes_back):
            sentence = _("The outcome “%(key)s” is a refusal: it is never public.")
            raise RegimeRefused(sentence % named)


def _text(key: str, value: Any) -> Text:
    if not isinstance(value, dict) or not {"fr"} <= set(value) <= {"fr", "en"}:
        raise RegimeRefused(
            _("“%(key)s” is a sentence in French and English.") % {"key": key},
            next_step=_('Write it as {"fr": "…", "en": "…"}.'),
        )
    return Text(str(value["fr"]), str(value.get("en", "")))


def _filled(key: str, value: Any) -> Text:
    text = _text(key, value)
    if not text:
        raise RegimeRefused(_("“%(key)s” is empty in French.") % {"key": key})
    return text


def _list(key: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise RegimeRefused(_("“%(key)s” is a list.") % {"key": key})
    return value


def _named(kind: type[AnyNamed]) -> Callable[[str, Any], list[AnyNamed]]:
    allowed = {one.name for one in fields(kind)}

    def reader(key: str, value: Any) -> list[AnyNamed]:
        found: list[AnyNamed] = []
        for one in _list(key, value):
            _check_named(key, one, allowed)
            if one["key"] in [known.key for known in found]:
                raise RegimeRefused(
                    _("“%(one)s” stands twice in “%(key)s”.")
                    % {"one": one["key"], "key": key}
                )
            found.append(kind(**one))
        return found

    return reader


def _check_named(key: str, one: Any, allowed: set[str]) -> None:
    if not isinstance(one, dict) or not one.get("key") or not one.get("name"):
        raise RegimeRefused(
            _("Each line of “%(key)s” has a key and a name.") % {"key": key}
        )
    for word in one:
        if word not in allowed:
            raise RegimeRefused(
                _("“%(word)s” means nothing in “%(key)s”.") % {"word": word, "key": key}
            )


def _texts(key: str, value: Any) -> list[Text]:
    return [_filled(key, one) for one in _list(key, value)]


def _addresses(key: str, value: Any) -> list[str]:
    for one in _list(key, value):
        if not str(one).startswith(("https://", "http://")):
            raise RegimeRefused(
                _("“%(one)s” is not the address of a source.") % {"one": one}
            )
    return list(value)


def _years(key: str, value: Any) -> int | None:
    if value is None or (type(value) is int and 0 < value <= 100):
        return value
    raise RegimeRefused(
        _("“%(key)s” is a number of years, or null where none is known.") % {"key": key}
    )


READERS: dict[str, Callable[[str, Any], Any]] = {
    "title": _filled,
    "era": _filled,
    "who_may_apply": _filled,
    "stages": _named(Stage),
    "committees": _named(Committee),
    "criteria": _named(Criterion),
    "outcomes": _named(Outcome),
    "deciding_body": _text,
    "deciding_body_proposal": _text,
    "unknowns": _texts,
    "sources": _addresses,
    "duration_years": _years,
}


def template(key: str) -> dict[str, Any]:
    """Return the text of a template that ships with the software."""
    text: dict[str, Any] = json.loads((TEXTS / f"{key}.json").read_text("utf-8"))
    return text


def template_questions() -> list[dict[str, Any]]:
    """Return the questions proposed to a new call."""
    path = TEXTS / "questions-2022.json"
    questions: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return questions


def digest_of(text: dict[str, Any]) -> str:
    """Return the SHA-256 of a regime, whatever the order of its keys."""
    canonical = json.dumps(
        text, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
