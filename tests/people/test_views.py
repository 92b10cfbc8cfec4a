"""The pages of accounts, of the directory, role by role."""

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.urls import reverse

from terril.site.people import queries
from terril.site.people.models import Invitation, Mandate, Organisation, Person
from tests.factories.people import (
    PASSWORD,
    TOKEN,
    InvitationFactory,
    MandateFactory,
    OrganisationFactory,
    PersonFactory,
    RoleGrantFactory,
    totp_of,
)

pytestmark = pytest.mark.django_db
ROLES = [
    "holder",
    "collaborator",
    "agent",
    "member:experts",
    "secretary",
    "observer",
    "administrator",
]


@pytest.fixture
def administrator(sign_in):
    person = PersonFactory(roles=["administrator"])
    return sign_in(person, "administrator")


@pytest.fixture
def agent(sign_in):
    return sign_in(PersonFactory(roles=["agent"]), "agent")


def go(client, name, *args, data=None):
    path = reverse(name, args=args)
    return client.get(path) if data is None else client.post(path, data)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("name", "keepers"),
    [
        ("persons", ["administrator"]),
        ("invitations", ["administrator", "agent"]),
        ("add_person", ["administrator", "agent"]),
        ("directory", ["administrator", "agent"]),
        ("add_organisation", ["administrator", "agent"]),
        ("account", [role.partition(":")[0] for role in ROLES]),
        ("sessions", [role.partition(":")[0] for role in ROLES]),
    ],
)
def test_each_page_opens_to_its_roles(name, keepers, role, sign_in):
    client = sign_in(PersonFactory(roles=[role]))

    response = go(client, name)

    expected = 200 if role.partition(":")[0] in keepers else 403
    assert (name, role, response.status_code) == (name, role, expected)


@pytest.mark.parametrize(
    "name",
    [
        "act_as",
        "end_other_sessions",
        ("end_session", 1),
        ("grant_role", 1),
        ("end_role", 1),
        ("invite_person", 1),
        "grant_mandate",
        ("end_mandate", 1),
        ("withdraw_invitation", 1),
    ],
)
def test_changes_are_posts(name, administrator):
    name, *args = [name] if isinstance(name, str) else name

    assert go(administrator, name, *args).status_code == 405


def test_a_change_without_its_token_is_refused(client):
    client = type(client)(enforce_csrf_checks=True)
    client.force_login(PersonFactory(roles=["holder", "observer"]))

    assert go(client, "act_as", data={"role": "holder"}).status_code == 403


def test_another_role_that_would_do_is_offered(sign_in):
    person = PersonFactory(roles=["administrator", "holder"])
    client = sign_in(person, "holder")

    page = go(client, "persons")

    assert page.status_code == 403
    assert [role.key for role in page.context["other_roles"]] == ["administrator"]
    assert reverse("act_as") in page.content.decode()


def test_act_as_changes_role_and_comes_back(sign_in):
    client = sign_in(PersonFactory(roles=["administrator", "holder"]), "holder")
    wanted = reverse("persons")

    response = go(client, "act_as", data={"role": "administrator", "next": wanted})

    assert response.url == wanted
    assert client.get(wanted).context["site"].role.key == "administrator"


@pytest.mark.parametrize("role", ["king", "agent", ""])
def test_act_as_takes_no_role_that_one_does_not_hold(role, sign_in):
    client = sign_in(PersonFactory(roles=["holder", "observer"]), "holder")

    response = go(client, "act_as", data={"role": role, "next": "https://example.com"})

    assert response.url == reverse("desk")
    assert client.session["role"] == "holder"


def test_account_saves_name_and_language(sign_in):
    person = PersonFactory(roles=["holder"])
    client = sign_in(person)
    data = {"given_name": "Ada", "family_name": "Lovelace", "language": "en"}

    response = go(client, "account", data=data)
    page = go(client, "account")

    person.refresh_from_db()
    assert response.url == reverse("account")
    assert (person.full_name, person.language) == ("Ada Lovelace", "en")
    assert [line.verb for line in page.context["page"].lines] == ["person.changed"]


def test_account_says_what_is_wrong_beside_the_field(sign_in):
    client = sign_in(PersonFactory(roles=["holder"]))

    page = go(client, "account", data={"given_name": "", "family_name": "L"})

    assert sorted(page.context["form"].errors) == ["given_name", "language"]


