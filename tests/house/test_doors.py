"""Who may open what: every address, every role, reading and sending.

`doors.txt` is the table; a line holds the name of an address, what stands in it, the
method, and the answer to each of the eight. An address without a line breaks a test.
"""

import re

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.factories.programme import NOW
from tests.house.reading import ROOT
from tests.house.world import ACTORS, build

TABLE = ROOT / "tests/house/doors.txt"


def lines():
    """Return the table: name, what is put in the address, method, answers."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, *rest = line.split()
            puts = dict(part.split("=") for part in rest if "=" in part)
            method, *answers = [part for part in rest if "=" not in part]
            yield name, puts, method, [int(answer) for answer in answers]


def names(patterns=None):
    """Return the names of all addresses, and those that need something put in."""
    for pattern in patterns or get_resolver().url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern.url_patterns)
        else:
            yield pattern.name


def address_of(name, puts, world):
    """Return the path of an address, with the things of this world put in."""
    things = {
        key: world.get(value.removeprefix("@"), value) if value[0] == "@" else value
        for key, value in puts.items()
    }
    try:
        return reverse(name, kwargs=things)
    except NoReverseMatch:
        pytest.fail(f"{name} cannot be made with {puts}")


def client_of(actor, team):
    """Return a browser, signed in as somebody who acts in a role."""
    client = Client(raise_request_exception=False)
    if actor != "anonymous":
        client.force_login(team[actor])
        session = client.session
        session["role"] = actor
        session.save()
    return client


def status(response):
    """Return what is answered, and let go of the file that may come with it."""
    for close in response._resource_closers:
        close()
    return response.status_code


def answers_to(actor):
    """Open every door as somebody, leaving no trace, and return what is answered."""
    team, world = build()
    client, rank, found = client_of(actor, team), ACTORS.index(actor), []
    cookies = client.cookies.copy()
    for name, puts, method, answers in lines():
        path = address_of(name, puts, world)
        client.cookies = cookies.copy()
        with transaction.atomic():
            given = status(getattr(client, method.lower())(path))
            transaction.set_rollback(True)
        found.append((name, *puts.values(), method, answers[rank], given))
    return found


def test_no_address_is_missing_from_the_table():
    told = {name for name, *_ in lines()}

    assert told == set(names())


def test_every_address_is_tried_by_reading_and_by_sending():
    tried = {(name, method) for name, _, method, _ in lines()}

    lacking = {
        (name, method)
        for name in set(names())
        for method in ("GET", "POST")
        if (name, method) not in tried
    }
    assert lacking == set()


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ACTORS)
def test_doors_open_to_those_of_the_table(actor, client):
    with time_machine.travel(NOW):
        found = answers_to(actor)

    wrong = [line for line in found if line[-1] != line[-2]]
    assert wrong == []


@pytest.mark.django_db
def test_nothing_is_changed_without_the_token_of_the_form():
    with time_machine.travel(NOW):
        team, world = build()
        clients = {actor: client_of(actor, team) for actor in ACTORS}
        for client in clients.values():
            client.handler.enforce_csrf_checks = True

        open_ = []
        for name, puts, method, answers in lines():
            served = [
                actor
                for actor, answer in zip(ACTORS, answers, strict=True)
                if method == "POST" and answer in (200, 302, 409, 422)
            ]
            # The one with the most rights stands for the others.
            for actor in served[-1:]:
                given = status(clients[actor].post(address_of(name, puts, world)))
                open_ += [(name, actor, given)] if given != 403 else []

    assert open_ == []


def test_the_table_is_whole():
    wrong = [
        (name, method)
        for name, _, method, answers in lines()
        if method not in ("GET", "POST") or len(answers) != len(ACTORS)
    ]

    assert wrong == []
    assert re.search("anonymous.*administrator", TABLE.read_text())
