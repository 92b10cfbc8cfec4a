"""What one does with people: the change, the line, the letter."""

from datetime import date, timedelta

import pytest
from django.core import mail

from terril.site.commons.models import JournalEntry, JournalNote, Letter
from terril.site.people import actions, queries, rules
from terril.site.people.actions import Offer, Term
from terril.site.people.models import Invitation, Organisation, Person, RoleGrant
from terril.site.people.rules import Details
from tests.factories.people import (
    InvitationFactory,
    MandateFactory,
    OrganisationFactory,
    PersonFactory,
    RoleGrantFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return PersonFactory(roles=["administrator"])


def journal():
    """Return what the journal says, oldest first."""
    lines = JournalEntry.objects.order_by("number")
    return list(lines.values_list("verb", "about", "by"))


def letters():
    return list(Letter.objects.values_list("template", "recipient"))


def address(person):
    return f"people.person/{person.pk}"


def test_welcome_makes_a_holder_and_says_so(at):
    person = PersonFactory()

    actions.welcome(person, by=person, at=at)

    grant = person.grants.get()
    assert (grant.role, grant.since) == ("holder", date(2026, 3, 16))
    assert journal() == [("person.welcomed", address(person), address(person))]
    assert letters() == [("people/welcome", person.email)]


def test_welcome_is_given_once(at):
    person = PersonFactory(roles=["holder"])

    with pytest.raises(rules.AlreadyGranted):
        actions.welcome(person, by=person, at=at)


def test_add_person_needs_no_account(administrator, at):
    person = actions.add_person(" Ada\r\n", "Lovelace", by=administrator, at=at)

    assert (person.full_name, person.email) == ("Ada Lovelace", None)
    assert not person.has_usable_password()
    assert journal() == [("person.added", address(person), address(administrator))]


def test_add_person_refuses_half_a_name(administrator, at):
    with pytest.raises(rules.PersonNameMissing):
        actions.add_person("Ada", "\x07", by=administrator, at=at)


def test_change_person_corrects_name_and_language(at):
    person = PersonFactory()

    actions.change_person(person, ("Ada", "Love\nlace"), "en", by=person, at=at)

    person.refresh_from_db()
    assert (person.full_name, person.language) == ("Ada Love lace", "en")
    assert journal() == [("person.changed", address(person), address(person))]


@pytest.mark.parametrize(
    ("names", "roles", "refusal"),
    [
        (("Ada", "Lovelace"), ["agent"], rules.NotYours),
        (("", "Lovelace"), ["administrator"], rules.PersonNameMissing),
    ],
)
def test_change_person_refuses(names, roles, refusal, at):
    other = PersonFactory(roles=roles)

    with pytest.raises(refusal):
        actions.change_person(PersonFactory(), names, "fr", by=other, at=at)


def test_install_administrator_opens_an_account_at_the_console(at):
    person = actions.install_administrator(
        "Chef@Example.org", ("Ada", "Lovelace"), by=None, at=at
    )

    assert queries.role_keys(person, on=at.date()) == ["administrator"]
    assert person.emailaddress_set.get().verified
    assert person.email == "chef@example.org"
    assert journal() == [("role.granted", address(person), "")]


def test_install_administrator_takes_an_account_that_exists(at):
    person = PersonFactory()

    found = actions.install_administrator(person.email, ("A", "B"), by=None, at=at)

    assert found == person
    with pytest.raises(rules.AlreadyGranted):
        actions.install_administrator(person.email, ("A", "B"), by=None, at=at)


def test_grant_role_begins_today_and_tells_the_person(administrator, at):
    person = PersonFactory()

    grant = actions.grant_role(person, "member", "experts", by=administrator, at=at)

    assert (grant.role, grant.committee, grant.since) == (
        "member",
        "experts",
        date(2026, 3, 16),
    )
    assert journal() == [("role.granted", address(person), address(administrator))]
    assert JournalEntry.objects.get().note.text == "member:experts"
    assert letters() == [("people/role_granted", person.email)]


def test_grant_role_writes_to_no_fictional_person(at):
    person = PersonFactory(is_example=True)

    actions.grant_role(person, "agent", by=None, at=at)

    assert letters() == []


@pytest.mark.parametrize(
    ("role", "committee", "given_by", "refusal"),
    [
        ("king", "", ["administrator"], rules.RoleNotYours),
        ("member", "", ["administrator"], rules.CommitteeMissing),
        ("agent", "", ["agent"], rules.RoleNotYours),
        ("observer", "", ["administrator"], rules.AlreadyGranted),
    ],
)
def test_grant_role_refuses(role, committee, given_by, refusal, at):
    person, by = PersonFactory(roles=["observer"]), PersonFactory(roles=given_by)

    with pytest.raises(refusal):
        actions.grant_role(person, role, committee, by=by, at=at)

    assert journal() == []


def test_end_role_stops_today(administrator, at):
    person = PersonFactory(roles=["agent"])
    grant = person.grants.get()

    actions.end_role(grant, by=administrator, at=at)

    assert queries.role_keys(person, on=date(2026, 3, 16)) == []
    assert queries.role_keys(person, on=date(2026, 3, 15)) == ["agent"]
    assert journal() == [("role.ended", address(person), address(administrator))]
    assert letters() == [("people/role_ended", person.email)]


def test_end_role_tells_no_fictional_person(at):
    grant = RoleGrantFactory(person__is_example=True)

    actions.end_role(grant, by=None, at=at)

    assert letters() == []


def test_end_role_refuses_what_is_over(administrator, at):
    grant = RoleGrantFactory(over=True)

    with pytest.raises(rules.AlreadyOver):
        actions.end_role(grant, by=administrator, at=at)


def test_end_role_refuses_to_leave_nobody(administrator, at):
    with pytest.raises(rules.LastAdministrator):
        actions.end_role(administrator.grants.get(), by=administrator, at=at)


def test_end_role_refuses_a_role_above_ones_own(administrator, at):
    agent = PersonFactory(roles=["agent"])

    with pytest.raises(rules.RoleNotYours):
        actions.end_role(administrator.grants.get(), by=agent, at=at)


def test_invite_sends_a_link_that_the_base_does_not_hold(
    administrator, at, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        offer = Offer(" New@Example.org ", "agent")
        invitation = actions.invite(offer, by=administrator, at=at)

    letter, message = Letter.objects.get(), mail.outbox[0]
    token = message.body.split("/compte/invitation/")[1].split("/")[0]
    assert message.to == ["new@example.org"]
    assert queries.invitation_of_token(token) == invitation
    assert token not in letter.body
    assert (letter.status, letter.sent_at) == ("sent", at)
    assert invitation.expires_at == at + timedelta(days=14)
    assert [verb for verb, *_ in journal()] == ["invitation.sent"]


def test_invite_discards_the_letter_that_could_not_leave(
    administrator, at, django_capture_on_commit_callbacks, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(Offer("a@example.org", "agent"), by=administrator, at=at)

    assert Letter.objects.get().status == "discarded"
    assert queries.invitation_lines(at=at).get().has_failed


@pytest.mark.parametrize(
    ("offer", "given_by", "refusal"),
    [
        (Offer("a@example.org", "administrator"), ["agent"], rules.RoleNotYours),
        (Offer("a@example.org", "member"), ["agent"], rules.CommitteeMissing),
        (Offer("PENDING@example.org", "holder"), ["agent"], rules.AlreadyInvited),
    ],
)
def test_invite_refuses(offer, given_by, refusal, at):
    InvitationFactory(email="pending@example.org", role="holder", committee="")

    with pytest.raises(refusal):
        actions.invite(offer, by=PersonFactory(roles=given_by), at=at)


def test_withdraw_invitation_closes_the_link(administrator, at):
    invitation = InvitationFactory()

    actions.withdraw_invitation(invitation, by=administrator, at=at)

    invitation.refresh_from_db()
    assert not invitation.is_open(at)
    assert [verb for verb, *_ in journal()] == ["invitation.withdrawn"]


@pytest.mark.parametrize(
    ("state", "roles", "refusal"),
    [
        ({"accepted": True}, ["administrator"], rules.InvitationUsed),
        ({"withdrawn": True}, ["administrator"], rules.InvitationWithdrawn),
        ({"role": "agent", "committee": ""}, ["agent"], rules.RoleNotYours),
    ],
)
def test_withdraw_invitation_refuses(state, roles, refusal, at):
    with pytest.raises(refusal):
        actions.withdraw_invitation(
            InvitationFactory(**state), by=PersonFactory(roles=roles), at=at
        )


def test_accept_invitation_opens_an_account(at):
    invitation = InvitationFactory(email="new@example.org")

    person = actions.accept_invitation(invitation, ("Ada", "Lovelace"), by=None, at=at)

    invitation.refresh_from_db()
    assert (person.full_name, person.email) == ("Ada Lovelace", "new@example.org")
    assert person.emailaddress_set.get().verified
    assert (person.grants.get().role, person.grants.get().committee) == (
        "member",
        "experts",
    )
    assert (invitation.accepted_by, invitation.accepted_at) == (person, at)
    assert letters() == [("people/invitation_accepted", invitation.invited_by.email)]
    about = f"people.invitation/{invitation.pk}"
    assert journal() == [("invitation.accepted", about, address(person))]


def test_accept_invitation_gives_an_account_to_somebody_of_the_directory(at):
    known = PersonFactory(without_account=True)
    invitation = InvitationFactory(about=address(known))

    person = actions.accept_invitation(invitation, by=None, at=at)

    known.refresh_from_db()
    assert person == known
    assert known.email == invitation.email


def test_accept_invitation_ignores_a_person_who_has_an_account_since(at):
    known = PersonFactory()
    invitation = InvitationFactory(about=address(known))

    person = actions.accept_invitation(invitation, ("Ada", "Lovelace"), by=None, at=at)

    assert person != known


def test_accept_invitation_joins_the_account_of_whoever_has_signed_in(at):
    person = PersonFactory(roles=["holder"])
    invitation = InvitationFactory(email=person.email.upper())

    actions.accept_invitation(invitation, by=person, at=at)

    assert queries.role_keys(person, on=at.date()) == ["holder", "member"]


def test_accept_invitation_after_an_ordinary_sign_up_makes_one_person(at):
    entry = PersonFactory(without_account=True)
    mandate = MandateFactory(person=entry)
    person = PersonFactory(roles=["holder"])
    invitation = InvitationFactory(email=person.email, about=address(entry))
    other = InvitationFactory(about=address(entry))

    actions.accept_invitation(invitation, by=person, at=at)

    mandate.refresh_from_db()
    other.refresh_from_db()
    assert (mandate.person, other.about) == (person, address(person))
    assert not Person.objects.filter(pk=entry.pk).exists()
    assert [verb for verb, *_ in journal()] == ["person.joined", "invitation.accepted"]
    assert JournalNote.objects.get().text == address(entry)


@pytest.mark.parametrize("who", ["an account", "themselves", "no account"])
def test_join_refuses_to_make_one_of_two_accounts(who, at):
    account, entry = PersonFactory(), PersonFactory(without_account=True)
    pairs = {
        "an account": (PersonFactory(), account),
        "themselves": (entry, entry),
        "no account": (entry, PersonFactory(without_account=True)),
    }

    with pytest.raises(rules.NotOnePerson):
        actions.join(*pairs[who], by=account, at=at)

    assert Person.objects.filter(pk=entry.pk).exists()


def test_accept_invitation_after_a_sign_up_unproved_makes_one_person(at):
    entry = PersonFactory(without_account=True)
    person = PersonFactory(proved_address=False)
    invitation = InvitationFactory(email=person.email, about=address(entry))

    joined = actions.accept_invitation(invitation, ("Ada", "Byron"), by=None, at=at)

    assert (joined, joined.full_name) == (person, "Ada Byron")
    assert not Person.objects.filter(pk=entry.pk).exists()
    assert [verb for verb, *_ in journal()] == [
        "person.secured",
        "person.joined",
        "invitation.accepted",
    ]


def test_accept_invitation_opens_no_account_that_was_closed(at):
    person = PersonFactory(proved_address=False, is_active=False)
    invitation = InvitationFactory(email=person.email)

    with pytest.raises(rules.SignInFirst):
        actions.accept_invitation(invitation, ("A", "B"), by=None, at=at)


def test_accept_invitation_grants_no_role_twice(at):
    person = PersonFactory(roles=["member:experts"])
    invitation = InvitationFactory(email=person.email)

    actions.accept_invitation(invitation, by=person, at=at)

    assert RoleGrant.objects.filter(person=person).count() == 1


@pytest.mark.parametrize(
    ("state", "names", "refusal"),
    [
        ({"accepted": True}, ("A", "B"), rules.InvitationUsed),
        ({"withdrawn": True}, ("A", "B"), rules.InvitationWithdrawn),
        ({"expires_at": "now"}, ("A", "B"), rules.InvitationExpired),
        ({"email": "known@example.org"}, ("A", "B"), rules.SignInFirst),
        ({}, (), rules.PersonNameMissing),
        ({}, ("A", ""), rules.PersonNameMissing),
    ],
)
def test_accept_invitation_refuses(state, names, refusal, at):
    PersonFactory(email="known@example.org")
    state = {key: at if value == "now" else value for key, value in state.items()}
    invitation = InvitationFactory(**state)
    before = Person.objects.count()

    with pytest.raises(refusal):
        actions.accept_invitation(invitation, names, by=None, at=at)

    assert Person.objects.count() == before


def test_create_organisation_cleans_and_gives_an_address(administrator, at):
    details = Details(" Pôle métropolitain ", "public", siren="200 060 358")

    first = actions.create_organisation(details, by=administrator, at=at)
    second = actions.create_organisation(details, by=administrator, at=at)

    assert (first.name, first.siren) == ("Pôle métropolitain", "200060358")
    assert first.search_name == "pole metropolitain"
    assert (first.slug, second.slug) == ("pole-metropolitain", "pole-metropolitain-2")
    assert [verb for verb, *_ in journal()] == ["organisation.created"] * 2


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        (Details(""), rules.NameMissing),
        (Details("Pôle", siret="123"), rules.SiretLength),
        (Details("La Poste", siret="35600000000048"), rules.SiretTaken),
    ],
)
def test_create_organisation_refuses(details, refusal, at):
    OrganisationFactory(siret="35600000000048")

    with pytest.raises(refusal):
        actions.create_organisation(details, by=None, at=at)

    assert Organisation.objects.count() == 1


def test_change_organisation_keeps_its_address(administrator, at):
    organisation = OrganisationFactory(siret="35600000000048")
    details = Details("La Poste", "company", siret="35600000000048")

    actions.change_organisation(organisation, details, by=administrator, at=at)

    slug = organisation.slug
    organisation.refresh_from_db()
    assert (organisation.name, organisation.kind) == ("La Poste", "company")
    assert (organisation.search_name, organisation.slug) == ("la poste", slug)
    assert [verb for verb, *_ in journal()] == ["organisation.changed"]


def test_change_organisation_refuses_the_siret_of_another(at):
    OrganisationFactory(siret="35600000000048")

    with pytest.raises(rules.SiretTaken):
        actions.change_organisation(
            OrganisationFactory(),
            Details("Autre", siret="35600000000048"),
            by=None,
            at=at,
        )


def test_grant_mandate_says_who_is_what(administrator, at):
    person, organisation = PersonFactory(), OrganisationFactory(name="Le Carreau")
    term = Term(" présidente ", date(2024, 1, 1))

    mandate = actions.grant_mandate(person, organisation, term, by=administrator, at=at)

    assert (mandate.title, mandate.since, mandate.until) == (
        "présidente",
        date(2024, 1, 1),
        None,
    )
    assert journal() == [("mandate.granted", address(person), address(administrator))]
    assert JournalEntry.objects.get().note.text == "présidente, Le Carreau"


def test_grant_mandate_refuses_to_go_back_in_time(at):
    term = Term("maire", date(2024, 1, 2), date(2024, 1, 1))

    with pytest.raises(rules.EndsBeforeItBegins):
        actions.grant_mandate(
            PersonFactory(), OrganisationFactory(), term, by=None, at=at
        )


def test_end_mandate_closes_it_today(administrator, at):
    mandate = MandateFactory()

    actions.end_mandate(mandate, by=administrator, at=at)

    mandate.refresh_from_db()
    assert mandate.until == date(2026, 3, 16)
    assert [verb for verb, *_ in journal()] == ["mandate.ended"]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"until": date(2021, 1, 1)}, rules.AlreadyOver),
        ({"since": date(2026, 3, 16)}, rules.EndsBeforeItBegins),
    ],
)
def test_end_mandate_refuses(fields, refusal, at):
    with pytest.raises(refusal):
        actions.end_mandate(MandateFactory(**fields), by=None, at=at)


def test_nothing_is_kept_when_an_action_is_refused(at):
    with pytest.raises(rules.RoleNotYours):
        actions.invite(Offer("a@example.org", "agent"), by=PersonFactory(), at=at)

    assert (Invitation.objects.count(), letters(), journal()) == (0, [], [])


def test_a_name_that_grows_when_folded_still_fits_its_column(at):
    added = actions.create_organisation(Details(name="ß" * 200), by=None, at=at)

    assert added.search_name == "s" * 220
