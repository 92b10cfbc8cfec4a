"""One form built from the questions of a call; and who to write a dossier with."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from terril.site.commons.models import Document
from terril.site.places.models import Place
from terril.site.programme.forms.fields import Pair, field_for
from terril.site.programme.forms.tables import LinesWidget
from terril.site.programme.models import Answer, Question
from terril.site.programme.queries.asked import sections_of
from terril.site.programme.queries.pages import WritingPage
from terril.site.programme.rules import wording
from terril.site.programme.rules.answers import Given, fingerprint
from terril.site.programme.rules.completeness import anchor_of
from terril.site.programme.rules.wording import Conflict

K = Question.Kind
# What travels beside an answer: the version that was before the writer's eyes.
SEEN = "__seen"


@dataclass(frozen=True)
class Sent:
    """What somebody sent; `keys` are the questions whose text is shown as sent."""

    data: QueryDict
    keys: frozenset[str] | None = None
    # Sent before a sign-in: the versions it was written on still count.
    is_again: bool = False

    @classmethod
    def again(cls, data: QueryDict) -> Self:
        return cls(data, is_again=True)

    def only(self, keys: frozenset[str]) -> Self:
        """Keep the text of some questions; the others are shown as they are saved."""
        return replace(self, keys=keys)

    def holds(self, key: str) -> bool:
        return f"{key}{SEEN}" in self.data and (self.keys is None or key in self.keys)


@dataclass(frozen=True)
class Asked:
    """A question in the form: its field, its files, the version it shows."""

    question: Question
    field: BoundField
    seen: str
    files: list[Document]
    refusals: list[str]
    conflict: Conflict | None
    is_shown: bool = True
    # Why this answer closes the call to the dossier, or nothing.
    reason: str = ""

    @property
    def anchor(self) -> str:
        return anchor_of(self.question)

    @property
    def seen_name(self) -> str:
        return f"{self.question.key}{SEEN}"

    @property
    def candidates(self) -> list[Place]:
        """Return the communes to choose from when a name is ambiguous."""
        self.field.errors  # noqa: B018 -- the field proposes while it is read
        return getattr(self.field.field, "candidates", [])

    @property
    def latitude_id(self) -> str:
        return f"{self.field.auto_id}_0"

    @property
    def longitude_id(self) -> str:
        return f"{self.field.auto_id}_1"


@dataclass(frozen=True)
class FormSection:
    """A section of the form, with its anchor."""

    name: str
    anchor: str
    asked: list[Asked]


class DossierForm(forms.Form):
    """The form of a dossier: it reads what is typed, and never refuses the whole."""

    use_required_attribute = False
    questions: list[Question]
    answers: Mapping[int, Answer]
    sent: Sent | None

    @classmethod
    def for_call(
        cls,
        questions: Iterable[Question],
        answers: Mapping[int, Answer],
        sent: Sent | None = None,
    ) -> Self:
        """Build the form: what was saved, and what was sent where something was."""
        form = cls({})
        form.questions, form.answers, form.sent = list(questions), answers, sent
        for question in form.questions:
            form.fields[question.key] = field_for(question)
        form.data = form._written()
        return form

    def sections(self, page: WritingPage) -> Iterator[FormSection]:
        """Cut the form in sections, each question with what surrounds it."""
        for rank, (name, asked) in enumerate(sections_of(self.questions), 1):
            lines = [self._asked(one, page) for one in asked]
            yield FormSection(name, f"section-{rank}", lines)

    def needing(self, *fills: str) -> Self:
        """Say that only some answers are needed: another hand fills the form in."""
        for question in self.questions:
            is_needed = question.is_required and question.fills in fills
            self.fields[question.key].required = is_needed
        return self

    def previewed(
        self, shown: frozenset[str] | None
    ) -> list[tuple[str, list[tuple[BoundField, bool, str]]]]:
        """Cut the form in sections for a preview: field, shown or not, version name.

        Nothing is kept of a preview; without anything tried, everything shows.
        """
        return [
            (
                name,
                [
                    (
                        self[one.key],
                        shown is None or one.key in shown,
                        f"{one.key}{SEEN}",
                    )
                    for one in asked
                ],
            )
            for name, asked in sections_of(self.questions)
        ]

    def tried(self) -> dict[int, Any]:
        """Return what is answered in a trial, where files count as joined."""
        joined = {one.pk: [0] for one in self.questions if one.kind == K.FILES}
        return joined | {one.question.pk: one.value for one in self.given()}

    def given(self) -> list[Given]:
        """Return every answer sent: its clean value, or what was typed, as it was."""
        return [
            self._given(one)
            for one in self.questions
            if one.kind != K.FILES and self.sent and self.sent.holds(one.key)
        ]

    def refusal_of(self, key: str) -> str:
        """Return why an answer is not valid, or nothing."""
        return " ".join(str(error) for error in self.errors.get(key, []))

    def _asked(self, question: Question, page: WritingPage) -> Asked:
        return Asked(
            question,
            self[question.key],
            self._seen(question),
            page.files_for(question),
            page.refusals.get(question.key, []),
            page.conflicts.get(question.key),
            question.key in page.shown,
            page.reason_for(question),
        )

    def _seen(self, question: Question) -> str:
        """Return the version that was before the writer's eyes."""
        if self.sent and self.sent.is_again and self.sent.holds(question.key):
            return str(self.sent.data[f"{question.key}{SEEN}"])
        return seen_of(self.answers.get(question.pk))

    def _given(self, question: Question) -> Given:
        key = question.key
        is_valid = key not in self.errors
        value = self.cleaned_data[key] if is_valid else {"raw": self._raw(key)}
        sent = str(self.sent.data[f"{key}{SEEN}"]) if self.sent else ""
        revision, _dot, seen = sent.partition(".")
        is_number = revision.isdecimal() and len(revision) < 10
        return Given(question, value, int(revision) if is_number else 0, seen)

    def _raw(self, key: str) -> Any:
        return _plain_all(self[key].data)

    def _written(self) -> dict[str, Any]:
        """Return what the inputs hold: as saved, or as sent."""
        data: dict[str, Any] = {}
        for question in self.questions:
            if question.kind == K.FILES:
                continue
            answer = self.answers.get(question.pk)
            typed = wording.typed(question, answer.value if answer else None)
            data.update(self._inputs(question, typed))
        return data

    def _inputs(self, question: Question, typed: wording.Words) -> dict[str, Any]:
        widget, key = self.fields[question.key].widget, question.key
        if self.sent and self.sent.holds(key):
            typed = widget.value_from_datadict(self.sent.data, {}, key)
        if isinstance(widget, Pair | LinesWidget):
            return dict(widget.spread(key, typed))
        return {key: typed}


class InvitationForm(forms.Form):
    """The address of somebody to write the dossier with."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("This person can write in the dossier, but not hand it in."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )


def seen_of(answer: Answer | None) -> str:
    """Return what tells the version of an answer: its number and its digest."""
    revision, value = (answer.revision, answer.value) if answer else (0, None)
    return f"{revision}.{fingerprint(value)}"


def _plain_all(typed: Any) -> Any:
    if isinstance(typed, list):
        return [_plain_all(one) for one in typed]
    return _plain(typed)


def _plain(text: str | None) -> str:
    # PostgreSQL keeps no text with this character in it.
    plain = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return plain.replace("\x00", "").strip()
