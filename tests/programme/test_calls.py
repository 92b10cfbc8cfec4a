"""Calls: prepared from a regime, refused until whole, then open by their dates."""

from datetime import timedelta

import pytest
from django.utils import translation

from terril.site.programme import actions
from terril.site.programme.actions.calls import CallDraft, QuestionDraft
from terril.site.programme.models import Call, Question
from terril.site.programme.queries import calls as queries
from terril.site.programme.rules.calls import (
    AlreadyPublished,
    CallNotReady,
    NoSuchPlace,
)
from tests.factories.people import PersonFactory
from tests.factories.programme import (
    CLOSES,
    NOW,
    OPENS,
    CallFactory,
    QuestionFactory,
    RegimeFactory,
)

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _sentences_as_they_are_written():
    with translation.override("en"):
        yield


def a_draft(**fields):
    call = CallFactory(draft=True, **fields)
    QuestionFactory(call=call, fills="title", key="titre", position=1)
    return call


def a_question(**fields):
    return QuestionDraft(
        **{"section": "A", "kind": "text", "label": "Pourquoi ?"} | fields
    )


def test_a_call_is_created_with_questions_of_every_kind():
    draft = CallDraft("2027", "Appel 2027", RegimeFactory(), opens_at=OPENS)

    call = actions.create_call(draft, by=PersonFactory(), at=NOW)

    asked = call.questions.all()
    assert {one.kind for one in asked} == set(Question.Kind.values)
    assert {one.fills for one in asked} == {*Question.Fills.values, ""}
    assert len({one.section for one in asked}) == 5
    assert [one.key for one in asked if not one.label_en] == []
    theme = asked.get(fills="theme")
    assert theme.choices[1] == {
        "key": "energy",
        "label": "énergie",
        "label_en": "energy",
    }
    assert call.rank == 1


def test_a_call_that_is_whole_is_published():
    call = a_draft()

    actions.publish_call(call, by=PersonFactory(), at=NOW)

    assert Call.objects.get().published_at == NOW


def no_question(call):
    call.questions.all().delete()


def no_title(call):
    call.questions.update(fills="")


def no_dates(call):
    Call.objects.update(opens_at=None, closes_at=None)


def closed(call):
    Call.objects.update(opens_at=OPENS - 90 * 24 * 60 * 60 * SECOND, closes_at=NOW)


def no_regime(call):
    Call.objects.update(regime=None)


def draft_regime(call):
    Call.objects.update(regime=RegimeFactory(draft=True))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (no_question, "It asks no question."),
        (no_title, "No question gives the title of the project."),
        (no_dates, "It has no opening or no closing date."),
        (closed, "Its closing is in the past."),
        (no_regime, "It names no regime."),
        (draft_regime, "Its regime is not published."),
    ],
)
def test_publication_is_refused_with_its_reason(spoil, reason):
    call = a_draft()
    spoil(call)

    with pytest.raises(CallNotReady) as refusal:
        actions.publish_call(call, by=PersonFactory(), at=NOW)

    assert str(refusal.value) == f"This call cannot be published yet. {reason}"
    assert Call.objects.get().published_at is None


@pytest.mark.parametrize(
    "act",
    [
        actions.publish_call,
        lambda call, **who: actions.change_call(
            call, CallDraft("x", "Titre", call.regime), **who
        ),
        lambda call, **who: actions.add_question(call, a_question(), **who),
        lambda call, **who: actions.change_question(
            call.questions.get(), a_question(), **who
        ),
        lambda call, **who: actions.move_question(call.questions.get(), 1, **who),
        lambda call, **who: actions.remove_question(call.questions.get(), **who),
    ],
    ids=["publish", "change", "add", "rewrite", "move", "remove"],
)
def test_a_published_call_no_longer_changes(act):
    call = a_draft()
    Call.objects.update(published_at=OPENS)

    with pytest.raises(AlreadyPublished):
        act(call, by=PersonFactory(), at=NOW)

    assert [one.label for one in call.questions.all()] == ["Libellé titre"]


def test_a_draft_is_changed_but_for_its_address():
    call = a_draft(code="2026")
    draft = CallDraft("other", "Titre", call.regime, closes_at=None)

    actions.change_call(call, draft, by=PersonFactory(), at=NOW)

    kept = Call.objects.get()
    assert (kept.code, kept.title, kept.closes_at) == ("2026", "Titre", None)


