"""What the legal pages say: who publishes, what is held of people, how accessible."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terril.site.website.rules import audit as audits
from terril.site.website.rules.processing import (
    COLUMNS,
    PROCESSINGS,
    TABLES,
    Processing,
)

Words = str | Promise


@dataclass(frozen=True)
class Holding:
    """A kind of row that speaks of people: its name, and its columns in words."""

    name: str
    columns: list[str]


@dataclass(frozen=True)
class Line:
    """One line of the register of processing, with what the tables really hold."""

    processing: Processing
    holdings: list[Holding]


def publisher() -> dict[str, str]:
    """Return what the territory says of itself; what is empty is not filled in."""
    return dict(settings.LEGAL)


def processing_register() -> list[Line]:
    """Return each use of personal data, its tables read from the models."""
    return [
        Line(one, [_holding(apps.get_model(label)) for label in one.models])
        for one in PROCESSINGS
    ]


def _holding(model: type[Model]) -> Holding:
    named = [_in_words(field) for field in model._meta.concrete_fields]
    columns = list(dict.fromkeys(str(words) for words in named if words))
    name = TABLES.get(model._meta.label, model._meta.verbose_name_plural)
    return Holding(str(name), columns)


def _in_words(field: "Field[object, object]") -> Words:
    # Columns that somebody may fill in bear a name meant for people.
    if isinstance(field.verbose_name, Promise):
        return field.verbose_name
    return COLUMNS.get(field.name, "")


@cache
def _filed_audit(path: str) -> audits.Audit | None:
    return audits.read(Path(path)) if path else None


@dataclass(frozen=True)
class Accessibility:
    """What the statement declares, and the audit it rests on."""

    level: Words
    audit: audits.Audit | None
    is_expired: bool


def accessibility(today: date) -> Accessibility:
    """Return the state of accessibility: none may be claimed without an audit."""
    audit = _filed_audit(settings.LEGAL["rgaa_audit"])
    is_expired = audit is not None and not audit.is_valid(today)
    return Accessibility(audits.level(audit, today), audit, is_expired)


AUTOMATIC_CHECKS: list[Words] = [
    _("axe, in a real browser, on the pages of every role, in light and dark"),
    _("the same at 320 and 1440 pixels of width"),
    _("the handing in of a dossier with the keyboard alone, and without scripts"),
]
