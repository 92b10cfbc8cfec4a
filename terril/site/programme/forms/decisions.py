"""Forms of the deciding body's secretary."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from terril.site.commons.forms import FrenchDateField
from terril.site.programme.models import Decision
from terril.site.programme.regimes import RegimeText
from terril.site.programme.rules.decisions import DecisionDraft, ReservationDraft

EMPTY_ROWS = 3


class DecisionForm(forms.Form):
    """What the body decided; `seen` is the version that was on the screen."""

    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Reasons"),
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("The holder reads them as they are."),
    )
    act_reference = forms.CharField(
        label=_("Reference of the act"),
        required=False,
        max_length=80,
        help_text=_("For example the number of the deliberation."),
    )
    decided_on = FrenchDateField(label=_("Decided on"))
    correction = forms.CharField(
        label=_("Why the decision is corrected"), max_length=500
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        regime: RegimeText,
        decision: Decision | None,
    ) -> None:
        super().__init__(data, initial=_initial(decision))
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (outcome.key, str(outcome)) for outcome in regime.outcomes
        ]
        self.regime = regime
        if decision is None:
            del self.fields["correction"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        demands = {one.key: one for one in self.regime.outcomes}
        chosen = demands.get(values.get("outcome", ""))
        if chosen and chosen.needs_reasons and not values.get("reasons"):
            self.add_error("reasons", _("This outcome needs reasons."))
        if chosen and chosen.needs_act and not values.get("act_reference"):
            self.add_error("act_reference", _("This outcome needs an act."))
        return values

    def draft(self, reservations: list[ReservationDraft]) -> DecisionDraft:
        values = self.cleaned_data
        seen = values.pop("seen")
        return DecisionDraft(
            **values,
            reservations=reservations,
            seen=datetime.fromisoformat(seen) if seen else None,
        )

    def clean_seen(self) -> str:
        seen: str = self.cleaned_data["seen"]
        try:
            datetime.fromisoformat(seen or "2000-01-01")
        except ValueError:
            return ""
        return seen


class ReservationForm(forms.Form):
    """A condition; a line left empty does not count."""

    text = forms.CharField(
        label=_("What must be lifted"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    owner = forms.CharField(label=_("Who must lift it"), required=False, max_length=160)
    due_on = FrenchDateField(label=_("Before"), required=False)

    def draft(self) -> ReservationDraft:
        values = self.cleaned_data
        return ReservationDraft(values["text"], values["owner"], values["due_on"])

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("text") or self.cleaned_data.get("owner"))


ReservationFormSet = forms.formset_factory(ReservationForm, extra=EMPTY_ROWS)


class LiftForm(forms.Form):
    """What shows that a condition is met."""

    evidence = forms.CharField(
        label=_("What shows it"), widget=forms.Textarea({"rows": 3}), max_length=2000
    )


def reservations_of(decision: Decision | None) -> list[dict[str, Any]]:
    """Return what the lines of reservations begin with."""
    kept = decision.reservations.all() if decision else []
    return [
        {
            "text": one.text,
            "owner": one.owner,
            "due_on": one.due_on.strftime("%d/%m/%Y") if one.due_on else "",
        }
        for one in kept
    ]


def drafts_in(formset: Any) -> list[ReservationDraft]:
    """Return the lines that say something."""
    return [form.draft() for form in formset if form.is_filled]


def _initial(decision: Decision | None) -> dict[str, str]:
    if decision is None:
        return {}
    return {
        "outcome": decision.outcome,
        "reasons": decision.reasons,
        "act_reference": decision.act_reference,
        "decided_on": decision.decided_on.strftime("%d/%m/%Y"),
        "seen": decision.prepared_at.isoformat(),
    }
