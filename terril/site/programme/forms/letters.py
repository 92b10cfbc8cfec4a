"""Forms of the outbox."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terril.site.commons.models import Letter


class LetterForm(forms.ModelForm):  # type: ignore[type-arg]
    """The words of one draft."""

    class Meta:
        model = Letter
        fields = ["subject", "body"]
        labels = {"subject": _("Subject"), "body": _("Text")}
        widgets = {"body": forms.Textarea({"rows": 18})}


class DiscardForm(forms.Form):
    """Why a letter is set aside."""

    reason = forms.CharField(label=_("Why this letter is discarded"), max_length=500)


class LetterFilterForm(forms.Form):
    """What narrows the log of letters; it lives in the address."""

    use_required_attribute = False
    status = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), *Letter.Status.choices],
    )

    def status_asked(self) -> str:
        """Return a state that exists, or none."""
        is_asked = self.is_valid()
        return str(self.cleaned_data["status"]) if is_asked else ""


class SelectionForm(forms.Form):
    """The letters that a person has ticked."""

    letters = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, keys: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["letters"].choices = [(str(key), str(key)) for key in keys]  # type: ignore[attr-defined]

    def chosen(self) -> list[int]:
        """Return the ticked letters that are still drafts."""
        is_known = self.is_valid()
        chosen = self.cleaned_data["letters"] if is_known else []
        return [int(key) for key in chosen]
