"""Bodies are created, convened, and their meetings marked held."""

from datetime import timedelta

import pytest

from terril.site.commons.models import JournalEntry
from terril.site.meetings import actions, rules
from terril.site.meetings.models import Meeting
from tests.factories.meetings import BodyFactory, MeetingFactory
from tests.factories.people import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def verbs():
    return [line.verb for line in JournalEntry.objects.order_by("number")]


def test_create_body_gives_it_an_address(at):
    organisation = OrganisationFactory()

    body = actions.create_body(" Comité syndical ", organisation, by=None, at=at)

    assert (body.name, body.slug) == ("Comité syndical", "comite-syndical")
    assert body.organisation == organisation
    assert verbs() == ["body.created"]


@pytest.mark.parametrize(
    ("name", "refusal"), [("", rules.BodyNameMissing), ("Bureau", rules.BodyExists)]
)
def test_create_body_refuses(name, refusal, at):
    BodyFactory(slug="bureau")

    with pytest.raises(refusal):
        actions.create_body(name, by=None, at=at)


def test_convene_fixes_an_instant_and_a_place(at):
    person, body = PersonFactory(), BodyFactory()

    meeting = actions.convene(body, at + timedelta(1), " Lens ", by=person, at=at)

    assert (meeting.body, meeting.place) == (body, "Lens")
    assert meeting.starts_at == at + timedelta(1)
    line = JournalEntry.objects.get()
    assert (line.verb, line.about, line.by) == (
        "meeting.convened",
        f"meetings.meeting/{meeting.pk}",
        f"people.person/{person.pk}",
    )


def test_convene_refuses_the_past_and_the_double(at):
    meeting = MeetingFactory()

    with pytest.raises(rules.MeetingInThePast):
        actions.convene(meeting.body, at, by=None, at=at)
    with pytest.raises(rules.AlreadyConvened):
        actions.convene(meeting.body, meeting.starts_at, by=None, at=at)
    assert Meeting.objects.count() == 1


def test_hold_keeps_the_reference(at):
    meeting = MeetingFactory()
    later = meeting.starts_at + timedelta(hours=2)

    actions.hold(meeting, " CS-2026-03 ", by=None, at=later)

    meeting.refresh_from_db()
    assert (meeting.reference, meeting.held_at) == ("CS-2026-03", later)
    assert verbs() == ["meeting.held"]


def test_hold_refuses_before_and_after(at):
    with pytest.raises(rules.NotYet):
        actions.hold(MeetingFactory(), by=None, at=at)
    with pytest.raises(rules.AlreadyHeld):
        actions.hold(MeetingFactory(held=True), by=None, at=at + timedelta(30))
