"""The page of bodies and meetings."""

import pytest
from django.urls import reverse

from terril.site.meetings.models import Body, Meeting
from tests.factories.meetings import BodyFactory, MeetingFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(sign_in):
    return sign_in(PersonFactory(roles=["secretary"]), "secretary")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("agent", 200),
        ("secretary", 200),
        ("administrator", 200),
        ("holder", 403),
        ("collaborator", 403),
        ("member:experts", 403),
        ("observer", 403),
    ],
)
def test_meetings_open_to_those_who_keep_them(role, status, sign_in):
    client = sign_in(PersonFactory(roles=[role]))

    assert client.get(reverse("meetings")).status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_meetings_cost_the_same_for_many(count, secretary, django_assert_num_queries):
    for body in BodyFactory.create_batch(count):
        MeetingFactory(body=body)

    with django_assert_num_queries(11):
        page = secretary.get(reverse("meetings"))

    assert len(page.context["bodies"]) == count


def test_a_body_is_added_convened_and_marked(secretary):
    day = {"day": "31 mai 2099", "hour": "14h30", "place": "Lens"}

    added = secretary.post(reverse("create_body"), {"name": "Bureau"})
    body = Body.objects.get()
    convened = secretary.post(reverse("convene"), {"body": body.pk, **day})
    meeting = Meeting.objects.get()
    early = secretary.post(reverse("hold", args=[meeting.pk]))
    past = MeetingFactory(body=body)
    held = secretary.post(reverse("hold", args=[past.pk]), {"reference": "CS-1"})

    past.refresh_from_db()
    assert added.url == convened.url == held.url == reverse("meetings")
    assert meeting.starts_at.isoformat() == "2099-05-31T12:30:00+00:00"
    assert early.status_code == 409
    assert (past.reference, past.held_at is None) == ("CS-1", False)
    assert secretary.get(reverse("meetings")).status_code == 200


@pytest.mark.parametrize(
    ("name", "data", "form", "fields"),
    [
        ("create_body", {"name": ""}, "body_form", ["name"]),
        ("convene", {"day": "32/01/2099"}, "meeting_form", ["body", "day", "hour"]),
        ("hold", {"reference": "x" * 41}, "holding_form", ["reference"]),
    ],
)
def test_what_is_wrong_is_said_on_the_page(name, data, form, fields, secretary):
    args = [MeetingFactory().pk] if name == "hold" else []

    page = secretary.post(reverse(name, args=args), data)

    assert page.status_code == 422
    assert sorted(page.context[form].errors) == fields


@pytest.mark.parametrize("name", ["create_body", "convene"])
def test_changes_are_posts(name, secretary):
    assert secretary.get(reverse(name)).status_code == 405
