"""Tables of lines, several choices, boxes, numbers, limits in words."""

import pytest
from django.http import QueryDict
from django.utils import translation

from terril.site.programme import papers
from terril.site.programme.forms.dossiers import DossierForm, Sent
from terril.site.programme.forms.plain import BoxAnswer
from terril.site.programme.forms.tables import LinesWidget
from terril.site.programme.models import Question
from terril.site.programme.queries.answers import answers_of, content
from terril.site.programme.queries.asked import questions_of
from terril.site.programme.rules import wording
from terril.site.programme.rules.answers import AnswerRefused, Limit, check_text
from terril.site.programme.rules.tables import Column, table_of
from tests.factories.programme import (
    AMONG,
    COLUMNS,
    DossierFactory,
    QuestionFactory,
    answered,
    full_call,
    rich_call,
)

LINES = [
    {"nom": "Ville", "montant": "12000.50", "parts": "3", "jour": "2026-12-15"},
    {"nom": "Région", "montant": "8000"},
]


@pytest.fixture(autouse=True)
def _sentences_as_they_are_written():
    with translation.override("en"):
        yield


def form_of(dossier, **inputs):
    data = QueryDict(mutable=True)
    for name, value in inputs.items():
        data.setlist(name, value if isinstance(value, list) else [value])
        data[f"{name.partition('_')[0]}__seen"] = ""
    sent = Sent(data) if inputs else None
    return DossierForm.for_call(questions_of(dossier.call), answers_of(dossier), sent)


def read(dossier, **inputs):
    form = form_of(dossier, **inputs)
    (given,) = form.given()
    return given.value, form.refusal_of(given.question.key)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("inputs", "value"),
    [
        ({"distance": "1 250,75"}, "1250.75"),
        ({"distance": "1\u202f250"}, "1250"),
        ({"distance": ""}, None),
        ({"appuis": ["in", "both"]}, ["in", "both"]),
        ({"appuis": []}, None),
        ({"accord": "on"}, True),
        ({"accord": []}, None),
        ({"plan_0_nom": "", "plan_0_montant": ""}, None),
        (
            {"plan_0_nom": "Ville", "plan_0_montant": "12 000,50 €"},
            [{"nom": "Ville", "montant": "12000.50"}],
        ),
        (
            {"plan_1_nom": " Ville ", "plan_1_jour": "15/12/2026", "plan_2_nom": ""},
            [{"nom": "Ville", "jour": "2026-12-15"}],
        ),
        ({"plan_0_nom": "Ville", "plan_x_nom": "?"}, [{"nom": "Ville"}]),
    ],
)
def test_a_form_reads_the_richer_answers(inputs, value):
    dossier = DossierFactory(call=rich_call())

    assert read(dossier, **inputs) == (value, "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("inputs", "raw", "says"),
    [
        ({"distance": "12 €"}, "12 €", "“12 €” is not a number."),
        ({"distance": "douze"}, "douze", "“douze” is not a number."),
        ({"appuis": ["in", "nulle"]}, ["in", "nulle"], "nulle is not one of"),
        (
            {"plan_0_nom": "", "plan_0_montant": "12"},
            [["", "12", "", ""]],
            "Line 1: “Name” is missing.",
        ),
        (
            {"plan_1_nom": "Ville", "plan_1_montant": "douze"},
            [["", "", "", ""], ["Ville", "douze", "", ""]],
            "Line 2, Amount: “douze” is not an amount.",
        ),
        (
            {f"plan_{rank}_nom": "Ville" for rank in range(4)},
            [["Ville", "", "", ""]] * 4,
            "This table takes 3 lines at most. Empty the others",
        ),
        (
            {"plan_0_nom": "a" * 251},
            [["a" * 251, "", "", ""]],
            "Line 1, Name: This text has 251 characters and the limit is 250",
        ),
    ],
)
def test_a_form_names_what_is_amiss_and_loses_nothing(inputs, raw, says):
    dossier = DossierFactory(call=rich_call())

    value, refusal = read(dossier, **inputs)

    assert value == {"raw": raw}
    assert says in refusal


@pytest.mark.django_db
def test_what_was_kept_stands_in_the_inputs_again():
    values = {"distance": "1250.75", "appuis": ["in"], "plan": LINES, "accord": True}
    dossier = answered(DossierFactory(call=rich_call()), **values)

    with translation.override("fr"):
        form = form_of(dossier)

    kept = {key: value for key, value in form.data.items() if value}
    assert kept == {
        "distance": "1250,75",
        "appuis": ["in"],
        "accord": "on",
        "plan_0_nom": "Ville",
        "plan_0_montant": "12000,50",
        "plan_0_parts": "3",
        "plan_0_jour": "15/12/2026",
        "plan_1_nom": "Région",
        "plan_1_montant": "8000",
    }


