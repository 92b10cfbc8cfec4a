"""The sheet that goes with the minutes: what is recorded, and its proof."""

import pytest
from django.urls import reverse
from django.utils import translation

from terril.site.commons import journal, pdf
from terril.site.meetings import actions, papers, queries
from tests.factories.meetings import BodyFactory, MeetingFactory
from tests.factories.people import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def facts_of(paper):
    return {fact["term"]: fact["value"] for fact in paper["facts"]}


def test_minutes_print_the_head_of_the_journal(at):
    known = OrganisationFactory(name="Les Amis")
    agenda = [f"people.organisation/{known.pk}", "programme.dossier/999"]
    meeting = MeetingFactory(body=BodyFactory(name="Bureau"), agenda=agenda)
    late = at.replace(month=4)
    actions.hold(meeting, "CS-2026-3", by=None, at=late)
    meeting.refresh_from_db()

    paper = papers.minutes(
        meeting,
        queries.proof_of(meeting),
        agenda=queries.agenda_of(meeting),
        publisher="Artois",
    )

    facts = facts_of(paper)
    assert facts["Head of the journal when it was marked, line 1"] == journal.head()[1]
    assert facts["Reference of the minutes"] == "CS-2026-3"
    assert facts["On the agenda"] == "Les Amis, programme.dossier/999"
    assert (paper["title"], paper["footer"]) == (
        "Minutes: Bureau",
        "Artois · CS-2026-3",
    )
    assert journal.verify(facts["Head of the journal when it was marked, line 1"]).holds
    assert pdf.render("receipt", paper).startswith(b"%PDF-")


def test_minutes_say_what_is_not_known_and_what_is_fictional(settings, at):
    settings.DEMO = True
    meeting = MeetingFactory(held=True, place="")

    paper = papers.minutes(meeting, queries.Proof(3, "ab"), agenda=[], publisher="")

    facts = facts_of(paper)
    unknown = ("Place", "Reference of the minutes", "On the agenda")
    assert [facts[term] for term in unknown] == ["not known"] * 3
    assert paper["example"] == "Example: this meeting is fictional."


def test_minutes_are_given_once_the_meeting_was_held(sign_in, at):
    client = sign_in(PersonFactory(roles=["secretary"]), "secretary")
    meeting, unrecorded = MeetingFactory(), MeetingFactory(held=True)

    before = client.get(reverse("minutes", args=[meeting.pk]))
    actions.hold(meeting, by=None, at=at.replace(month=4))
    after = client.get(reverse("minutes", args=[meeting.pk]))

    assert (before.status_code, after.status_code) == (404, 200)
    assert after.content.startswith(b"%PDF-")
    assert client.get(reverse("minutes", args=[unrecorded.pk])).status_code == 404
