"""When a body may meet, and when a meeting has been held."""

from datetime import timedelta

import pytest

from terril.site.meetings import rules
from terril.site.meetings.models import Meeting


@pytest.mark.parametrize(
    ("name", "is_known", "refusal"),
    [(" ", False, rules.BodyNameMissing), ("Bureau", True, rules.BodyExists)],
)
def test_check_body_refuses(name, is_known, refusal):
    with pytest.raises(refusal):
        rules.check_body(name, is_known=is_known)


def test_check_body_lets_a_new_name_in():
    assert rules.check_body("Bureau", is_known=False) is None


@pytest.mark.parametrize(
    ("hours", "is_known", "refusal"),
    [
        (0, False, rules.MeetingInThePast),
        (-1, False, rules.MeetingInThePast),
        (1, True, rules.AlreadyConvened),
    ],
)
def test_check_convening_refuses(hours, is_known, refusal, at):
    with pytest.raises(refusal):
        rules.check_convening(at + timedelta(hours=hours), is_known=is_known, at=at)


def test_check_convening_lets_what_is_ahead(at):
    assert rules.check_convening(at + timedelta(1), is_known=False, at=at) is None


def test_check_holding_waits_for_the_beginning(at):
    meeting = Meeting(starts_at=at)

    with pytest.raises(rules.NotYet):
        rules.check_holding(meeting, at=at - timedelta(seconds=1))
    assert rules.check_holding(meeting, at=at) is None


def test_check_holding_is_done_once(at):
    with pytest.raises(rules.AlreadyHeld):
        rules.check_holding(Meeting(starts_at=at, held_at=at), at=at)
