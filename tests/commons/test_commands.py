"""The words of the terminal: `terril journal verify`, `terril letters send`."""

import json

import pytest
from django.core.management import CommandError, call_command

from terril.site.commons import journal
from terril.site.commons.models import JournalEntry, Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(at):
    return journal.record("call.published", about="programme.call/1", by=None, at=at)


def test_journal_verify_says_that_the_chain_holds(line, capsys):
    call_command("journal", "verify")

    said = capsys.readouterr().out
    assert said == f"The chain holds.\n1 lines read.\nHead: {line.digest}\n"


def test_journal_verify_finds_the_head_of_a_certificate(line, capsys):
    call_command("journal", "verify", "--head", line.digest[:16].upper())

    assert "The chain holds." in capsys.readouterr().out


def test_journal_verify_leaves_with_one_when_the_chain_is_broken(line, capsys):
    JournalEntry.objects.update(verb="call.withdrawn")

    with pytest.raises(SystemExit) as left:
        call_command("journal", "verify")

    assert left.value.code == 1
    assert "BROKEN at line 1: the line was changed." in capsys.readouterr().out


def test_journal_verify_speaks_to_machines(line, capsys):
    call_command("journal", "verify", "--json")

    assert json.loads(capsys.readouterr().out) == {
        "holds": True,
        "lines": 1,
        "head": line.digest,
        "broken_at": None,
        "reason": "",
    }


@pytest.mark.parametrize(
    "words", [[], ["read"], ["verify", "--head", "abc"], ["verify", "--head", "z" * 16]]
)
def test_journal_refuses_words_it_does_not_know(words):
    with pytest.raises(CommandError):
        call_command("journal", *words)


def letter(key, at, **more):
    return Letter.objects.create(
        key=key,
        template="greeting",
        recipient="anne@example.org",
        subject="News",
        body="Read.",
        about="people.person/1",
        created_at=at,
        **{"status": Letter.Status.WAITING, **more},
    )


def test_letters_send_empties_the_outbox(at, capsys, mailoutbox):
    letter("1", at)
    letter("2", at, status=Letter.Status.FAILED)
    letter("3", at, status=Letter.Status.DRAFT)

    call_command("letters", "send")

    assert capsys.readouterr().out == "2 sent, 0 failed.\n"
    assert len(mailoutbox) == 2


def test_letters_send_leaves_with_one_when_some_failed(at, capsys, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    letter("1", at)

    with pytest.raises(SystemExit) as left:
        call_command("letters", "send")

    assert left.value.code == 1
    assert capsys.readouterr().out == "0 sent, 1 failed.\n"
