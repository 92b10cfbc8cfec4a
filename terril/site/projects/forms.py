"""Text in, clean values out: corrections, public events, ends of labels, codes."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terril.site.commons.forms import FrenchDateField
from terril.site.places.models import Place
from terril.site.programme.themes import THEMES
from terril.site.projects.actions import Correction, Ending, PublicEvent
from terril.site.projects.models import Project


class CommunesField(forms.CharField):
    """INSEE codes of communes, separated by spaces or commas."""

    default_error_messages = {
        "lost_zero": _(
            "“%(code)s” has four characters: a commune code has five. "
            "Did you mean “0%(code)s”?"
        ),
        "unknown": _("No commune has the code “%(code)s” today. Check its five signs."),
    }

    def clean(self, value: Any) -> list[Place]:
        codes = re.findall(r"[0-9A-Za-z]+", super().clean(value).upper())
        for code in codes:
            if re.fullmatch(r"\d{4}", code):
                self._refuse("lost_zero", code)
        found = Place.objects.current().communes().filter(code__in=codes)
        places = {place.code: place for place in found}
        for code in codes:
            if code not in places:
                self._refuse("unknown", code)
        return [places[code] for code in dict.fromkeys(codes)]

    def _refuse(self, key: str, code: str) -> None:
        message = self.error_messages[key]
        raise forms.ValidationError(message, code=key, params={"code": code[:12]})


class CorrectionForm(forms.Form):
    """What a project becomes in the register, and why."""

    name = forms.CharField(label=_("Name"), max_length=250)
    summary = forms.CharField(
        label=_("Summary, in French"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    summary_en = forms.CharField(
        label=_("Summary, in English"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    theme = forms.ChoiceField(
        label=_("Theme"), required=False, choices=[("", "—"), *THEMES.items()]
    )
    communes = CommunesField(
        label=_("Communes"),
        required=False,
        help_text=_("INSEE codes separated by a space: 62276 62132."),
    )
    longitude = forms.FloatField(
        label=_("Longitude"),
        required=False,
        localize=True,
        help_text=_("Leave both empty to place the project at its commune."),
    )
    latitude = forms.FloatField(label=_("Latitude"), required=False, localize=True)
    reason = forms.CharField(
        label=_("Reason of the correction"),
        widget=forms.Textarea({"rows": 2}),
        help_text=_("It is kept in the journal, not shown in public."),
    )

    @classmethod
    def of(cls, project: Project, data: Any = None) -> "CorrectionForm":
        """Return the form filled with what the register says today."""
        has_own_point = not project.is_at_commune
        codes = project.places.order_by("code").values_list("code", flat=True)
        initial = {
            "name": project.name,
            "summary": project.summary,
            "summary_en": project.summary_en,
            "theme": project.theme,
            "communes": " ".join(codes),
            "longitude": project.longitude if has_own_point else None,
            "latitude": project.latitude if has_own_point else None,
        }
        return cls(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        point = cleaned.get("longitude"), cleaned.get("latitude")
        if not self.errors and (point[0] is None) != (point[1] is None):
            self.add_error("latitude", _("Give both, or neither."))
        return cleaned

    @property
    def correction(self) -> Correction:
        return Correction(**self.cleaned_data)


class EventForm(forms.Form):
    """Something that happened to a project."""

    on = FrenchDateField(label=_("Day"))
    sentence = forms.CharField(label=_("What happened, in French"), max_length=400)
    sentence_en = forms.CharField(
        label=_("What happened, in English"), max_length=400, required=False
    )
    source = forms.URLField(
        label=_("Source"),
        assume_scheme="https",
        help_text=_("The address of a page or document that says it."),
    )

    @property
    def event(self) -> PublicEvent:
        return PublicEvent(**self.cleaned_data)


class EndingForm(forms.Form):
    """Why and since when a label stops."""

    on = FrenchDateField(label=_("Day"))
    act_reference = forms.CharField(
        label=_("Reference of the act"), max_length=80, required=False
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The holders will read it."),
    )

    @property
    def ending(self) -> Ending:
        return Ending(**self.cleaned_data)
