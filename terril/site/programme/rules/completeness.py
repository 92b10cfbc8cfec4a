"""What is done in a dossier, what is missing, what must be corrected: by section."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, ngettext

from terril.site.commons.templatetags.format import number
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
    is_required: bool = False


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

    @property
    def is_missing(self) -> bool:
        return not self.is_done

    @property
    def is_untouched(self) -> bool:
        """Tell whether nothing was answered, in a section which asks nothing."""
        return self.is_done and not self.done_count

    @property
    def note(self) -> str:
        """Say in a few words what is left, for the summary at the side."""
        if self.is_untouched:
            return str(Mark.OPTIONAL.label)
        if self.wrong:
            return ngettext("%(n)s to correct", "%(n)s to correct", len(self.wrong)) % {
                "n": number(len(self.wrong))
            }
        if self.missing:
            return ngettext("%(n)s missing", "%(n)s missing", len(self.missing)) % {
                "n": number(len(self.missing))
            }
        return ""


@dataclass(frozen=True)
class Reason:
    """Why the dossier may not apply, and where the answer that says so stands."""

    text: str
    anchor: str


@dataclass(frozen=True)
class Completeness:
    """The whole dossier, and when somebody last saved something."""

    sections: list[Section] = field(default_factory=list)
    saved_at: datetime | None = None
    reasons: list[Reason] = field(default_factory=list)

    @property
    def missing(self) -> list[Item]:
        return [item for section in self.sections for item in section.missing]

    @property
    def wrong(self) -> list[Item]:
        return [item for section in self.sections for item in section.wrong]

    @property
    def faults(self) -> list[Item]:
        return [*self.missing, *self.wrong]

    @property
    def done_count(self) -> int:
        """Count the required answers that are given and valid."""
        return self.asked_count - len(self.missing) - len(self.wrong)

    @property
    def asked_count(self) -> int:
        """Count the answers that the deposit needs, or that must be corrected."""
        marks = [item for section in self.sections for item in section.items]
        return sum(item.is_required or item.mark == Mark.WRONG for item in marks)

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.wrong

    @property
    def is_eligible(self) -> bool:
        return not self.reasons


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
