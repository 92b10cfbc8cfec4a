"""What an agent types of a question: lines cut in parts, values of a condition."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _

from terril.site.programme.forms.plain import AmountAnswer, DateAnswer, NumberAnswer
from terril.site.programme.models import Question
from terril.site.programme.rules import wording
from terril.site.programme.rules.conditions import NO_VALUE, Verb, is_suited
from terril.site.programme.rules.tables import CellKind

K = Question.Kind
FIELDS = {K.AMOUNT: AmountAnswer, K.NUMBER: NumberAnswer, K.DATE: DateAnswer}


def parts_of(lines: str) -> Iterator[tuple[str, str, str]]:
    """Cut each line in three at its bars; what is missing is empty."""
    for line in filter(None, map(str.strip, lines.splitlines())):
        label, english, kind, *_rest = [one.strip() for one in f"{line}|||".split("|")]
        yield label, english, kind.lower()


def free_key(label: str, taken: set[str]) -> str:
    """Return a key made of a label that nothing bears yet."""
    wanted = slugify(label)[:36] or "choice"
    ranks = (f"{wanted}-{rank}" for rank in range(2, len(taken) + 3))
    return next(key for key in (wanted, *ranks) if key not in taken)


def before(question: Question, asked: list[Question]) -> list[Question]:
    """Return the questions that come before one, or all of them for a new one."""
    if question not in asked:
        return asked
    return [one for one in asked if one.position < question.position]


def rule_of(asked: Question, verb: str, lines: str) -> dict[str, Any]:
    """Return what is asked of an answer, with values as the answer keeps them."""
    if not is_suited(verb, asked.kind):
        raise forms.ValidationError(_("An answer of this kind does not say that."))
    if verb in NO_VALUE:
        return {"verb": verb}
    typed = [one.strip() for one in lines.splitlines() if one.strip()]
    values = [_value(asked, one) for one in typed]
    if not values:
        raise forms.ValidationError(_("Write a value, one a line."))
    if verb in (Verb.AT_LEAST, Verb.AT_MOST) and len(values) > 1:
        raise forms.ValidationError(_("One value is enough here."))
    return {"verb": verb, "values": values}


def typed_of(question: Question, asked: Mapping[str, Question]) -> dict[str, str]:
    """Return how what a question keeps stands in the inputs of its form."""
    found = {
        "choice_lines": _lines(
            [[one["label"], one.get("label_en", "")] for one in question.choices]
        ),
        "column_lines": _lines(
            [
                [one["label"], one["label_en"], str(CellKind(one["kind"]).label)]
                for one in question.columns
            ]
        ),
        "refuses_reason": question.refuses.get("reason", ""),
        "refuses_reason_en": question.refuses.get("reason_en", ""),
        "shown_question": question.shown_if.get("question", ""),
        "refuses_verb": question.refuses.get("verb", ""),
        "shown_verb": question.shown_if.get("verb", ""),
        "refuses_values": _values(question, question.refuses),
    }
    other = asked.get(found["shown_question"])
    return found | {"shown_values": _values(other, question.shown_if) if other else ""}


def _value(asked: Question, typed: str) -> str:
    if asked.kind in FIELDS:
        return str(FIELDS[K(asked.kind)]().clean(typed))
    for choice in asked.choices:
        if typed.casefold() in {str(choice[key]).casefold() for key in choice}:
            return str(choice["key"])
    raise forms.ValidationError(
        _("“%(typed)s” is not one of the choices: %(choices)s."),
        params={
            "typed": typed[:60],
            "choices": ", ".join(one["label"] for one in asked.choices),
        },
    )


def _values(asked: Question, rule: Mapping[str, Any]) -> str:
    """Write the values of a condition as an agent types them."""
    values = rule.get("values", [])
    if asked.kind in FIELDS:
        return "\n".join(str(wording.typed(asked, one)) for one in values)
    return "\n".join(wording.choice_label(asked, one) for one in values)


def _lines(rows: list[list[str]]) -> str:
    return "\n".join(" | ".join(row).rstrip(" |") for row in rows)
