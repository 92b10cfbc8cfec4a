"""Questions that show themselves by an answer, answers that close the call (AC-3)."""

import pytest
from django.urls import reverse
from django.utils import translation

from terril.site.programme import actions
from terril.site.programme.models import Dossier, Question
from terril.site.programme.queries.answers import (
    Reading,
    completeness,
    content,
    content_digest,
)
from terril.site.programme.rules.answers import Given, fingerprint
from terril.site.programme.rules.conditions import Condition, Verb, is_suited
from terril.site.programme.rules.dossiers import Ineligible
from tests.factories.people import PersonFactory
from tests.factories.places import (
    EpciFactory,
    MembershipFactory,
    PlaceFactory,
    TerritoryMemberFactory,
)
from tests.factories.programme import (
    NOW,
    DossierFactory,
    QuestionFactory,
    answered,
    full_call,
    rich_call,
)

NEW = f"0.{fingerprint(None)}"


@pytest.mark.parametrize(
    ("verb", "values", "answer", "holds"),
    [
        ("is", ["a", "b"], "b", True),
        ("is", ["a"], "b", False),
        ("is", ["a"], ["b", "a"], True),
        ("is_not", ["a"], "b", True),
        ("is_not", ["a"], ["b", "a"], False),
        ("given", [], "anything", True),
        ("given", [], True, True),
        ("at_least", ["12500.5"], "12500.50", True),
        ("at_least", ["9"], "10", True),
        ("at_least", ["9"], "8.99", False),
        ("at_most", ["9"], "10", False),
        ("at_most", ["2026-05-31"], "2026-05-31", True),
        ("at_least", ["2026-05-31"], "2026-05-30", False),
        ("inside", [], {"code": "62498", "name": "Lens"}, True),
        ("outside", [], {"code": "62498", "name": "Lens"}, False),
        ("outside", [], {"code": "59350", "name": "Lille"}, True),
    ],
)
def test_a_condition_holds(verb, values, answer, holds):
    condition = Condition.of({"verb": verb, "values": values})

    assert condition.holds(answer, {"62498"}) is holds


@pytest.mark.parametrize("verb", Verb.values)
@pytest.mark.parametrize("answer", [None, "", [], {"raw": "douze"}])
def test_a_condition_waits_for_a_valid_answer(verb, answer):
    condition = Condition.of({"verb": verb, "values": ["1"]})

    assert condition.holds(answer, set()) is False


def test_each_kind_is_asked_what_suits_it():
    suited = {
        kind: [verb for verb in Verb.values if is_suited(verb, kind)]
        for kind in ("text", "choice", "amount", "commune")
    }

    assert suited == {
        "text": ["given"],
        "choice": ["is", "is_not", "given"],
        "amount": ["given", "at_least", "at_most"],
        "commune": ["given", "inside", "outside"],
    }


@pytest.fixture
def person(db):
    return PersonFactory(roles=["holder"])


def a_dossier(person, **values):
    dossier = DossierFactory(call=rich_call(), title="", holder=person)
    return answered(dossier, titre="La fosse", **values)


def marks(dossier):
    found = completeness(dossier)
    return {item.anchor: item.mark for part in found.sections for item in part.items}


def test_a_question_shows_itself_when_an_answer_says_so(person):
    alone = a_dossier(person)
    inside = a_dossier(person, situation="in")
    both = a_dossier(person, situation="both")

    assert "q-distance" not in marks(alone)
    assert "q-distance" not in marks(inside)
    assert marks(both)["q-distance"] == "missing"


def test_what_is_hidden_keeps_its_answer_and_asks_nothing(person):
    dossier = a_dossier(person, situation="in", distance="80")

    found = completeness(dossier)
    lines = [line.question.key for part in content(dossier) for line in part.lines]

    assert (found.is_complete, found.is_eligible) == (True, True)
    assert lines == ["titre", "situation", "appuis", "plan", "accord"]
    assert dossier.answers.filter(question__key="distance").get().value == "80"


def test_what_is_hidden_hides_what_depends_on_it(person):
    dossier = a_dossier(person, situation="in", distance="80")
    rule = {"question": "distance", "verb": "given"}
    QuestionFactory(call=dossier.call, key="detail", position=9, shown_if=rule)

    assert "detail" not in Reading(dossier).asked.shown_keys


