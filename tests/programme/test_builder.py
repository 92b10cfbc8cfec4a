"""The builder of a form: kinds, columns, conditions, refusals, order, test deposit."""

import pytest
from django.urls import reverse
from django.utils import translation

from terril.site.programme import actions
from terril.site.programme.actions.calls import QuestionDraft
from terril.site.programme.forms.questions import QuestionForm
from terril.site.programme.models import Answer, Dossier, Question
from terril.site.programme.rules.calls import (
    AlreadyPublished,
    NoSuchPlace,
    QuestionNeeded,
    reasons_against,
    step_of,
)
from tests.factories.people import PersonFactory
from tests.factories.programme import COLUMNS, NOW, QuestionFactory, rich_call

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sentences_as_they_are_written():
    with translation.override("en"):
        yield


@pytest.fixture
def call():
    return rich_call(draft=True, code="2026")


@pytest.fixture
def agent(sign_in):
    return sign_in(PersonFactory(roles=["agent"]), "agent")


def written(call, **typed):
    words = {"label": "Combien ?", "kind": "text", "section": "Le projet"}
    form = QuestionForm(words | typed, call=call)
    return form.draft() if form.is_valid() else form.errors


def test_a_table_is_written_as_lines(call):
    lines = "Nom | Name\nMontant||Amount\nMontant | Amount | amount\nJour | Day | DATE"

    draft = written(
        call, kind="group", column_lines=lines.replace("Montant||Amount\n", "")
    )

    assert draft.columns == [
        {"key": "nom", "label": "Nom", "label_en": "Name", "kind": "text"},
        {"key": "montant", "label": "Montant", "label_en": "Amount", "kind": "amount"},
        {"key": "jour", "label": "Jour", "label_en": "Day", "kind": "date"},
    ]


def test_the_kind_of_a_column_is_said_in_the_language_of_the_agent(call):
    with translation.override("fr"):
        draft = written(call, kind="group", column_lines="Coût | Cost | montant")

    assert draft.columns[0]["kind"] == "amount"


def test_a_condition_keeps_what_the_answer_keeps(call):
    draft = written(
        call,
        shown_question="situation",
        shown_verb="is",
        shown_values="dehors\nLes deux\nin",
    )

    assert draft.shown_if == {
        "question": "situation",
        "verb": "is",
        "values": ["out", "both", "in"],
    }


@pytest.mark.parametrize(
    ("kind", "verb", "typed", "kept"),
    [
        ("amount", "at_least", "12 500,50 €", ["12500.50"]),
        ("number", "at_most", "1 250", ["1250"]),
        ("date", "at_most", "31 mai 2026", ["2026-05-31"]),
    ],
)
def test_a_refusal_keeps_values_and_reasons(call, kind, verb, typed, kept):
    draft = written(
        call,
        kind=kind,
        refuses_verb=verb,
        refuses_values=typed,
        refuses_reason="Trop.",
        refuses_reason_en="Too much.",
    )

    assert draft.refuses == {
        "verb": verb,
        "values": kept,
        "reason": "Trop.",
        "reason_en": "Too much.",
    }


