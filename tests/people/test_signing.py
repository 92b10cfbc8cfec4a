"""Signing in, signing up, codes, second factor: no page writes while it is read."""

import os
import re
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from terril.site.commons.models import JournalEntry
from terril.site.people.models import Person
from tests.factories.people import PASSWORD, PersonFactory, totp_of

pytestmark = pytest.mark.django_db

STRANGERS = [
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_password_reset_completed",
    "account_inactive",
]
MEMBERS = [
    "account",
    "sessions",
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
]
LINK = re.compile(
    r"<script(?![^>]*src)|<style|style=|on(click|load|submit)=", re.IGNORECASE
)


def code_in(message):
    """Return the code of a letter: the line that stands alone, set back."""
    return re.search(r"^ {4}(\S+)$", message.body, re.MULTILINE)[1]


def totp(person):
    return totp_of(Authenticator.objects.get(user=person, type="totp").data["secret"])


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("name", STRANGERS)
def test_pages_of_sign_in_are_open_to_strangers(name, language, client):
    response = client.get(language + reverse(name))

    assert response.status_code == 200
    assert response.context["site"].person is None
    assert LINK.search(response.content.decode()) is None
    assert "unsafe-inline" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("name", MEMBERS)
def test_pages_of_the_account_are_read_without_writing(name, language, sign_in):
    client = sign_in(PersonFactory(roles=["holder"]))

    response = client.get(language + reverse(name))

    assert response.status_code == 200
    assert LINK.search(response.content.decode()) is None


@pytest.mark.parametrize("name", MEMBERS)
def test_pages_of_the_account_lead_strangers_to_sign_in(name, client):
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response.url.startswith((reverse("account_login"), reverse("home")))


def test_password_signs_in_and_returns_to_where_one_was(client):
    person = PersonFactory(roles=["holder"])
    wanted = reverse("account")
    page = client.get(wanted)
    assert page.url == f"{reverse('account_login')}?next={wanted}"

    response = client.post(
        page.url, {"login": person.email, "password": PASSWORD, "next": wanted}
    )

    assert (response.status_code, response.url) == (302, wanted)
    assert client.get(wanted).context["user"] == person


def test_a_wrong_password_has_its_sentence(client):
    person = PersonFactory()

    page = client.post(
        "/en" + reverse("account_login"), {"login": person.email, "password": "no"}
    )

    sentence = (
        "The address or the password is not right. Check both, or ask for a code."
    )
    assert page.context["form"].non_field_errors() == [sentence]


def test_sign_in_never_leads_to_another_site(client):
    person = PersonFactory(roles=["holder"])
    data = {"login": person.email, "password": PASSWORD, "next": "https://example.com/"}

    response = client.post(reverse("account_login"), data)

    assert response.url == reverse("desk")


def test_code_signs_in_and_returns_to_where_one_was(client):
    person = PersonFactory(roles=["holder"])
    wanted = reverse("sessions")
    ask = reverse("account_request_login_code")

    sent = client.post(ask, {"email": person.email, "next": wanted}, follow=True)
    message = mail.outbox[0]
    page, _ = sent.redirect_chain[-1]
    response = client.post(page, {"code": code_in(message), "next": wanted})

    assert message.to == [person.email]
    assert response.url == wanted
    assert client.get(wanted).status_code == 200


def test_code_for_an_unknown_address_says_the_same_on_screen(client):
    ask = reverse("account_request_login_code")

    known = client.post(ask, {"email": PersonFactory().email}, follow=True)
    client.post(reverse("account_logout"))
    unknown = client.post(ask, {"email": "nobody@example.org"}, follow=True)

    assert known.redirect_chain[-1] == unknown.redirect_chain[-1]
    assert known.status_code == unknown.status_code == 200
    assert reverse("account_signup") in mail.outbox[1].body


def test_a_wrong_code_opens_nothing(client):
    ask = reverse("account_request_login_code")
    client.post(ask, {"email": PersonFactory().email})

    page = client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})

    assert page.status_code == 200
    assert page.context["verify_form"].errors["code"]
    assert "_auth_user_id" not in client.session


def sign_up(client, **changes):
    data = {
        "given_name": "Ada",
        "family_name": "Lovelace",
        "email": "ada@example.org",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **changes,
    }
    return client.post(changes.pop("path", reverse("account_signup")), data)


