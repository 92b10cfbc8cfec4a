"""Publish, register, end, withdraw, correct: the change, the line, the letter."""

from datetime import UTC, date, datetime

import pytest

from terril.site.commons import journal
from terril.site.commons.models import JournalEntry, JournalNote, Letter
from terril.site.programme.models import Decision, Dossier
from terril.site.programme.rules.decisions import NothingToPublish, NotToldYet
from terril.site.projects import actions, queries
from terril.site.projects.actions import Correction, Ending, PublicEvent
from terril.site.projects.models import Project
from terril.site.projects.rules import labels
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.places import MembershipFactory, PlaceFactory
from tests.factories.programme import (
    REGIME,
    CallFactory,
    DecisionFactory,
    DossierFactory,
    RegimeFactory,
)
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def secretary():
    return PersonFactory(roles=["secretary"])


def verbs():
    return list(JournalEntry.objects.order_by("number").values_list("verb", flat=True))


def prepared(call, outcome="labelled", **told):
    dossier = DossierFactory(deliberated=True, call=call, **told)
    return DecisionFactory(dossier=dossier, outcome=outcome)


# ---- register


def test_registering_copies_what_is_public_of_the_dossier(secretary):
    link = MembershipFactory(
        child=PlaceFactory(name="Harnes", longitude=2.9, latitude=50.44)
    )
    dossier = DossierFactory(
        decided=True,
        call=CallFactory(code="2026"),
        title="Toits partagés",
        summary="Des toits.",
        theme="energy",
        commune=link.child,
        organisation=OrganisationFactory(name="Les Toits"),
        longitude=2.91,
        latitude=50.45,
        is_example=True,
    )
    decision = DecisionFactory(dossier=dossier, published=True)

    project = actions.register(decision, by=secretary, at=AT)

    project.refresh_from_db()
    assert project.number == "2026-L01"
    assert project.slug == "toits-partages"
    assert (project.name, project.summary) == ("Toits partagés", "Des toits.")
    assert (project.theme, project.holder.name) == ("energy", "Les Toits")
    assert list(project.places.all()) == [link.child]
    assert project.epci == link.parent
    assert (project.longitude, project.latitude) == (2.91, 50.45)
    assert not project.is_at_commune
    assert (project.year, project.labelled_on) == (2026, date(2026, 5, 28))
    assert project.certainty == Project.Certainty.DECIDED
    assert project.is_example
    assert project.registered_at == AT
    assert project.search_text.startswith("toits partages\n2026 l01 harnes ca numero")


def test_a_certificate_carries_the_head_of_the_journal(secretary):
    decision = DecisionFactory(published=True)

    project = actions.register(decision, by=secretary, at=AT)

    line = JournalEntry.objects.get(verb="project.registered")
    assert line.about == f"projects.project/{project.pk}"
    assert project.journal_head == line.digest
    assert len(project.certificate) == 12
    assert journal.verify(printed_head=project.journal_head).holds


def test_the_public_history_begins_with_the_award(secretary):
    project = actions.register(DecisionFactory(published=True), by=secretary, at=AT)

    (event,) = project.events.all()

    assert event.on == date(2026, 5, 28)
    assert event.sentence == (
        "Le label est décerné par l’instance « Comité syndical » (acte\u00a0: 2026-42)."
    )
    assert "Syndicate committee" in event.sentence_en


def test_numbers_follow_each_other_within_a_call(secretary):
    call, other = CallFactory(code="2026"), CallFactory(code="2027")
    decisions = [prepared(call), prepared(call), prepared(other)]
    Decision.objects.update(published_at=AT)

    found = [
        actions.register(Decision.objects.get(pk=one.pk), by=secretary, at=AT)
        for one in decisions
    ]

    assert [one.number for one in found] == ["2026-L01", "2026-L02", "2027-L01"]


def test_two_projects_of_one_title_have_two_addresses(secretary):
    ProjectFactory(slug="verger")
    dossier = DossierFactory(decided=True, title="Verger")

    project = actions.register(
        DecisionFactory(dossier=dossier, published=True), by=secretary, at=AT
    )

    assert project.slug == "verger-2"


