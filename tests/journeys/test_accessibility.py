"""Every page of every role, in the light and in the dark, narrow and wide: axe."""

import re

import pytest
import time_machine
from django.urls import reverse

from tests.factories.people import PASSWORD, PersonFactory
from tests.factories.programme import NOW
from tests.house.test_doors import address_of, lines
from tests.house.world import ACTORS, build
from tests.journeys.accessibility import violations

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
# What a browser keeps instead of showing.
DOWNLOAD = re.compile(r"\.(pdf|csv|xlsx|ics)$|/fichiers/\d|/fichier/$")
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 640}


def pages_of(actor):
    """Return the pages that open to somebody, by the table of doors."""
    rank = ACTORS.index(actor)
    return [
        (name, puts)
        for name, puts, method, answers in lines()
        if method == "GET"
        and answers[rank] == 200
        # What strangers may read is the same for all but its frame.
        and (actor == "anonymous" or answers[0] != 200 or name == "home")
    ]


def faults_on(page, path):
    """Read a page in the light and wide, then in the dark and narrow."""
    answer = page.goto(path)
    if "text/html" not in answer.headers["content-type"]:
        return []
    found = []
    for scheme, size in (("light", WIDE), ("dark", NARROW)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        wider = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        faults = [*violations(page), *(["wider than the window"] if wider else [])]
        found += [(path, scheme, fault) for fault in faults]
    return found


@pytest.mark.parametrize("actor", ACTORS)
def test_no_page_breaks_a_rule_of_accessibility(actor, opened, stroll):
    with time_machine.travel(NOW, tick=True):
        team, world = build()
        page = stroll() if actor == "anonymous" else opened(team[actor], actor)

        found = [
            fault
            for name, puts in pages_of(actor)
            for path in [address_of(name, puts, world)]
            if not DOWNLOAD.search(path)
            for fault in faults_on(page, path)
        ]

    assert found == []


@pytest.mark.parametrize("name", ["mfa_activate_totp", "account_reauthenticate"])
def test_pages_behind_a_recent_sign_in_break_no_rule_either(name, stroll):
    person = PersonFactory(roles=["holder"])
    path = reverse(name)
    page = stroll()

    page.goto(reverse("account_login"))
    page.fill("#id_login", person.email)
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/mon-espace/")

    assert faults_on(page, path) == []
    assert page.url.endswith(path)
