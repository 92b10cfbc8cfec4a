"""Numbers as they are printed: half-up, and with the signs of French."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from terril.analytics.printing import number, rounded, signed, with_unit


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("2.25", 1, "2,3"),
        ("2.35", 1, "2,4"),
        ("-2.25", 1, "−2,3"),
        ("-0.04", 1, "0,0"),
        ("1234567.5", 1, "1 234 567,5"),
        ("9999.5", 0, "10 000"),
        ("0.5", 0, "1"),
    ],
)
def test_a_number_is_rounded_half_up_and_grouped(value, decimals, text):
    assert number(Decimal(value), decimals) == text.replace(" ", "\u202f")


def test_a_number_may_be_printed_in_english():
    assert number(Decimal("-12345.65"), 1, is_english=True) == "−12,345.7"


@pytest.mark.parametrize(
    ("value", "text"), [("1.25", "+1,3"), ("-4.675", "−4,7"), ("0.04", "0,0")]
)
def test_a_change_bears_its_sign(value, text):
    assert signed(Decimal(value), 1) == text


def test_a_unit_never_begins_a_line():
    assert with_unit("9,3", "%") == "9,3\u00a0%"
    assert with_unit("0,251", "") == "0,251"


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 3))
def test_rounding_never_moves_by_more_than_half_a_unit(value, decimals):
    step = Decimal(1).scaleb(-decimals)

    assert abs(rounded(value, decimals) - value) <= step / 2
    assert rounded(-value, decimals) == -rounded(value, decimals)
