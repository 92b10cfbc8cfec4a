"""What one may ask of people."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from terril.site.commons import journal
from terril.site.commons.models import JournalEntry
from terril.site.people import queries, rules
from terril.site.people.queries.desks import committees_of, unanswered_invitations
from terril.site.people.queries.public import public_organisations
from terril.site.people.roles import ADMINISTRATOR, AGENT, HOLDER, MEMBER
from tests.factories.meetings import MeetingFactory
from tests.factories.people import (
    TOKEN,
    InvitationFactory,
    MandateFactory,
    OrganisationFactory,
    PersonFactory,
    RoleGrantFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 16)


def test_roles_of_keeps_the_order_of_the_catalogue_and_the_dates():
    person = PersonFactory(roles=["administrator", "agent", "holder"])
    RoleGrantFactory(person=person, role="member", committee="x", over=True)
    RoleGrantFactory(person=person, role="observer", since=TODAY + timedelta(days=1))

    assert queries.roles_of(person, on=TODAY) == [HOLDER, AGENT, ADMINISTRATOR]


def test_held_roles_takes_the_latest_granted_as_usual():
    person = PersonFactory(roles=["agent"])
    RoleGrantFactory(person=person, role="holder", since=TODAY)

    held = queries.held_roles(person, on=TODAY)

    assert (held.roles, held.usual) == ([HOLDER, AGENT], HOLDER)


def test_held_roles_of_somebody_without_a_role():
    person = PersonFactory()
    RoleGrantFactory(person=person, role="vanished")

    held = queries.held_roles(person, on=TODAY)

    assert (held.roles, held.usual) == ([], None)


def test_role_keys_names_the_roles():
    assert queries.role_keys(PersonFactory(roles=["agent"]), on=TODAY) == ["agent"]


def test_is_newcomer_until_the_first_role():
    assert queries.is_newcomer(PersonFactory())
    assert not queries.is_newcomer(RoleGrantFactory(over=True).person)


def test_people_acting_as_narrows_to_a_committee():
    expert = PersonFactory(roles=["member:experts"])
    youth = PersonFactory(roles=["member:youth"])
    PersonFactory(roles=["member:experts"], is_active=False)

    assert set(queries.people_acting_as(MEMBER.key, on=TODAY)) == {expert, youth}
    found = queries.people_acting_as("member", on=TODAY, committee="experts")
    assert list(found) == [expert]


@pytest.mark.parametrize("count", [1, 3])
def test_persons_costs_three_queries(count, django_assert_num_queries):
    for _ in range(count):
        person = PersonFactory(roles=["agent"])
        MandateFactory(person=person)
        MandateFactory(person=person, until=date(2021, 1, 1))

    with django_assert_num_queries(3):
        found = list(queries.persons(on=TODAY))
        for one in found:
            assert [grant.role for grant in one.current_grants] == ["agent"]
            assert len({str(held.organisation) for held in one.current_mandates}) == 1

    assert len(found) == count


@pytest.mark.parametrize("text", ["elodie", "ÉLODIE d", "delattre elodie", "el@"])
def test_persons_forgives_accents_and_order(text):
    found = PersonFactory(
        given_name="Élodie", family_name="Delattre", email="el@example.org"
    )
    PersonFactory(without_account=True)

    assert list(queries.persons(on=TODAY, text=text)) == [found]


def test_account_of_ignores_case_and_spaces():
    person = PersonFactory(email="ada@example.org")

    assert queries.account_of(" ADA@example.org ") == person
    assert queries.account_of("") is None


def test_mandates_in_lists_those_of_an_organisation():
    mandate = MandateFactory()
    MandateFactory()

    assert list(queries.mandates_in(mandate.organisation)) == [mandate]


def test_personas_are_fictional_and_hold_a_role():
    fictional = PersonFactory(is_example=True, roles=["agent"])
    PersonFactory(is_example=True)
    PersonFactory(roles=["agent"])
    RoleGrantFactory(person__is_example=True, over=True)

    personas = list(queries.personas(on=TODAY))

    assert personas == [fictional]
    assert [one.role_name for one in personas[0].current_grants]


def test_organisation_of_siret_and_of_siren():
    found = OrganisationFactory(siren="356000000", siret="35600000000048")

    assert queries.organisation_of_siret("35600000000048") == found
    assert queries.organisation_of_siren("356000000") == found
    assert queries.organisation_of_siret("") is None
    assert queries.organisation_of_siren("") is None


@pytest.mark.parametrize("text", ["carr", "CARREAU le", "356 000", "35600000000048"])
def test_organisations_named_reads_names_and_codes(text):
    found = OrganisationFactory(
        name="Le Carreau", siren="356000000", siret="35600000000048"
    )
    OrganisationFactory(name="Autre chose")

    assert list(queries.organisations_named(text)) == [found]


def test_free_slug_counts_up_and_never_is_empty():
    OrganisationFactory(slug="le-carreau")
    OrganisationFactory(slug="le-carreau-2")

    assert queries.free_slug("Le Carreau") == "le-carreau-3"
    assert queries.free_slug("Été") == "ete"
    assert queries.free_slug("???") == "organisation"
    assert len(queries.free_slug("x" * 200)) == 72


def test_invitation_lines_say_their_state(at):
    InvitationFactory(email="a@example.org")
    InvitationFactory(email="b@example.org", accepted=True)
    InvitationFactory(email="c@example.org", withdrawn=True)
    InvitationFactory(email="d@example.org", expires_at=at)

    lines = queries.invitation_lines(at=at).order_by("email")

    assert [line.state for line in lines] == [
        "open",
        "accepted",
        "withdrawn",
        "expired",
    ]
    assert not any(line.has_failed for line in lines)


@pytest.mark.parametrize(
    ("state", "refusal", "status"),
    [
        ({"accepted": True}, rules.InvitationUsed, 410),
        ({"withdrawn": True}, rules.InvitationWithdrawn, 410),
        ({"token_digest": "another"}, rules.InvitationUnknown, 404),
        ({"email": "known@example.org"}, rules.SignInFirst, 200),
    ],
)
def test_welcome_of_says_why_a_link_does_not_open(state, refusal, status, at):
    PersonFactory(email="known@example.org")
    InvitationFactory(**{"token_digest": queries.digest_of(TOKEN), **state})

    welcome = queries.welcome_of(TOKEN, by=None, at=at)

    assert type(welcome.refusal) is refusal
    assert (welcome.opens, welcome.status) == (False, status)
    assert welcome.must_sign_in == (refusal is rules.SignInFirst)


def test_welcome_of_offers_names_to_a_newcomer(at):
    known = PersonFactory(without_account=True, given_name="Ada")
    invitation = InvitationFactory(
        token_digest=queries.digest_of(TOKEN), about=f"people.person/{known.pk}"
    )

    welcome = queries.welcome_of(TOKEN, by=None, at=at)

    assert (welcome.opens, welcome.is_newcomer) == (True, True)
    assert (welcome.invitation, welcome.given_name) == (invitation, "Ada")


def test_welcome_of_knows_whom_it_is_for(at):
    person = PersonFactory()
    invitation = InvitationFactory(token_digest=queries.digest_of(TOKEN))

    welcome = queries.welcome_of(TOKEN, by=person, at=at)

    assert welcome.is_for_another
    assert welcome.invitation == invitation


def test_subject_address_is_the_page_of_the_thing():
    organisation = OrganisationFactory()
    person = PersonFactory()
    meeting = MeetingFactory()

    def found(about):
        return queries.subject_address(InvitationFactory(about=about))

    assert found("") == ""
    assert found(f"people.person/{person.pk}") == ""
    assert found(f"meetings.meeting/{meeting.pk}") == ""
    about = f"people.organisation/{organisation.pk}"
    assert found(about) == organisation.get_absolute_url()


def record(verb, about, by, at, note=""):
    return journal.record(verb, about=about, by=by, at=at, note=note)


@pytest.mark.parametrize("count", [1, 3])
def test_lines_of_look_names_up_once_for_each_kind(
    count, at, django_assert_num_queries
):
    person = PersonFactory(given_name="Ada", family_name="Lovelace")
    for _ in range(count):
        record("meeting.held", MeetingFactory(), person, at, note="Lens")
        record("role.granted", person, None, at)

    with django_assert_num_queries(3):
        lines = queries.lines_of(queries.journal_lines())
        names = [(str(line.about), str(line.by), line.note) for line in lines]

    assert len(lines) == 2 * count
    assert names[0] == ("Ada Lovelace", "", "")
    assert names[1][1:] == ("Ada Lovelace", "Lens")


def test_lines_of_keep_addresses_whose_thing_is_gone(at):
    record("role.granted", "people.person/999", "nowhere.thing/1", at)
    record("strange.done", "not an address", "nolabel/2", at)

    latest, first = queries.lines_of(queries.journal_lines())

    assert (str(first.about), str(first.by)) == ("people.person/999", "nowhere.thing/1")
    assert (latest.words, str(latest.about)) == ("strange.done", "not an address")


def test_journal_lines_filter_by_verb_and_address(at):
    person = PersonFactory()
    record("role.granted", person, None, at)
    record("role.ended", "people.person/999", person, at)

    def numbers(**asked):
        return [line.number for line in queries.journal_lines(**asked)]

    assert numbers() == [2, 1]
    assert numbers(verb="role.granted") == [1]
    assert numbers(about=f" people.person/{person.pk} ") == [2, 1]
    assert numbers(about="people.person/999") == [2]
    assert sorted(verb for verb, _words in queries.recorded_verbs()) == [
        "role.ended",
        "role.granted",
    ]


def test_personal_lines_are_by_or_about_somebody(at):
    person = PersonFactory()
    record("role.granted", person, None, at)
    record("role.granted", PersonFactory(), None, at)

    assert [line.number for line in queries.personal_lines(person)] == [1]


def test_directory_lines_leave_out_what_was_done_to_dossiers(at):
    person = PersonFactory()
    record("role.granted", person, None, at)
    record("decision.prepared", "programme.decision/1", person, at)

    lines = queries.directory_lines(person)

    assert [line.verb for line in lines] == ["role.granted"]


def test_lines_say_the_role_in_words(at):
    translation.activate("en")
    person = PersonFactory(given_name="Ada", family_name="Lovelace")
    record("role.granted", person, None, at, note="member:youth")

    line = queries.personal_lines(person)[0]

    assert line.subject == "Ada Lovelace, committee member (youth committee)"


def test_reason_of_says_in_words_why_the_chain_breaks(at):
    translation.activate("en")
    record("role.granted", "people.person/1", None, at)
    JournalEntry.objects.update(verb="role.ended")

    verdict = journal.verify()

    assert queries.reason_of(verdict) == "What this line says was changed."


def test_account_page_gathers_what_one_may_do(at):
    person = PersonFactory(roles=["agent"])
    mandate = MandateFactory(person=person)
    record("role.granted", person, None, at)

    page = queries.account_page(person, on=TODAY)

    assert (page.roles, page.mandates) == ([AGENT], [mandate])
    assert [grant.role for grant in page.grants] == ["agent"]
    assert (page.has_second_factor, page.session_count) == (True, 0)
    assert [line.verb for line in page.lines] == ["role.granted"]


def test_person_page_keeps_what_has_ended():
    grant = RoleGrantFactory(over=True)

    page = queries.person_page(grant.person)

    assert (page.grants, page.mandates, page.has_second_factor) == ([grant], [], False)


def test_public_organisations_have_a_page():
    shown = OrganisationFactory(is_public=True)
    OrganisationFactory()

    assert list(public_organisations()) == [shown]


def test_committees_of_a_member():
    person = PersonFactory(roles=["member:experts", "member:youth", "agent"])

    assert committees_of(person, on=TODAY) == {"experts", "youth"}


def test_unanswered_invitations_wait_for_an_answer(at):
    late = InvitationFactory(expires_at=at + timedelta(days=3))
    soon = InvitationFactory(expires_at=at + timedelta(days=1))
    InvitationFactory(accepted=True)
    InvitationFactory(withdrawn=True)
    InvitationFactory(expires_at=at)

    assert list(unanswered_invitations(at=at)) == [soon, late]
