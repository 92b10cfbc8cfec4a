"""The pages of a dossier: reading never writes, writing never loses."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from terril.site.commons import documents
from terril.site.commons.models import Document, JournalEntry
from terril.site.programme import actions
from terril.site.programme.models import Answer, Dossier
from terril.site.programme.rules.answers import fingerprint
from tests.factories.people import PersonFactory
from tests.factories.places import PlaceFactory
from tests.factories.programme import (
    CallFactory,
    CompletionRequestFactory,
    DossierFactory,
    DossierMemberFactory,
    a_draft,
    answered,
    full_call,
    ready,
    upload,
)

pytestmark = pytest.mark.django_db
NEW = f"0.{fingerprint(None)}"
PAGES = (
    "dossier",
    "dossier_content",
    "dossier_history",
    "dossier_edit",
    "dossier_team",
    "dossier_submit",
    "dossier_withdraw",
    "receipt",
    "receipt_pdf",
    "dossier_pdf",
)


@pytest.fixture(autouse=True)
def _clock_and_language(at):
    """Stop the clock, and read pages in the language their sentences are written in."""
    with time_machine.travel(at, tick=False), translation.override("en"):
        yield


@pytest.fixture
def person():
    return PersonFactory(roles=["holder"])


@pytest.fixture
def visit(sign_in, person):
    """Return a client acting as the holder, on pages in English."""
    return sign_in(person, "holder")


def address(name, dossier, *args):
    return reverse(name, args=[dossier.code, *args])


def seen(dossier, key):
    answer = dossier.answers.get(question__key=key)
    return f"{answer.revision}.{fingerprint(answer.value)}"


def stored(dossier):
    return {one.question.key: one.value for one in dossier.answers.all()}


@pytest.mark.parametrize("count", [1, 3])
def test_dossiers_lists_mine_with_as_many_queries_whatever_their_number(
    count, visit, person, django_assert_num_queries
):
    call = CallFactory()
    mine = [DossierFactory(call=call, holder=person) for _ in range(count)]
    DossierFactory(title="Pas à moi")

    with django_assert_num_queries(8):
        page = visit.get(reverse("dossiers"))

    text = page.content.decode()
    assert [row.dossier for row in page.context["rows"]] == mine[::-1]
    assert "Pas à moi" not in text


def test_dossiers_says_how_to_begin_when_there_is_none(visit):
    page = visit.get(reverse("dossiers"))

    assert "No dossier yet" in page.content.decode()


def test_open_dossier_leads_to_the_form_as_its_holder(client, sign_in):
    agent = PersonFactory(roles=["agent"])
    call = CallFactory()

    answer = sign_in(agent, "agent").post(reverse("open_dossier", args=[call.code]))

    dossier = Dossier.objects.get()
    assert answer.url == address("dossier_edit", dossier)
    assert client.session["role"] == "holder"
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("fields", [{"draft": True}, {"unknown_dates": True}])
def test_open_dossier_knows_no_call_that_is_not_published(visit, fields):
    call = CallFactory(**fields)

    answer = visit.post(reverse("open_dossier", args=[call.code]))

    assert (answer.status_code, Dossier.objects.count()) == (404, 0)


def test_open_dossier_says_that_the_call_is_closed(visit, at):
    call = CallFactory(closes_at=at - timedelta(microseconds=1))

    answer = visit.post(reverse("open_dossier", args=[call.code]))

    assert (answer.status_code, Dossier.objects.count()) == (409, 0)
    assert "This call closed on 16 March 2026 at 09:59" in answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_a_dossier_reads_without_writing(name, visit, person, at):
    dossier = ready(person)
    if name.startswith("receipt"):
        actions.submit(dossier, by=person, at=at)
    before = JournalEntry.objects.count()

    page = visit.get(address(name, dossier))

    body = b"".join(page) if page.streaming else page.content
    assert page.status_code == 200
    assert body.startswith(b"%PDF-") is name.endswith("pdf")
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("role", "statuses"),
    [("holder", {404}), ("collaborator", {404}), ("agent", {403, 404})],
)
def test_a_draft_of_somebody_else_does_not_exist(name, role, statuses, sign_in):
    dossier = ready(PersonFactory(roles=["holder"]))
    stranger = sign_in(PersonFactory(roles=[role]), role)

    page = stranger.get(address(name, dossier))

    assert page.status_code in statuses
    assert b"La fosse qui rit" not in page.content


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("dossier_edit", []),
        ("answer", ["titre"]),
        ("answer_files", ["pieces"]),
        ("dossier_submit", []),
        ("dossier_complete", []),
        ("dossier_withdraw", []),
        ("dossier_team", []),
        ("remove_collaborator", [1]),
    ],
)
def test_nobody_posts_to_the_dossier_of_somebody_else(name, args, sign_in):
    dossier = ready(PersonFactory(roles=["holder"]))
    before = Dossier.objects.values().get()
    stranger = sign_in(PersonFactory(roles=["holder"]), "holder")

    data = {"titre": "Volé", "titre__seen": NEW, "email": "moi@example.org"}
    answer = stranger.post(address(name, dossier, *args), data)

    assert answer.status_code == 404
    assert Dossier.objects.values().get() == before
    assert (stored(dossier), dossier.members.count()) == (
        {"titre": "La fosse qui rit"},
        1,
    )


def a_file(person, at, dossier=None):
    dossier = dossier or a_draft(person)
    question = dossier.call.questions.get(key="pieces")
    actions.attach(dossier, question, [upload("été.pdf")], by=person, at=at)
    return dossier, Document.objects.get()


def test_dossier_document_is_given_to_whom_may_see_the_dossier(visit, person, at):
    dossier, document = a_file(person, at)

    answer = visit.get(address("dossier_document", dossier, document.pk))

    assert answer.getvalue() == b"%PDF-1.7 plan"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize("role", ["holder", "collaborator", "agent", "member"])
def test_dossier_document_is_nothing_to_anybody_else(role, sign_in, at):
    dossier, document = a_file(PersonFactory(roles=["holder"]), at)
    roles = ["member:experts"] if role == "member" else [role]
    stranger = sign_in(PersonFactory(roles=roles), role)

    answer = stranger.get(address("dossier_document", dossier, document.pk))

    assert answer.status_code == 404


def test_dossier_document_is_not_given_through_another_dossier(visit, person, at):
    _theirs, document = a_file(PersonFactory(roles=["holder"]), at)
    mine = a_draft(person)

    answer = visit.get(address("dossier_document", mine, document.pk))

    assert answer.status_code == 404


def test_dossier_leads_the_team_to_its_own_page(sign_in):
    dossier = DossierFactory(handed_in=True)

    page = sign_in(PersonFactory(roles=["agent"]), "agent").get(
        address("dossier", dossier)
    )

    assert page.url == reverse("examined_dossier", args=[dossier.code])


def test_dossier_edit_shows_a_frozen_dossier_as_it_reads(visit, person):
    dossier = DossierFactory(call=full_call(), holder=person, handed_in=True)

    page = visit.get(address("dossier_edit", dossier))

    assert page.url == address("dossier_content", dossier)


def test_dossier_edit_saves_valid_and_invalid_answers_without_javascript(
    visit, person, at
):
    PlaceFactory(code="62498", name="Lens")
    dossier = a_draft(person)
    url = address("dossier_edit", dossier)

    sent = {"titre": "Un titre", "budget": "douze", "commune": "Lens"}
    answer = visit.post(url, sent | {f"{key}__seen": NEW for key in sent}, follow=True)

    text = answer.content.decode()
    assert answer.redirect_chain == [(url, 302)]
    assert stored(dossier) == {
        "titre": "Un titre",
        "budget": {"raw": "douze"},
        "commune": {"code": "62498", "name": "Lens"},
    }
    assert "“douze” is not an amount." in text
    assert 'value="douze"' in text
    assert "Saved at 10:00." in text


def test_dossier_edit_leads_to_the_check_when_asked(visit, person):
    dossier = a_draft(person)

    answer = visit.post(address("dossier_edit", dossier), {"then": "check"})

    assert answer.url == address("dossier_submit", dossier)


def test_dossier_edit_takes_5_mb_of_text_and_gives_it_back(visit, person):
    dossier, text = a_draft(person), "é" * 2_500_000
    url = address("dossier_edit", dossier)

    answer = visit.post(url, {"resume": text, "resume__seen": NEW}, follow=True)

    page = answer.content.decode()
    assert stored(dossier) == {"resume": {"raw": text}}
    assert text in page
    assert "This text has 2,500,000 characters and the limit is 600" in page


def test_dossier_edit_shows_both_values_when_somebody_else_saved(visit, person, at):
    dossier = answered(a_draft(person), titre="Au départ", budget="10")
    old = {
        "titre__seen": seen(dossier, "titre"),
        "budget__seen": seen(dossier, "budget"),
    }
    other = Client()
    friend = PersonFactory(given_name="Ada", family_name="Amie", roles=["collaborator"])
    DossierMemberFactory(dossier=dossier, person=friend, collaborator=True)
    other.force_login(friend)
    url = address("dossier_edit", dossier)
    other.post(url, {"titre": "Le leur", "budget": "20", **old})

    answer = visit.post(url, {"titre": "Le mien", "budget": "10", **old})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Ada Amie saved another answer at 10:00. Yours is not saved." in text
    assert "<blockquote>Le leur</blockquote>" in text
    assert 'value="Le mien"' in text
    assert stored(dossier) == {"titre": "Le leur", "budget": "20"}


def test_dossier_edit_replaces_theirs_once_it_was_seen(visit, person):
    dossier = answered(a_draft(person), titre="Le leur")
    url = address("dossier_edit", dossier)
    refused = visit.post(
        url, {"titre": "Le mien", "titre__seen": f"7.{fingerprint('x')}"}
    )

    shown = seen(dossier, "titre")
    visit.post(url, {"titre": "Le mien", "titre__seen": shown})

    assert refused.status_code == 409
    assert f'value="{shown}"' in refused.content.decode()
    assert stored(dossier) == {"titre": "Le mien"}


def test_dossier_edit_takes_files_and_says_why_not_some(visit, person):
    dossier = a_draft(person)
    exe = SimpleUploadedFile("programme.pdf", b"MZ\x90\x00")
    url = address("dossier_edit", dossier)

    answer = visit.post(url, {"pieces": [upload("plan.pdf"), exe]})

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "“programme.pdf” is named .pdf, but its content is something else." in text
    assert [one.name for one in documents.kept_about(dossier)] == ["plan.pdf"]
    assert "plan.pdf" in text
    assert "Files are not scanned for viruses" in text


def test_dossier_edit_removes_a_file_and_saves_the_rest(visit, person, at):
    dossier, document = a_file(person, at)
    url = address("dossier_edit", dossier)

    visit.post(url, {"titre": "Un titre", "titre__seen": NEW, "remove": document.pk})

    assert list(documents.kept_about(dossier)) == []
    assert stored(dossier) == {"titre": "Un titre", "pieces": []}


@pytest.mark.parametrize("key", ["999999", "9" * 5000, "²", "x", ""])
def test_dossier_edit_removes_nothing_that_is_not_its_own(key, visit, person, at):
    _theirs, document = a_file(PersonFactory(), at)
    url = address("dossier_edit", a_draft(person))

    visit.post(url, {"remove": key})
    visit.post(url, {"remove": document.pk})

    assert Document.objects.get().removed_at is None


def test_dossier_edit_says_that_the_call_is_over(visit, person, at):
    call = full_call(closes_at=at - timedelta(microseconds=1))
    dossier = DossierFactory(call=call, holder=person)

    answer = visit.post(
        address("dossier_edit", dossier), {"titre": "Tard", "titre__seen": NEW}
    )

    assert (answer.status_code, stored(dossier)) == (409, {})


@pytest.mark.parametrize(("late", "status"), [(0, 302), (1, 409)])
def test_dossier_submit_is_in_time_until_the_very_instant(
    late, status, visit, person, at
):
    call = full_call(closes_at=at - timedelta(microseconds=late))
    dossier = answered(DossierFactory(call=call, holder=person), titre="Juste à temps")

    answer = visit.post(address("dossier_submit", dossier))

    dossier.refresh_from_db()
    assert answer.status_code == status
    assert (dossier.receipt is None) is bool(late)


def test_a_form_sent_after_the_session_ended_comes_back_after_sign_in(client, person):
    dossier = answered(a_draft(person), titre="Ancien")
    url, text = address("dossier_edit", dossier), "Une heure de travail."
    old = seen(dossier, "titre")

    away = client.post(
        url, {"titre": text, "titre__seen": old, "budget": "douze", "budget__seen": NEW}
    )
    client.force_login(person)
    back = client.get(url)

    page = back.content.decode()
    assert away.url == f"{reverse('account_login')}?next={url}"
    assert stored(dossier) == {"titre": "Ancien"}
    assert f'value="{text}"' in page
    assert 'value="douze"' in page
    assert back.context["is_back"] is True


def test_a_form_that_came_back_is_saved_then_forgotten(client, person):
    dossier = answered(a_draft(person), titre="Ancien")
    url, old = address("dossier_edit", dossier), seen(dossier, "titre")
    client.post(url, {"titre": "Nouveau", "titre__seen": old})
    client.force_login(person)

    client.post(url, {"titre": "Nouveau", "titre__seen": old})

    assert stored(dossier) == {"titre": "Nouveau"}
    assert client.get(url).context["is_back"] is False


def test_a_form_that_came_back_is_shown_to_its_dossier_only(client, person):
    first, second = a_draft(person), a_draft(person)
    client.post(address("dossier_edit", first), {"titre": "Un", "titre__seen": NEW})
    client.force_login(person)

    page = client.get(address("dossier_edit", second))

    assert page.context["is_back"] is False


def test_a_stranger_who_reads_leaves_nothing_behind(client):
    dossier = DossierFactory()

    answer = client.get(address("dossier_edit", dossier))

    assert answer.url.startswith(reverse("account_login"))
    assert Session.objects.count() == 0


def post_answer(client, dossier, key, **inputs):
    url = address("answer", dossier, key)
    answer = client.post(url, inputs)
    return answer.status_code, json.loads(answer.content)


def test_answer_saves_as_one_types(visit, person):
    dossier = a_draft(person)

    status, told = post_answer(
        visit, dossier, "titre", titre="Un titre", titre__seen=NEW
    )

    assert (status, told["state"], told["at"], told["error"]) == (
        200,
        "saved",
        "10:00",
        "",
    )
    assert told["seen"] == seen(dossier, "titre")
    assert "Saved at 10:00" in told["summary"]
    assert stored(dossier) == {"titre": "Un titre"}


def test_answer_keeps_what_is_not_valid_and_says_why(visit, person):
    dossier = a_draft(person)

    status, told = post_answer(
        visit, dossier, "budget", budget="douze", budget__seen=NEW
    )

    assert (status, told["state"]) == (200, "saved")
    assert told["error"].startswith("“douze” is not an amount.")
    assert "1 to correct" in told["summary"]
    assert stored(dossier) == {"budget": {"raw": "douze"}}


def test_answer_refuses_an_older_copy_with_both_values(visit, person):
    dossier = answered(a_draft(person), titre="Le leur")

    status, told = post_answer(
        visit, dossier, "titre", titre="Le mien", titre__seen=NEW
    )

    assert (status, told["state"]) == (409, "conflict")
    assert "Le leur" in told["conflict"]
    assert "Le mien" in told["conflict"]
    assert told["seen"] == seen(dossier, "titre")
    assert stored(dossier) == {"titre": "Le leur"}


def test_answer_knows_no_other_question_and_no_stranger(visit, person, client):
    dossier = a_draft(person)

    unknown = visit.post(address("answer", dossier, "autre"), {"autre__seen": NEW})
    client.logout()
    away = client.post(address("answer", dossier, "titre"), {"titre__seen": NEW})

    assert unknown.status_code == 404
    assert away.url.startswith(reverse("account_login"))
    assert Answer.objects.count() == 0


def test_answer_files_takes_several_and_says_why_not_some(visit, person):
    dossier = a_draft(person)
    url = address("answer_files", dossier, "pieces")

    answer = visit.post(
        url, {"pieces": [upload("a.pdf"), upload("vide.pdf", b""), upload("b.pdf")]}
    )

    told = json.loads(answer.content)
    (refusal,) = told["refusals"]
    assert refusal.startswith("“vide.pdf” is empty: it holds 0 bytes.")
    assert [name in told["files"] for name in ("a.pdf", "vide.pdf", "b.pdf")] == [
        True,
        False,
        True,
    ]
    assert "summary" in told["summary"]


def test_answer_files_is_for_questions_of_files(visit, person):
    dossier = a_draft(person)

    answer = visit.post(address("answer_files", dossier, "titre"), {"titre": upload()})

    assert (answer.status_code, Document.objects.count()) == (404, 0)


def test_dossier_submit_names_what_is_missing_with_a_link_to_each(visit, person):
    dossier = a_draft(person)

    page = visit.get(address("dossier_submit", dossier))

    text = page.content.decode()
    assert "One answer is missing or to be corrected" in text
    assert f'href="{address("dossier_edit", dossier)}#q-titre"' in text
    assert "Hand in the dossier" not in text


def test_dossier_submit_hands_in_and_shows_the_receipt(visit, person, at):
    dossier = ready(person)

    answer = visit.post(address("dossier_submit", dossier), follow=True)

    dossier.refresh_from_db()
    text = answer.content.decode()
    assert (dossier.status, dossier.submitted_at) == ("submitted", at)
    assert answer.redirect_chain == [(address("receipt", dossier), 302)]
    assert dossier.receipt in text
    assert "16 March 2026 at 10:00:00, Europe/Paris (UTC+01)" in text


def test_dossier_submit_refuses_with_a_sentence_and_the_list(visit, person):
    dossier = a_draft(person)

    answer = visit.post(address("dossier_submit", dossier))

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "1 answer is missing or to be corrected." in text
    assert "Label titre — missing" in text


def test_dossier_submit_is_forbidden_to_a_collaborator_who_sees_the_same(sign_in):
    other = PersonFactory(roles=["collaborator"])
    dossier = a_draft(PersonFactory(roles=["holder"]))
    DossierMemberFactory(dossier=dossier, person=other, collaborator=True)
    client = sign_in(other, "collaborator")
    url = address("dossier_submit", dossier)

    page, answer = client.get(url), client.post(url)

    dossier.refresh_from_db()
    assert "#q-titre" in page.content.decode()
    assert "Only the holder of the dossier hands it in." in page.content.decode()
    assert (answer.status_code, dossier.status) == (403, "draft")


def test_dossier_submit_leads_back_once_handed_in(visit, person):
    dossier = DossierFactory(call=full_call(), holder=person, handed_in=True)

    answer = visit.get(address("dossier_submit", dossier))

    assert answer.url == dossier.get_absolute_url()


def test_dossier_complete_sends_the_answer(visit, person, at):
    dossier = answered(a_draft(person, to_complete=True), titre="Bon")
    asked = CompletionRequestFactory(dossier=dossier)
    page = visit.get(address("dossier_submit", dossier))

    answer = visit.post(address("dossier_complete", dossier))

    asked.refresh_from_db()
    assert address("dossier_complete", dossier) in page.content.decode()
    assert (answer.url, asked.answered_at) == (dossier.get_absolute_url(), at)


def test_receipt_does_not_exist_before_the_deposit(visit, person):
    dossier = ready(person)

    found = [visit.get(address(name, dossier)) for name in ("receipt", "receipt_pdf")]

    assert [page.status_code for page in found] == [404, 404]


def test_dossier_withdraw_asks_first_then_withdraws(visit, person):
    dossier = ready(person)
    url = address("dossier_withdraw", dossier)

    asked = visit.get(url)
    dossier.refresh_from_db()
    before = dossier.status
    answer = visit.post(url)

    dossier.refresh_from_db()
    assert "This cannot be undone." in asked.content.decode()
    assert (before, dossier.status) == ("draft", "withdrawn")
    assert answer.url == dossier.get_absolute_url()


def test_dossier_team_invites_and_removes(visit, person):
    dossier = a_draft(person)
    url = address("dossier_team", dossier)

    visit.post(url, {"email": "neuf@example.org"})
    page = visit.get(url)
    member = dossier.members.get(part="collaborator")
    visit.post(address("remove_collaborator", dossier, member.pk))

    assert "neuf@example.org" in page.content.decode()
    assert dossier.members.count() == 1


def test_dossier_team_says_what_is_wrong_with_an_address(visit, person):
    dossier = a_draft(person)

    page = visit.post(address("dossier_team", dossier), {"email": "neuf"})

    assert page.context["form"].errors != {}
    assert dossier.members.count() == 1


def test_leave_dossier_closes_it_behind_a_collaborator(sign_in):
    other = PersonFactory(roles=["collaborator"])
    dossier = a_draft(PersonFactory())
    DossierMemberFactory(dossier=dossier, person=other, collaborator=True)
    client = sign_in(other, "collaborator")

    page = client.get(address("dossier_team", dossier))
    answer = client.post(address("leave_dossier", dossier))

    assert address("leave_dossier", dossier) in page.content.decode()
    assert answer.url == reverse("dossiers")
    assert client.get(dossier.get_absolute_url()).status_code == 404


def test_remove_collaborator_knows_nobody_of_another_dossier(visit, person):
    theirs = DossierMemberFactory(collaborator=True)
    mine = a_draft(person)

    answer = visit.post(address("remove_collaborator", mine, theirs.pk))

    assert answer.status_code == 404
    assert theirs.dossier.members.count() == 1


def test_what_a_stranger_sends_is_kept_only_while_it_is_a_form(client, person):
    url = address("dossier_edit", a_draft(person))

    client.post(url, {"titre": "x" * 120_001})
    is_kept_when_huge = "typed" in client.session
    client.post(url, {"titre": "Un titre"})

    assert (is_kept_when_huge, client.session["typed"]["path"]) == (False, url)


def test_what_a_stranger_sends_is_kept_a_few_times_only():
    url = reverse("dossier_edit", args=["INVENTED"])

    statuses = [Client().post(url, {"titre": "Un titre"}).status_code for _ in range(7)]

    assert statuses == [302] * 5 + [429] * 2
    assert Session.objects.count() == 5


def test_one_browser_may_send_its_form_again_and_again(client):
    url = reverse("dossier_edit", args=["INVENTED"])

    statuses = [client.post(url, {"titre": f"{n}"}).status_code for n in range(7)]

    assert statuses == [302] * 7
    assert client.session["typed"]["form"] == "titre=6"
    assert client.session.get_expiry_age() == 3600


def test_the_short_hour_of_what_was_typed_ends_with_the_sign_in(client, person):
    client.post(address("dossier_edit", a_draft(person)), {"titre": "Un titre"})

    client.post(reverse("account_request_login_code"), {"email": person.email})
    code = re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]
    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.session["typed"]["form"] == "titre=Un+titre"
    assert client.session.get_expiry_age() == 12 * 3600