@pytest.mark.parametrize(("longitude", "is_at_commune"), [(2.9, True), (None, False)])
def test_without_a_point_a_project_is_at_its_commune(
    longitude, is_at_commune, secretary
):
    latitude = 50.4 if longitude else None
    commune = PlaceFactory(longitude=longitude, latitude=latitude)
    dossier = DossierFactory(decided=True, commune=commune)

    project = actions.register(
        DecisionFactory(dossier=dossier, published=True), by=secretary, at=AT
    )

    assert (project.longitude, project.is_at_commune) == (longitude, is_at_commune)
    assert project.epci is None


def test_a_project_of_nowhere_is_registered_all_the_same(secretary):
    project = actions.register(DecisionFactory(published=True), by=secretary, at=AT)

    assert (project.longitude, project.is_at_commune) == (None, False)
    assert list(project.places.all()) == []


def test_a_label_lasts_what_its_regime_says(secretary):
    regime = RegimeFactory(text={**REGIME, "duration_years": 3})
    call = CallFactory(regime=regime)
    decision = prepared(call)
    Decision.objects.update(published_at=AT)
    decision.refresh_from_db()

    project = actions.register(decision, by=secretary, at=AT)

    assert project.valid_until == date(2029, 5, 28)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"published": False}, labels.NotPublished),
        ({"published": True, "outcome": "refused"}, labels.NotLabelled),
        ({"published": True, "outcome": "to_be_matured"}, labels.NotLabelled),
    ],
)
def test_registering_is_refused_and_leaves_nothing(told, refusal, secretary):
    decision = DecisionFactory(**told)

    with pytest.raises(refusal):
        actions.register(decision, by=secretary, at=AT)

    assert Project.objects.count() == 0
    assert verbs() == []


def test_registering_twice_makes_one_project(secretary):
    decision = DecisionFactory(published=True)
    actions.register(decision, by=secretary, at=AT)

    with pytest.raises(labels.AlreadyRegistered):
        actions.register(Decision.objects.get(pk=decision.pk), by=secretary, at=AT)

    assert Project.objects.count() == 1


# ---- publish


def test_publishing_a_call_switches_every_decision_at_once(secretary):
    call = CallFactory(code="2026")
    prepared(call, title="Bois")
    prepared(call, outcome="refused", title="Secret")
    prepared(call, outcome="to_be_matured", title="Encore vert")
    confirmed = queries.plan_of(call).fingerprint

    projects = actions.publish_all(call, confirmed, by=secretary, at=AT)

    assert [project.name for project in projects] == ["Bois"]
    assert [project.name for project in Project.objects.all()] == ["Bois"]
    assert set(Decision.objects.values_list("published_at", flat=True)) == {AT}
    assert set(Dossier.objects.values_list("status", flat=True)) == {"decided"}
    assert verbs()[-3:] == [
        "call.decisions_published",
        "project.registered",
        "call.announced",
    ]
    assert queries.decisions_to_register() == []


def test_publishing_is_refused_when_a_decision_changed_meanwhile(secretary):
    call = CallFactory()
    decision = prepared(call)
    confirmed = queries.plan_of(call).fingerprint
    decision.outcome = "refused"
    decision.save()

    with pytest.raises(labels.PlanChanged):
        actions.publish_all(call, confirmed, by=secretary, at=AT)

    assert Decision.objects.get().published_at is None


def test_publishing_nothing_is_refused(secretary):
    call = CallFactory()
    confirmed = queries.plan_of(call).fingerprint

    with pytest.raises(NothingToPublish):
        actions.publish_all(call, confirmed, by=secretary, at=AT)


def test_publishing_waits_for_those_who_must_be_told_and_publishes_none(secretary):
    call = CallFactory()
    prepared(call)
    prepared(call, outcome="refused", holder=PersonFactory())
    confirmed = queries.plan_of(call).fingerprint

    with pytest.raises(NotToldYet):
        actions.publish_all(call, confirmed, by=secretary, at=AT)

    assert set(Decision.objects.values_list("published_at", flat=True)) == {None}
    assert Project.objects.count() == 0