def test_sign_up_makes_a_holder_once_the_address_is_proved(client):
    response = sign_up(client)
    person = Person.objects.get(email="ada@example.org")
    assert response.url == reverse("account_email_verification_sent")
    assert (person.full_name, person.language) == ("Ada Lovelace", "fr")
    assert not person.grants.exists()

    proof = client.post(response.url, {"code": code_in(mail.outbox[0])})

    assert proof.url == reverse("desk")
    assert [grant.role for grant in person.grants.all()] == ["holder"]
    assert [line.verb for line in JournalEntry.objects.all()] == ["person.welcomed"]


def test_sign_up_in_english_writes_in_english(client):
    sign_up(client, path="/en" + reverse("account_signup"))

    assert Person.objects.get().language == "en"
    assert mail.outbox[0].subject == "Your code to prove your address"


def test_sign_up_says_nothing_of_an_account_that_exists(client):
    PersonFactory(email="ada@example.org")

    response = sign_up(client)

    assert response.url == reverse("account_email_verification_sent")
    assert Person.objects.count() == 1
    assert reverse("account_request_login_code") in mail.outbox[0].body


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"given_name": ""}, "given_name"),
        ({"family_name": ""}, "family_name"),
        ({"email": "not an address"}, "email"),
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"password2": "another"}, "password2"),
    ],
)
def test_sign_up_points_at_the_field_to_mend(change, field, client):
    page = sign_up(client, **change)

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert not Person.objects.exists()


def test_password_is_replaced_by_code(client):
    person = PersonFactory(roles=["holder"])
    new = "un autre terril bien vert"

    ask = client.post(reverse("account_reset_password"), {"email": person.email})
    page = client.get(ask.url)
    code = client.post(ask.url, {"code": code_in(mail.outbox[0])})
    form = client.get(code.url)
    done = client.post(code.url, {"password1": new, "password2": new}, follow=True)

    assert page.status_code == form.status_code == done.status_code == 200
    person.refresh_from_db()
    assert person.check_password(new)
    assert len(mail.outbox) == 2


def test_password_is_changed_and_the_person_is_told(sign_in):
    person = PersonFactory(roles=["holder"])
    client, new = sign_in(person), "un autre terril bien vert"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    response = client.post(reverse("account_change_password"), data)

    person.refresh_from_db()
    assert response.status_code == 302
    assert person.check_password(new)
    assert mail.outbox[0].to == [person.email]


def test_password_is_chosen_by_whoever_signs_in_by_code(sign_in):
    person = PersonFactory(roles=["holder"])
    person.set_unusable_password()
    person.save()
    client = sign_in(person)
    path = reverse("account_set_password")
    assert client.get(path).status_code == 200

    client.post(path, {"password1": PASSWORD, "password2": PASSWORD})

    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_address_changes_once_the_new_one_is_proved(sign_in):
    person = PersonFactory(roles=["holder"])
    client = sign_in(person)
    path = reverse("account_email")

    asked = client.post(path, {"email": "new@example.org", "action_add": ""})
    proof = client.get(asked.url)
    client.post(asked.url, {"code": code_in(mail.outbox[0])})

    person.refresh_from_db()
    assert proof.status_code == 200
    assert person.email == "new@example.org"
    assert [grant.role for grant in person.grants.all()] == ["holder"]


def test_signing_out_is_a_post(sign_in):
    client = sign_in(PersonFactory(roles=["holder"]))

    page = client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))

    assert page.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("role", ["agent", "secretary", "administrator"])
def test_a_role_waits_for_its_second_factor(role, client):
    person = PersonFactory(roles=[role], second_factor=False)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})

    response = client.get(reverse("account"))
    page = client.get(response.url)

    assert response.url == reverse("mfa_activate_totp")
    assert (page.status_code, page.context["request"].role) == (200, None)
    assert page.context["request"].waiting_role.key == role


@pytest.mark.parametrize("role", ["holder", "collaborator", "member:x", "observer"])
def test_other_roles_need_no_second_factor(role, sign_in):
    client = sign_in(PersonFactory(roles=[role]))

    assert client.get(reverse("account")).status_code == 200


def test_the_demonstration_asks_for_no_second_factor(sign_in, demonstration):
    client = sign_in(PersonFactory(roles=["agent"], second_factor=False))

    assert client.get(reverse("account")).status_code == 200


def test_public_pages_stay_open_while_the_second_factor_waits(sign_in):
    client = sign_in(PersonFactory(roles=["agent"], second_factor=False))

    response = client.get(reverse("account_login"))

    assert response.url == reverse("desk")