def test_questions_are_added_changed_moved_and_removed():
    call, agent = a_draft(), PersonFactory()
    who = {"by": agent, "at": NOW}
    first = actions.add_question(call, a_question(), **who)
    second = actions.add_question(call, a_question(), **who)

    actions.change_question(second, a_question(label="Comment ?", limit=10), **who)
    actions.move_question(second, -1, **who)
    actions.remove_question(first, **who)

    asked = list(call.questions.values_list("key", "label", "limit"))
    assert asked == [("titre", "Libellé titre", None), ("pourquoi-2", "Comment ?", 10)]


@pytest.mark.parametrize("step", [-1, 1])
def test_a_question_does_not_move_past_the_ends(step):
    call = a_draft()

    with pytest.raises(NoSuchPlace):
        actions.move_question(call.questions.get(), step, by=PersonFactory(), at=NOW)


@pytest.mark.parametrize(
    ("instant", "state"),
    [
        (OPENS - SECOND, "upcoming"),
        (OPENS, "open"),
        (CLOSES, "open"),
        (CLOSES + SECOND, "closed"),
    ],
)
def test_a_call_opens_and_closes_by_its_dates(instant, state):
    assert queries.state_of(CallFactory(), instant) == state


def test_an_edition_without_dates_stays_unknown():
    assert queries.state_of(CallFactory(unknown_dates=True), NOW) == "unknown"


def test_the_public_page_tells_dates_rules_questions_and_how_to_begin(
    client, time_machine
):
    call = CallFactory()
    QuestionFactory(call=call, label_en="Why?", limit=600, kind="long_text")
    time_machine.move_to(NOW, tick=False)

    page = client.get(f"/en/programme/appels/{call.code}/").content.decode()

    assert "1 March 2026 at 09:00" in page
    assert "31 March 2026 at 12:00" in page
    assert "Europe/Paris" in page
    assert "600 characters at most" in page
    assert f"?next=/en/programme/appels/{call.code}/" in page


def test_somebody_signed_in_opens_a_dossier_from_the_page(sign_in, time_machine):
    call = CallFactory()
    time_machine.move_to(NOW, tick=False)

    page = sign_in(PersonFactory()).get(f"/programme/appels/{call.code}/")

    assert f'action="/programme/appels/{call.code}/ouvrir/"' in page.content.decode()


def test_a_closed_call_offers_nothing_to_open(client, time_machine):
    call = CallFactory()
    time_machine.move_to(CLOSES + SECOND, tick=False)

    page = client.get(f"/en/programme/appels/{call.code}/").content.decode()

    assert "Sign in to open a dossier" not in page
    assert "is-closed" in page


def test_a_past_edition_shows_what_is_not_known(client):
    call = CallFactory(
        unknown_dates=True, stated_candidates=14, sources=["https://example.org/a"]
    )

    page = client.get(f"/en/programme/appels/{call.code}/").content.decode()

    assert page.count("not known") >= 4
    assert "https://example.org/a" in page


@pytest.mark.parametrize(
    "dates", [{}, {"opens_at": None, "closes_at": None}], ids=["dated", "undated"]
)
def test_a_draft_does_not_exist_for_the_public(client, dates):
    call = a_draft(**dates)

    assert client.get(f"/programme/appels/{call.code}/").status_code == 404
    assert call.title not in client.get("/programme/appels/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_calls_asks_as_much_for_one_as_for_three(
    client, django_assert_num_queries, count
):
    CallFactory.create_batch(count)
    client.get("/programme/")

    with django_assert_num_queries(2):
        page = client.get("/programme/appels/")

    assert page.content.decode().count('scope="row"') == count


def fields(**changes):
    return {
        "code": "2027",
        "title": "Appel 2027",
        "regime": RegimeFactory().pk,
        "opens_on": "1er mars 2027",
        "opens_time": "09:00",
        "closes_on": "31/05/2027",
        "closes_time": "17:00",
    } | changes


