"""Read the text of a regime, or say the first thing to mend."""

import json
import re
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from terril.site.programme.regimes import checks
from terril.site.programme.regimes.parts import (
    AnyNamed,
    Committee,
    Criterion,
    Eligibility,
    Level,
    Outcome,
    RegimeRefused,
    RegimeText,
    Stage,
    Text,
)

# What a key may be: it stands in addresses and in forms.
KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
Whole = TypeVar("Whole", Eligibility, Level)


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
    checks.check(regime)
    return regime


def _check_keys(text: dict[str, Any]) -> None:
    if not isinstance(text, dict):
        raise RegimeRefused(_("A regime is an object in JSON, between braces."))
    _check_signs(text)
    for key in READERS:
        if key not in text and key not in OPTIONAL:
            raise RegimeRefused(
                _("“%(key)s” is missing.") % {"key": key},
                next_step=_("Add it; leave it empty if it is not known."),
            )
    for key in text:
        if key not in READERS:
            raise RegimeRefused(
                _("“%(key)s” is not a part of a regime.") % {"key": key}
            )


def _check_signs(text: dict[str, Any]) -> None:
    """Refuse halves of signs, which neither a page nor a digest can hold."""
    try:
        json.dumps(text, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise RegimeRefused(_("A sign of this text is broken in two.")) from None


def _check_kinds(key: str, one: dict[str, Any], kind: type[Any]) -> None:
    """Refuse a value that is not of the kind that its name calls for."""
    for part in fields(kind):
        value = one.get(part.name, "")
        if part.name in one and not _is_of(value, part.type):
            raise RegimeRefused(
                _("In “%(key)s”, “%(name)s” is not written as it should be.")
                % {"key": key, "name": part.name}
            )


def _is_of(value: Any, kind: Any) -> bool:
    """Tell whether a value is of a kind; true and false are no numbers."""
    if kind == tuple[str, ...]:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number if kind is int else _is_other(value, kind, is_number=is_number)


def _is_other(value: Any, kind: Any, *, is_number: bool) -> bool:
    if kind == int | None:
        return value is None or is_number
    return isinstance(value, kind)


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
    is_said = isinstance(value, dict) and {"fr"} <= set(value) <= {"fr", "en"}
    if not is_said or not all(isinstance(one, str) for one in value.values()):
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
            _check_kinds(key, one, kind)
            _check_key(one["key"])
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


def _check_key(key: str) -> None:
    """Refuse a key that cannot stand in an address."""
    if not KEY.fullmatch(key):
        raise RegimeRefused(
            _("“%(key)s” is not a key: letters, figures and hyphens, as in addresses.")
            % {"key": key[:40]}
        )


def _texts(key: str, value: Any) -> list[Text]:
    return [_filled(key, one) for one in _list(key, value)]


def _addresses(key: str, value: Any) -> list[str]:
    for one in _list(key, value):
        if not isinstance(one, str) or not one.startswith(("https://", "http://")):
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


def _months(key: str, value: Any) -> int | None:
    if value is None or (type(value) is int and 0 < value <= 600):
        return value
    raise RegimeRefused(
        _("“%(key)s” is a number of months, or null where none is stated.")
        % {"key": key}
    )


def _levels(key: str, value: Any) -> list[Level]:
    return [_of(key, one, Level) for one in _list(key, value)]


def _eligibility(key: str, value: Any) -> Eligibility:
    found = _of(key, value, Eligibility)
    return replace(found, kinds=tuple(found.kinds))


def _of(key: str, value: Any, kind: type[Whole]) -> Whole:
    """Return a small part from its object, or refuse what it does not know."""
    known = {one.name for one in fields(kind)}
    if not isinstance(value, dict) or set(value) - known:
        raise RegimeRefused(
            _("“%(key)s” holds only: %(names)s.")
            % {"key": key, "names": ", ".join(sorted(known))}
        )
    _check_kinds(key, value, kind)
    try:
        return kind(**value)
    except TypeError:
        raise RegimeRefused(
            _("A line of “%(key)s” is not whole.") % {"key": key}
        ) from None


# What texts published before these parts existed do not say.
OPTIONAL = ("eligibility", "scale", "publicity", "retention_months")
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
    "eligibility": _eligibility,
    "scale": _levels,
    "publicity": _text,
    "retention_months": _months,
}
