"""What one may ask of bodies and their meetings."""

from datetime import UTC, datetime

import pytest

from terril.site.meetings import queries
from tests.factories.meetings import BodyFactory, MeetingFactory

pytestmark = pytest.mark.django_db
AFTER = datetime(2026, 3, 21, tzinfo=UTC)


@pytest.mark.parametrize("count", [1, 3])
def test_bodies_cost_two_queries(count, django_assert_num_queries):
    for body in BodyFactory.create_batch(count):
        MeetingFactory(body=body)

    with django_assert_num_queries(2):
        found = [len(body.meetings.all()) for body in queries.bodies()]

    assert found == [1] * count


def test_meetings_are_ahead_then_to_be_marked_then_held(at):
    meeting = MeetingFactory()
    MeetingFactory(held=True)

    assert meeting in queries.meetings_ahead(at)
    assert list(queries.meetings_to_mark(at)) == []
    assert list(queries.meetings_ahead(AFTER)) == []
    assert list(queries.meetings_to_mark(AFTER)) == [meeting]


def test_is_body_reads_names_as_they_sound():
    BodyFactory(slug="comite-syndical")

    assert queries.is_body("Comité syndical")
    assert not queries.is_body("Bureau")


def test_is_convened_at_the_instant():
    meeting = MeetingFactory()

    assert queries.is_convened(meeting.body, meeting.starts_at)
    assert not queries.is_convened(meeting.body, AFTER)
