"""Answers, completeness, and when a dossier may be written or handed in."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from terril.site.people import roles
from terril.site.places.rules import CodeLostItsZero, NotACommuneCode
from terril.site.programme.models import Call, Dossier, Question
from terril.site.programme.rules import (
    answers,
    completeness,
    dossiers,
    moves,
    wording,
)
from terril.site.programme.rules.completeness import Completeness, Item, Mark, Section
from tests.factories.programme import CLOSES, NOW, OPENS

K, S = Question.Kind, Dossier.Status
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _sentences_as_they_are_written():
    """Read sentences in English, the language they are written in."""
    with translation.override("en"):
        yield


def an_open_call():
    return Call(code="2026", opens_at=OPENS, closes_at=CLOSES, published_at=OPENS)


def a_dossier(status=S.DRAFT):
    return Dossier(call=an_open_call(), code="ABCDEF", status=status)


def section(*marks):
    items = [
        Item(f"Question {n}", f"q-{n}", mark, is_required=mark != Mark.OPTIONAL)
        for n, mark in enumerate(marks, 1)
    ]
    return Section("Le projet", "section-1", items)


@pytest.mark.parametrize(
    ("value", "is_raw", "is_empty"),
    [
        ({"raw": "douze"}, True, False),
        ({"code": "62498", "name": "Lens"}, False, False),
        ("douze", False, False),
        ([1], False, False),
        (None, False, True),
        ("", False, True),
        ([], False, True),
    ],
)
def test_answers_tell_what_is_raw_and_what_is_empty(value, is_raw, is_empty):
    assert (answers.is_raw(value), answers.is_empty(value)) == (is_raw, is_empty)


def test_fingerprint_is_one_for_all_that_is_empty_and_one_for_each_value():
    empty = {answers.fingerprint(value) for value in (None, "", [], {})}

    prints = {answers.fingerprint(value) for value in ("a", "b", {"raw": "a"})}

    assert len(empty) == 1
    assert len(prints | empty) == 4


@pytest.mark.parametrize(
    ("kind", "limit", "expected"),
    [
        (K.TEXT, None, 250),
        (K.TEXT, 900, 250),
        (K.TEXT, 120, 120),
        (K.LONG_TEXT, None, 20_000),
        (K.LONG_TEXT, 600, 600),
        (K.FILES, None, 10),
        (K.FILES, 5, 5),
    ],
)
def test_limit_of_has_an_end_even_when_the_call_gives_none(kind, limit, expected):
    assert answers.limit_of(Question(kind=kind, limit=limit)) == expected


def test_check_text_counts_a_line_end_once():
    assert answers.check_text(" a\r\nb\rc ", 5) == "a\nb\nc"


@pytest.mark.parametrize(
    ("length", "says"),
    [
        (101, "take 1 character out."),
        (5_000_000, "take 4,999,900 characters out."),
    ],
)
def test_check_text_says_how_much_is_too_much(length, says):
    with pytest.raises(answers.AnswerRefused) as caught:
        answers.check_text("a" * length, 100)

    assert str(caught.value).endswith(says)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("62498", "62498"),
        (" 2a004 ", "2A004"),
        ("Lens (62498)", "62498"),
        ("Lens", ""),
        ("Saint-Martin (Pas-de-Calais)", ""),
    ],
)
def test_commune_code_is_read_alone_or_in_brackets(text, code):
    assert answers.commune_code(text) == code


@pytest.mark.parametrize(
    ("text", "refusal", "next_step"),
    [
        ("1004", CodeLostItsZero, "Write “01004” if that is the commune you mean."),
        ("L’Abergement (1004)", CodeLostItsZero, None),
        ("624981", NotACommuneCode, None),
    ],
)
def test_commune_code_refuses_a_code_that_is_not_one(text, refusal, next_step):
    with pytest.raises(refusal) as caught:
        answers.commune_code(text)

    assert next_step in (None, str(caught.value.next_step))


@pytest.mark.parametrize(
    ("latitude", "longitude", "point"),
    [
        ("50.43", "2.83", {"latitude": 50.43, "longitude": 2.83}),
        ("50,4312345678", " 2,83 ", {"latitude": 50.431235, "longitude": 2.83}),
        ("16.2", "−61.5", {"latitude": 16.2, "longitude": -61.5}),
        ("-21.1", "55.5", {"latitude": -21.1, "longitude": 55.5}),
        ("", " ", None),
    ],
)
def test_check_point_takes_a_place_in_france_or_nothing(latitude, longitude, point):
    assert answers.check_point(latitude, longitude) == point


@pytest.mark.parametrize(
    ("latitude", "longitude", "says"),
    [
        ("50.43", "", "one of them is missing"),
        ("", "2.83", "one of them is missing"),
        ("nord", "2.83", "“nord” is not a number of degrees"),
        ("nan", "2.83", "“nan” is not a number of degrees"),
        ("1e2", "2.83", "“1e2” is not a number of degrees"),
        ("2.83", "50.43", "the wrong way round"),
        ("40.7", "-74.0", "is not in France"),
    ],
)
def test_check_point_refuses_each_wrong_place_by_its_own_sentence(
    latitude, longitude, says
):
    with pytest.raises(answers.AnswerRefused) as caught:
        answers.check_point(latitude, longitude)

    assert says in str(caught.value)


def test_check_files_count_refuses_one_too_many():
    question = Question(kind=K.FILES, limit=2)

    answers.check_files_count(question, 2)
    with pytest.raises(answers.AnswerRefused) as caught:
        answers.check_files_count(question, 3)

    assert str(caught.value) == "This question takes 2 files at most."


CHOICES = [{"key": "food", "label": "Alimentation", "label_en": "Food"}]


@pytest.mark.parametrize(
    ("kind", "value", "read", "typed"),
    [
        (K.TEXT, "Un titre", "Un titre", "Un titre"),
        (K.TEXT, None, "", ""),
        (K.TEXT, {"raw": "trop long"}, "trop long", "trop long"),
        (K.CHOICE, "food", "Alimentation", "food"),
        (K.CHOICE, "gone", "gone", "gone"),
        (K.AMOUNT, "12500.50", "12\u202f500,50\xa0€", "12500,50"),
        (K.DATE, "2026-03-01", "1er mars 2026", "01/03/2026"),
        (K.COMMUNE, {"code": "62498", "name": "Lens"}, "Lens (62498)", "Lens (62498)"),
        (
            K.ORGANISATION,
            {"siret": "20007246000013", "name": "CABBALR"},
            "CABBALR, SIRET\xa0200\xa0072\xa0460\xa000013",
            ["200\xa0072\xa0460\xa000013", "CABBALR"],
        ),
        (K.ORGANISATION, None, "", ["", ""]),
        (
            K.POINT,
            {"latitude": 50.43, "longitude": 2.83},
            "50.43, 2.83",
            ["50.43", "2.83"],
        ),
        (K.POINT, {"raw": ["nord", ""]}, "nord", ["nord", ""]),
        (K.FILES, [1, 2], "", "[1, 2]"),
    ],
)
def test_wording_reads_an_answer_and_writes_it_back(kind, value, read, typed):
    question = Question(kind=kind, choices=CHOICES)

    with translation.override("fr"):
        words = (wording.read(question, value), wording.typed(question, value))

    assert words == (read, typed)


def test_wording_speaks_english_too():
    choice, amount = Question(kind=K.CHOICE, choices=CHOICES), Question(kind=K.AMOUNT)

    words = [wording.read(choice, "food"), wording.typed(amount, "12.50")]

    assert words == ["Food", "12.50"]


@pytest.mark.parametrize(
    ("value", "is_required", "mark"),
    [
        ("fait", True, Mark.DONE),
        (None, True, Mark.MISSING),
        (None, False, Mark.OPTIONAL),
        ({"raw": "douze"}, False, Mark.WRONG),
    ],
)
def test_mark_of_says_where_a_question_stands(value, is_required, mark):
    assert completeness.mark_of(Question(is_required=is_required), value) == mark


@pytest.mark.parametrize(
    ("marks", "is_done", "note"),
    [
        ([Mark.DONE, Mark.OPTIONAL], True, ""),
        ([Mark.OPTIONAL], True, "optional"),
        ([Mark.MISSING, Mark.MISSING], False, "2 missing"),
        ([Mark.MISSING, Mark.WRONG], False, "1 to correct"),
    ],
)
def test_section_says_what_is_left(marks, is_done, note):
    found = section(*marks)

    assert (found.is_done, found.is_missing, found.note) == (is_done, not is_done, note)
    assert found.done_count == marks.count(Mark.DONE)


def test_completeness_counts_what_the_deposit_needs():
    found = Completeness([section(Mark.DONE, Mark.MISSING, Mark.OPTIONAL, Mark.WRONG)])

    assert (found.done_count, found.asked_count) == (1, 3)
    assert [item.anchor for item in found.faults] == ["q-2", "q-4"]
    assert found.is_complete is False


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (OPENS - SECOND, dossiers.CallNotOpen),
        (CLOSES + SECOND, dossiers.CallClosed),
        (CLOSES + timedelta(microseconds=1), dossiers.CallClosed),
    ],
)
def test_check_opening_refuses_before_and_after(at, refusal):
    with pytest.raises(refusal):
        dossiers.check_opening(an_open_call(), at=at)


@pytest.mark.parametrize("at", [OPENS, NOW, CLOSES])
def test_check_opening_takes_both_ends(at):
    assert dossiers.check_opening(an_open_call(), at=at) is None


def test_check_opening_refuses_a_call_without_dates():
    with pytest.raises(dossiers.CallNotOpen):
        dossiers.check_opening(Call(code="2012"), at=NOW)


@pytest.mark.parametrize(
    ("status", "at", "may"),
    [
        (S.DRAFT, NOW, True),
        (S.DRAFT, CLOSES, True),
        (S.DRAFT, CLOSES + SECOND, False),
        (S.TO_COMPLETE, CLOSES + SECOND, True),
        (S.SUBMITTED, NOW, False),
        (S.EXAMINATION, NOW, False),
        (S.WITHDRAWN, NOW, False),
    ],
)
def test_may_edit_a_draft_in_time_or_what_is_asked(status, at, may):
    assert dossiers.may_edit(a_dossier(status), at=at) is may


@pytest.mark.parametrize(
    ("status", "at", "refusal"),
    [
        (S.DRAFT, CLOSES + SECOND, dossiers.CallClosed),
        (S.DRAFT, OPENS - SECOND, dossiers.NotEditable),
        (S.SUBMITTED, NOW, dossiers.NotEditable),
    ],
)
def test_check_edit_says_why_it_is_frozen(status, at, refusal):
    with pytest.raises(refusal):
        dossiers.check_edit(a_dossier(status), at=at)


@pytest.mark.parametrize("part", [None, "collaborator"])
def test_check_holder_forbids_all_others(part):
    with pytest.raises(PermissionDenied):
        dossiers.check_holder(part)


@pytest.mark.parametrize(
    ("status", "marks", "at", "refusal"),
    [
        (S.SUBMITTED, [Mark.DONE], NOW, dossiers.AlreadySubmitted),
        (S.DRAFT, [Mark.DONE], CLOSES + SECOND, dossiers.CallClosed),
        (S.DRAFT, [Mark.MISSING], NOW, dossiers.Incomplete),
        (S.DRAFT, [Mark.WRONG], NOW, dossiers.Incomplete),
    ],
)
def test_check_submission_refuses_each_bad_deposit(status, marks, at, refusal):
    with pytest.raises(refusal):
        dossiers.check_submission(
            a_dossier(status), Completeness([section(*marks)]), at=at
        )


def test_check_submission_takes_the_very_instant_of_closing():
    whole = Completeness([section(Mark.DONE, Mark.OPTIONAL)])

    assert dossiers.check_submission(a_dossier(), whole, at=CLOSES) is None


def test_check_complete_points_at_every_fault():
    with pytest.raises(dossiers.Incomplete) as caught:
        dossiers.check_complete(Completeness([section(Mark.MISSING, Mark.WRONG)]))

    assert caught.value.fields == {
        "q-1": "Question 1 — missing",
        "q-2": "Question 2 — to be corrected",
    }


@pytest.mark.parametrize(
    ("status", "is_member", "refusal"),
    [
        (S.DRAFT, True, dossiers.AlreadyMember),
        (S.WITHDRAWN, False, dossiers.TeamClosed),
        (S.DECIDED, False, dossiers.TeamClosed),
    ],
)
def test_check_new_member_refuses(status, is_member, refusal):
    with pytest.raises(refusal):
        dossiers.check_new_member(a_dossier(status), is_member=is_member)


@pytest.mark.parametrize(
    ("status", "reader", "name"),
    [
        (S.DELIBERATION, roles.HOLDER, "under examination"),
        (S.DELIBERATION, roles.COLLABORATOR, "under examination"),
        (S.DELIBERATION, None, "under examination"),
        (S.DELIBERATION, roles.MEMBER, "under examination"),
        (S.DELIBERATION, roles.AGENT, "awaiting the decision"),
        (S.EXAMINATION, roles.HOLDER, "under examination"),
        (S.DRAFT, roles.HOLDER, "draft"),
        (S.DECIDED, roles.HOLDER, "decided"),
    ],
)
def test_state_name_keeps_the_inner_states_from_applicants(status, reader, name):
    assert dossiers.state_name(a_dossier(status), reader) == name


@pytest.mark.parametrize(
    ("verb", "status", "says"),
    [
        ("complete", S.DELIBERATION, "This dossier is “under examination”"),
        ("withdraw", S.DECIDED, "This dossier is “decided”"),
        ("ask_completion", S.DELIBERATION, "This dossier is “awaiting the decision”"),
    ],
)
def test_next_status_refuses_with_the_state_that_the_reader_may_know(
    verb, status, says
):
    with pytest.raises(moves.MoveRefused) as caught:
        moves.next_status(verb, a_dossier(status))

    assert str(caught.value).startswith(says)


@pytest.mark.parametrize(
    ("verb", "status", "after"),
    [
        ("submit", S.DRAFT, S.SUBMITTED),
        ("complete", S.TO_COMPLETE, S.SUBMITTED),
        ("withdraw", S.DELIBERATION, S.WITHDRAWN),
    ],
)
def test_next_status_follows_the_table(verb, status, after):
    assert moves.next_status(verb, a_dossier(status)) == after
