"""The letters of accounts, roles and invitations, in both languages."""

from datetime import date

import pytest
from django.core import mail

from terril.site.commons.models import Letter
from terril.site.people import emails
from tests.factories.people import InvitationFactory, PersonFactory, RoleGrantFactory
from tests.factories.places import TerritoryFactory

pytestmark = pytest.mark.django_db


def reader(language="en", **fields):
    return PersonFactory(
        given_name="Ada", family_name="Lovelace", language=language, **fields
    )


def test_welcome_leads_to_the_desk(at):
    letter = emails.welcome(reader(), at=at)

    assert letter.subject == "Your account is open"
    assert letter.body.startswith("Hello Ada Lovelace,")
    assert "http://127.0.0.1:8000/en/mon-espace/" in letter.body


def test_role_granted_says_the_role_and_its_second_factor(at):
    agent = RoleGrantFactory(person=reader(), role="agent")
    holder = RoleGrantFactory(person=reader(), role="holder")

    letters = [emails.role_granted(one, at=at) for one in (agent, holder)]

    assert letters[0].subject == "You now have a role: examination team"
    assert (
        "Since 1 January 2020 you may act here as: examination team." in letters[0].body
    )
    assert ["second factor" in letter.body for letter in letters] == [True, False]


def test_role_ended_says_since_when(at):
    grant = RoleGrantFactory(
        person=reader(), role="member", committee="youth", until=date(2026, 3, 1)
    )

    letter = emails.role_ended(grant, at=at)

    assert (
        letter.subject
        == "A role of yours has ended: committee member (youth committee)"
    )
    assert "Since 1 March 2026 you no longer act" in letter.body


def test_invitation_names_who_invites_and_until_when(
    at, django_capture_on_commit_callbacks
):
    TerritoryFactory(key="pma", short_name="Pôle")
    invitation = InvitationFactory(invited_by=reader())

    with django_capture_on_commit_callbacks(execute=True):
        emails.invitation(invitation, "the-token", at=at)

    message = mail.outbox[0]
    assert message.subject == "Ada Lovelace invites you (Pôle)"
    assert "act here as: committee member (committee of experts)" in message.body
    assert "http://127.0.0.1:8000/en/compte/invitation/the-token/" in message.body
    assert "until 30 March 2026" in message.body
    assert "the-token" not in Letter.objects.get().body


def test_invitation_accepted_tells_who_invited(at):
    invitation = InvitationFactory(
        accepted=True, invited_by=reader(), accepted_by__family_name="Turing"
    )

    letter = emails.invitation_accepted(invitation, at=at)

    assert letter.recipient == invitation.invited_by.email
    assert letter.subject.endswith("Turing has accepted your invitation")


def test_letters_are_written_once_and_to_nobody_without_an_address(at):
    person = reader(without_account=True)

    assert emails.welcome(person, at=at) is None
    assert Letter.objects.count() == 0


def test_letters_have_no_marks_of_pages(at):
    person = reader()
    person.family_name = "O'Hara & <b>fils</b>"

    letter = emails.welcome(person, at=at)

    assert "Ada O'Hara & <b>fils</b>" in letter.body
