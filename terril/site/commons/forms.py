"""How forms are drawn, and the fields that speak French."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class Renderer(TemplatesSetting):
    """Draw forms with our own templates."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"


class AmountField(forms.DecimalField):
    """An amount in euros as people write it: 12 500,50 €, 12500.5, 12 500."""

    default_error_messages = {
        "invalid": _(
            "“%(value)s” is not an amount. Write figures only, for example 12 500,50."
        )
    }
    # What people write around the figures.
    AROUND = r"[\s\u00a0\u202f€]|EUR$|euros?$"

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_digits", 14)
        options.setdefault("decimal_places", 2)
        options.setdefault("min_value", Decimal(0))
        options.setdefault("widget", forms.TextInput({"inputmode": "decimal"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values:
            return None
        text = re.sub(self.AROUND, "", str(value), flags=re.IGNORECASE)
        if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", text):
            text = text.replace(".", "")
        text = text.replace("\u2212", "-").replace(",", ".")
        try:
            if not re.fullmatch(r"-?\d+(\.\d+)?", text):
                raise InvalidOperation
            return Decimal(text)
        except InvalidOperation:
            raise forms.ValidationError(
                self.error_messages["invalid"],
                code="invalid",
                params={"value": str(value)[:60]},
            ) from None


class NumberField(AmountField):
    """A number as people write it: 1 250, 0,75."""

    default_error_messages = {
        "invalid": _(
            "“%(value)s” is not a number. Write figures only, as 1 250 or 0,75."
        )
    }
    AROUND = r"[\s\u00a0\u202f]"

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=18, decimal_places=6, **options)


class FrenchDateField(forms.DateField):
    """A date in one of its spellings: 31/05/2026, 2026-05-31, 31 mai 2026."""

    default_error_messages = {
        "invalid": _("This date is not understood. Write it as 31/05/2026."),
        "far": _("The year %(year)s is too far: write one between 1900 and 2200."),
    }
    # Beyond, nothing happens here, and no clock can tell the hour of Paris.
    FIRST, LAST = 1900, 2200
    MONTHS = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ]

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", ["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"])
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = self._with_figures(value.strip())
        on = super().to_python(value)
        if on and not self.FIRST <= on.year <= self.LAST:
            raise forms.ValidationError(
                self.error_messages["far"], code="far", params={"year": on.year}
            )
        return on

    def _with_figures(self, text: str) -> str:
        found = re.fullmatch(r"(\d{1,2})(?:er)?\s+([^\W\d]+)\s+(\d{4})", text)
        if found and found[2].lower() in self.MONTHS:
            month = self.MONTHS.index(found[2].lower()) + 1
            return f"{int(found[1]):02}/{month:02}/{found[3]}"
        return text
