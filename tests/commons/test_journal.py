"""The chain of the journal: what it keeps, and what it finds."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection

from terril.site.commons import journal
from terril.site.commons.models import JournalEntry, JournalHead, JournalNote

pytestmark = pytest.mark.django_db


def write(at, count=3, note=""):
    """Write lines one minute apart."""
    return [
        journal.record(
            "call.published",
            about=f"programme.call/{rank}",
            by="people.person/1",
            at=at + timedelta(minutes=rank),
            note=note,
        )
        for rank in range(1, count + 1)
    ]


def test_an_empty_journal_holds():
    verdict = journal.verify()

    assert verdict == journal.Verdict(lines=0, head=journal.GENESIS)
    assert verdict.holds


def test_record_numbers_lines_and_chains_them(at):
    first, second, third = write(at)

    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert first.previous == journal.GENESIS
    assert second.previous == first.digest
    assert third.previous == second.digest
    assert journal.head() == (3, third.digest)
    assert journal.verify() == journal.Verdict(lines=3, head=third.digest)


def test_record_writes_addresses_and_not_names(at):
    about = JournalHead(pk=7, digest="x")

    line = journal.record("head.read", about=about, by=None, at=at)

    assert (line.about, line.by) == ("commons.journalhead/7", "")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"verb": "call.withdrawn"}, "the line was changed"),
        ({"about": "programme.call/9"}, "the line was changed"),
        ({"by": "people.person/2"}, "the line was changed"),
        ({"note_digest": "0" * 64}, "the line was changed"),
        ({"digest": "0" * 64}, "the line was changed"),
        ({"previous": "0" * 64}, "the line does not follow the one before"),
        ({"number": 9}, "a line is missing"),
    ],
)
def test_verify_finds_a_line_that_was_changed(at, change, reason):
    write(at)

    JournalEntry.objects.filter(number=2).update(**change)

    verdict = journal.verify()
    assert (verdict.holds, verdict.broken_at, verdict.reason) == (False, 2, reason)


def test_verify_finds_an_instant_moved_by_a_microsecond(at):
    line = write(at)[1]

    moved = line.at + timedelta(microseconds=1)
    JournalEntry.objects.filter(number=2).update(at=moved)

    assert journal.verify().broken_at == 2


def test_verify_finds_a_line_taken_out(at):
    write(at)

    JournalEntry.objects.filter(number=2).delete()

    verdict = journal.verify()
    assert (verdict.broken_at, verdict.reason) == (2, "a line is missing")


def test_verify_finds_lines_put_in_another_order(at):
    write(at)

    JournalEntry.objects.filter(number=2).update(number=99)
    JournalEntry.objects.filter(number=3).update(number=2)
    JournalEntry.objects.filter(number=99).update(number=3)

    verdict = journal.verify()
    assert verdict.broken_at == 2
    assert verdict.reason == "the line does not follow the one before"


def test_verify_finds_lines_taken_away_at_the_end(at):
    write(at)

    JournalEntry.objects.filter(number=3).delete()

    verdict = journal.verify()
    assert (verdict.broken_at, verdict.reason) == (3, "lines are missing at the end")


def test_verify_finds_a_line_added_by_hand(at):
    last = write(at)[-1]

    JournalEntry.objects.create(
        number=4,
        at=at,
        verb="decision.published",
        about="programme.dossier/1",
        previous=last.digest,
        digest="f" * 64,
    )

    assert journal.verify().broken_at == 4


def test_verify_finds_a_journal_whose_head_is_gone(at):
    write(at)

    JournalHead.objects.all().delete()

    assert journal.verify().reason == "lines are missing at the end"


def test_a_note_is_kept_beside_its_line(at):
    line = write(at, count=1, note="An e-mail says so.")[0]

    note = JournalNote.objects.get()

    assert (note.entry, note.text) == (line, "An e-mail says so.")
    assert line.note_digest not in ("", note.text)
    assert journal.verify().holds


def test_the_same_note_twice_has_two_digests(at):
    first, second = write(at, count=2, note="Yes")

    assert first.note_digest != second.note_digest


@pytest.mark.parametrize("change", [{"text": "Another"}, {"salt": "0" * 32}])
def test_verify_finds_a_note_that_was_changed(at, change):
    write(at, note="An e-mail says so.")

    JournalNote.objects.filter(entry__number=2).update(**change)

    verdict = journal.verify()
    assert (verdict.broken_at, verdict.reason) == (
        2,
        "the note of the line was changed",
    )


def test_verify_finds_a_note_put_on_a_line_that_had_none(at):
    line = write(at)[1]

    JournalNote.objects.create(entry=line, salt="0" * 32, text="Since always")

    assert journal.verify().broken_at == 2


def test_erasing_a_note_leaves_the_chain_whole(at):
    write(at, note="Mrs Example phoned.")

    JournalNote.objects.filter(entry__number=2).delete()

    assert journal.verify().holds


def test_verify_finds_the_head_printed_on_paper(at):
    line = write(at)[1]
    write(at, count=5)

    assert journal.verify(line.digest).holds
    assert journal.verify(line.digest[:16]).holds
    grouped = " ".join(line.digest[i : i + 4] for i in range(0, 16, 4)).upper()
    assert journal.verify(grouped).holds
    assert journal.verify(journal.GENESIS).holds


@pytest.mark.parametrize("printed", ["0" * 64, "0123456789abcdef", "abc"])
def test_verify_misses_a_printed_head_that_is_not_in_the_chain(at, printed):
    write(at)

    verdict = journal.verify(printed)

    assert not verdict.holds
    assert verdict.reason == "the printed head is not in the chain"


def test_a_rewritten_journal_holds_but_not_with_an_old_paper(at):
    printed = write(at)[-1].digest

    JournalEntry.objects.all().delete()
    JournalHead.objects.all().delete()
    write(at + timedelta(days=1))

    assert journal.verify().holds
    assert not journal.verify(printed).holds


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_never_share_a_number(at):
    def write_and_leave():
        write(at, count=8)
        connection.close()

    writers = [Thread(target=write_and_leave) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    numbers = list(JournalEntry.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 33))
    assert journal.verify().holds
