"""Decisions: prepared in secret, corrected with a reason, told first, then public."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation

from terril.site.commons.addresses import address
from terril.site.commons.models import JournalEntry, JournalNote, Letter
from terril.site.programme import actions, queries
from terril.site.programme.models import Decision, Dossier, Reservation
from terril.site.programme.queries.decisions import board
from terril.site.programme.queries.letters import composition
from terril.site.programme.regimes import RegimeRefused
from terril.site.programme.rules import decisions as rules
from terril.site.programme.rules.decisions import DecisionDraft, ReservationDraft
from terril.site.programme.rules.moves import MoveRefused
from tests.factories.people import PersonFactory
from tests.factories.programme import (
    NOW,
    CallFactory,
    CompletionRequestFactory,
    DecisionFactory,
    DossierFactory,
    OpinionFactory,
    ReservationFactory,
)

pytestmark = pytest.mark.django_db
S = Dossier.Status
LATER = NOW + timedelta(hours=1)
DRAFT = DecisionDraft("labelled", "Projet solide.", "DEL-42", date(2026, 3, 2))
LAND = ReservationDraft("Confirmer le foncier.", "Le porteur", date(2026, 9, 1))
MATURE = replace(DRAFT, outcome="to_be_matured", reservations=[LAND])


@pytest.fixture(autouse=True)
def _sentences_as_they_are_written():
    with translation.override("en"):
        yield


@pytest.fixture
def who():
    return {"by": PersonFactory(given_name="Alix"), "at": NOW}


def deliberated(**fields):
    return DossierFactory(deliberated=True, holder=PersonFactory(), **fields)


def decided(outcome="labelled", **fields):
    return DecisionFactory(dossier=deliberated(**fields), outcome=outcome)


def test_a_decision_is_prepared_in_secret(who):
    dossier = deliberated()

    decision = actions.prepare_decision(dossier, MATURE, **who)

    dossier.refresh_from_db()
    assert dossier.status == S.DELIBERATION
    assert decision.published_at is None
    reservation = Reservation.objects.get()
    assert (reservation.text, reservation.owner) == (LAND.text, LAND.owner)
    assert queries.published_decision(dossier) is None


def test_the_journal_says_that_something_was_prepared_and_never_what(who):
    dossier = deliberated(title="Le projet")
    first = actions.prepare_decision(dossier, DRAFT, **who)

    changed = replace(MATURE, seen=first.prepared_at, correction="erreur")
    actions.prepare_decision(dossier, changed, by=who["by"], at=LATER)

    lines = JournalEntry.objects.filter(verb__startswith="decision.")
    assert [(line.verb, line.about) for line in lines] == [
        ("decision.prepared", f"programme.decision/{first.pk}"),
        ("decision.corrected", f"programme.decision/{first.pk}"),
    ]
    (note,) = JournalNote.objects.values_list("text", flat=True)
    assert note.startswith("sha256 ")
    assert str(first) == "Le projet"


def test_what_was_corrected_in_secret_is_told_with_the_publication(who):
    dossier = deliberated()
    first = actions.prepare_decision(dossier, DRAFT, **who)
    changed = replace(
        DRAFT, reasons="Mieux dit.", seen=first.prepared_at, correction="style"
    )
    actions.prepare_decision(dossier, changed, by=who["by"], at=LATER)

    actions.publish_decision(dossier, by=who["by"], at=LATER)

    line = JournalEntry.objects.get(verb="decision.published")
    assert "Projet solide." in line.note.text
    assert "style" in line.note.text
    kept = Decision.objects.get()
    assert (kept.reasons, len(kept.former)) == ("Mieux dit.", 1)


def test_a_correction_replaces_reservations_and_sets_unsent_letters_aside(who):
    dossier = deliberated()
    first = actions.prepare_decision(dossier, MATURE, **who)
    actions.compose_letters(dossier.call, **who)

    changed = replace(DRAFT, seen=first.prepared_at, correction="vote recompté")
    actions.prepare_decision(dossier, changed, by=who["by"], at=LATER)
    actions.compose_letters(dossier.call, by=who["by"], at=LATER)

    assert Reservation.objects.count() == 0
    letters = Letter.objects.order_by("pk").values_list("status", "template")
    assert list(letters) == [
        ("discarded", "programme/decision_to_be_matured"),
        ("draft", "programme/decision_labelled"),
    ]


def under(existing, **changes):
    return replace(DRAFT, seen=existing.prepared_at, correction="mieux", **changes)


@pytest.mark.parametrize(
    ("prepare", "draft", "refusal", "sentence"),
    [
        pytest.param(
            deliberated,
            replace(DRAFT, outcome="gold"),
            RegimeRefused,
            "This regime has no outcome “gold”.",
            id="unknown outcome",
        ),
        pytest.param(
            deliberated,
            replace(DRAFT, reasons=" "),
            rules.DecisionIncomplete,
            "The reasons of the decision are missing.",
            id="no reasons",
        ),
        pytest.param(
            deliberated,
            replace(DRAFT, act_reference=""),
            rules.DecisionIncomplete,
            "The reference of the act is missing.",
            id="no act",
        ),
        pytest.param(
            deliberated,
            replace(DRAFT, decided_on=date(2026, 12, 1)),
            rules.DecisionIncomplete,
            "The decision is dated later than today.",
            id="decided tomorrow",
        ),
        pytest.param(
            deliberated,
            replace(MATURE, reservations=[]),
            rules.DecisionIncomplete,
            "“to be matured” needs at least one reservation.",
            id="to be matured without reservation",
        ),
        pytest.param(
            deliberated,
            replace(MATURE, reservations=[ReservationDraft("Le foncier", " ")]),
            rules.DecisionIncomplete,
            "A reservation says what must be lifted, and by whom.",
            id="a reservation of nobody",
        ),
        pytest.param(
            lambda: DossierFactory(examined=True),
            DRAFT,
            MoveRefused,
            "This dossier is “under examination”: that can no longer be done, or not yet.",
            id="before the opinions",
        ),
        pytest.param(
            lambda: CompletionRequestFactory().dossier,
            DRAFT,
            rules.CompletionPending,
            "The holder was asked for more and has not answered yet.",
            id="completion pending",
        ),
        pytest.param(
            lambda: DecisionFactory(published=True).dossier,
            DRAFT,
            rules.AlreadyDecided,
            "This decision is public since 4 June 2026 at 11:00: it no longer changes.",
            id="already public",
        ),
        pytest.param(
            lambda: (
                DecisionFactory(
                    prepared_by=PersonFactory(given_name="Sacha"), prepared_at=NOW
                ).dossier
            ),
            DRAFT,
            rules.AlreadyDecided,
            "This dossier was already decided by Sacha Dupont, 16 March 2026 at 10:00.",
            id="decided by another meanwhile",
        ),
        pytest.param(
            lambda: DecisionFactory(prepared_at=NOW).dossier,
            replace(DRAFT, seen=NOW),
            rules.AlreadyDecided,
            "A decision is already prepared: correcting it needs a reason.",
            id="corrected without a reason",
        ),
    ],
)
def test_what_cannot_be_decided_is_refused_and_changes_nothing(
    prepare, draft, refusal, sentence, who
):
    dossier = prepare()
    before = list(Decision.objects.values())

    with pytest.raises(refusal) as refused:
        actions.prepare_decision(dossier, draft, **who)

    assert str(refused.value) == sentence
    assert list(Decision.objects.values()) == before


def test_the_second_of_two_secretaries_reads_the_first_before_correcting(who):
    dossier = deliberated()
    first = actions.prepare_decision(dossier, DRAFT, **who)
    other = {"by": PersonFactory(), "at": LATER}

    with pytest.raises(rules.AlreadyDecided):
        actions.prepare_decision(dossier, replace(DRAFT, outcome="refused"), **other)
    actions.prepare_decision(dossier, under(first, outcome="refused"), **other)

    assert Decision.objects.get().outcome == "refused"


def test_a_published_decision_moves_its_dossier_and_stays(who):
    decision = decided()

    actions.publish_decision(decision.dossier, **who)

    decision.refresh_from_db()
    assert decision.published_at == NOW
    assert Dossier.objects.get().status == S.DECIDED
    assert queries.published_decision(decision.dossier) == decision


def test_all_the_decisions_of_a_call_are_published_together(who):
    call = CallFactory()
    first, second = decided(call=call), decided(call=call)
    waiting, elsewhere = deliberated(call=call), decided()

    published = actions.publish_decisions(call, **who)

    assert published == [first, second]
    waiting.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (waiting.status, elsewhere.published_at) == (S.DELIBERATION, None)


@pytest.mark.parametrize("outcome", ["to_be_matured", "refused"])
def test_nothing_is_published_before_those_not_retained_are_told(who, outcome):
    call = CallFactory()
    label = decided(call=call)
    decided(outcome, call=call, receipt="2026-014")

    with pytest.raises(rules.NotToldYet) as refused:
        actions.publish_decision(label.dossier, **who)
    with pytest.raises(rules.NotToldYet):
        actions.publish_decisions(call, **who)

    assert "Not told yet: 2026-014." in str(refused.value)
    assert Decision.objects.filter(published_at__isnull=False).count() == 0


def test_once_told_or_set_aside_by_a_person_decisions_are_published(
    who, django_capture_on_commit_callbacks
):
    call = CallFactory()
    decided("refused", call=call)
    decided("to_be_matured", call=call)
    actions.compose_letters(call, **who)
    told, aside = Letter.objects.order_by("pk")

    with django_capture_on_commit_callbacks(execute=True):
        actions.send_letters([told.pk], **who)
    actions.discard_letter(aside, "prévenu par téléphone", **who)

    assert len(actions.publish_decisions(call, **who)) == 2


def test_a_dossier_withdrawn_once_decided_does_not_hold_the_publication(who):
    call, holder = CallFactory(code="2026"), PersonFactory()
    published = decided(call=call)
    withdrawn = DossierFactory(deliberated=True, call=call, holder=holder)
    DecisionFactory(dossier=withdrawn, outcome="refused")
    actions.compose_letters(call, **who)

    actions.withdraw(withdrawn, by=holder, at=NOW)
    done = actions.publish_decisions(call, **who)

    assert done == [published]
    about = address(withdrawn.decision)
    assert Letter.objects.get(about=about).status == Letter.Status.DISCARDED


def test_a_holder_without_an_address_does_not_hold_the_publication(who):
    dossier = DossierFactory(
        deliberated=True, holder=PersonFactory(without_account=True)
    )
    DecisionFactory(dossier=dossier, outcome="refused")

    actions.publish_decision(dossier, **who)

    assert dossier.status == S.DECIDED


@pytest.mark.parametrize(
    ("prepare", "refusal", "sentence"),
    [
        pytest.param(
            deliberated,
            rules.NothingToPublish,
            "No decision is prepared for this dossier.",
            id="nothing prepared",
        ),
        pytest.param(
            lambda: DecisionFactory(published=True).dossier,
            rules.AlreadyDecided,
            "This decision is public since 4 June 2026 at 11:00.",
            id="already public",
        ),
        pytest.param(
            lambda: (
                DecisionFactory(
                    dossier=DossierFactory(withdrawn=True, handed_in=False)
                ).dossier
            ),
            MoveRefused,
            "This dossier is “withdrawn”: that can no longer be done, or not yet.",
            id="withdrawn meanwhile",
        ),
    ],
)
def test_what_cannot_be_published_is_refused(prepare, refusal, sentence, who):
    dossier = prepare()

    with pytest.raises(refusal) as refused:
        actions.publish_decision(dossier, **who)

    assert str(refused.value) == sentence


def test_publishing_no_decision_is_refused(who):
    with pytest.raises(rules.NothingToPublish):
        actions.publish_decisions(CallFactory(), **who)


def test_a_reservation_is_lifted_with_its_evidence(who):
    decision = DecisionFactory(outcome="to_be_matured", published=True)
    reservation = ReservationFactory(decision=decision)

    actions.lift_reservation(reservation, "Acte de vente du 3 mars.", **who)

    kept = Reservation.objects.get()
    assert (kept.lifted_at, kept.evidence) == (NOW, "Acte de vente du 3 mars.")


@pytest.mark.parametrize(
    ("fields", "evidence", "sentence"),
    [
        pytest.param(
            {"decision__published_at": None},
            "Acte.",
            "The decision is not public yet: its reservations cannot be lifted.",
            id="secret",
        ),
        pytest.param(
            {"decision__published_at": NOW, "lifted_at": NOW},
            "Acte.",
            "This reservation was lifted, 16 March 2026 at 10:00.",
            id="lifted",
        ),
        pytest.param(
            {"decision__published_at": NOW},
            " ",
            "A reservation is not lifted without evidence.",
            id="without evidence",
        ),
    ],
)
def test_a_reservation_that_cannot_be_lifted_is_refused(
    fields, evidence, sentence, who
):
    reservation = ReservationFactory(**fields)

    with pytest.raises(rules.ReservationRefused) as refused:
        actions.lift_reservation(reservation, evidence, **who)

    assert str(refused.value) == sentence


@pytest.fixture
def secretary(sign_in):
    return sign_in(PersonFactory(roles=["secretary"]), "secretary")


def typed(**changes):
    return {
        "outcome": "to_be_matured",
        "reasons": "Le foncier manque.",
        "act_reference": "DEL-42",
        "decided_on": "2 mars 2026",
        "reserve-TOTAL_FORMS": "3",
        "reserve-INITIAL_FORMS": "0",
        "reserve-0-text": "Confirmer le foncier.",
        "reserve-0-owner": "Le porteur",
        "reserve-0-due_on": "01/09/2026",
    } | changes


def test_a_secretary_prepares_then_corrects_a_decision_from_its_page(secretary):
    dossier = deliberated()
    path = f"/programme/instruction/dossiers/{dossier.code}/decision/"

    secretary.post(path, typed())
    shown = secretary.get(path).context["form"].initial["seen"]
    blind = secretary.post(path, typed(correction="oui", seen="not a date"))
    secretary.post(path, typed(outcome="refused", correction="oui", seen=shown))

    decision = Decision.objects.get()
    assert blind.status_code == 409
    assert (decision.outcome, len(decision.former)) == ("refused", 1)


def test_a_decision_badly_written_stays_on_the_screen(secretary):
    dossier = deliberated()
    OpinionFactory(dossier=dossier, text="Avis des partenaires.")
    path = f"/en/programme/instruction/dossiers/{dossier.code}/decision/"

    page = secretary.post(path, typed(decided_on="douze")).content.decode()

    assert "This date is not understood." in page
    assert "Confirmer le foncier." in page
    assert "Avis des partenaires." in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_asks_as_much_for_one_as_for_three(
    secretary, django_assert_num_queries, count
):
    call = CallFactory()
    for _ in range(count):
        OpinionFactory(dossier=decided(call=call).dossier)

    with django_assert_num_queries(10):
        page = secretary.get(f"/programme/decisions/{call.code}/")

    assert page.content.decode().count('scope="row"') == count


def test_the_board_counts_what_awaits_what_is_secret_and_what_is_public():
    call = CallFactory()
    deliberated(call=call)
    decided(call=call)
    DecisionFactory(dossier=DossierFactory(decided=True, call=call), published=True)

    found = board(call, Dossier.objects.all())

    assert (found.awaiting_count, found.secret_count, found.published_count) == (
        1,
        1,
        1,
    )


def test_a_reservation_is_lifted_from_its_page(sign_in):
    agent = sign_in(PersonFactory(roles=["agent"]), "agent")
    dossier = DossierFactory(decided=True)
    decision = DecisionFactory(dossier=dossier, outcome="to_be_matured", published=True)
    reservation = ReservationFactory(decision=decision)
    start = f"/en/programme/instruction/dossiers/{dossier.code}/"
    path = f"{start}reserves/{reservation.pk}/lever/"

    shown = agent.get(path).content.decode()
    agent.post(path, {"evidence": "Acte de vente."})
    page = agent.get(start).content.decode()

    assert "Confirmer le foncier." in shown
    assert "Acte de vente." in page


def test_a_withdrawn_dossier_takes_its_decision_with_it(who):
    call = CallFactory()
    kept, gone = decided(call=call), decided("refused", call=call)
    Dossier.objects.filter(pk=gone.dossier_id).update(status=S.WITHDRAWN)

    assert [one.pk for one in composition(call).decisions] == [kept.pk]
    assert actions.publish_decisions(call, **who) == [kept]