@pytest.mark.django_db
def test_a_table_offers_spare_lines_up_to_what_it_takes():
    dossier = answered(DossierFactory(call=rich_call()), plan=LINES)

    drawn = str(form_of(dossier)["plan"])

    assert drawn.count("<tr>") == 4
    assert 'name="plan_2_nom" value="" aria-label="Name, line 3"' in drawn
    assert 'data-most="3"' in drawn


def test_a_table_has_no_label_of_its_own():
    assert LinesWidget([Column("nom", "Nom")], 3).id_for_label("id_plan") == ""


def test_a_box_is_ticked_or_not_answered():
    assert [BoxAnswer().clean(value) for value in (True, False)] == [True, None]


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("many", ["in", "both"], "Inside, Les deux"),
        ("box", True, "yes"),
        ("number", "1250.75", "1,250.75"),
        ("number", "1250", "1,250"),
        ("group", {"raw": [["Ville", "douze"], ["", "3"]]}, "Ville · douze,  · 3"),
    ],
)
def test_answers_are_read_in_words(kind, value, words):
    question = Question(kind=kind, choices=AMONG, columns=COLUMNS)

    assert wording.read(question, value) == words


def test_a_table_is_read_with_its_totals():
    question = Question(kind="group", columns=COLUMNS)

    with translation.override("fr"):
        words = wording.read(question, LINES)

    assert words == (
        "Ville · 12\u202f000,50\u00a0€ · 3 · 15/12/2026\n"
        "Région · 8\u202f000\u00a0€\n"
        "Total : Montant 20\u202f000,50\u00a0€, Parts 3"
    )


def test_one_line_or_no_figures_have_no_total():
    one = table_of(Question(columns=COLUMNS), LINES[:1])
    words = table_of(Question(columns=COLUMNS[:1]), LINES)

    assert (one.totals, words.totals, words.words) == ([], [], "Ville\nRégion")


def test_a_column_speaks_the_readers_language():
    column = Column("nom", "Nom", label_en="Name")

    with translation.override("fr"):
        french = str(column)
    assert (french, str(column)) == ("Nom", "Name")


@pytest.mark.django_db
def test_a_table_is_printed_and_shown():
    dossier = answered(DossierFactory(call=rich_call()), plan=LINES)

    lines = [line for part in content(dossier) for line in part.lines]
    printed = papers.dossier(dossier, content(dossier), publisher="")

    table = next(line.table for line in lines if line.question.key == "plan")
    assert [[cell.words for cell in line] for line in table.lines][1][:2] == [
        "Région",
        "€8,000",
    ]
    assert "Total: Amount €20,000.50" in str(printed["parts"])
    assert next(one.table for one in lines if one.question.key == "titre") is None


@pytest.mark.parametrize(
    ("words", "says"), [(101, "take 1 word out"), (103, "3 words out")]
)
def test_a_limit_may_count_words(words, says):
    with pytest.raises(AnswerRefused, match=says):
        check_text("mot " * words, Limit(100, is_words=True))

    assert check_text("mot " * 100, Limit(100, is_words=True)).count("mot") == 100


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("limit", "counts_words", "words"),
    [
        (100, True, ["data-words", "words too many"]),
        (None, True, ["characters too many"]),
    ],
)
def test_a_text_says_how_it_is_counted(limit, counts_words, words):
    call = full_call()
    QuestionFactory(
        call=call, key="recit", kind="long_text", limit=limit, counts_words=counts_words
    )

    drawn = str(form_of(DossierFactory(call=call))["recit"])

    assert [word in drawn for word in words] == [True] * len(words)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("help_text", "example", "shown"),
    [
        ("Une <aide>.", "", "Une &lt;aide&gt;."),
        ("", "Douze", '<span class="example">Example: Douze</span>'),
        ("Aide", "Douze", 'Aide<br><span class="example">Example: Douze</span>'),
    ],
)
def test_help_and_example_stand_under_the_question(help_text, example, shown):
    call = full_call()
    QuestionFactory(call=call, key="recit", help=help_text, example=example)

    assert form_of(DossierFactory(call=call))["recit"].help_text == shown
