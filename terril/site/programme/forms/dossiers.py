"""One form built from the questions of a call; and who to write a dossier with."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from terril.site.programme.forms.fields import Pair, field_for
from terril.site.programme.models import Answer, Question
from terril.site.programme.queries.answers import sections_of
from terril.site.programme.rules import wording
from terril.site.programme.rules.answers import Given, fingerprint
from terril.site.programme.rules.completeness import anchor_of

K = Question.Kind
# What travels beside an answer: the version that was before the writer's eyes.
SEEN = "__seen"


@dataclass(frozen=True)
class Asked:
    """A question in the form: its field, and the version it shows."""

    question: Question
    field: BoundField
    answer: Answer | None

    @property
    def anchor(self) -> str:
        return anchor_of(self.question)

    @property
    def seen_name(self) -> str:
        return f"{self.question.key}{SEEN}"

    @property
    def seen(self) -> str:
        return seen_of(self.answer)


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

    @classmethod
    def for_call(
        cls,
        questions: Iterable[Question],
        answers: Mapping[int, Answer],
        data: QueryDict | None = None,
    ) -> Self:
        """Build the form; without data it holds what was saved, mistakes included."""
        asked = list(questions)
        form = cls({} if data is None else data)
        form.questions, form.answers = asked, answers
        for question in asked:
            form.fields[question.key] = field_for(question)
        if data is None:
            form.data = form._written()
        return form

    @property
    def sections(self) -> Iterator[FormSection]:
        for rank, (name, asked) in enumerate(sections_of(self.questions), 1):
            lines = [
                Asked(one, self[one.key], self.answers.get(one.pk)) for one in asked
            ]
            yield FormSection(name, f"section-{rank}", lines)

    def given(self) -> list[Given]:
        """Return every answer sent: its clean value, or what was typed, as it was."""
        written = (one for one in self.questions if one.kind != K.FILES)
        return [self._given(one) for one in written if self._is_sent(one)]

    def refusal_of(self, key: str) -> str:
        """Return why an answer is not valid, or nothing."""
        return " ".join(str(error) for error in self.errors.get(key, []))

    def _is_sent(self, question: Question) -> bool:
        return f"{question.key}{SEEN}" in self.data

    def _given(self, question: Question) -> Given:
        key = question.key
        is_valid = key not in self.errors
        value = self.cleaned_data[key] if is_valid else {"raw": self._raw(key)}
        revision, _dot, seen = self.data.get(f"{key}{SEEN}", "").partition(".")
        return Given(question, value, int(revision) if revision.isdigit() else 0, seen)

    def _raw(self, key: str) -> Any:
        typed = self[key].data
        if isinstance(typed, list):
            return [_plain(one) for one in typed]
        return _plain(typed)

    def _written(self) -> dict[str, Any]:
        """Return what the inputs hold when the form shows what was saved."""
        data: dict[str, Any] = {}
        for question in self.questions:
            if question.kind == K.FILES:
                continue
            answer = self.answers.get(question.pk)
            typed = wording.typed(question, answer.value if answer else None)
            widget = self.fields[question.key].widget
            if isinstance(widget, Pair):
                names = [f"{question.key}{suffix}" for suffix in widget.widgets_names]
                data.update(zip(names, typed, strict=True))
            else:
                data[question.key] = typed
        return data


class InvitationForm(forms.Form):
    """The address of somebody to write the dossier with."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("This person can write in the dossier, but not hand it in."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )


def seen_of(answer: Answer | None) -> str:
    """Return what tells the version of an answer: its number and its digest."""
    revision, value = (answer.revision, answer.value) if answer else (0, None)
    return f"{revision}.{fingerprint(value)}"


def _plain(text: str | None) -> str:
    # PostgreSQL keeps no text with this character in it.
    plain = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return plain.replace("\x00", "").strip()
