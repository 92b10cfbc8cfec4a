"""Each desk says what to do, what waits for others, what changed; nothing more."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from terril.site.commons import journal
from terril.site.commons.models import Letter
from terril.site.people import roles
from terril.site.website.queries.desks import desk_of
from terril.site.website.queries.desks.items import SHOWN, Item, section
from tests.factories.people import InvitationFactory, PersonFactory
from tests.factories.programme import (
    NOW,
    AnalysisReportFactory,
    CallFactory,
    CompletionRequestFactory,
    DecisionFactory,
    DossierFactory,
    DossierMemberFactory,
    OpinionFactory,
    QuestionFactory,
    ReservationFactory,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=200)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def said(sections):
    """Return what a part of a desk says: its titles and lines."""
    return {str(one.title): [str(item.what) for item in one.items] for one in sections}


def letter(status, key="k", subject="Subject", **fields):
    return Letter.objects.create(
        key=key,
        template="t",
        recipient="a@example.org",
        subject=subject,
        body="b",
        about="programme.decision/0",
        status=status,
        created_at=NOW,
        **fields,
    )


def test_a_holder_is_told_what_is_missing_and_how_long_is_left():
    holder = PersonFactory(roles=["holder"])
    (call,) = [CallFactory(closes_at=NOW + timedelta(days=16))]
    QuestionFactory(call=call, is_required=True)
    QuestionFactory(call=call)
    DossierFactory(call=call, title="Le four", holder=holder)

    desk = desk_of(holder, roles.HOLDER, at=NOW)

    (item,) = desk.today[0].items
    assert said(desk.today) == {"Dossiers to finish": ["Le four"]}
    assert item.why == "1 answer is missing or to be corrected. Time left: 16 days."
    assert (item.due, item.is_late) == (call.closes_at, False)


def test_a_holder_is_told_when_nothing_is_missing_and_when_it_is_too_late():
    holder = PersonFactory(roles=["holder"])
    DossierFactory(title="Le four", holder=holder)

    before = desk_of(holder, roles.HOLDER, at=NOW).today[0].items[0]
    after = desk_of(holder, roles.HOLDER, at=LATER).today[0].items[0]

    assert before.why.startswith("Nothing is missing: it can be handed in.")
    assert (after.why, after.is_late) == ("The call is closed.", True)


def test_a_holder_finds_completions_reservations_and_what_others_work_on():
    holder = PersonFactory(roles=["holder"])
    asked = CompletionRequestFactory(dossier__title="Le four", due_on=date(2026, 4, 1))
    DossierMemberFactory(dossier=asked.dossier, person=holder)
    published = ReservationFactory(
        decision__published=True,
        decision__dossier__decided=True,
        decision__dossier__deliberated=False,
    )
    secret = ReservationFactory(text="Secrète")
    for one in (published, secret):
        DossierMemberFactory(dossier=one.decision.dossier, person=holder)

    desk = desk_of(holder, roles.HOLDER, at=LATER)

    assert said(desk.today) == {
        "Completions asked of you": ["Le four"],
        "Reservations to lift": ["Confirmer le foncier."],
    }
    assert [one.count for one in desk.waiting] == [1]
    assert desk.today[0].items[0].is_late


def test_a_holder_never_finds_the_dossiers_of_others():
    DossierFactory(title="Aux autres")
    CompletionRequestFactory()

    desk = desk_of(PersonFactory(roles=["holder"]), roles.HOLDER, at=NOW)

    assert (desk.today, desk.waiting, desk.changes) == ([], [], [])


def test_an_agent_finds_what_to_rule_on_to_examine_to_write_and_to_send():
    agent = PersonFactory(roles=["agent"])
    DossierFactory(title="Déposé", handed_in=True)
    DossierFactory(title="Recevable", admissible=True)
    DossierFactory(title="Instruit", examined=True)
    AnalysisReportFactory(dossier__title="Fini")
    CompletionRequestFactory(dossier__title="Le four", due_on=date(2026, 4, 1))
    letter("draft")
    letter("failed", key="k2")

    desk = desk_of(agent, roles.AGENT, at=LATER)

    names = {
        title: [line.partition(" · ")[2] or line for line in lines]
        for title, lines in said(desk.today).items()
    }
    assert names == {
        "Dossiers to rule on": ["Déposé"],
        "Dossiers to examine": ["Recevable"],
        "Analysis reports to write": ["Instruit"],
        "Letters to release": ["1 letter"],
        "Letters that did not leave": ["1 letter"],
    }
    completions = desk.waiting[0].items[0]
    assert (completions.why, completions.is_late) == ("overdue", True)


def test_an_agent_finds_labels_to_register_and_reservations_not_lifted():
    agent = PersonFactory(roles=["agent"])
    DecisionFactory(published=True, dossier__decided=True, dossier__deliberated=False)
    ReservationFactory(
        decision__published=True,
        decision__dossier__decided=True,
        decision__dossier__deliberated=False,
        due_on=date(2026, 4, 1),
    )

    desk = desk_of(agent, roles.AGENT, at=LATER)

    assert [str(one.title) for one in desk.today] == ["Labels to register"]
    assert [str(one.title) for one in desk.waiting] == ["Reservations not lifted"]
    assert desk.waiting[0].items[0].is_late


def test_a_desk_never_says_what_was_decided():
    DecisionFactory(outcome="refused", reasons="Motif", dossier__title="Le four")
    people = {
        roles.AGENT: PersonFactory(roles=["agent"]),
        roles.SECRETARY: PersonFactory(roles=["secretary"]),
    }

    told = [repr(desk_of(one, role, at=NOW).work) for role, one in people.items()]

    assert [("Le four" in one, "refused" in one, "Motif" in one) for one in told] == [
        (True, False, False),
        (True, False, False),
    ]


def test_a_member_finds_the_dossiers_their_committee_has_not_spoken_on():
    member = PersonFactory(roles=["member:youth"])
    OpinionFactory(dossier__title="Avis des partenaires")
    OpinionFactory(dossier__title="Avis des jeunes", committee="youth")
    DossierFactory(title="À décider", deliberated=True)

    desk = desk_of(member, roles.MEMBER, at=NOW)

    lines = said(desk.today)["Dossiers to read for your committee"]
    assert [line.partition(" · ")[2] for line in lines] == ["Avis des partenaires"]
    assert [one.count for one in desk.waiting] == [1]


def test_a_secretary_finds_opinions_decisions_to_prepare_and_to_publish():
    secretary = PersonFactory(roles=["secretary"])
    OpinionFactory(dossier__title="Instruit")
    DossierFactory(title="À décider", deliberated=True)
    DecisionFactory(dossier__title="Décidé en secret")

    desk = desk_of(secretary, roles.SECRETARY, at=NOW)

    assert [(str(one.title), one.count) for one in desk.today] == [
        ("Opinions to record", 1),
        ("Decisions to prepare", 1),
        ("Decisions to publish", 1),
    ]
    assert desk.today[0].items[0].why == "Youth, Experts"


def test_a_dossier_whose_call_has_no_rules_awaits_no_opinion():
    secretary = PersonFactory(roles=["secretary"])
    DossierFactory(examined=True, call__regime=None)

    assert desk_of(secretary, roles.SECRETARY, at=NOW).today == []


def test_an_observer_reads_numbers_only():
    DossierFactory()
    DossierFactory(handed_in=True)
    DossierFactory(examined=True)
    DossierFactory(deliberated=True)
    DossierFactory(decided=True)

    desk = desk_of(PersonFactory(roles=["observer"]), roles.OBSERVER, at=NOW)

    assert [(one.value, str(one.label)) for one in desk.work.numbers] == [
        (4, "dossiers handed in"),
        (1, "submitted"),
        (2, "under examination"),
        (1, "decided"),
    ]
    assert (desk.today, desk.waiting, desk.changes) == ([], [], [])


def test_an_administrator_finds_invitations_failed_letters_and_the_journal():
    administrator = PersonFactory(roles=["administrator"])
    InvitationFactory(email="invitee@example.org", expires_at=NOW + timedelta(days=3))
    InvitationFactory(withdrawn=True)
    letter("failed")
    letter("waiting", key="k2")
    person = PersonFactory(given_name="Ada", family_name="Dupont")
    journal.record("role.granted", about=person, by=administrator, at=NOW)

    desk = desk_of(administrator, roles.ADMINISTRATOR, at=NOW)

    assert said(desk.today) == {"Letters that did not leave": ["1 letter"]}
    assert said(desk.waiting) == {
        "Invitations not answered": ["invitee@example.org"],
        "Letters waiting to leave": ["1 letter"],
    }
    assert [(one.value, str(one.label)) for one in desk.work.numbers] == [
        (1, "lines in the journal")
    ]
    assert [(one.words, one.name) for one in desk.changes] == [
        ("role granted", "Ada Dupont")
    ]


def test_changes_are_recent_told_once_and_about_what_one_may_see():
    holder = PersonFactory(roles=["holder"])
    mine = DossierFactory(title="Le four", handed_in=True, holder=holder)
    theirs = DossierFactory(title="Aux autres", handed_in=True)
    for dossier, verb, days in (
        (mine, "dossier.submitted", 1),
        (mine, "dossier.submitted", 1),
        (mine, "dossier.report_finished", 1),
        (mine, "dossier.opened", 20),
        (theirs, "dossier.submitted", 1),
    ):
        journal.record(verb, about=dossier, by=holder, at=NOW - timedelta(days=days))

    desk = desk_of(holder, roles.HOLDER, at=NOW)

    assert [(one.words, one.name) for one in desk.changes] == [
        ("dossier handed in", "Le four")
    ]


def test_a_long_section_is_cut_and_says_how_many_are_left():
    cut = section("Title", [Item(str(rank), "") for rank in range(SHOWN + 3)])

    assert (cut.count, len(cut.items), cut.hidden_count) == (SHOWN + 3, SHOWN, 3)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (roles.HOLDER, 8),
        (roles.AGENT, 15),
        (roles.MEMBER, 6),
        (roles.SECRETARY, 6),
        (roles.OBSERVER, 2),
        (roles.ADMINISTRATOR, 7),
    ],
    ids=lambda one: getattr(one, "key", ""),
)
@pytest.mark.parametrize("count", [1, 3])
def test_a_desk_asks_the_same_questions_whatever_the_number(
    role, expected, count, django_assert_num_queries
):
    person = PersonFactory(roles=[role.key])
    call = CallFactory()
    QuestionFactory(call=call, is_required=True)
    for _ in range(count):
        DossierFactory(call=call, holder=person)
        handed = DossierFactory(call=call, handed_in=True)
        OpinionFactory(dossier__call=call)
        DecisionFactory(dossier__call=call)
        InvitationFactory(expires_at=NOW + timedelta(days=3))
        journal.record("dossier.submitted", about=handed, by=person, at=NOW)
        journal.record("person.changed", about=person, by=person, at=NOW)

    with django_assert_num_queries(expected):
        desk = desk_of(person, role, at=NOW)

    assert desk.role == role