def with_second_factor(client, person):
    """Sign in, set the second factor up, and return the page of recovery codes."""
    data = {"login": person.email, "password": PASSWORD}
    client.post(reverse("account_login"), data)
    page = client.get(reverse("mfa_activate_totp"))
    code = totp_of(page.context["form"].secret)
    done = client.post(reverse("mfa_activate_totp"), {"code": code})
    return client.get(done.url)


def test_second_factor_is_set_up_and_gives_recovery_codes(client):
    page = with_second_factor(
        client, PersonFactory(roles=["agent"], second_factor=False)
    )
    file = client.get(reverse("mfa_download_recovery_codes"))
    desk = client.get(reverse("account"))

    assert len(page.context["unused_codes"]) == 10
    assert len(file.content.decode().split()) == 10
    assert LINK.search(page.content.decode()) is None
    assert desk.context["site"].role.key == "agent"


def test_second_factor_is_asked_at_sign_in(client):
    person = PersonFactory(roles=["agent"], second_factor=False)
    codes = with_second_factor(client, person).context["unused_codes"]
    client.post(reverse("account_logout"))

    data = {"login": person.email, "password": PASSWORD}
    asked = client.post(reverse("account_login"), data)
    form = client.get(asked.url)
    client.post(asked.url, {"code": codes[0]})

    assert asked.url == reverse("mfa_authenticate")
    assert form.status_code == 200
    assert client.session["_auth_user_id"] == str(person.pk)


def test_second_factor_is_removed_after_proving_who_one_is(client):
    person = PersonFactory(roles=["holder"], second_factor=True)
    client.force_login(person)
    wanted = reverse("mfa_deactivate_totp")

    asked = client.get(wanted, follow=True)
    assert asked.redirect_chain[-1][0].startswith(reverse("account_reauthenticate"))
    client.post(asked.redirect_chain[-1][0], {"password": PASSWORD, "next": wanted})
    page = client.get(wanted)
    client.post(wanted)

    assert page.status_code == 200
    assert not Authenticator.objects.filter(user=person).exists()


def test_reauthentication_takes_a_code_of_the_application(client):
    person = PersonFactory(roles=["agent"])
    client.force_login(person)

    page = client.get(reverse("mfa_reauthenticate"))
    new = client.post(
        reverse("mfa_reauthenticate"),
        {"code": totp(person), "next": reverse("mfa_generate_recovery_codes")},
        follow=True,
    )

    assert page.status_code == new.status_code == 200
    assert new.request["PATH_INFO"] == reverse("mfa_generate_recovery_codes")


def test_too_many_wrong_passwords_close_the_door(client):
    person, path = PersonFactory(), "/en" + reverse("account_login")

    for _ in range(5):
        client.post(path, {"login": person.email, "password": "wrong"})
    page = client.post(path, {"login": person.email, "password": PASSWORD})

    sentence = "Too many tries in a row. Wait five minutes, or ask for a code."
    assert page.context["form"].non_field_errors() == [sentence]
    assert "_auth_user_id" not in client.session


def test_too_many_requests_for_codes_are_refused():
    ask, data = reverse("account_request_login_code"), {"email": PersonFactory().email}

    statuses = [Client().post(ask, data).status_code for _ in range(5)]

    assert statuses == [302, 302, 302, 200, 200]
    assert len(mail.outbox) == 3


def test_too_many_tries_from_one_address_have_a_page(client):
    path = "/en" + reverse("account_login")
    data = [
        {"login": f"a{number}@example.org", "password": "x"} for number in range(31)
    ]

    page = [client.post(path, one) for one in data][-1]

    assert page.status_code == 429
    assert "this door is closed for a few minutes" in page.content.decode()


TRY = """
import django
django.setup()
from django.test import Client
from django.urls import reverse
from django.conf import settings
settings.ALLOWED_HOSTS.append("testserver")
answers = [Client().post(reverse("account_signup")) for _ in range(11)]
print(*[answer.status_code for answer in answers])
"""


def test_limits_are_counted_across_processes(tmp_path):
    """Each worker of the server is a process; they share the cache in files."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "terril.config.settings",
        "TERRIL_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/limits.sqlite3",
    }

    def terril(*words):
        return subprocess.run(
            [sys.executable, *words],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()

    terril("-m", "terril", "migrate", "--verbosity", "0")
    answers = [*terril("-W", "ignore", "-c", TRY), *terril("-W", "ignore", "-c", TRY)]

    # Twenty accounts a minute from one address.
    assert answers == ["200"] * 20 + ["429"] * 2