def test_sessions_are_listed_and_ended(client):
    person = PersonFactory(roles=["holder"])
    other = type(client)(headers={"user-agent": "Firefox"})
    for one in (other, client):
        one.post(
            reverse("account_login"), {"login": person.email, "password": PASSWORD}
        )
    page = go(client, "sessions")
    assert len(page.context["sessions"]) == 2
    assert "Firefox" in page.content.decode()

    stranger = UserSession.objects.get(user_agent="Firefox")
    response = go(client, "end_session", stranger.pk, data={})

    assert response.url == reverse("sessions")
    assert go(other, "account").status_code == 302
    assert go(client, "account").status_code == 200


def test_sessions_of_others_do_not_exist(client, sign_in):
    person = PersonFactory(roles=["holder"])
    session = UserSession.objects.create(user=person, ip="127.0.0.1", session_key="x")

    response = go(
        sign_in(PersonFactory(roles=["holder"])), "end_session", session.pk, data={}
    )

    assert response.status_code == 404


def test_end_other_sessions_keeps_this_one(client):
    person = PersonFactory(roles=["holder"])
    clients = [type(client)() for _ in range(3)]
    for one in clients:
        one.post(
            reverse("account_login"), {"login": person.email, "password": PASSWORD}
        )

    go(clients[0], "end_other_sessions", data={})

    assert [go(one, "account").status_code for one in clients] == [200, 302, 302]


@pytest.mark.parametrize("count", [1, 3])
def test_persons_costs_the_same_for_many(
    count, administrator, django_assert_num_queries
):
    for _ in range(count):
        MandateFactory(person=PersonFactory(roles=["holder"]))

    with django_assert_num_queries(11):
        page = go(administrator, "persons")

    assert page.context["page"].paginator.count == count + 1


def test_persons_are_looked_for_by_name(administrator):
    found = PersonFactory(given_name="Élodie")

    page = administrator.get(reverse("persons"), {"q": "elodie"})
    nobody = administrator.get(reverse("persons"), {"q": "zzz"})

    assert list(page.context["page"]) == [found]
    assert list(nobody.context["page"]) == []


def test_add_person_writes_somebody_down(administrator):
    data = {"given_name": "Ada", "family_name": "Lovelace"}

    response = go(administrator, "add_person", data=data)

    person = Person.objects.get(given_name="Ada")
    assert response.url == person.get_absolute_url()
    assert administrator.get(response.url).status_code == 200


def test_add_person_comes_back_to_the_organisation(agent):
    data = {"given_name": "Ada", "family_name": "Lovelace", "next": "/compte/"}

    assert go(agent, "add_person", data=data).url == "/compte/"
    assert go(agent, "add_person", data={**data, "next": ""}).url == reverse(
        "directory"
    )
    assert go(agent, "add_person", data={"given_name": "Ada"}).status_code == 200


def test_person_is_corrected_by_an_administrator(administrator):
    person = PersonFactory()
    data = {"given_name": "Ada", "family_name": "Lovelace", "language": "en"}

    response = go(administrator, "person", person.pk, data=data)
    wrong = go(administrator, "person", person.pk, data={**data, "given_name": ""})

    person.refresh_from_db()
    assert response.url == person.get_absolute_url()
    assert person.full_name == "Ada Lovelace"
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (
        422,
        ["given_name"],
    )


def test_a_role_is_granted_and_ended(administrator):
    person = PersonFactory()

    granted = go(administrator, "grant_role", person.pk, data={"role": "observer"})
    grant = person.grants.get()
    ended = go(administrator, "end_role", grant.pk, data={})

    grant.refresh_from_db()
    assert granted.url == ended.url == person.get_absolute_url()
    assert (grant.role, grant.until) == ("observer", grant.since)


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({"role": "king"}, ["role"]),
        ({"role": "member"}, ["__all__"]),
        ({"role": "member", "committee": "Les Experts"}, ["committee"]),
        ({"role": "agent", "committee": "experts"}, ["__all__"]),
    ],
)
def test_a_role_without_sense_is_refused_on_the_page(data, fields, administrator):
    person = PersonFactory()

    page = go(administrator, "grant_role", person.pk, data=data)

    assert page.status_code == 422
    assert sorted(page.context["role_form"].errors) == fields
    assert not person.grants.exists()


def test_a_refusal_is_a_page_that_says_what_to_do(administrator):
    person = PersonFactory(roles=["observer"])

    page = go(administrator, "grant_role", person.pk, data={"role": "observer"})

    assert page.status_code == 409
    assert page.context["refusal"].sentence


def test_somebody_of_the_directory_is_invited(administrator):
    person = PersonFactory(without_account=True)
    data = {"email": "ada@example.org", "role": "observer"}

    response = go(administrator, "invite_person", person.pk, data=data)
    wrong = go(administrator, "invite_person", person.pk, data={"role": "observer"})

    assert response.url == person.get_absolute_url()
    assert Invitation.objects.get().about == f"people.person/{person.pk}"
    assert list(wrong.context["invitation_form"].errors) == ["email"]
    with_account = PersonFactory()
    assert (
        go(administrator, "invite_person", with_account.pk, data=data).status_code
        == 404
    )


