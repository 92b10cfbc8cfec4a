"""The example edition, told as if it were real."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from terril.site.projects.example.edition import morning

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 8, 27, 18, 25, tzinfo=PARIS), (27, 9, 0)),
        (datetime(2026, 8, 27, 9, 0, tzinfo=PARIS), (27, 9, 0)),
        (datetime(2026, 8, 27, 8, 59, tzinfo=PARIS), (26, 9, 0)),
    ],
)
def test_an_example_opens_at_an_hour_of_work_and_never_later(at, expected):
    opened = morning(at)

    assert (opened.day, opened.hour, opened.minute) == expected
