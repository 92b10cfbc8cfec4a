"""The plain fields of a dossier: texts, figures, dates, choices, boxes."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from terril.site.commons.errors import Refused
from terril.site.commons.forms import AmountField, FrenchDateField, NumberField
from terril.site.commons.text import one_line
from terril.site.programme.rules import answers as rules


def over_text(limit: rules.Limit) -> str:
    """Return what the counter says past a limit; `{n}` is filled in the browser."""
    if limit.is_words:
        return _("{n} words too many")
    return _("{n} characters too many")


class AnswerField(forms.Field):
    """A field whose refusals are those of the rules, with what to do next."""

    # Returns the value of an answer, or refuses it: each kind of answer has its own.
    read: Callable[[Any], Any]

    def clean(self, value: Any) -> Any:
        try:
            return self.read(value)
        except Refused as refusal:
            sentence = f"{refusal.sentence} {refusal.next_step}".strip()
            raise forms.ValidationError(sentence, code="refused") from None


class TextAnswer(AnswerField):
    """A text, short or long, within its limit of characters or of words."""

    def __init__(self, *, limit: rules.Limit, is_long: bool, **options: Any) -> None:
        self.limit, self.is_long = limit, is_long
        words = {"data-limit": str(limit.most), "data-over": over_text(limit)}
        if limit.is_words:
            words["data-words"] = ""
        if is_long:
            rows = "4" if limit.is_short else "10"
            super().__init__(widget=forms.Textarea(words | {"rows": rows}), **options)
            return
        super().__init__(widget=forms.TextInput(words), **options)

    def read(self, value: Any) -> str | None:
        text = value or ""
        kept = text if self.is_long else one_line(text)
        return rules.check_text(kept, self.limit) or None


class Draft(forms.Field):
    """A field which may stay empty while its label says that it is required."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class AmountAnswer(Draft, AmountField):
    """An amount, kept as text so that no cent is lost."""

    def clean(self, value: Any) -> Any:
        amount = super().clean(value)
        return None if amount is None else str(amount)


class DateAnswer(Draft, FrenchDateField):
    """A date, kept in its international spelling."""

    def clean(self, value: Any) -> Any:
        on = super().clean(value)
        return on.isoformat() if on else None


class ChoiceAnswer(Draft, forms.ChoiceField):
    """One among few, or nothing."""

    def clean(self, value: Any) -> Any:
        return super().clean(value) or None


class NumberAnswer(Draft, NumberField):
    """A number, whole or with decimals, kept as text."""

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return None if found is None else str(found)


class ManyAnswer(Draft, forms.MultipleChoiceField):
    """Several among few, or nothing."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        return super().clean(value) or None


class BoxAnswer(Draft, forms.BooleanField):
    """A box: ticked, or not answered."""

    def clean(self, value: Any) -> Any:
        return bool(self.to_python(value)) or None