def test_an_agent_invites_and_withdraws(agent):
    data = {"email": "ada@example.org", "role": "member", "committee": "experts"}

    response = go(agent, "invitations", data=data)
    invitation = Invitation.objects.get()
    page = go(agent, "invitations")
    withdrawn = go(agent, "withdraw_invitation", invitation.pk, data={})

    invitation.refresh_from_db()
    assert response.url == withdrawn.url == reverse("invitations")
    assert [one.state for one in page.context["page"]] == ["open"]
    assert invitation.withdrawn_at


def test_an_agent_cannot_invite_an_administrator(agent):
    data = {"email": "ada@example.org", "role": "administrator"}

    page = go(agent, "invitations", data=data)

    assert list(page.context["form"].errors) == ["role"]
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_invitations_cost_the_same_for_many(count, agent, django_assert_num_queries):
    InvitationFactory.create_batch(count)
    InvitationFactory.create_batch(count, accepted=True)

    with django_assert_num_queries(9):
        go(agent, "invitations")


def link(**fields):
    invitation = InvitationFactory(
        token_digest=queries.digest_of(TOKEN),
        expires_at="2099-01-01T00:00:00Z",
        **fields,
    )
    return invitation, reverse("invitation", args=[TOKEN])


def test_a_newcomer_opens_an_account_from_the_link(client):
    invitation, path = link()

    page = client.get(path)
    response = client.post(path, {"given_name": "Ada", "family_name": "Lovelace"})

    person = Person.objects.get(email=invitation.email)
    assert page.context["welcome"].is_newcomer
    assert response.url == reverse("desk")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.get(reverse("account")).context["site"].role.key == "member"
    assert mail.outbox == []


def test_a_newcomer_sets_the_second_factor_up_at_once(client):
    _, path = link(role="agent", committee="")
    client.post(path, {"given_name": "Ada", "family_name": "Lovelace"})

    asked = client.get(reverse("desk"))
    page = client.get(asked.url)
    secret = page.context["form"].secret
    done = client.post(asked.url, {"code": totp_of(secret)})
    codes = client.get(done.url)

    assert asked.url == reverse("mfa_activate_totp")
    assert len(codes.context["unused_codes"]) == 10


def test_a_newcomer_must_have_a_name(client):
    _, path = link()

    page = client.post(path, {"given_name": "Ada"})

    assert list(page.context["form"].errors) == ["family_name"]
    assert "_auth_user_id" not in client.session


def test_whoever_has_an_account_signs_in_then_accepts(client):
    person = PersonFactory(roles=["holder"])
    _, path = link(email=person.email)

    asked = client.get(path)
    client.force_login(person)
    offered = client.get(path)
    response = client.post(path)

    assert asked.context["welcome"].must_sign_in
    assert f"?next={path}" in asked.content.decode()
    assert offered.context["welcome"].opens
    assert response.url == reverse("desk")
    assert client.session["role"] == "member"


def test_the_invitation_leads_to_what_it_is_about(client):
    person = PersonFactory()
    organisation = OrganisationFactory()
    _, path = link(email=person.email, about=f"people.organisation/{organisation.pk}")
    client.force_login(person)

    assert client.post(path).url == organisation.get_absolute_url()


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"accepted": True}, 410, "already been used"),
        ({"withdrawn": True}, 410, "has been withdrawn"),
        ({"email": "known@example.org"}, 200, "already has an account"),
    ],
)
def test_a_link_that_does_not_open_says_why_and_names_nobody(
    fields, status, words, client
):
    PersonFactory(email="known@example.org")
    invitation, path = link(**fields)

    for page in (client.get("/en" + path), client.post("/en" + path)):
        text = page.content.decode()
        assert (page.status_code, words in text) == (status, True)
        assert invitation.email not in text
        assert str(invitation.invited_by) not in text


def test_an_expired_link_says_so(client):
    InvitationFactory(token_digest=queries.digest_of(TOKEN))

    page = client.get("/en" + reverse("invitation", args=[TOKEN]))

    assert page.status_code == 410
    assert "has expired" in page.content.decode()


def test_an_unknown_link_says_so(client):
    page = client.get("/en" + reverse("invitation", args=["made-up"]))

    assert page.status_code == 404
    assert "not that of an invitation" in page.content.decode()