def test_a_refusal_may_need_no_value(call):
    draft = written(
        call, kind="commune", refuses_verb="outside", refuses_reason="Ailleurs."
    )

    assert draft.refuses["verb"] == "outside"
    assert "values" not in draft.refuses


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"kind": "group"}, "column_lines", "A table has at least one column."),
        (
            {"kind": "group", "column_lines": "A | A | couleur"},
            "column_lines",
            "“couleur” is not a kind of column: text, amount, number, date.",
        ),
        (
            {"kind": "group", "column_lines": "A\nA"},
            "column_lines",
            "Two columns bear the same name.",
        ),
        (
            {"kind": "many", "choice_lines": "Un"},
            "choice_lines",
            "at least two answers",
        ),
        ({"kind": "date", "counts_words": "on"}, "counts_words", "Only texts"),
        ({"shown_verb": "given"}, "shown_verb", "Choose a question"),
        ({"shown_question": "titre"}, "shown_verb", "Choose a question"),
        (
            {"shown_question": "titre", "shown_verb": "is", "shown_values": "a"},
            "shown_values",
            "An answer of this kind does not say that.",
        ),
        (
            {"shown_question": "situation", "shown_verb": "is", "shown_values": "loin"},
            "shown_values",
            "“loin” is not one of the choices: Dedans, Dehors, Les deux.",
        ),
        (
            {"shown_question": "situation", "shown_verb": "is", "shown_values": " "},
            "shown_values",
            "Write a value, one a line.",
        ),
        (
            {"kind": "number", "refuses_verb": "at_least", "refuses_values": "1\n2"},
            "refuses_values",
            "One value is enough here.",
        ),
        (
            {"kind": "number", "refuses_verb": "at_least", "refuses_values": "un"},
            "refuses_values",
            "“un” is not a number.",
        ),
        (
            {"kind": "number", "refuses_verb": "at_least", "refuses_values": "1"},
            "refuses_reason",
            "Say why, for the applicant.",
        ),
    ],
)
def test_what_is_amiss_is_said_beside_its_field(call, typed, field, says):
    found = written(call, **typed)

    assert says in str(found[field])


def test_what_is_kept_stands_in_the_form_again(call):
    found = QuestionForm(call=call, instance=call.questions.get(key="distance")).initial
    table = QuestionForm(call=call, instance=call.questions.get(key="plan")).initial

    assert {key: found[key] for key in ("shown_question", "shown_verb")} == {
        "shown_question": "situation",
        "shown_verb": "is",
    }
    assert found["shown_values"] == "Outside\nLes deux"
    assert (found["refuses_verb"], found["refuses_values"]) == ("at_least", "50")
    assert table["column_lines"].splitlines()[1] == "Montant | Amount | amount"


def test_a_question_depends_only_on_those_before_it(call):
    first = QuestionForm(call=call, instance=call.questions.get(key="titre"))
    last = QuestionForm(call=call)

    assert [key for key, _label in first.fields["shown_question"].choices] == [""]
    assert len(last.fields["shown_question"].choices) == 7


def draft_of(question, **changes):
    words = {"section": "A", "kind": question.kind, "label": question.label}
    return QuestionDraft(**(words | {"choices": question.choices} | changes))


@pytest.mark.parametrize(
    "changes", [{"kind": "text"}, {"choices": [{"key": "in", "label": "Dedans"}]}]
)
def test_a_question_does_not_change_under_those_that_depend_on_it(call, changes):
    asked = call.questions.get(key="situation")

    with pytest.raises(QuestionNeeded) as refusal:
        actions.change_question(
            asked, draft_of(asked, **changes), by=PersonFactory(), at=NOW
        )

    assert "depends on an answer that would no longer exist" in str(refusal.value)


def test_a_question_changes_as_long_as_the_others_find_their_answers(call):
    asked = call.questions.get(key="situation")
    rule = {"question": "titre", "verb": "given"}
    QuestionFactory(call=call, key="suite", position=9, shown_if=rule)
    title = call.questions.get(key="titre")

    for one in (asked, title):
        actions.change_question(
            one, draft_of(one, label="Où ?"), by=PersonFactory(), at=NOW
        )

    assert call.questions.filter(label="Où ?").count() == 2


def test_a_question_that_others_need_is_not_removed(call):
    asked = call.questions.get(key="situation")

    with pytest.raises(QuestionNeeded):
        actions.remove_question(asked, by=PersonFactory(), at=NOW)

    assert call.questions.count() == 6


def test_a_question_does_not_pass_the_one_it_depends_on(call):
    asked = call.questions.get(key="distance")

    with pytest.raises(NoSuchPlace):
        actions.move_question(asked, -1, by=PersonFactory(), at=NOW)


