"""Forms about bodies and meetings."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terril.site.commons.forms import FrenchDateField
from terril.site.meetings.models import Body
from terril.site.people.models import Organisation


class BodyForm(forms.Form):
    """A body that meets."""

    name = forms.CharField(label=_("Name"), max_length=160)
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("Organisation"), required=False
    )


class MeetingForm(forms.Form):
    """When and where a body meets."""

    body = forms.ModelChoiceField(Body.objects.all(), label=_("Body that meets"))
    day = FrenchDateField(label=_("Day"), help_text=_("As 31/05/2026 or 31 mai 2026."))
    hour = forms.TimeField(
        label=_("Hour"),
        input_formats=["%H:%M", "%Hh%M", "%H h %M", "%Hh", "%H h"],
        help_text=_("Paris time, as 14:30 or 14h30."),
        error_messages={
            "invalid": _("This hour is not understood. Write it as 14:30.")
        },
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)

    def starts_at(self) -> datetime:
        """Return the instant, in the time of the territory."""
        data = self.cleaned_data
        return timezone.make_aware(datetime.combine(data["day"], data["hour"]))


class HoldingForm(forms.Form):
    """Under which reference the minutes are kept."""

    reference = forms.CharField(
        label=_("Reference of the minutes"), max_length=40, required=False
    )
