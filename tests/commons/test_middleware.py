"""Public pages kept until something happens, refusals, and reading that only reads."""

import gzip

import pytest
import time_machine
from django.test import Client

from terril.site.commons import journal, memory
from terril.site.commons.middleware import WroteWhileReading
from terril.site.commons.models import JournalEntry
from terril.site.website.stamp import stamp
from tests.commons import addresses_for_tests as views
from tests.factories.people import PersonFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.commons.addresses_for_tests"),
]


@pytest.fixture(autouse=True)
def _forget_calls():
    views.CALLS.clear()


def test_a_public_page_is_made_once_for_strangers(client):
    first = client.get("/page/")
    second = Client().get("/page/")

    assert views.CALLS == ["/page/"]
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    assert second["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "Accept-Encoding"} < set(second["Vary"].split(", "))
    assert second["Content-Length"] == str(len(second.content))


def test_a_browser_that_has_the_page_is_told_so(client):
    etag = client.get("/page/")["ETag"]

    again = client.get("/page/", headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == etag
    assert views.CALLS == ["/page/"]


def test_each_address_and_each_question_has_its_own_page(client):
    etags = {
        client.get(path)["ETag"] for path in ("/page/", "/page/?q=a", "/page/?q=b")
    }

    assert len(etags) == 3
    assert views.CALLS == ["/page/", "/page/?q=a", "/page/?q=b"]


def test_a_browser_may_have_several_versions_of_the_page(client):
    etag = client.get("/page/")["ETag"]

    again = client.get("/page/", headers={"If-None-Match": f'W/"older", {etag}'})
    other = client.get("/page/", headers={"If-None-Match": 'W/"older", "odd"'})

    assert (again.status_code, other.status_code) == (304, 200)
    assert views.CALLS == ["/page/"]


def test_the_head_of_a_page_is_that_of_the_page(client):
    head = client.head("/page/")

    whole = client.get("/page/")

    assert views.CALLS == ["/page/"]
    assert (head.content, head.headers) == (b"", whole.headers)


def test_a_kept_page_leaves_with_all_the_headers_of_the_first(client):
    first = client.get("/page/")

    kept = client.get("/page/")

    assert kept.headers == first.headers
    assert set(kept.headers) >= {
        "Content-Security-Policy",
        "Cross-Origin-Opener-Policy",
        "Referrer-Policy",
        "X-Content-Type-Options",
        "X-Frame-Options",
    }


def test_a_kept_page_asks_the_database_for_the_stamp_alone(
    client, django_assert_num_queries
):
    client.get("/page/")

    with django_assert_num_queries(1):
        client.get("/page/")


def test_a_page_kept_for_the_safe_way_is_not_given_on_the_other(settings):
    settings.SECURE_SSL_REDIRECT = True
    safe = Client().get("/page/", secure=True)

    bare = Client().get("/page/")

    assert (safe.status_code, bare.status_code) == (200, 301)
    assert bare["Location"] == "https://testserver/page/"


def test_a_host_that_is_not_ours_is_given_nothing(client):
    client.get("/page/")

    refused = client.get("/page/", headers={"Host": "elsewhere.example"})

    assert refused.status_code == 400
    assert "Content-Security-Policy" in refused
    assert views.CALLS == ["/page/"]


def test_static_files_ask_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        sent = client.get("/static/css/tokens.css")
        sent.close()

    assert sent.status_code == 200


def test_the_same_long_words_are_packed_and_kept_once(client):
    for path in ("/same-words/", "/same-words/?whim=1", "/same-words/?whim=2"):
        client.get(path)

    shelf = memory.shelf(stamp())
    pages = [
        shelf.get(f"http://testserver/same-words/{query}").thing
        for query in ("", "?whim=1", "?whim=2")
    ]
    assert pages[0].packed is pages[1].packed is pages[2].packed


def test_any_line_of_the_journal_renews_public_pages(client, at):
    old = client.get("/page/")

    journal.record("call.published", about="programme.call/1", by=None, at=at)
    new = client.get("/page/", headers={"If-None-Match": old["ETag"]})

    assert new.status_code == 200
    assert new["ETag"] != old["ETag"]
    assert views.CALLS == ["/page/", "/page/"]


def test_a_new_day_renews_public_pages(client, at):
    with time_machine.travel(at, tick=False):
        today = client.get("/page/")["ETag"]
    with time_machine.travel(at.replace(day=17), tick=False):
        tomorrow = client.get("/page/")["ETag"]

    assert today != tomorrow


def test_the_page_travels_packed_for_those_who_unpack(client):
    plain = client.get("/page/").content

    packed = client.get("/page/", headers={"Accept-Encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain
    assert len(packed.content) < len(plain)


@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("gzip; q=1.0", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("identity", False),
    ],
)
def test_a_page_is_packed_only_for_who_takes_it_so(client, accepted, is_packed):
    client.get("/page/")

    response = client.get("/page/", headers={"Accept-Encoding": accepted})

    assert response.has_header("Content-Encoding") is is_packed


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
def test_somebody_who_is_told_something_never_shares_a_page(client, cookie):
    client.get("/page/")
    client.cookies[cookie] = "mine"

    mine = client.get("/page/")

    assert views.CALLS == ["/page/", "/page/"]
    assert "ETag" not in mine


@pytest.mark.parametrize(
    "path", ["/missing/", "/flowing/", "/with-cookie/", "/private/"]
)
def test_what_is_not_a_whole_public_page_is_never_kept(client, path):
    responses = [client.get(path), Client().get(path)]

    assert views.CALLS == [path, path]
    assert [response.has_header("ETag") for response in responses] == [False, False]


def test_parts_of_pages_and_writings_are_never_kept(client):
    client.get("/page/", headers={"HX-Request": "true"})
    client.get("/page/", headers={"HX-Request": "true"})
    client.post("/private/")
    client.post("/private/")

    assert len(views.CALLS) == 4


def test_a_public_page_is_only_read(client):
    response = client.post("/page/")

    assert (response.status_code, views.CALLS) == (405, [])


def test_a_refusal_is_a_page_that_says_what_to_do(client):
    response = client.post("/refuses/")

    text = response.content.decode()
    assert response.status_code == 409
    assert "This call is closed." in text
    assert "Read about the next one." in text
    assert "<html" in text


def test_a_refusal_gives_back_what_was_typed(client):
    sent = {"text": "Two words & <more>", "token": "oneword"}

    response = client.post("/refuses/", sent)

    text = response.content.decode()
    assert "Two words &amp; &lt;more&gt;" in text
    assert "oneword" not in text


def test_a_refusal_to_show_a_page_has_nothing_to_give_back(client):
    response = client.get("/refuses/?text=Two+words")

    text = response.content.decode()
    assert response.status_code == 409
    assert "This call is closed." in text
    assert "Two words" not in text


def test_a_refusal_of_a_part_is_a_part(client):
    response = client.post("/refuses/", headers={"HX-Request": "true"})

    text = response.content.decode()
    assert response.status_code == 409
    assert "This call is closed." in text
    assert "<html" not in text


def test_a_bug_is_not_a_refusal(client):
    with pytest.raises(ZeroDivisionError):
        client.get("/breaks/")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_page_that_is_read_cannot_write(client, method):
    with pytest.raises(WroteWhileReading, match="INSERT"):
        getattr(client, method)("/writes/")

    assert JournalEntry.objects.count() == 0


def test_a_page_that_is_sent_may_write(client):
    response = client.post("/writes/")

    assert response.content == b"written"
    assert JournalEntry.objects.count() == 1


def test_the_machinery_of_sign_in_keeps_its_own_rows(client):
    assert client.get("/writes-machinery/").content == b"swept"


def test_a_part_of_a_page_is_never_kept_as_the_page(client):
    client.get("/page/", headers={"HX-Target": "found"})
    client.get("/page/")

    assert views.CALLS == ["/page/", "/page/"]


def test_a_page_that_is_kept_is_never_given_as_a_part(client):
    client.get("/page/")
    part = client.get("/page/", headers={"HX-Request": "true"})

    assert views.CALLS == ["/page/", "/page/"]
    assert "ETag" not in part


@pytest.mark.parametrize("path", ["/page/?q=%00", "/p%00age/"])
def test_a_zero_character_in_an_address_is_a_fault_of_the_address(path, client):
    answer = client.get(path)

    assert answer.status_code == 400
    assert views.CALLS == []


@pytest.mark.parametrize("path", ["/private/", "/page/", "/nowhere/"])
def test_what_somebody_signed_in_reads_stays_in_no_cache(path, sign_in):
    client = sign_in(PersonFactory())

    response = client.get(path)

    assert response["Cache-Control"] == "private, no-store"


def test_a_view_may_say_otherwise_to_somebody_signed_in(sign_in):
    client = sign_in(PersonFactory())

    response = client.get("/lasting/")

    assert response["Cache-Control"] == "private, max-age=60"


def test_strangers_may_keep_what_they_read(client):
    response = client.get("/private/")

    assert "Cache-Control" not in response