def test_a_question_moves_by_several_places(call, agent):
    place = reverse("question_move", args=["2026", "accord"])

    agent.post(place, {"step": "-4"})

    keys = list(call.questions.order_by("position").values_list("key", flat=True))
    assert keys[:3] == ["titre", "accord", "situation"]


@pytest.mark.parametrize(
    ("text", "step"), [("-1", -1), ("12", 12), ("", 1), ("0", 1), ("9999", 1), ("x", 1)]
)
def test_step_of_reads_how_far_a_question_moves(text, step):
    assert step_of(text) == step


def test_a_call_in_a_wrong_order_is_not_published(call):
    questions = list(reversed(call.questions.order_by("position")))

    with translation.override("en"):
        found = reasons_against(call, questions, at=NOW)

    assert "A question depends on one that comes after it." in found


def test_the_builder_shows_its_parts_and_keeps_what_is_typed(call, agent):
    add = reverse("question_add", args=["2026"])

    page = agent.get(add).content.decode()
    refused = agent.post(add, {"label": "Coût ?", "kind": "group", "section": "A"})
    agent.post(
        add,
        {
            "label": "Coût ?",
            "kind": "group",
            "section": "A",
            "column_lines": "Poste | Item\nMontant | Amount | amount",
        },
    )

    assert page.count('class="form-section"') == 4
    assert "A table has at least one column." in refused.content.decode()
    assert len(call.questions.get(key="cout").columns) == 2


def test_a_deposit_is_tried_and_nothing_is_kept(call, agent):
    preview = reverse("call_preview", args=["2026"])
    typed = {
        "titre": "Un essai",
        "titre__seen": "",
        "situation": "out",
        "situation__seen": "",
        "distance": "douze",
        "distance__seen": "",
    }

    before = agent.get(preview).content.decode()
    refused = agent.post(preview, typed).content.decode()
    typed |= {"situation": "in"}
    page = agent.post(preview, typed).content.decode()

    assert "q-distance" in before
    assert "The project must be inside." in refused
    assert "to be corrected" in refused
    assert "This dossier could be handed in." in page
    assert 'id="q-distance" hidden' in page
    assert (Dossier.objects.count(), Answer.objects.count()) == (0, 0)


def test_a_published_form_no_longer_changes(agent):
    published = rich_call(code="2027")

    with pytest.raises(AlreadyPublished):
        actions.change_question(
            published.questions.first(),
            QuestionDraft(section="A", kind="group", label="?", columns=COLUMNS),
            by=PersonFactory(),
            at=NOW,
        )
    assert Question.objects.filter(kind="group").count() == 1


def test_choices_that_look_alike_keep_keys_of_their_own(call):
    draft = written(call, kind="choice", choice_lines="< 10 000 €\n> 10 000 €\n…")

    keys = [one["key"] for one in draft.choices]
    assert keys == ["10-000", "10-000-2", "choice"]


def test_two_choices_that_read_the_same_are_refused(call):
    found = written(call, kind="choice", choice_lines="Bois\nBois")

    assert "Two choices read the same." in str(found["choice_lines"])


def test_a_question_keeps_its_kind_under_a_measured_condition(call):
    asked = QuestionFactory(call=call, key="combien", kind="number", position=8)
    rule = {"question": "combien", "verb": "at_least", "values": ["12"]}
    QuestionFactory(call=call, key="suite", position=9, shown_if=rule)

    with pytest.raises(QuestionNeeded):
        actions.change_question(
            asked, draft_of(asked, kind="date"), by=PersonFactory(), at=NOW
        )
    actions.change_question(
        asked, draft_of(asked, kind="amount"), by=PersonFactory(), at=NOW
    )

    assert Question.objects.get(key="combien").kind == "amount"


def test_files_count_as_joined_in_a_trial(agent):
    call = rich_call(draft=True, code="2031")
    QuestionFactory(call=call, key="pieces", kind="files", is_required=True)
    typed = {"titre": "Un essai", "titre__seen": ""}

    page = agent.post(reverse("call_preview", args=["2031"]), typed).content.decode()

    assert "This dossier could be handed in." in page
