"""The plain text of a document: TXT, Markdown, HTML, DOCX, ODT, PDF."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

# A speech weighs kilobytes; what weighs more is not one.
HEAVIEST = 50 * 2**20
LONGEST = 2_000_000
UNPACKED = 4 * HEAVIEST
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OPEN = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
MACROS = "the document holds macros: they were not run, and only its text was read"


class Unreadable(Exception):
    """A document whose text cannot be had: which one, why, what to do."""

    def __init__(self, path: Path, problem: str, advice: str) -> None:
        super().__init__(f"{path.name}: {problem}. {advice}")


@dataclass(frozen=True)
class Speech:
    """A text as it was read; offsets of quantities are offsets into `text`."""

    name: str
    text: str
    sha256: str
    notes: tuple[str, ...] = ()


def read(path: Path) -> Speech:
    """Return the text of a file; `Unreadable` says why it could not be had.

    The kind is told by the name's ending. Line breaks become single newlines, and
    paragraphs stand on lines of their own.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        kinds = ", ".join(sorted(READERS))
        raise Unreadable(path, "this kind of file is not read", f"Give one of {kinds}.")
    raw = _bytes(path)
    text, notes = reader(path, raw)
    text = re.sub(r"\r\n?", "\n", text).replace("\x00", " ")
    if not text.strip():
        raise Unreadable(path, "no text was found in it", _advice(path))
    if len(text) > LONGEST:
        length = f"its text is longer than {LONGEST:,} characters"
        raise Unreadable(path, length, "Give one speech at a time.")
    return Speech(path.name, text, sha256(raw).hexdigest(), notes)


def _advice(path: Path) -> str:
    if path.suffix.lower() == ".pdf":
        return (
            "It may hold images of pages: recognise the text first, or give the text."
        )
    return "Give a file that holds sentences."


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > HEAVIEST:
            size = f"it weighs more than {HEAVIEST // 2**20} MB"
            raise Unreadable(path, size, "Give the text alone, without its images.")
        return path.read_bytes()
    except OSError as error:
        problem = f"it cannot be opened ({error.strerror})"
        raise Unreadable(path, problem, "Check the name and the rights.") from error


Read = tuple[str, tuple[str, ...]]


def _plain(path: Path, raw: bytes) -> Read:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace"), ()
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    if _has_utf8(raw):
        raise Unreadable(
            path,
            f"it mixes UTF-8 with another encoding (line {line})",
            "Save it again as UTF-8: which letters were meant cannot be guessed.",
        )
    note = "the file is not UTF-8: it was read as Windows-1252"
    return raw.decode("cp1252", errors="replace"), (note,)


def _has_utf8(raw: bytes) -> bool:
    """Tell whether some letters of a broken file are written as UTF-8."""
    return bool(
        re.search(rb"[\xc3\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]|\xc2[\xa0-\xbf]", raw)
    )


class _Text(HTMLParser):
    """Gather what a page says; blocks stand on lines of their own."""

    SILENT = frozenset(("script", "style", "template", "noscript", "head"))
    BLOCKS = frozenset(
        [
            "address",
            "article",
            "aside",
            "blockquote",
            "br",
            "dd",
            "div",
            "dl",
            "dt",
            "figcaption",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "td",
            "th",
            "tr",
            "ul",
            "title",
        ]
    )

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.silences = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.silences += tag in self.SILENT
        if tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silences = max(0, self.silences - (tag in self.SILENT))
        if tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silences:
            self.parts.append(re.sub(r"[ \t\r\n]+", " ", data))


def _html(path: Path, raw: bytes) -> Read:
    source, notes = _plain(path, raw)
    parser = _Text()
    parser.feed(source)
    parser.close()
    return re.sub(r" ?\n[ \n]*", "\n", "".join(parser.parts)).strip(), notes


def _docx(path: Path, raw: bytes) -> Read:
    with _archive(path, raw) as archive:
        names = archive.namelist()
        root = _xml(path, archive, "word/document.xml")
        notes = (MACROS,) if any("vbaProject" in name for name in names) else ()
    breaks = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n"}
    lines = [
        "".join(
            breaks.get(node.tag, node.text or "" if node.tag == f"{WORD}t" else "")
            for node in paragraph.iter()
        )
        for paragraph in root.iter(f"{WORD}p")
    ]
    return "\n".join(lines), notes


def _odt(path: Path, raw: bytes) -> Read:
    with _archive(path, raw) as archive:
        root = _xml(path, archive, "content.xml")
        has_macros = any(name.startswith("Basic/") for name in archive.namelist())
    blocks = (f"{OPEN}p", f"{OPEN}h")
    lines = ["".join(_open(node)) for node in root.iter() if node.tag in blocks]
    return "\n".join(lines), (MACROS,) if has_macros else ()


def _open(node: ET.Element) -> Iterator[str]:
    """Return the text of a paragraph of OpenDocument, in order."""
    yield node.text or ""
    for child in node:
        if child.tag == f"{OPEN}s":
            yield " " * int(child.get(f"{OPEN}c", "1"))
        elif child.tag in (f"{OPEN}tab", f"{OPEN}line-break"):
            yield "\t" if child.tag == f"{OPEN}tab" else "\n"
        elif child.tag != f"{OPEN}note":
            yield from _open(child)
        yield child.tail or ""


def _archive(path: Path, raw: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except zipfile.BadZipFile as error:
        advice = "Open it in its own software and save it again."
        raise Unreadable(
            path, "it is damaged, or not what its name says", advice
        ) from error
    if sum(one.file_size for one in archive.infolist()) > UNPACKED:
        raise Unreadable(
            path, "it unpacks to far more than a text", "Give the text alone."
        )
    return archive


def _xml(path: Path, archive: zipfile.ZipFile, name: str) -> ET.Element:
    try:
        raw = archive.read(name)
        # A document of an office suite declares no entities; one that does is a trap.
        if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
            raise ET.ParseError
        return ET.fromstring(raw)  # noqa: S314 -- entities are refused above
    except (KeyError, ET.ParseError, zipfile.BadZipFile) as error:
        advice = "Open it in its own software and save it again."
        raise Unreadable(
            path, "it is damaged, or not what its name says", advice
        ) from error


def _pdf(path: Path, raw: bytes) -> Read:
    from pypdf import PdfReader  # noqa: PLC0415 -- slow import
    from pypdf.errors import PyPdfError  # noqa: PLC0415 -- slow import

    try:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages]
    except (PyPdfError, ValueError, KeyError, TypeError) as error:
        advice = "Give a PDF that opens without a password, or its text."
        raise Unreadable(path, "its pages cannot be read", advice) from error
    return "\n".join(_joined(page.splitlines()) for page in pages), ()


def _joined(lines: list[str]) -> str:
    """Join the lines that were broken to fit the page: the long ones go on."""
    width = max(map(len, lines), default=0)
    parts = []
    for line in lines:
        is_broken = len(line) > width * 0.7 and not re.search(r"[.!?:…]\s*$", line)
        parts.append(line.rstrip() + (" " if is_broken else "\n"))
    return "".join(parts)


READERS: dict[str, Callable[[Path, bytes], Read]] = {
    ".txt": _plain,
    ".md": _plain,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
    ".odt": _odt,
    ".pdf": _pdf,
}