def test_a_link_for_another_offers_to_sign_out(sign_in):
    _, path = link()

    page = sign_in(PersonFactory(roles=["holder"])).get(path)

    assert page.context["welcome"].is_for_another
    assert reverse("account_logout") in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_directory_costs_the_same_for_many(count, agent, django_assert_num_queries):
    OrganisationFactory.create_batch(count)

    with django_assert_num_queries(9):
        page = go(agent, "directory")

    assert page.context["page"].paginator.count == count


def test_directory_is_searched(agent):
    OrganisationFactory(name="Le Carreau")

    page = agent.get(reverse("directory"), {"q": "carreau"})
    none = agent.get(reverse("directory"), {"q": "zzz"})

    assert (
        page.context["page"].paginator.count,
        none.context["page"].paginator.count,
    ) == (1, 0)


ORGANISATION = {"name": "La Poste", "kind": "company", "siret": "356 000 000 00048"}


def test_an_organisation_is_added_then_corrected(agent):
    added = go(agent, "add_organisation", data=ORGANISATION)
    organisation = Organisation.objects.get()
    page = agent.get(added.url)
    data = {**ORGANISATION, "name": "Groupe La Poste", "website": "laposte.example.org"}
    changed = go(agent, "change_organisation", organisation.slug, data=data)

    organisation.refresh_from_db()
    assert added.url == changed.url == reverse("change_organisation", args=["la-poste"])
    assert page.context["form"]["siret"].value() == "35600000000048"
    assert (organisation.name, organisation.siren) == ("Groupe La Poste", "356000000")
    assert organisation.website == "https://laposte.example.org"


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"siret": "356 000 000 0004X"}, "siret", "Only digits"),
        ({"siret": "356000000"}, "siret", "This is a SIREN"),
        ({"siret": "3560000000004"}, "siret", "has 13"),
        ({"siret": "356000000000481"}, "siret", "has 15"),
        ({"siret": "35600000000049"}, "siret", "multiple of 5"),
        ({"siret": "24620036400015"}, "siret", "already has this SIRET"),
        ({"siren": "12"}, "siren", "9 digits"),
        ({"siren": "246200364"}, "__all__", "another organisation"),
        ({"commune": "9999"}, "commune", "leading zero"),
        ({"commune": "99999"}, "commune", "No commune"),
        ({"commune": "Nulle-Part-du-Tout"}, "commune", "No commune"),
        ({"name": ""}, "name", "required"),
        ({"website": "not a site"}, "website", "valid URL"),
    ],
)
def test_an_organisation_says_what_to_mend(change, field, words, agent):
    OrganisationFactory(siret="24620036400015")

    page = agent.post("/en" + reverse("add_organisation"), {**ORGANISATION, **change})

    errors = page.context["form"].errors
    assert list(errors) == [field]
    assert words in errors[field][0]
    assert Organisation.objects.count() == 1


def test_a_mandate_is_written_down_and_ended(agent):
    person, organisation = PersonFactory(), OrganisationFactory()
    data = {
        "person": person.pk,
        "organisation": organisation.pk,
        "title": "maire",
        "since": "31/05/2020",
    }

    written = go(agent, "grant_mandate", data=data)
    mandate = Mandate.objects.get()
    page = agent.get(written.url)
    ended = go(agent, "end_mandate", mandate.pk, data={"next": "/compte/"})

    mandate.refresh_from_db()
    assert written.url == reverse("change_organisation", args=[organisation.slug])
    assert list(page.context["mandates"]) == [mandate]
    assert (mandate.title, mandate.since.isoformat()) == ("maire", "2020-05-31")
    assert (ended.url, mandate.until is None) == ("/compte/", False)


def test_a_mandate_says_what_to_mend(agent):
    mandate = MandateFactory()
    data = {
        "person": mandate.person_id,
        "organisation": mandate.organisation_id,
        "title": "maire",
        "since": "31/05/2020",
        "until": "30/05/2020",
    }

    page = go(agent, "grant_mandate", data=data)

    assert (page.status_code, list(page.context["form"].errors)) == (422, ["__all__"])
    assert Mandate.objects.count() == 1


def test_a_role_that_is_over_opens_nothing(sign_in):
    grant = RoleGrantFactory(role="administrator", over=True)
    client = sign_in(grant.person, "administrator")

    assert go(client, "persons").status_code == 403


def test_whoever_decides_reads_why_a_link_to_a_dossier_does_not_open(sign_in):
    judge = PersonFactory(roles=["secretary"])
    invitation, path = link(email=judge.email, role="collaborator", committee="")
    client = sign_in(judge, "secretary")

    pages = [client.get(path), client.post(path)]

    invitation.refresh_from_db()
    refusals = [type(page.context["welcome"].refusal).__name__ for page in pages]
    assert refusals == ["KeptApart", "KeptApart"]
    assert invitation.accepted_at is None
