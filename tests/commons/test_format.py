"""Numbers, money, dates and sizes, as French public figures are written."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import translation

from terril.site.commons.templatetags import format as written

CASES = json.loads(Path(__file__).with_name("format_cases.json").read_text())
PAPER = datetime(2026, 3, 1, 13, 5, tzinfo=UTC)


def plain(text):
    """Show the narrow and the hard space as themselves, so that cases can be read."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("name", "words", "french", "english"),
    [(name, *case) for name, cases in CASES.items() for case in cases],
)
def test_figures_follow_the_table_of_cases(name, words, french, english):
    with translation.override("fr"):
        assert plain(getattr(written, name)(*words)) == french
    with translation.override("en"):
        assert plain(getattr(written, name)(*words)) == english


def test_spaces_inside_figures_never_break():
    with translation.override("fr"):
        assert written.money("12500.5") == "12\u202f500,50\u00a0€"
        assert written.percent("9") == "9,0\u00a0%"
        assert written.large_money("2500000000") == "2,5\u00a0Md€"


@pytest.mark.parametrize(
    ("value", "style", "french", "english"),
    [
        (date(2026, 3, 1), "long", "1er mars 2026", "1 March 2026"),
        (date(2026, 12, 31), "long", "31 décembre 2026", "31 December 2026"),
        (date(2026, 3, 11), "long", "11 mars 2026", "11 March 2026"),
        (date(2026, 3, 1), "short", "01/03/2026", "01/03/2026"),
        (
            datetime(2026, 3, 1, 23, 30, tzinfo=UTC),
            "long",
            "2 mars 2026",
            "2 March 2026",
        ),
        (None, "long", "non connu", "not known"),
    ],
)
def test_day_is_a_day_in_paris(value, style, french, english):
    with translation.override("fr"):
        assert written.day(value, style) == french
    with translation.override("en"):
        assert written.day(value, style) == english


@pytest.mark.parametrize(
    ("language", "moment", "hour"),
    [
        ("fr", "1er mars 2026 à 14 h 05", "14 h 05"),
        ("en", "1 March 2026 at 14:05", "14:05"),
    ],
)
def test_instants_are_read_in_paris(language, moment, hour):
    with translation.override(language):
        assert plain(written.moment(PAPER)) == moment
        assert plain(written.hour(PAPER)) == hour


@pytest.mark.parametrize(("language", "word"), [("fr", " à "), ("en", " at ")])
def test_an_instant_to_the_second_is_in_the_language_of_the_page(language, word):
    with translation.override(language):
        written_out = plain(written.second(PAPER))

    assert word in written_out


def test_an_instant_that_is_not_known_says_so():
    with translation.override("en"):
        assert written.moment(None) == "not known"
        assert written.second(None) == "not known"


@pytest.mark.parametrize(
    ("until", "left"),
    [
        (datetime(2026, 3, 1, 22, 59, tzinfo=UTC), "today"),
        (datetime(2026, 2, 1, tzinfo=UTC), "today"),
        (datetime(2026, 3, 1, 23, 30, tzinfo=UTC), "1 day"),
        (datetime(2026, 3, 13, tzinfo=UTC), "12 days"),
    ],
)
def test_days_left_are_counted_in_paris(until, left):
    with translation.override("en"):
        assert written.days_left(until, PAPER) == left
