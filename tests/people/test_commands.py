"""The word that makes the first administrator."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from terril.site.people.models import Person

pytestmark = pytest.mark.django_db
NAMES = ["--given-name", "Ada", "--family-name", "Lovelace"]


def test_administrator_makes_one_and_says_what_to_do_next():
    said = StringIO()

    call_command("administrator", "ada@example.org", *NAMES, stdout=said)

    person = Person.objects.get(email="ada@example.org")
    assert [grant.role for grant in person.grants.all()] == ["administrator"]
    assert "Ada Lovelace is an administrator." in said.getvalue()
    assert "/compte/connexion/code/" in said.getvalue()


def test_administrator_says_when_there_is_nothing_to_do():
    call_command("administrator", "ada@example.org", *NAMES, stdout=StringIO())

    with pytest.raises(CommandError) as caught:
        call_command("administrator", "ada@example.org", *NAMES)

    assert "rôle" in str(caught.value)
