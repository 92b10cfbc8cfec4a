"""What is allowed among people, and how a refusal is said."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation

from terril.site.people import rules
from terril.site.people.models import (
    Invitation,
    Mandate,
    Organisation,
    Person,
    RoleGrant,
)
from terril.site.people.roles import ROLES, committee_name, role_in_words

POLE, CALL = "200060358", "24620036400014"


@pytest.mark.parametrize(
    ("written", "siren"),
    [
        ("200060358", "200060358"),
        ("200 060 358", "200060358"),
        ("200.060.358", "200060358"),
        ("200\u202f060\u00a0358", "200060358"),
        ("246200364", "246200364"),
        ("356000000", "356000000"),
    ],
)
def test_check_siren_returns_the_nine_digits(written, siren):
    assert rules.check_siren(written) == siren


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        ("20006035X", rules.WrongCharacters),
        ("٢٠٠٠٦٠٣٥٨", rules.WrongCharacters),
        ("", rules.SirenLength),
        ("20006035", rules.SirenLength),
        ("2000603588", rules.SirenLength),
        ("200060359", rules.SirenDigits),
        ("000000000", rules.SirenDigits),
    ],
)
def test_check_siren_has_its_own_refusal_for_each_way_to_miss(written, refusal):
    with pytest.raises(refusal) as caught:
        rules.check_siren(written)

    assert type(caught.value) is refusal
    assert str(caught.value)


def siret(siren, rest):
    """Return a SIRET with its right check digit."""
    return next(
        number
        for digit in range(10)
        if luhn(number := f"{siren}{rest}{digit}") and number
    )


def luhn(number):
    digits = [int(one) for one in reversed(number)]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


@pytest.mark.parametrize(
    "written",
    [
        siret(POLE, "0001"),
        siret("246200299", "0002"),
        "35600000000048",
        "35600000049837",
        f"{POLE[:3]} {POLE[3:6]} {POLE[6:]} {siret(POLE, '0001')[9:]}",
        ".".join([siret(POLE, "0001")[:9], siret(POLE, "0001")[9:]]),
    ],
)
def test_check_siret_returns_the_fourteen_digits(written):
    digits = written.replace(" ", "").replace(".", "")

    assert rules.check_siret(written) == digits


@pytest.mark.parametrize(
    ("written", "refusal", "words"),
    [
        ("2000603580001A", rules.WrongCharacters, "Only digits"),
        (POLE, rules.SiretLength, "This is a SIREN"),
        (siret(POLE, "0001")[:13], rules.SiretLength, "this one has 13"),
        (siret(POLE, "0001") + "0", rules.SiretLength, "this one has 15"),
        ("20006035900017", rules.SirenDigits, "first 9 digits"),
        ("00000000000000", rules.SirenDigits, "first 9 digits"),
        (POLE + "00000", rules.SiretDigits, "last 5 digits"),
        ("35600000049838", rules.LaPosteDigits, "multiple of 5"),
    ],
)
def test_check_siret_has_its_own_sentence_for_each_way_to_miss(written, refusal, words):
    translation.activate("en")

    with pytest.raises(refusal) as caught:
        rules.check_siret(written)

    assert type(caught.value) is refusal
    assert words in caught.value.sentence


def test_check_siren_of_siret_refuses_two_organisations():
    with pytest.raises(rules.SiretOfAnother):
        rules.check_siren_of_siret("246200364", siret(POLE, "0001"))


@pytest.mark.parametrize(("siren", "number"), [("", CALL), (POLE, ""), (POLE, POLE)])
def test_check_siren_of_siret_lets_pass_what_agrees_or_is_unknown(siren, number):
    assert rules.check_siren_of_siret(siren, number) is None


@pytest.mark.parametrize(
    ("held", "given"),
    [
        ([], frozenset()),
        (["member"], frozenset()),
        (["holder"], {"collaborator"}),
        (["agent", "holder"], {"holder", "collaborator", "member", "observer"}),
        (["administrator"], frozenset(ROLES)),
    ],
)
def test_roles_given_by_never_rises_above_oneself(held, given):
    assert rules.roles_given_by(held) == given


@pytest.mark.parametrize(
    ("role", "committee", "refusal"),
    [
        ("king", "", rules.RoleUnknown),
        ("member", "", rules.CommitteeMissing),
        ("agent", "experts", rules.CommitteeNotWanted),
    ],
)
def test_check_role_refuses_what_has_no_sense(role, committee, refusal):
    with pytest.raises(refusal):
        rules.check_role(role, committee)


def test_check_may_give_lets_the_console_give_all():
    assert rules.check_may_give("administrator", held=None) is None


def test_check_may_give_refuses_what_is_above():
    with pytest.raises(rules.RoleNotYours):
        rules.check_may_give("agent", held=["agent"])


def test_check_grant_refuses_twice_the_same():
    current = [RoleGrant(role="member", committee="experts")]

    with pytest.raises(rules.AlreadyGranted):
        rules.check_grant("member", "experts", current=current)
    assert rules.check_grant("member", "youth", current=current) is None


@pytest.mark.parametrize("thing", [RoleGrant, Mandate])
def test_check_not_over_refuses_what_has_an_end(thing):
    with pytest.raises(rules.AlreadyOver):
        rules.check_not_over(thing(until=date(2026, 1, 1)))
    assert rules.check_not_over(thing()) is None


@pytest.mark.parametrize(("role", "others"), [("agent", 0), ("administrator", 1)])
def test_check_last_administrator_lets_the_others_go(role, others):
    grant = RoleGrant(role=role)

    assert rules.check_last_administrator(grant, others_count=others) is None


def test_check_last_administrator_keeps_the_last():
    with pytest.raises(rules.LastAdministrator):
        rules.check_last_administrator(RoleGrant(role="administrator"), others_count=0)


@pytest.mark.parametrize(
    ("since", "until"),
    [(None, None), (date(2020, 1, 1), None), (date(2020, 1, 1), date(2020, 1, 2))],
)
def test_check_mandate_end_lets_time_go_forward(since, until):
    assert rules.check_mandate_end(since, until) is None


def test_check_mandate_end_refuses_to_go_back():
    with pytest.raises(rules.EndsBeforeItBegins):
        rules.check_mandate_end(date(2020, 1, 2), date(2020, 1, 2))


@pytest.mark.parametrize("names", [("", "Dupont"), ("Camille", " ")])
def test_check_name_wants_both(names):
    with pytest.raises(rules.PersonNameMissing):
        rules.check_name(*names)


def test_check_change_lets_oneself_and_administrators():
    someone, other = Person(pk=1), Person(pk=2)

    assert rules.check_change(someone, by=someone, held=[]) is None
    assert rules.check_change(someone, by=other, held=["administrator"]) is None
    with pytest.raises(rules.NotYours):
        rules.check_change(someone, by=other, held=["agent"])


def test_check_known_returns_the_invitation_or_refuses():
    invitation = Invitation()

    assert rules.check_known(invitation) is invitation
    with pytest.raises(rules.InvitationUnknown):
        rules.check_known(None)


def test_check_invitation_refuses_a_second_link():
    with pytest.raises(rules.AlreadyInvited):
        rules.check_invitation("agent", "", is_pending=True)


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"accepted_at": 1}, rules.InvitationUsed),
        ({"withdrawn_at": 1}, rules.InvitationWithdrawn),
        ({"late": True}, rules.InvitationExpired),
    ],
)
def test_a_closed_link_says_why(fields, refusal, at):
    late = fields.pop("late", False)
    expires_at = at if late else at + timedelta(seconds=1)
    invitation = Invitation(expires_at=expires_at, **fields)

    with pytest.raises(refusal) as caught:
        rules.check_withdrawal(invitation, at=at)

    assert caught.value.next_step


@pytest.mark.parametrize(
    ("by", "has_account", "refusal"),
    [
        (None, True, rules.SignInFirst),
        ("other@example.org", True, rules.InvitationForAnother),
        ("", True, rules.InvitationForAnother),
    ],
)
def test_check_acceptance_wants_the_right_person(by, has_account, refusal, at):
    invitation = Invitation(email="a@example.org", expires_at=at + timedelta(days=1))
    person = None if by is None else SimpleNamespace(email=by or None)

    with pytest.raises(refusal):
        rules.check_acceptance(invitation, by=person, has_account=has_account, at=at)


def test_check_details_cleans_and_deduces_the_siren():
    number = siret(POLE, "0001")

    details = rules.check_details(
        rules.Details(" Pôle ", siret=f" {number[:9]} {number[9:]}")
    )

    assert (details.name, details.siren, details.siret) == ("Pôle", POLE, number)


def test_check_details_keeps_what_is_unknown():
    details = rules.check_details(rules.Details("Collectif"))

    assert (details.siren, details.siret) == ("", "")


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        (rules.Details(" "), rules.NameMissing),
        (rules.Details("Pôle", siret="1"), rules.SiretLength),
        (rules.Details("Pôle", siren="1"), rules.SirenLength),
        (
            rules.Details("Pôle", siren="246200364", siret=siret(POLE, "0001")),
            rules.SiretOfAnother,
        ),
    ],
)
def test_check_details_refuses(details, refusal):
    with pytest.raises(refusal):
        rules.check_details(details)


def test_check_unused_names_the_organisation_that_has_the_siret():
    translation.activate("en")

    with pytest.raises(rules.SiretTaken) as caught:
        rules.check_unused(CALL, holder=Organisation(name="CALL"))

    assert "“CALL”" in str(caught.value.fields["siret"])
    assert rules.check_unused("", holder=None) is None


def test_roles_are_said_in_words():
    translation.activate("en")

    assert role_in_words("member", "youth") == "committee member (youth committee)"
    assert role_in_words("agent") == "examination team"
    assert role_in_words("king") == "king"
    assert committee_name("citizens") == "citizens"
    assert str(ROLES["agent"]) == "examination team"
