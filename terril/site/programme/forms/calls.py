"""Forms of regimes, calls and their questions."""

import json
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import Refused
from terril.site.commons.forms import FrenchDateField
from terril.site.programme import regimes
from terril.site.programme.actions.calls import CallDraft
from terril.site.programme.models import Call, Regime
from terril.site.programme.queries.calls import (
    is_free_code,
    is_free_key,
    regime_sources,
)
from terril.site.programme.rules.calls import Reason

# Words that addresses of regimes hold already.
FIXED = ("copier",)
RESERVED = ("dossiers", "nouvel-appel", "regimes")


class RegimeKeyForm(forms.Form):
    """Choose a text to start from, and the address of the copy."""

    source = forms.ChoiceField(label=_("Text to copy"), choices=regime_sources)
    key = forms.SlugField(
        label=_("Key of the copy"),
        max_length=60,
        help_text=_("It becomes the address of the rules: letters, figures, hyphens."),
    )

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        if key in FIXED or not is_free_key(key):
            raise forms.ValidationError(_("Another regime bears this key."))
        return key


class RegimeTextForm(forms.Form):
    """The text of a regime, in JSON, read before it is kept."""

    text = forms.CharField(
        label=_("Text of the regime (JSON)"),
        widget=forms.Textarea({"rows": 30, "spellcheck": "false", "class": "code"}),
        help_text=_("What no source gives stays empty, or is marked “is_proposal”."),
    )

    def clean_text(self) -> dict[str, Any]:
        try:
            text = json.loads(self.cleaned_data["text"])
            regimes.read(text)
        except RecursionError:
            raise forms.ValidationError(_("This text is nested too deep.")) from None
        except json.JSONDecodeError as problem:
            raise forms.ValidationError(
                _("Line %(line)s is not JSON: a comma, a brace or a quote is amiss."),
                params={"line": problem.lineno},
            ) from None
        except Refused as refusal:
            words = [refusal.sentence, refusal.next_step]
            raise forms.ValidationError([str(one) for one in words if one]) from None
        except ValueError:
            raise forms.ValidationError(
                _("A number of this text is too long.")
            ) from None
        return text  # type: ignore[no-any-return]


class RegimeReplacementForm(forms.Form):
    """New rules for a published call, and why."""

    regime = forms.ModelChoiceField(
        label=_("New rules"), queryset=Regime.objects.none()
    )
    reason = forms.CharField(
        label=_("Why the rules change"),
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        help_text=_("Everybody reads it on the page of the call."),
    )
    reason_en = forms.CharField(
        label=_("The same in English"),
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, call: Call, **options: Any) -> None:
        super().__init__(*args, **options)
        published = Regime.objects.filter(published_at__isnull=False)
        field: Any = self.fields["regime"]
        field.queryset = published.exclude(calls=call)

    def why(self) -> Reason:
        return Reason(self.cleaned_data["reason"], self.cleaned_data["reason_en"])


class CallForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an agent writes of a call; its instants are days and hours of Paris."""

    opens_on = FrenchDateField(label=_("Opening day"), required=False)
    opens_time = forms.TimeField(label=_("Opening time"), initial=time(9))
    closes_on = FrenchDateField(label=_("Closing day"), required=False)
    closes_time = forms.TimeField(label=_("Closing time"), initial=time(17))

    class Meta:
        model = Call
        fields = [
            "code",
            "title",
            "title_en",
            "years",
            "regime",
            "summary",
            "summary_en",
        ]
        labels = {
            "code": _("Code"),
            "title_en": _("Title in English"),
            "summary_en": _("Summary in English"),
            "regime": _("Regime"),
        }
        help_texts = {
            "code": _("It becomes the address of the call, for example 2026."),
            "years": _("For example 2026-2027."),
        }
        widgets = {
            "summary": forms.Textarea({"rows": 4}),
            "summary_en": forms.Textarea({"rows": 4}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["regime"].required = True
        self.fields["regime"].queryset = Regime.objects.all()  # type: ignore[attr-defined]
        for name in ("opens", "closes"):
            instant = getattr(self.instance, f"{name}_at")
            if instant:
                local = timezone.localtime(instant)
                self.initial[f"{name}_on"] = local.strftime("%d/%m/%Y")
                self.initial[f"{name}_time"] = local.time()
        if self.instance.pk:
            del self.fields["code"]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code in RESERVED or not is_free_code(code):
            raise forms.ValidationError(_("Another page bears this code."))
        return code

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        opens, closes = self._instant("opens"), self._instant("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes_on", _("The call closes before it opens."))
        return values | {"opens_at": opens, "closes_at": closes}

    def draft(self) -> CallDraft:
        names = set(CallDraft.__dataclass_fields__)
        values = {key: one for key, one in self.cleaned_data.items() if key in names}
        kept: dict[str, Any] = {
            "code": self.instance.code,
            "is_example": self.instance.is_example,
        }
        return CallDraft(**(kept | values))

    def _instant(self, name: str) -> datetime | None:
        on: date | None = self.cleaned_data.get(f"{name}_on")
        at: time | None = self.cleaned_data.get(f"{name}_time")
        if on is None or at is None:
            return None
        return timezone.make_aware(datetime.combine(on, at))
