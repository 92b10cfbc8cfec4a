"""Forms of the examination team and of the committees' secretary."""

from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from terril.site.commons.forms import FrenchDateField
from terril.site.meetings.models import Meeting
from terril.site.programme.models import AnalysisReport, Dossier, Opinion
from terril.site.programme.queries.examination import Filters
from terril.site.programme.rules.examination import GROUNDS, OpinionDraft, ReportDraft
from terril.site.programme.themes import THEMES

ANY = ("", _("all"))


class LongSelect(forms.Select):
    """A list of many choices, drawn at once: Django draws them one template each."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Any = None,
        renderer: Any = None,  # noqa: ARG002 -- the shape Django calls
    ) -> SafeString:
        drawn = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        choices = tuple((str(key), str(label)) for key, label in self.choices)
        options = _options(choices, str(value or ""))
        return format_html("<select{}>{}</select>", flatatt(drawn), options)


@lru_cache(maxsize=200)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    marks = {True: SafeString(" selected"), False: ""}
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((key, marks[key == chosen], label) for key, label in choices),
    )


class EditionFilterForm(forms.Form):
    """What narrows the list of dossiers; it lives in the address."""

    use_required_attribute = False
    q = forms.CharField(
        label=_("Words or number"),
        required=False,
        widget=forms.TextInput({"type": "search"}),
    )
    state = forms.ChoiceField(label=_("State"), required=False, widget=LongSelect)
    theme = forms.ChoiceField(
        label=_("Theme"),
        required=False,
        choices=[ANY, *THEMES.items()],
        widget=LongSelect,
    )
    commune = forms.ChoiceField(label=_("Commune"), required=False, widget=LongSelect)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, communes: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        states = [one for one in Dossier.Status.choices if one[0] != "draft"]
        self.fields["state"].choices = [ANY, *states]  # type: ignore[attr-defined]
        self.fields["commune"].choices = [ANY, *communes]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """Return what is asked; what makes no sense is left aside."""
        asked = self.cleaned_data if self.is_valid() or self.is_bound else {}
        return Filters(
            words=asked.get("q", ""),
            state=asked.get("state", ""),
            theme=asked.get("theme", ""),
            commune=asked.get("commune", ""),
            sort=asked.get("sort", ""),
        )


class CompletionForm(forms.Form):
    """What is missing, and by when."""

    message = forms.CharField(
        label=_("What is missing"), widget=forms.Textarea({"rows": 6}), max_length=5000
    )
    due_on = FrenchDateField(label=_("Answer by"), required=False)


class DismissalForm(forms.Form):
    """Why a dossier is not admissible."""

    grounds = forms.MultipleChoiceField(
        label=_("Reasons"),
        choices=list(GROUNDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reasons = forms.CharField(
        label=_("Explanation for the holder"),
        widget=forms.Textarea({"rows": 4}),
        required=False,
        max_length=5000,
    )


class ReportForm(forms.ModelForm):  # type: ignore[type-arg]
    """The four parts of the analysis report."""

    class Meta:
        model = AnalysisReport
        fields = ["context", "strengths", "cautions", "for_committees"]
        labels = {
            "context": _("Context"),
            "strengths": _("Strengths"),
            "cautions": _("Points of caution"),
            "for_committees": _("Points for the committees"),
        }
        widgets = {name: forms.Textarea({"rows": 6}) for name in fields}

    def draft(self) -> ReportDraft:
        return ReportDraft(**self.cleaned_data)


class OpinionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a committee said."""

    given_on = FrenchDateField(label=_("Given on"))
    correction = forms.CharField(
        label=_("Why the opinion is corrected"), max_length=500, required=False
    )

    class Meta:
        model = Opinion
        fields = ["stance", "text", "given_on", "meeting"]
        labels = {"meeting": _("Meeting")}
        widgets = {
            "stance": forms.RadioSelect,
            "text": forms.Textarea({"rows": 6}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Without the empty answer that Django adds: nothing is chosen at first.
        self.fields["stance"].choices = Opinion.Stance.choices  # type: ignore[attr-defined]
        meetings = Meeting.objects.select_related("body")
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]
        self.fields["meeting"].required = False
        if self.instance.pk:
            self.initial["given_on"] = self.instance.given_on.strftime("%d/%m/%Y")
        else:
            del self.fields["correction"]

    def draft(self, committee: str) -> OpinionDraft:
        return OpinionDraft(committee=committee, **self.cleaned_data)
