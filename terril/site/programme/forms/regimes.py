"""The editor of a regime: its texts, rules and lists, without any code."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from terril.site.commons.errors import Refused
from terril.site.people.models import Organisation
from terril.site.programme import regimes
from terril.site.programme.forms.cards import CardsField, Slot

NAME = [
    Slot("key", "", kind="hidden"),
    Slot("name", gettext_lazy("Name")),
    Slot("name_en", gettext_lazy("Name in English")),
]
PROPOSAL = Slot(
    "is_proposal", gettext_lazy("No source says so: a proposal"), kind="yes"
)
STAGES = [
    *NAME,
    Slot("note", gettext_lazy("What happens"), kind="long"),
    Slot("note_en", gettext_lazy("The same in English"), kind="long"),
    Slot("starts_on", gettext_lazy("From"), kind="date"),
    Slot("ends_on", gettext_lazy("Until"), kind="date"),
    PROPOSAL,
]
COMMITTEES = [
    *NAME,
    Slot("looks_at", gettext_lazy("What it looks at"), kind="long"),
    Slot("looks_at_en", gettext_lazy("The same in English"), kind="long"),
    Slot(
        "sees",
        gettext_lazy("What it reads"),
        kind="choice",
        choices=tuple(regimes.SIGHTS.items()),
    ),
    PROPOSAL,
]
CRITERIA = [
    *NAME,
    Slot("family", gettext_lazy("Family")),
    Slot("family_en", gettext_lazy("Family in English")),
    Slot("weight", gettext_lazy("Weight"), kind="number"),
    Slot("floor", gettext_lazy("Floor"), kind="number"),
    Slot("is_required", gettext_lazy("Must be answered"), kind="yes"),
    Slot("may_not_apply", gettext_lazy("May not apply"), kind="yes"),
    PROPOSAL,
]
SCALE = [
    Slot("value", gettext_lazy("Value"), kind="number"),
    Slot("word", gettext_lazy("Word")),
    Slot("word_en", gettext_lazy("Word in English")),
]
OUTCOMES = [
    *NAME,
    Slot("is_labelled", gettext_lazy("Awards the label"), kind="yes"),
    Slot("comes_back", gettext_lazy("May come back"), kind="yes"),
    Slot("needs_reservations", gettext_lazy("Needs reservations"), kind="yes"),
    Slot("needs_reasons", gettext_lazy("Needs reasons"), kind="yes"),
    Slot("needs_act", gettext_lazy("Needs an act"), kind="yes"),
    Slot("is_public", gettext_lazy("Is made public"), kind="yes"),
    PROPOSAL,
]
UNKNOWNS = [
    Slot("fr", gettext_lazy("What is not known"), kind="long"),
    Slot("en", gettext_lazy("The same in English"), kind="long"),
]
SOURCES = [Slot("address", gettext_lazy("Address"))]
LISTS = ("stages", "committees", "criteria", "scale", "outcomes", "unknowns")
TEXTS = ("title", "era", "who_may_apply", "deciding_body", "deciding_body_proposal")
DEFAULTS: dict[str, dict[str, Any]] = {
    "committees": {"sees": "everything"},
    "criteria": {"weight": 1},
    "outcomes": {"needs_reasons": True, "needs_act": True},
}


def _text(label: Any, *, rows: int = 2, most: int = 4000) -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows > 1 else forms.TextInput()
    return forms.CharField(label=label, required=False, max_length=most, widget=widget)


class RegimeForm(forms.Form):
    """A regime as an agent writes it; what is refused is said where it stands."""

    title = _text(gettext_lazy("Title"), rows=1, most=160)
    title_en = _text(gettext_lazy("Title in English"), rows=1)
    era = _text(gettext_lazy("Since when, and under whom"))
    era_en = _text(gettext_lazy("The same in English"))
    who_may_apply = _text(gettext_lazy("Who may apply"))
    who_may_apply_en = _text(gettext_lazy("The same in English"))
    is_inside = forms.BooleanField(
        label=gettext_lazy("Only projects of the territory"), required=False
    )
    is_member = forms.BooleanField(
        label=gettext_lazy("Only members of the institution"), required=False
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Only these kinds of organisations"),
        choices=Organisation.Kind.choices[:-1],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("None ticked: any kind, and those who have none."),
    )
    stages = CardsField(STAGES, title=gettext_lazy("Stage"))
    committees = CardsField(
        COMMITTEES,
        title=gettext_lazy("Committee"),
        most=10,
        blank=DEFAULTS["committees"],
    )
    scale = CardsField(SCALE, title=gettext_lazy("Level"), most=10)
    criteria = CardsField(
        CRITERIA,
        title=gettext_lazy("Criterion"),
        most=40,
        blank=DEFAULTS["criteria"],
    )
    outcomes = CardsField(
        OUTCOMES, title=gettext_lazy("Outcome"), most=10, blank=DEFAULTS["outcomes"]
    )
    deciding_body = _text(gettext_lazy("Who decides"), rows=1)
    deciding_body_en = _text(gettext_lazy("The same in English"), rows=1)
    deciding_body_proposal = _text(gettext_lazy("Who decides, as we propose"))
    deciding_body_proposal_en = _text(gettext_lazy("The same in English"))
    publicity = _text(gettext_lazy("What is public, and when"))
    publicity_en = _text(gettext_lazy("The same in English"))
    duration_years = forms.IntegerField(
        label=gettext_lazy("How many years a label lasts"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("Empty: it has no end."),
    )
    retention_months = forms.IntegerField(
        label=gettext_lazy("How many months dossiers are kept after the decision"),
        required=False,
        min_value=1,
        max_value=600,
        help_text=gettext_lazy("Empty: not stated."),
    )
    unknowns = CardsField(UNKNOWNS, title=gettext_lazy("Unknown"), most=30)
    sources = CardsField(SOURCES, title=gettext_lazy("Source"), most=30)

    @classmethod
    def of(cls, text: dict[str, Any], data: Any = None) -> "RegimeForm":
        """Return the form of a text, or of what was typed of it."""
        form = cls(data, initial=_typed(text))
        form.kept = text
        return form

    kept: dict[str, Any]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.errors:
            return values
        try:
            regimes.read(self.text())
        except Refused as refusal:
            words = [refusal.sentence, refusal.next_step]
            raise forms.ValidationError([str(one) for one in words if one]) from None
        return values

    def text(self) -> dict[str, Any]:
        """Return the regime that is written, in the shape of its text."""
        values = self.cleaned_data
        whole: dict[str, Any] = {
            name: {"fr": values[name], "en": values[f"{name}_en"]} for name in TEXTS
        }
        whole |= {
            name: [_with_key(one, values[name]) for one in values[name]]
            for name in LISTS
        }
        whole["scale"] = values["scale"]
        whole["unknowns"] = values["unknowns"]
        whole["sources"] = [one["address"] for one in values["sources"]]
        whole["duration_years"] = values["duration_years"]
        return whole | _optional(values)

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Cut the form in parts, for the page."""
        return [(str(title), [self[name] for name in names]) for title, names in PARTS]