def test_a_ceremony_publishes_dossier_by_dossier(secretary):
    call = CallFactory()
    first, second = prepared(call, title="Un"), prepared(call, title="Deux")

    project = actions.publish_and_register(first.dossier, by=secretary, at=AT)

    assert project.name == "Un"
    assert [one.name for one in Project.objects.all()] == ["Un"]
    second.refresh_from_db()
    assert second.published_at is None
    assert verbs()[-2:] == ["project.registered", "dossier.announced"]


def test_a_refusal_is_published_without_a_project(secretary):
    decision = DecisionFactory(outcome="refused")

    project = actions.publish_and_register(decision.dossier, by=secretary, at=AT)

    assert project is None
    assert Project.objects.count() == 0


# ---- end and withdraw


def test_a_withdrawn_label_stays_in_the_register_and_says_so(secretary):
    holder = PersonFactory(language="en")
    dossier = DossierFactory(decided=True, holder=holder)
    decision = DecisionFactory(dossier=dossier, published=True)
    project = ProjectFactory(decided=True, decision=decision, name="Bois")
    ending = Ending(date(2026, 6, 10), "Engagements non tenus.", "2026-77")

    actions.withdraw_label(project, ending, by=secretary, at=AT)

    project.refresh_from_db()
    assert (project.state, project.withdrawn_on) == ("withdrawn", date(2026, 6, 10))
    assert project.events.get().sentence_en == "The label is withdrawn (act: 2026-77)."
    assert verbs() == ["project.label_withdrawn"]
    assert JournalNote.objects.get().text == "Engagements non tenus."
    letter = Letter.objects.get()
    assert (letter.recipient, letter.template) == (
        holder.email,
        "projects/label_withdrawn",
    )
    assert letter.subject == "Label withdrawn: Bois"
    assert "Engagements non tenus." in letter.body


def test_an_ended_label_stays_in_the_register_and_says_so(secretary):
    dossier = DossierFactory(decided=True, holder=PersonFactory())
    decision = DecisionFactory(dossier=dossier, published=True)
    project = ProjectFactory(decided=True, decision=decision)

    actions.end_label(
        project, Ending(date(2026, 6, 10), "Terme échu."), by=secretary, at=AT
    )

    project.refresh_from_db()
    assert (project.state, project.valid_until) == ("ended", date(2026, 6, 10))
    assert project.events.get().sentence == "Le label prend fin."
    assert verbs() == ["project.label_ended"]
    assert Letter.objects.get().template == "projects/label_ended"


def test_nobody_is_written_to_about_a_label_known_by_sources(secretary):
    project = ProjectFactory()

    actions.end_label(project, Ending(date(2026, 6, 10), "x"), by=secretary, at=AT)

    assert Letter.objects.count() == 0


@pytest.mark.parametrize(
    ("trait", "ending", "refusal"),
    [
        ("ended", Ending(date(2026, 6, 10), "x", "7"), labels.NoLongerStanding),
        ("withdrawn", Ending(date(2026, 6, 10), "x", "7"), labels.NoLongerStanding),
        ("decided", Ending(date(2026, 6, 16), "x", "7"), labels.DayRefused),
        ("decided", Ending(date(2026, 5, 1), "x", "7"), labels.DayRefused),
        ("decided", Ending(date(2026, 6, 10), "", "7"), labels.ReasonMissing),
    ],
)
@pytest.mark.parametrize("act", [actions.end_label, actions.withdraw_label])
def test_an_end_is_refused_and_changes_nothing(act, trait, ending, refusal, secretary):
    project = ProjectFactory(**{trait: True})

    with pytest.raises(refusal):
        act(project, ending, by=secretary, at=AT)

    assert verbs() == []
    assert project.events.count() == 0


def test_a_withdrawal_without_its_act_is_refused(secretary):
    project = ProjectFactory(decided=True)

    with pytest.raises(labels.ReasonMissing):
        actions.withdraw_label(
            project, Ending(date(2026, 6, 10), "x"), by=secretary, at=AT
        )


