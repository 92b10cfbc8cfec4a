"""Prefilled links: what they propose, what they never do, and who makes them."""

from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.http import QueryDict
from django.urls import reverse
from django.utils import translation
from hypothesis import given, strategies as st

from terril.site.commons.models import JournalEntry
from terril.site.programme.forms.prefill import prefilled, query_of
from terril.site.programme.models import Answer, Dossier, Question
from terril.site.programme.queries.asked import questions_of
from terril.site.programme.rules import prefill as rules
from tests.factories.people import PersonFactory
from tests.factories.places import PlaceFactory
from tests.factories.programme import full_call

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock_and_language(at):
    with time_machine.travel(at, tick=False), translation.override("en"):
        yield


def link(call, query):
    return f"{reverse('begin_dossier', args=[call.code])}?{query}"


def stored():
    return {one.question.key: one.value for one in Answer.objects.all()}


def test_prefilled_reads_each_kind_as_the_form_does():
    PlaceFactory(code="62498", name="Lens")
    query = QueryDict(
        "champ_titre=Un+jardin&champ_theme=food&champ_commune=Lens&champ_budget=12+000,5"
        "&champ_debut=1er+mai+2026&champ_lieu_latitude=50.4&champ_lieu_longitude=2.8"
    )

    found = prefilled(questions_of(full_call()), query)

    assert {one.question.key: one.value for one in found.given} == {
        "titre": "Un jardin",
        "theme": "food",
        "commune": {"code": "62498", "name": "Lens"},
        "lieu": {"latitude": 50.4, "longitude": 2.8},
        "budget": "12000.5",
        "debut": "2026-05-01",
    }
    assert [one.refusal for one in found.lines] == [""] * 6
    assert found.ignored == []


def test_prefilled_keeps_what_is_wrong_and_names_what_is_not_asked():
    query = QueryDict(
        "champ_budget=beaucoup&champ_lieu_latitude=50&champ_inconnu=1&champ_pieces=a.pdf&mtm=x"
    )

    found = prefilled(questions_of(full_call()), query)

    assert [one.value for one in found.given] == [
        {"raw": ["50", ""]},
        {"raw": "beaucoup"},
    ]
    assert found.lines[1].words == "beaucoup"
    assert "is not an amount" in found.lines[1].refusal
    assert found.ignored == ["inconnu", "pieces"]


def test_unknown_among_shortens_names_and_lists():
    names = [f"champ_{'x' * 50}{rank}" for rank in range(30)]

    assert rules.unknown_among(names, []) == ["x" * 40] * 20


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_query_of_is_read_back_as_it_was_typed(text):
    question = Question(key="titre", kind="text")
    typed = QueryDict(mutable=True)
    typed["titre"] = text

    query = query_of([question], typed)

    assert parse_qs(query)["champ_titre"] == [text]


def test_inputs_of_an_answer_in_two_parts_have_two_names():
    kinds = [Question(key="x", kind=kind) for kind in ("text", "point", "organisation")]

    assert [rules.inputs_of(one) for one in kinds] == [
        ["x"],
        ["x_latitude", "x_longitude"],
        ["x_siret", "x_name"],
    ]


@pytest.mark.parametrize("length", [rules.LONGEST, rules.LONGEST + 1])
def test_check_length_refuses_what_browsers_cut(length):
    is_refused = False
    try:
        rules.check_length("x" * length)
    except rules.LinkTooLong:
        is_refused = True

    assert is_refused == (length > rules.LONGEST)


def test_begin_dossier_shows_the_answers_and_writes_nothing(client):
    call = full_call()
    path = link(call, "champ_titre=Un+jardin+%26+un+verger&champ_budget=trop&champ_z=1")

    page = client.get(path).content.decode()
    sent = client.post(path)

    assert "Un jardin &amp; un verger" in page
    assert "To be corrected:" in page
    assert "a link cannot answer: z." in page
    assert f"next={reverse('begin_dossier', args=[call.code]).replace('/', '%2F')}" in (
        page
    )
    assert parse_qs(urlsplit(sent.url).query)["next"] == [path]
    assert (Dossier.objects.count(), JournalEntry.objects.count()) == (0, 0)


def test_begin_dossier_opens_a_dossier_with_the_answers_of_the_link(sign_in):
    person, call = PersonFactory(), full_call()
    visit = sign_in(person)
    path = link(call, "champ_titre=Un+jardin&champ_budget=trop")

    shown = visit.get(path)
    before = Dossier.objects.count()
    opened = visit.post(path)

    dossier = Dossier.objects.get()
    assert f'action="{path.replace("&", "&amp;")}"' in shown.content.decode()
    assert before == 0
    assert opened.url == reverse("dossier_edit", args=[dossier.code])
    assert dossier.title == "Un jardin"
    assert stored() == {"titre": "Un jardin", "budget": {"raw": "trop"}}


def test_begin_dossier_without_answers_begins_an_empty_one(sign_in):
    visit, call = sign_in(PersonFactory()), full_call()

    page = visit.get(link(call, "")).content.decode()
    visit.post(link(call, ""))

    assert "proposes no answer" in page
    assert Dossier.objects.get().answers.count() == 0


def test_begin_dossier_refuses_a_link_that_is_too_long(client):
    page = client.get(link(full_call(), f"champ_titre={'x' * rules.LONGEST}"))

    assert page.status_code == 409
    assert "too long to be followed" in page.content.decode()


def test_prefill_link_makes_a_link_that_is_read_back(sign_in):
    call = full_call()
    visit = sign_in(PersonFactory(roles=["agent"]), "agent")
    typed = {"titre": "Un jardin", "lieu_latitude": "50.4", "lieu_longitude": "2.8"}

    empty = visit.get(reverse("prefill_link", args=[call.code]))
    made = visit.post(reverse("prefill_link", args=[call.code]), typed)

    query = urlsplit(made.context["link"]).query
    assert empty.context["link"] == ""
    assert parse_qs(query) == {f"champ_{key}": [text] for key, text in typed.items()}
    assert prefilled(questions_of(call), QueryDict(query)).given[0].value == "Un jardin"


def test_a_link_need_not_answer_what_the_call_requires(sign_in):
    call = full_call(required=("titre", "budget"))
    visit = sign_in(PersonFactory(roles=["agent"]), "agent")

    page = visit.get(reverse("prefill_link", args=[call.code])).content.decode()

    assert 'name="budget"' in page
    assert "(required)" not in page
    assert "(obligatoire)" not in page