def test_the_team_prepares_changes_previews_and_publishes_a_call(sign_in, time_machine):
    time_machine.move_to(NOW, tick=False)
    client = sign_in(PersonFactory(roles=["agent"]), "agent")
    made = client.post("/programme/instruction/nouvel-appel/", fields())
    edit = made["Location"]

    client.post(f"{edit}modifier/", fields(title="Autre titre"))
    preview = client.get(f"{edit}apercu/").content.decode()
    published = client.post(f"{edit}publier/")

    call = Call.objects.get()
    assert call.title == "Autre titre"
    assert call.opens_at.isoformat() == "2027-03-01T08:00:00+00:00"
    assert "Nom du projet" in preview
    assert published["Location"] == "/programme/appels/2027/"
    assert call.published_at == NOW


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "dossiers"}, "Another page bears this code."),
        ({"closes_on": "01/02/2027"}, "The call closes before it opens."),
        ({"opens_on": "hier"}, "This date is not understood."),
        ({"opens_on": "01/01/0001"}, "The year 1 is too far"),
        ({"regime": ""}, "This field is required."),
    ],
)
def test_a_call_badly_written_stays_on_the_screen(sign_in, changes, words):
    client = sign_in(PersonFactory(roles=["agent"]), "agent")

    page = client.post("/en/programme/instruction/nouvel-appel/", fields(**changes))

    assert words in page.content.decode()
    assert Call.objects.count() == 0


def test_the_team_writes_questions_with_simple_forms(sign_in):
    call = a_draft(code="2026")
    client = sign_in(PersonFactory(roles=["agent"]), "agent")
    start = "/programme/instruction/2026/appel/question/"
    typed = {
        "label": "Quel bois ?",
        "kind": "choice",
        "section": "Le projet",
        "choice_lines": "Chêne | Oak\nHêtre",
    }

    client.post(start, typed)
    client.post(f"{start}quel-bois/", typed | {"choice_lines": "Chêne | Oak\nFrêne"})
    client.post(f"{start}quel-bois/deplacer/", {"step": "-1"})
    client.post(f"{start}titre/retirer/")

    asked = call.questions.get()
    assert asked.choices == [
        {"key": "chene", "label": "Chêne", "label_en": "Oak"},
        {"key": "frene", "label": "Frêne", "label_en": ""},
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"fills": "title"}, "Another question already feeds this."),
        ({"choice_lines": "Un"}, "A choice offers at least two answers."),
    ],
)
def test_a_question_badly_written_stays_on_the_screen(sign_in, changes, words):
    a_draft(code="2026")
    client = sign_in(PersonFactory(roles=["agent"]), "agent")
    typed = {"label": "Quoi ?", "kind": "choice", "section": "A"} | changes

    page = client.post("/en/programme/instruction/2026/appel/question/", typed)

    assert words in page.content.decode()


def test_the_team_sees_what_is_missing_before_publication(sign_in):
    call = a_draft()
    no_question(call)
    client = sign_in(PersonFactory(roles=["agent"]), "agent")

    page = client.get(f"/en/programme/instruction/{call.code}/appel/").content.decode()

    assert "It asks no question." in page
    assert "publier" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_editions_asks_as_much_for_one_as_for_three(
    sign_in, django_assert_num_queries, count
):
    client = sign_in(PersonFactory(roles=["agent"]), "agent")
    CallFactory.create_batch(count)

    with django_assert_num_queries(8):
        page = client.get("/programme/instruction/")

    assert page.content.decode().count('scope="row"') == count


def test_each_page_of_the_team_opens_on_a_draft(sign_in):
    a_draft(code="2026")
    client = sign_in(PersonFactory(roles=["agent"]), "agent")
    start = "/programme/instruction/"
    paths = ["nouvel-appel/", "2026/appel/", "2026/appel/modifier/"]
    paths += [
        "2026/appel/question/",
        "2026/appel/question/titre/",
        "2026/appel/apercu/",
    ]

    assert [client.get(f"{start}{path}").status_code for path in paths] == [200] * 6


def test_the_page_of_an_unchanged_call_is_written_again(sign_in):
    call = a_draft(code="2026")
    client = sign_in(PersonFactory(roles=["agent"]), "agent")

    form = client.get("/programme/instruction/2026/appel/modifier/").context["form"]

    assert form.initial["opens_on"] == "01/03/2026"
    assert form.initial["opens_time"].isoformat() == "09:00:00"
    assert form["regime"].value() == call.regime.pk