# ---- correct


def corrected(**told):
    given = {
        "name": " Le bois ",
        "summary": "Un bois.",
        "summary_en": "A wood.",
        "theme": "renaturation",
        "communes": [],
        "longitude": None,
        "latitude": None,
        "reason": "Faute de frappe.",
    }
    return Correction(**(given | told))


def test_a_correction_changes_the_page_and_never_the_address(secretary):
    project = ProjectFactory(slug="ancien-nom", longitude=2.8, latitude=50.4)

    actions.correct(project, corrected(), by=secretary, at=AT)

    project.refresh_from_db()
    assert (project.name, project.slug) == ("Le bois", "ancien-nom")
    assert (project.theme, project.longitude) == ("renaturation", None)
    assert project.search_text.startswith("le bois\n")
    assert verbs() == ["project.corrected"]
    assert JournalNote.objects.get().text == "Faute de frappe."


def test_a_correction_without_a_point_places_the_project_at_its_commune(secretary):
    commune = PlaceFactory(name="Avion", longitude=2.83, latitude=50.41)
    link = MembershipFactory(child=commune)
    project = ProjectFactory()

    actions.correct(project, corrected(communes=[commune]), by=secretary, at=AT)

    project.refresh_from_db()
    assert (project.longitude, project.is_at_commune) == (2.83, True)
    assert (project.epci, list(project.places.all())) == (link.parent, [commune])
    assert "avion" in project.search_text


def test_a_correction_with_a_point_places_the_project_there(secretary):
    commune = PlaceFactory(longitude=2.83, latitude=50.41)
    project = ProjectFactory(is_at_commune=True, longitude=2.83, latitude=50.41)
    change = corrected(communes=[commune], longitude=2.9, latitude=50.5)

    actions.correct(project, change, by=secretary, at=AT)

    project.refresh_from_db()
    assert (project.longitude, project.latitude) == (2.9, 50.5)
    assert not project.is_at_commune


def test_a_commune_without_a_centre_places_nothing(secretary):
    project = ProjectFactory()

    actions.correct(project, corrected(communes=[PlaceFactory()]), by=secretary, at=AT)

    project.refresh_from_db()
    assert (project.longitude, project.is_at_commune) == (None, False)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"name": " "}, labels.CorrectionRefused),
        ({"longitude": 2.8}, labels.CorrectionRefused),
        ({"longitude": 999.0, "latitude": 50.0}, labels.CorrectionRefused),
        ({"reason": " "}, labels.ReasonMissing),
    ],
)
def test_a_correction_is_refused_and_changes_nothing(told, refusal, secretary):
    project = ProjectFactory(name="Avant")

    with pytest.raises(refusal):
        actions.correct(project, corrected(**told), by=secretary, at=AT)

    project.refresh_from_db()
    assert (project.name, verbs()) == ("Avant", [])


# ---- events


def test_a_public_event_enters_the_history_with_its_source(secretary):
    project = ProjectFactory()
    happened = PublicEvent(
        date(2026, 6, 1), " Le lieu ouvre. ", "", "https://example.org/ouverture"
    )

    event = actions.add_event(project, happened, by=secretary, at=AT)

    assert (event.sentence, event.source) == (
        "Le lieu ouvre.",
        "https://example.org/ouverture",
    )
    assert verbs() == ["project.event_added"]


@pytest.mark.parametrize(
    "happened",
    [
        PublicEvent(date(2026, 6, 1), " ", "", "https://example.org"),
        PublicEvent(date(2026, 6, 1), "Ouverture.", "", ""),
        PublicEvent(date(2026, 6, 16), "Ouverture.", "", "https://example.org"),
    ],
)
def test_a_public_event_is_refused_and_leaves_nothing(happened, secretary):
    project = ProjectFactory()

    with pytest.raises(labels.EventRefused):
        actions.add_event(project, happened, by=secretary, at=AT)

    assert (project.events.count(), verbs()) == (0, [])
