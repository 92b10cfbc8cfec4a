"""Write a calendar as other calendars read it (RFC 5545)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

LINE_BYTES = 75


@dataclass(frozen=True)
class CalendarEvent:
    """One instant worth a line in a diary."""

    key: str
    at: datetime
    title: str
    text: str
    url: str
    changed_at: datetime


def calendar(name: str, language: str, events: list[CalendarEvent]) -> bytes:
    """Return the events as one calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Terril//Calendar//{language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in fold(line)).encode()


def _event(event: CalendarEvent) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.key}",
        f"DTSTAMP:{_instant(event.changed_at)}",
        f"DTSTART:{_instant(event.at)}",
        # No end and no duration: the event takes up no time, as RFC 5545 has it.
        f"SUMMARY:{escaped(event.title)}",
        f"DESCRIPTION:{escaped(event.text)}",
        f"URL:{event.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """Return a text whose commas, semicolons and line ends are only text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    return text.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> Iterator[str]:
    """Cut a line after 75 bytes, never inside a letter; what follows is set in."""
    piece, size = "", 0
    for letter in line:
        weight = len(letter.encode())
        if size + weight > LINE_BYTES:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + weight
    yield piece
