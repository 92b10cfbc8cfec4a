"""Prefilled links: what one would write, and the link made from what is typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from terril.site.programme.forms.dossiers import SEEN, DossierForm, Sent
from terril.site.programme.models import Question
from terril.site.programme.rules import wording
from terril.site.programme.rules.answers import Given
from terril.site.programme.rules.prefill import (
    PREFIX,
    inputs_of,
    may_be_prefilled,
    unknown_among,
)


@dataclass(frozen=True)
class Line:
    """An answer that a link would write: in words, and why it is not valid."""

    label: str
    words: str
    refusal: str


@dataclass(frozen=True)
class Prefilled:
    """What a link would write, and what it names that is not asked."""

    given: list[Given]
    lines: list[Line]
    ignored: list[str]


def prefilled(questions: Iterable[Question], query: QueryDict) -> Prefilled:
    """Read a link: clean values where they can be, else what was written, as it was."""
    asked = [one for one in questions if may_be_prefilled(one)]
    data = QueryDict(mutable=True)
    for question in asked:
        for name in (one for one in inputs_of(question) if f"{PREFIX}{one}" in query):
            data.setlist(name, query.getlist(f"{PREFIX}{name}"))
            data[f"{question.key}{SEEN}"] = ""
    form = DossierForm.for_call(asked, {}, Sent(data))
    given = form.given()
    lines = [
        Line(
            one.question.localised("label"),
            wording.read(one.question, one.value),
            form.refusal_of(one.question.key),
        )
        for one in given
    ]
    return Prefilled(given, lines, unknown_among(query, asked))


def query_of(questions: Iterable[Question], typed: QueryDict) -> str:
    """Write what is typed as the end of a link; what is empty is left out."""
    pairs = [
        (f"{PREFIX}{name}", text)
        for question in questions
        for name in inputs_of(question)
        for text in typed.getlist(name)
        if text.strip()
    ]
    return urlencode(pairs)
