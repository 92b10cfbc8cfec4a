"""Forms of codes: the one an agent makes, the one an applicant enters."""

from datetime import datetime
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terril.site.commons.forms import FrenchDateField
from terril.site.people.models import Person
from terril.site.programme.models import Call, Dossier
from terril.site.programme.queries.access import draft_called, drafts_held
from terril.site.programme.rules.access import MOST_USES, AccessDraft


class AccessForm(forms.Form):
    """How many deposits a code allows, until when, to whom and for which draft."""

    given_to = forms.CharField(
        label=_("Given to"),
        max_length=160,
        help_text=_("Who asked for it, so that the list is understood later."),
    )
    uses = forms.IntegerField(
        label=_("Deposits allowed"), min_value=1, max_value=MOST_USES, initial=1
    )
    ends_on = FrenchDateField(label=_("Last day"))
    ends_time = forms.TimeField(label=_("Last time"), initial="17:00")
    dossier = forms.CharField(
        label=_("Code of the only draft it lets in"),
        max_length=8,
        required=False,
        help_text=_("Its holder reads it at the top of the draft. Empty: any dossier."),
    )

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:
        super().__init__(*args, **options)
        self.call = call

    def clean_dossier(self) -> Dossier | None:
        code = self.cleaned_data["dossier"]
        found = draft_called(self.call, code) if code else None
        if code and found is None:
            raise forms.ValidationError(_("No draft of this call bears this code."))
        return found

    def draft(self) -> AccessDraft:
        read = self.cleaned_data
        ends_at = datetime.combine(read["ends_on"], read["ends_time"])
        return AccessDraft(
            read["uses"],
            timezone.make_aware(ends_at),
            read["given_to"],
            read["dossier"],
        )


class EnterCodeForm(forms.Form):
    """A code, and the draft it is for."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Twelve letters and figures; hyphens and capitals do not matter."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    dossier = forms.ModelChoiceField(
        label=_("For which dossier"),
        queryset=Dossier.objects.none(),
        required=False,
        empty_label=_("a new dossier"),
    )

    @classmethod
    def of(cls, call: Call, person: Person, data: Any) -> Self:
        """Build the form with the drafts that this person may hand in."""
        form = cls(data)
        field: Any = form.fields["dossier"]
        field.queryset = drafts_held(person, call)
        return form

    def propose(self, code: str) -> None:
        """Choose beforehand the draft from whose page one comes, if it is there."""
        field: Any = self.fields["dossier"]
        self.initial["dossier"] = field.queryset.filter(code=code[:8]).first()
