"""Addresses that outlive what they name."""

import pytest

from terril.site.commons.addresses import address, resolve
from terril.site.commons.models import JournalHead


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        (JournalHead(pk=1), "commons.journalhead/1"),
        ("people.person/7", "people.person/7"),
        (None, ""),
    ],
)
def test_address_names_a_thing(thing, expected):
    assert address(thing) == expected


@pytest.mark.django_db
def test_resolve_finds_what_lives_at_an_address():
    head = JournalHead.objects.create(pk=1, digest="x")

    assert resolve(address(head)) == head


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    ["commons.journalhead/9", "commons.journalhead/x", "no.thing/1", "nothing", ""],
)
def test_resolve_returns_nothing_where_nothing_lives(text):
    assert resolve(text) is None
