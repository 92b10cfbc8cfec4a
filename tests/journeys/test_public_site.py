"""A stranger walks through the public site: nothing is asked of anybody else."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories.programme import RegimeFactory
from tests.website import world

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAGES = ["home", "label", "register", "map", "organisations", "calendar", "search"]


@pytest.fixture
def page(stroll):
    return stroll()


@pytest.fixture
def asked(page):
    """Return the hosts asked for something, and what the console complained of."""
    hosts, complaints = set(), []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda line: complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return hosts, complaints


def test_a_visit_asks_nothing_of_third_parties_and_leaves_no_cookie(
    live_server, page, asked
):
    world.territory()
    world.calls()
    world.labels(3)
    RegimeFactory()
    hosts, complaints = asked

    for name in PAGES:
        page.goto(f"{live_server.url}{reverse(name)}", wait_until="networkidle")

    # Inline images have no host.
    assert hosts - {""} == {urlsplit(live_server.url).netloc}
    assert complaints == []
    assert page.context.cookies() == []


def test_a_search_renews_its_results_while_one_types(live_server, page):
    world.labels(2)
    page.goto(f"{live_server.url}/en/rechercher/")

    page.locator("#search-words").press_sequentially("foret urbaine 1")

    expect(page.locator("#found mark").first).to_have_text("Forêt")
    expect(page.locator("#found")).to_contain_text("1 answer for")
    assert "q=foret+urbaine+1" in page.url or "q=foret%20urbaine%201" in page.url


def test_a_figure_gives_its_proof(live_server, page):
    world.territory()
    world.labels(1)
    page.goto(f"{live_server.url}/en/")

    page.get_by_role("button", name="2,000").click()

    proof = page.locator("#figure-population")
    expect(proof).to_be_visible()
    expect(proof).to_contain_text("sum of the communes: 2 known of 2")
