"""Periods: how they are written, said, and held against each other."""

import pytest

from terril.analytics.periods import Change, Period, period, span


@pytest.mark.parametrize(
    ("text", "fr", "first", "last"),
    [
        ("2022", "2022", "2022-01-01", "2022-12-31"),
        ("2022-T1", "T1\u00a02022", "2022-01-01", "2022-03-31"),
        ("2022-T4", "T4\u00a02022", "2022-10-01", "2022-12-31"),
        ("2020-02", "février 2020", "2020-02-01", "2020-02-29"),
    ],
)
def test_a_period_is_written_said_and_bounded(text, fr, first, last):
    found = period(text)

    assert (str(found), found.fr) == (text, fr)
    assert (found.first_day, found.last_day) == (first, last)


def test_a_year_has_four_quarters():
    assert [str(one) for one in period("2022").quarters] == [
        "2022-T1",
        "2022-T2",
        "2022-T3",
        "2022-T4",
    ]
    assert period("2022").is_year
    assert not period("2022-T1").is_year


@pytest.mark.parametrize("text", ["2012:2022", "2012-T4:2022-T4", "2021-01:2022-12"])
def test_a_change_goes_from_a_period_to_another(text):
    found = span(text)

    assert isinstance(found, Change)
    assert str(found) == text


def test_a_span_may_be_one_period():
    assert span("2022-T3") == Period(2022, 3)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2022-Q3", "a period is written"),
        ("2022-T5", "a period is written"),
        ("22", "a period is written"),
        ("2022-13", "a period is written"),
        ("2012:", "a period is written"),
        ("2012:2022-T4", "of the same length"),
        ("2022:2012", "of the same length"),
        ("2022:2022", "of the same length"),
    ],
)
def test_what_is_no_period_is_refused_with_how_to_write_it(text, reason):
    with pytest.raises(ValueError, match=reason):
        span(text)
