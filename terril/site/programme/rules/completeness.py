"""What is done in a dossier, what is missing, what must be corrected: by section."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from terril.site.programme.models import Question
from terril.site.programme.rules.answers import is_empty, is_raw


class Mark(TextChoices):
    """Where one question stands."""

    DONE = "done", _("done")
    MISSING = "missing", _("missing")
    WRONG = "wrong", _("to be corrected")
    OPTIONAL = "optional", _("optional")


@dataclass(frozen=True)
class Item:
    """One question of the dossier and where it stands."""

    label: str
    anchor: str
    mark: Mark


@dataclass(frozen=True)
class Section:
    """A part of the form."""

    name: str
    anchor: str
    items: list[Item]

    @property
    def missing(self) -> list[Item]:
        return [item for item in self.items if item.mark == Mark.MISSING]

    @property
    def wrong(self) -> list[Item]:
        return [item for item in self.items if item.mark == Mark.WRONG]

    @property
    def done_count(self) -> int:
        return sum(item.mark == Mark.DONE for item in self.items)

    @property
    def is_done(self) -> bool:
        return not self.missing and not self.wrong


@dataclass(frozen=True)
class Completeness:
    """The whole dossier, and when somebody last saved something."""

    sections: list[Section] = field(default_factory=list)
    saved_at: datetime | None = None

    @property
    def missing(self) -> list[Item]:
        return [item for section in self.sections for item in section.missing]

    @property
    def wrong(self) -> list[Item]:
        return [item for section in self.sections for item in section.wrong]

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.wrong


def anchor_of(question: Question) -> str:
    """Return the anchor of a question in the form."""
    return f"q-{question.key}"


def mark_of(question: Question, value: object) -> Mark:
    """Say where one question stands, from its answer."""
    if is_raw(value):
        return Mark.WRONG
    if not is_empty(value):
        return Mark.DONE
    return Mark.MISSING if question.is_required else Mark.OPTIONAL