def test_the_digest_is_that_of_what_is_read(person):
    dossier = a_dossier(person, situation="in", distance="80")
    before = content_digest(dossier)

    dossier.answers.filter(question__key="distance").update(value="90")

    assert content_digest(dossier) == before


@pytest.mark.parametrize(
    ("language", "reason"),
    [("fr", "Le projet doit être dedans."), ("en", "The project must be inside.")],
)
def test_an_answer_closes_the_call_to_a_dossier(person, language, reason):
    dossier = a_dossier(person, situation="out", distance="12")

    with translation.override(language):
        (found,) = completeness(dossier).reasons

    assert (found.text, found.anchor) == (reason, "q-situation")


def test_a_reason_without_english_is_told_in_french(person):
    dossier = a_dossier(person, situation="both", distance="50")

    with translation.override("en"):
        (found,) = completeness(dossier).reasons

    assert found.text == "Trop loin."


def test_the_deposit_of_a_dossier_that_may_not_apply_is_refused(person):
    dossier = a_dossier(person, situation="out", distance="12")

    with translation.override("en"), pytest.raises(Ineligible) as refusal:
        actions.submit(dossier, by=person, at=NOW)

    assert "The project must be inside." in str(refusal.value)
    assert Dossier.objects.get().status == "draft"


def test_a_dossier_that_applies_again_is_handed_in(person):
    dossier = a_dossier(person, situation="out", distance="12")
    question = Question.objects.get(key="situation")

    actions.answer(dossier, [Given(question, "in", 1)], by=person, at=NOW)
    actions.submit(dossier, by=person, at=NOW)

    assert Dossier.objects.get().status == "submitted"


def test_a_commune_outside_the_territory_closes_the_call(person):
    epci = EpciFactory()
    TerritoryMemberFactory(place=epci)
    MembershipFactory(child=PlaceFactory(code="62498", name="Lens"), parent=epci)
    call = full_call()
    rule = {"verb": "outside", "reason": "Hors du territoire."}
    call.questions.filter(key="commune").update(refuses=rule)
    near = DossierFactory(call=call, holder=person)
    far = DossierFactory(call=call, holder=person)
    answered(near, commune={"code": "62498", "name": "Lens"})
    answered(far, commune={"code": "59350", "name": "Lille"})

    reasons = [completeness(one).reasons for one in (near, far)]
    assert [[one.text for one in told] for told in reasons] == [
        [],
        ["Hors du territoire."],
    ]


def test_without_a_territory_every_commune_is_outside(person):
    call = full_call()
    rule = {"verb": "outside", "reason": "Hors du territoire."}
    call.questions.filter(key="commune").update(refuses=rule)
    dossier = answered(
        DossierFactory(call=call, holder=person),
        commune={"code": "62498", "name": "Lens"},
    )

    assert [one.text for one in completeness(dossier).reasons] == [
        "Hors du territoire."
    ]


def test_saving_an_answer_tells_what_hides_and_what_closes_the_call(
    person, sign_in, time_machine
):
    time_machine.move_to(NOW)
    dossier = a_dossier(person)
    client = sign_in(person, "holder")
    save = reverse("answer", args=[dossier.code, "situation"])

    inside = client.post(save, {"situation": "in", "situation__seen": NEW}).json()
    seen = {"situation__seen": inside["seen"]}
    outside = client.post(save, {"situation": "out", **seen}).json()

    assert (inside["hidden"], outside["hidden"]) == (["q-distance"], [])
    assert inside["reasons"] == {}
    assert "Le projet doit être dedans." in outside["reasons"]["q-situation"]


def test_the_page_hides_questions_and_tells_reasons_without_script(
    person, sign_in, time_machine
):
    time_machine.move_to(NOW)
    shut = a_dossier(person, situation="out", distance="12")
    client = sign_in(person, "holder")

    page = client.get(reverse("dossier_edit", args=[shut.code])).content.decode()
    check = client.get(reverse("dossier_submit", args=[shut.code])).content.decode()
    sent = client.post(reverse("dossier_submit", args=[shut.code]))

    assert page.count("Le projet doit être dedans.") == 2
    assert "Le projet doit être dedans." in check
    assert "Déposer le dossier" not in check
    assert sent.status_code == 409
    assert "Le projet doit être dedans." in sent.content.decode()
