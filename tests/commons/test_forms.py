"""Fields that understand what people write."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.utils import translation
from hypothesis import given, strategies as st

from terril.site.commons.forms import AmountField, FrenchDateField
from terril.site.commons.models import JournalEntry


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12 500,50 €", "12500.50"),
        ("12\u202f500,50\u00a0€", "12500.50"),
        ("12500.5", "12500.5"),
        ("12.500,50", "12500.50"),
        ("1.250.000", "1250000"),
        ("12500", "12500"),
        ("12 500 euros", "12500"),
        ("1 euro", "1"),
        ("12500 EUR", "12500"),
        ("0", "0"),
        ("0,5", "0.5"),
    ],
)
def test_amount_is_understood_as_people_write_it(written, amount):
    assert AmountField().clean(written) == Decimal(amount)


@pytest.mark.parametrize(
    "written",
    ["douze", "12,5,5", "1e3", "NaN", "Infinity", "12 mètres", "--5", "€", "12."],
)
def test_what_is_not_an_amount_is_refused_with_an_example(written):
    with (
        translation.override("en"),
        pytest.raises(forms.ValidationError, match="12 500,50") as refusal,
    ):
        AmountField().clean(written)

    assert written in refusal.value.messages[0]


@pytest.mark.parametrize("written", ["-5", "\u22125", "12,505", "9" * 15])
def test_an_amount_out_of_bounds_is_refused(written):
    with pytest.raises(forms.ValidationError):
        AmountField().clean(written)


def test_no_amount_is_no_amount():
    assert AmountField(required=False).clean("") is None


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_any_amount_written_in_french_is_read_back(amount):
    written = f"{amount:,.2f} €".replace(",", "\u202f").replace(".", ",")

    assert AmountField().clean(written) == amount


@pytest.mark.parametrize(
    "written",
    ["31/05/2026", "2026-05-31", "31.05.2026", "31 mai 2026", " 31 Mai 2026 "],
)
def test_date_is_understood_in_its_spellings(written):
    assert FrenchDateField().clean(written) == date(2026, 5, 31)


def test_the_first_of_a_month_is_understood():
    assert FrenchDateField().clean("1er août 2026") == date(2026, 8, 1)


@pytest.mark.parametrize(
    "written", ["31/02/2026", "05/31/2026", "31 brumaire 2026", "demain", "31 mai"]
)
def test_what_is_not_a_date_is_refused_with_an_example(written):
    with (
        translation.override("en"),
        pytest.raises(forms.ValidationError, match="31/05/2026"),
    ):
        FrenchDateField().clean(written)


@pytest.mark.parametrize(
    ("written", "is_one"),
    [
        ("01/01/0001", False),
        ("31/12/1899", False),
        ("01/01/1900", True),
        ("31/12/2200", True),
        ("1 janvier 2201", False),
    ],
)
def test_a_date_stays_where_clocks_can_follow(written, is_one):
    field = FrenchDateField()

    if is_one:
        assert field.clean(written).strftime("%d/%m/%Y") == written
        return
    with pytest.raises(forms.ValidationError) as caught:
        field.clean(written)
    with translation.override("en"):
        (said,) = caught.value.messages
    assert "is too far: write one between 1900 and 2200." in said


def test_a_date_is_a_date_already():
    assert FrenchDateField().clean(date(2026, 5, 31)) == date(2026, 5, 31)


def test_an_empty_choice_is_a_dash_and_not_a_row_of_them():
    class Choosing(forms.Form):
        body = forms.ModelChoiceField(JournalEntry.objects.none(), required=False)

    drawn = str(Choosing()["body"])

    assert '<option value="" selected>—</option>' in drawn
    assert "---" not in drawn