PARTS = [
    (gettext_lazy("The text"), ["title", "title_en", "era", "era_en"]),
    (
        gettext_lazy("Who may apply"),
        ["who_may_apply", "who_may_apply_en", "is_inside", "is_member", "kinds"],
    ),
    (gettext_lazy("Stages"), ["stages"]),
    (gettext_lazy("Committees"), ["committees"]),
    (gettext_lazy("Criteria"), ["scale", "criteria"]),
    (
        gettext_lazy("Decision"),
        [
            "outcomes",
            *["deciding_body", "deciding_body_en"],
            *["deciding_body_proposal", "deciding_body_proposal_en"],
        ],
    ),
    (
        gettext_lazy("Publicity and retention"),
        ["publicity", "publicity_en", "duration_years", "retention_months"],
    ),
    (gettext_lazy("What is not known, and sources"), ["unknowns", "sources"]),
]


def _typed(text: dict[str, Any]) -> dict[str, Any]:
    """Return what the inputs hold of a text."""
    found: dict[str, Any] = {}
    for name in (*TEXTS, "publicity"):
        said = text.get(name, {})
        found |= {name: said.get("fr", ""), f"{name}_en": said.get("en", "")}
    for name in LISTS:
        field = RegimeForm.base_fields[name]
        lines = [DEFAULTS.get(name, {}) | one for one in text.get(name, [])]
        found[name] = field.typed(lines)  # type: ignore[attr-defined]
    addresses = [{"address": one} for one in text["sources"]]
    found["sources"] = RegimeForm.base_fields["sources"].typed(addresses)  # type: ignore[attr-defined]
    found |= text.get("eligibility", {})
    return found | {
        name: text.get(name) for name in ("duration_years", "retention_months")
    }


def _optional(values: dict[str, Any]) -> dict[str, Any]:
    """Return the parts that say something: a text keeps no empty rule."""
    rules = {name: values[name] for name in ("is_inside", "is_member", "kinds")}
    publicity = {"fr": values["publicity"], "en": values["publicity_en"]}
    found = {
        "eligibility": {name: one for name, one in rules.items() if one},
        "publicity": publicity if publicity["fr"] else None,
        "retention_months": values["retention_months"],
    }
    return {name: one for name, one in found.items() if one}


def _with_key(line: dict[str, Any], lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Give a new line a key of its own, from its name; a known one keeps its."""
    if "name" not in line or line.get("key"):
        return line
    taken = {one.get("key") for one in lines}
    # As short as the shortest column that keeps a key, its rank included.
    wanted = slugify(line["name"])[:17].strip("-") or "part"
    rank = 2
    key = wanted
    while key in taken:
        key, rank = f"{wanted}-{rank}", rank + 1
    line["key"] = key
    return line
