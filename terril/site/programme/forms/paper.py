"""Who deposited on paper, and when, as an agent copies it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import Refused
from terril.site.commons.forms import FrenchDateField
from terril.site.programme.rules.paper import Paper


class PaperForm(forms.Form):
    """The holder, and the instant that the receipt on paper bears."""

    prefix = "paper"

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_(
            "If it has an account here, the dossier goes to it; otherwise it is not kept."
        ),
    )
    received_on = FrenchDateField(label=_("Day on the receipt"))
    received_time = forms.TimeField(label=_("Time on the receipt"))
    reason = forms.CharField(
        label=_("Why out of the dates of the call"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(
        self, data: Any = None, *, check: Callable[[Paper], None], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.check = check

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.check(self.paper())
            except Refused as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return values

    def paper(self) -> Paper:
        read = self.cleaned_data
        received = datetime.combine(read["received_on"], read["received_time"])
        return Paper(
            read["given_name"],
            read["family_name"],
            timezone.make_aware(received),
            read["email"],
            read["reason"],
        )


class HolderInvitationForm(forms.Form):
    """Where the holder of a dossier on paper is written to."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
