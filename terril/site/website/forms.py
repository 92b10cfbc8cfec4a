"""Forms of the public site."""

from django import forms
from django.utils.translation import gettext_lazy as _

from terril.site.commons.forms import AmountField, FrenchDateField

SUBJECTS = [("", _("All")), ("energy", _("energy")), ("mobility", _("mobility"))]


class GalleryForm(forms.Form):
    """One field of each kind, for the gallery of components."""

    title = forms.CharField(
        label=_("Title of the project"), help_text=_("As it will be printed.")
    )
    summary = forms.CharField(
        label=_("Summary"),
        help_text=_("In at most 300 characters."),
        widget=forms.Textarea({"data-limit": 300, "rows": 3}),
    )
    theme = forms.ChoiceField(label=_("Theme"), choices=SUBJECTS, required=False)
    amount = AmountField(label=_("Budget"), required=False)
    starts_on = FrenchDateField(label=_("Starts on"), required=False)
    kind = forms.ChoiceField(
        label=_("Who carries the project"),
        widget=forms.RadioSelect,
        choices=[("commune", _("a commune")), ("association", _("an association"))],
        required=False,
    )
    letter = forms.FileField(label=_("Letter of support"), required=False)
    is_true = forms.BooleanField(label=_("What is written here is true."))


class GalleryFilters(forms.Form):
    """Filters of a list, for the gallery of components."""

    q = forms.CharField(
        label=_("Words"), required=False, widget=forms.TextInput({"type": "search"})
    )
    theme = forms.ChoiceField(
        label=_("Theme"), choices=SUBJECTS, required=False, initial=""
    )
