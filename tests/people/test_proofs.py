"""Whoever proves an address owns the account, whatever a stranger did before."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from terril.site.commons.models import JournalEntry
from terril.site.people import actions, queries
from terril.site.people.models import Person
from tests.factories.people import (
    PASSWORD,
    TOKEN,
    InvitationFactory,
    PersonFactory,
    totp_of,
)
from tests.people.test_signing import code_in, sign_up

pytestmark = pytest.mark.django_db

EMAIL = "ada@example.org"
THEIRS = "un mot de passe d’intrus"


@pytest.fixture
def intruder():
    """Somebody who has signed up with an address that is not theirs."""
    client = Client()
    sign_up(
        client, given_name="Mallory", email=EMAIL, password1=THEIRS, password2=THEIRS
    )
    later()
    return client


def later():
    """Let pass the seconds that lie between two letters to one address."""
    cache.clear()
    mail.outbox.clear()


def enter(client, password=THEIRS):
    data = {"login": EMAIL, "password": password}
    return client.post(reverse("account_login"), data)


def is_in(client):
    return "_auth_user_id" in client.session


def prove_by_code(client):
    page = client.post(reverse("account_request_login_code"), {"email": EMAIL})
    return client.post(page.url, {"code": code_in(mail.outbox[-1])})


def test_a_code_of_the_owner_shuts_the_password_of_an_intruder(intruder, client):
    prove_by_code(client)

    enter(other := Client())

    person = Person.objects.get()
    assert (is_in(client), is_in(other), is_in(intruder)) == (True, False, False)
    assert not person.has_usable_password()
    assert [grant.role for grant in person.grants.all()] == ["holder"]


def test_a_sign_in_that_was_waiting_does_not_go_on(intruder, client):
    enter(intruder)
    prove_by_code(client)

    for action in ("resend", "verify"):
        path = reverse("account_email_verification_sent")
        intruder.post(path, {"action": action, "code": "WRONG1"}, follow=True)
        intruder.get(reverse("account_login"), follow=True)

    assert not is_in(intruder)


def test_a_second_factor_that_was_waiting_does_not_outlive_the_password(client):
    person = PersonFactory(email=EMAIL, roles=["agent"])
    secret = Authenticator.objects.get(user=person).data["secret"]
    waiting = enter(client, PASSWORD)
    person.set_password("un autre mot de passe")
    person.save()

    answer = client.post(waiting.url, {"code": totp_of(secret)})

    assert answer.url == reverse("account_login")
    assert not is_in(client)


def test_a_code_to_reset_shuts_the_password_before_another_is_chosen(intruder, client):
    asked = client.post(reverse("account_reset_password"), {"email": EMAIL})
    client.post(asked.url, {"code": code_in(mail.outbox[-1])})

    enter(other := Client())
    path = reverse("account_complete_password_reset")
    client.post(path, {"password1": PASSWORD, "password2": PASSWORD})
    enter(client, PASSWORD)

    assert EmailAddress.objects.get().verified
    assert (is_in(client), is_in(other)) == (True, False)


def test_an_invitation_opens_an_account_that_an_intruder_had_begun(intruder, client):
    InvitationFactory(
        email=EMAIL,
        token_digest=queries.digest_of(TOKEN),
        expires_at="2099-01-01T00:00:00Z",
    )
    path = reverse("invitation", args=[TOKEN])
    names = {"given_name": "Ada", "family_name": "Lovelace"}

    client.post(path, names)
    enter(other := Client())

    person = Person.objects.get(email=EMAIL)
    assert (is_in(client), is_in(other)) == (True, False)
    assert (person.full_name, person.has_usable_password()) == ("Ada Lovelace", False)
    assert [one.role for one in person.grants.all()] == ["member"]
    assert EmailAddress.objects.get(email=EMAIL).verified


def test_the_owner_signs_up_although_an_intruder_did_before(intruder, client):
    response = sign_up(client)
    client.post(response.url, {"code": code_in(mail.outbox[-1])})
    enter(other := Client())

    person = Person.objects.get()
    assert (is_in(client), is_in(other)) == (True, False)
    assert person.full_name == "Ada Lovelace"
    assert person.check_password(PASSWORD)
    assert client.get(reverse("account")).status_code == 200


def test_an_intruder_who_signs_up_in_between_gains_nothing(client):
    response = sign_up(client)
    code = code_in(mail.outbox[-1])
    later()
    sign_up(Client(), password1=THEIRS, password2=THEIRS)

    client.post(response.url, {"code": code})
    enter(other := Client())

    assert (is_in(client), is_in(other)) == (True, False)
    assert client.get(reverse("account")).status_code == 200
    assert not Person.objects.get().has_usable_password()


def test_whoever_signed_up_and_returns_later_keeps_the_password(client):
    sign_up(Client())
    later()

    waiting = enter(client, PASSWORD)
    client.post(waiting.url, {"code": code_in(mail.outbox[-1])})

    assert is_in(client)
    assert Person.objects.get().check_password(PASSWORD)


def test_a_code_keeps_the_password_of_an_address_already_proved(client):
    person = PersonFactory(email=EMAIL, roles=["holder"])

    prove_by_code(client)

    person.refresh_from_db()
    assert is_in(client)
    assert person.check_password(PASSWORD)


def test_secrets_are_forgotten_whole(sign_in, at):
    person = PersonFactory(roles=["agent"])
    client = sign_in(person)
    session = UserSession.objects.create(
        user=person, ip="192.0.2.1", session_key=client.session.session_key
    )

    actions.forget_secrets(person, by=person, at=at)

    assert not UserSession.objects.filter(pk=session.pk).exists()
    assert [line.verb for line in JournalEntry.objects.all()] == ["person.secured"]
    assert not Authenticator.objects.filter(user=person).exists()
    assert not person.has_usable_password()
    assert client.get(reverse("account")).status_code == 302


class CountingHasher(MD5PasswordHasher):
    """Count the passwords that are worked on: each takes a visible time."""

    seen: list[str] = []

    def encode(self, password, salt):
        self.seen.append(password)
        return super().encode(password, salt)


@pytest.mark.parametrize("path", ["known", "unknown"])
def test_sign_up_works_as_much_for_an_address_it_knows(path, client, settings):
    PersonFactory(email="known@example.org")
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    CountingHasher.seen.clear()

    sign_up(client, email=f"{path}@example.org")

    assert CountingHasher.seen == [PASSWORD]
