"""The journal: every action leaves a line, chained by hash to the one before."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.models import Model

from terril.site.commons.addresses import address
from terril.site.commons.models import JournalEntry, JournalHead, JournalNote

GENESIS = hashlib.sha256(b"terril").hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What a reading of the whole chain found."""

    lines: int
    head: str
    broken_at: int | None = None
    reason: str = ""

    @property
    def holds(self) -> bool:
        return self.broken_at is None


@transaction.atomic(savepoint=False)
def record(
    verb: str,
    *,
    about: Model | str,
    by: Model | str | None,
    at: datetime,
    note: str = "",
) -> JournalEntry:
    """Add one line; the head row is locked, so lines never share a number.

    A line that cannot be written undoes the whole action: hence no savepoint.
    """
    head = _locked_head()
    salt = secrets.token_hex(16) if note else ""
    entry = JournalEntry(
        number=head.number + 1,
        at=at,
        verb=verb,
        about=address(about),
        by=address(by),
        note_digest=_note_digest(salt, note) if note else "",
        previous=head.digest,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    if note:
        JournalNote.objects.create(entry=entry, salt=salt, text=note)
    head.number, head.digest = entry.number, entry.digest
    head.save(update_fields=["number", "digest"])
    return entry


def _locked_head() -> JournalHead:
    heads = JournalHead.objects.select_for_update()
    found = heads.filter(pk=1).first()
    if found is None:
        # A journal that begins has no head yet: of two beginners, one makes it.
        JournalHead.objects.get_or_create(pk=1, defaults={"digest": GENESIS})
        found = heads.get(pk=1)
    return found


def digest_of(entry: JournalEntry) -> str:
    """Return what the digest of a line must be, from everything it says."""
    content = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.verb,
        entry.about,
        entry.by,
        entry.note_digest,
        entry.previous,
    ]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def head() -> tuple[int, str]:
    """Return the number and digest of the last line."""
    # Every page asks for it first, so it is asked in plain words.
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, digest FROM commons_journalhead WHERE id = 1")
        return cursor.fetchone() or (0, GENESIS)


def lines_since(at: datetime, *, about: str, count: int) -> list[JournalEntry]:
    """Return the latest lines about things of one kind, the newest first."""
    lines = JournalEntry.objects.filter(at__gte=at, about__startswith=about)
    return list(lines.select_related("note").order_by("-at", "-number")[:count])


def verify(printed_head: str = "") -> Verdict:
    """Read the whole chain and say where it breaks, if it does.

    `printed_head` is a digest copied from a certificate or from minutes: the
    chain must contain it, which nobody can arrange after the paper is out.
    """
    number, digest, lines, seen = 0, GENESIS, 0, printed_head in ("", GENESIS)
    for entry in _lines():
        reason = _break(entry, number, digest)
        if reason:
            return Verdict(lines, digest, number + 1, reason)
        number, digest, lines = entry.number, entry.digest, lines + 1
        seen = seen or _same_digest(entry.digest, printed_head)
    if head() != (number, digest):
        return Verdict(lines, digest, number + 1, "lines are missing at the end")
    if not seen:
        return Verdict(lines, digest, number, "the printed head is not in the chain")
    return Verdict(lines, digest)


def _lines() -> Iterator[JournalEntry]:
    lines = JournalEntry.objects.order_by("number").select_related("note")
    return lines.iterator(chunk_size=2000)


def _break(entry: JournalEntry, number: int, digest: str) -> str:
    flaws = (
        (entry.number != number + 1, "a line is missing"),
        (entry.previous != digest, "the line does not follow the one before"),
        (entry.digest != digest_of(entry), "the line was changed"),
        (_has_other_note(entry), "the note of the line was changed"),
    )
    return next((reason for is_so, reason in flaws if is_so), "")


def _has_other_note(entry: JournalEntry) -> bool:
    note = getattr(entry, "note", None)
    return note is not None and entry.note_digest != _note_digest(note.salt, note.text)


def _note_digest(salt: str, note: str) -> str:
    return hmac.new(salt.encode(), note.encode(), hashlib.sha256).hexdigest()


def _same_digest(digest: str, printed: str) -> bool:
    # Certificates print the first sixteen characters in groups of four.
    wanted = printed.replace(" ", "").lower()
    return len(wanted) >= 16 and digest.startswith(wanted)
