"""What is long: many writers at once, a long journal, two senders and many letters."""

import time
from datetime import timedelta
from threading import Thread

import pytest
from django.core import mail
from django.db import connection

from terril.site.commons import journal, outbox
from terril.site.commons.models import JournalEntry, Letter

pytestmark = [pytest.mark.trial, pytest.mark.django_db(transaction=True)]


def together(work, count):
    """Do the same work in several threads, and wait for all."""

    def work_and_leave():
        try:
            work()
        finally:
            connection.close()

    threads = [Thread(target=work_and_leave) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_four_writers_of_a_hundred_and_fifty_lines_make_one_chain(at):
    def write():
        for rank in range(150):
            journal.record(
                "call.published", about=f"programme.call/{rank}", by=None, at=at
            )

    together(write, 4)

    numbers = list(JournalEntry.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 601))
    assert journal.verify().holds


def test_a_journal_of_twenty_thousand_lines_is_read_in_seconds(at):
    head, digest, lines = 0, journal.GENESIS, []
    for number in range(1, 20_001):
        line = JournalEntry(
            number=number,
            at=at + timedelta(seconds=number),
            verb="call.published",
            about=f"programme.call/{number}",
            previous=digest,
        )
        digest = line.digest = journal.digest_of(line)
        lines.append(line)
        head = number
    JournalEntry.objects.bulk_create(lines, batch_size=500)
    journal.JournalHead.objects.create(pk=1, number=head, digest=digest)

    start = time.monotonic()
    verdict = journal.verify(lines[9_999].digest)

    assert (verdict.holds, verdict.lines) == (True, 20_000)
    assert time.monotonic() - start < 20


def test_three_senders_of_three_hundred_letters_send_each_once(at):
    for rank in range(300):
        Letter.objects.create(
            key=f"letter/{rank}",
            template="greeting",
            recipient=f"anne{rank}@example.org",
            subject="News",
            body="Read.",
            about="people.person/1",
            status=Letter.Status.WAITING,
            created_at=at,
        )

    together(lambda: outbox.send_waiting(at=at), 3)

    sent = sorted(message.to[0] for message in mail.outbox)
    assert sent == sorted(f"anne{rank}@example.org" for rank in range(300))
    assert set(Letter.objects.values_list("status", flat=True)) == {"sent"}
