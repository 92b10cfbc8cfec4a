"""The builder of the form: one question, its choices, columns and conditions."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _, gettext_lazy

from terril.site.programme.actions.calls import QuestionDraft
from terril.site.programme.forms.conditions import (
    before,
    free_key,
    parts_of,
    rule_of,
    typed_of,
)
from terril.site.programme.models import Call, Question
from terril.site.programme.queries.asked import questions_of
from terril.site.programme.rules.conditions import Verb
from terril.site.programme.rules.tables import CellKind

K = Question.Kind
WITH_CHOICES = (K.CHOICE, K.MANY)
TEXTS = (K.TEXT, K.LONG_TEXT)
# What only some kinds need, hidden in the browser from the others.
NEEDED_BY = {
    "choice_lines": WITH_CHOICES,
    "column_lines": (K.GROUP,),
    "limit": (*TEXTS, K.FILES, K.GROUP),
    "counts_words": TEXTS,
}
PARTS = [
    (
        gettext_lazy("The question"),
        [
            "label",
            "label_en",
            "section",
            "section_en",
            "help",
            "help_en",
            "example",
            "example_en",
        ],
    ),
    (
        gettext_lazy("The answer"),
        [
            "kind",
            "is_required",
            "choice_lines",
            "column_lines",
            "limit",
            "counts_words",
            "fills",
        ],
    ),
    (
        gettext_lazy("When it is shown"),
        ["shown_question", "shown_verb", "shown_values"],
    ),
    (
        gettext_lazy("When it closes the call to a dossier"),
        ["refuses_verb", "refuses_values", "refuses_reason", "refuses_reason_en"],
    ),
]
VERBS = [("", gettext_lazy("(none)")), *Verb.choices]


class QuestionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an agent writes of a question; choices and columns are lines of text."""

    choice_lines = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("One a line, French then English: Bois | Wood."),
    )
    column_lines = forms.CharField(
        label=gettext_lazy("Columns of the table"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy(
            "One a line: French | English | kind (text, amount, number or date). "
            "Amounts and numbers are added up. Each line has its first column."
        ),
    )
    shown_question = forms.ChoiceField(
        label=gettext_lazy("Shown only if the answer to"), required=False
    )
    shown_verb = forms.ChoiceField(
        label=gettext_lazy("says that it"), choices=VERBS, required=False
    )
    shown_values = forms.CharField(
        label=gettext_lazy("Values"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("One a line: choices, an amount, a number or a date."),
    )
    refuses_verb = forms.ChoiceField(
        label=gettext_lazy("The dossier may not apply if the answer"),
        choices=VERBS,
        required=False,
    )
    refuses_values = forms.CharField(
        label=gettext_lazy("Values"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("One a line: choices, an amount, a number or a date."),
    )
    refuses_reason = forms.CharField(
        label=gettext_lazy("Why, as the applicant reads it"),
        required=False,
        max_length=400,
    )
    refuses_reason_en = forms.CharField(
        label=gettext_lazy("The same in English"), required=False, max_length=400
    )

    class Meta:
        model = Question
        fields = [
            "label",
            "label_en",
            "kind",
            "is_required",
            "section",
            "section_en",
            "help",
            "help_en",
            "example",
            "example_en",
            "limit",
            "counts_words",
            "fills",
        ]
        labels = {
            "label_en": gettext_lazy("Label in English"),
            "section_en": gettext_lazy("Section in English"),
            "help_en": gettext_lazy("Help in English"),
            "example_en": gettext_lazy("Example in English"),
            "fills": gettext_lazy("Feeds the list of dossiers with"),
        }
        help_texts = {
            "limit": gettext_lazy(
                "Characters or words for a text, files for files, lines for a table."
            ),
            "example": gettext_lazy("Shown under the question."),
        }
        widgets = {
            "help": forms.Textarea({"rows": 2}),
            "help_en": forms.Textarea({"rows": 2}),
            "example": forms.Textarea({"rows": 2}),
            "example_en": forms.Textarea({"rows": 2}),
        }

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:
        super().__init__(*args, **options)
        self.call = call
        asked = questions_of(call)
        self.others = [one for one in asked if one.pk != self.instance.pk]
        self.before = before(self.instance, asked)
        self.fields["shown_question"].choices = [  # type: ignore[attr-defined]
            ("", _("(always shown)")),
            *((one.key, str(one)) for one in self.before),
        ]
        for name, kinds in NEEDED_BY.items():
            self.fields[name].widget.attrs["data-for"] = " ".join(kinds)
        self.initial.update(typed_of(self.instance, {one.key: one for one in asked}))

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Cut the form in parts, for the page."""
        return [(str(title), [self[name] for name in names]) for title, names in PARTS]

    def clean_fills(self) -> str:
        fills: str = self.cleaned_data["fills"]
        if fills and any(one.fills == fills for one in self.others):
            raise forms.ValidationError(_("Another question already feeds this."))
        return fills

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        values["choices"] = self._choices(values.get("choice_lines", ""))
        if values.get("kind") in WITH_CHOICES and len(values["choices"]) < 2:
            self.add_error("choice_lines", _("A choice offers at least two answers."))
        values["columns"] = self._columns(values)
        values["shown_if"] = self._shown_if(values)
        values["refuses"] = self._refuses(values)
        if values.get("counts_words") and values.get("kind") not in TEXTS:
            self.add_error("counts_words", _("Only texts are counted in words."))
        return values

    def draft(self) -> QuestionDraft:
        names = set(QuestionDraft.__dataclass_fields__)
        values = {key: one for key, one in self.cleaned_data.items() if key in names}
        return QuestionDraft(**values)

    def _choices(self, lines: str) -> list[dict[str, str]]:
        # Keys stay those of the labels that stay: answers are kept by key.
        known = {one["label"]: one["key"] for one in self.instance.choices}
        found: list[dict[str, str]] = []
        for label, english, _rest in parts_of(lines):
            taken = {one["key"] for one in found} | set(known.values())
            key = known.get(label) or free_key(label, taken)
            found.append({"key": key, "label": label, "label_en": english})
        if len({one["label"] for one in found}) < len(found):
            self.add_error("choice_lines", _("Two choices read the same."))
        return found

    def _columns(self, values: dict[str, Any]) -> list[dict[str, str]]:
        if values.get("kind") != K.GROUP:
            return []
        known = {one["label"]: one["key"] for one in self.instance.columns}
        kinds = {str(label): value for value, label in CellKind.choices}
        found: list[dict[str, str]] = []
        for label, english, kind in parts_of(values.get("column_lines", "")):
            if kind and kind not in kinds:
                sentence = _("“%(kind)s” is not a kind of column: %(kinds)s.")
                words = {"kind": kind[:30], "kinds": ", ".join(kinds)}
                self.add_error("column_lines", sentence % words)
            key = known.get(label) or slugify(label)[:40] or str(len(found) + 1)
            told = {"key": key, "label": label, "label_en": english}
            found.append({**told, "kind": kinds.get(kind, CellKind.TEXT.value)})
        if not found:
            self.add_error("column_lines", _("A table has at least one column."))
        if len({one["key"] for one in found}) < len(found):
            self.add_error("column_lines", _("Two columns bear the same name."))
        return found

    def _shown_if(self, values: dict[str, Any]) -> dict[str, Any]:
        key, verb = values.get("shown_question"), values.get("shown_verb")
        if not key and not verb:
            return {}
        asked = next((one for one in self.before if one.key == key), None)
        if asked is None or not verb:
            self.add_error("shown_verb", _("Choose a question and what it says."))
            return {}
        return {"question": key, **self._rule(asked, "shown", values)}

    def _refuses(self, values: dict[str, Any]) -> dict[str, Any]:
        if not values.get("refuses_verb"):
            return {}
        if not values.get("refuses_reason"):
            self.add_error("refuses_reason", _("Say why, for the applicant."))
        asked = Question(kind=values.get("kind") or "", choices=values["choices"])
        rule = self._rule(asked, "refuses", values)
        reasons = {
            "reason": values.get("refuses_reason", ""),
            "reason_en": values.get("refuses_reason_en", ""),
        }
        return {**rule, **reasons}

    def _rule(
        self, asked: Question, name: str, values: dict[str, Any]
    ) -> dict[str, Any]:
        verb, lines = values[f"{name}_verb"], values.get(f"{name}_values", "")
        try:
            return rule_of(asked, verb, lines)
        except forms.ValidationError as problem:
            self.add_error(f"{name}_values", problem)
            return {}
