"""The plain text of documents, and what is refused with its reason."""

import io
import zipfile

import pypdf
import pytest
import typst

from terril.analytics import texts
from terril.analytics.quantities import quantities
from terril.analytics.texts import MACROS, Unreadable, read

SENTENCE = "Près de 2,5 milliards d’euros, soit 4 000 emplois."
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
DOCX = (
    f'<w:document xmlns:w="{WORD}"><w:body>'
    "<w:p><w:r><w:t>Titre</w:t></w:r></w:p>"
    "<w:p><w:r><w:t>Près de 2,5 mil</w:t></w:r><w:r><w:t>liards d’euros, soit</w:t>"
    "<w:tab/><w:t>4 000 emplois.</w:t></w:r>"
    "<w:del><w:r><w:delText>et 12 chats</w:delText></w:r></w:del></w:p>"
    "</w:body></w:document>"
)
ODT = (
    f'<o:document xmlns:o="{OFFICE}" xmlns:t="{OPEN}"><o:body><o:text>'
    "<t:h>Titre</t:h>"
    "<t:p>Près de <t:span>2,5 milliards</t:span> d’euros,<t:s/>soit<t:tab/>4 000 emplois."
    "<t:note>12 chats</t:note><t:line-break/></t:p>"
    "</o:text></o:body></o:document>"
)


def archive(**files):
    """Return a ZIP of named files; a name is written with __ for its slash."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as packed:
        for name, text in files.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return raw.getvalue()


def written(folder, name, raw):
    """Write a file, and return its path."""
    path = folder / name
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return path


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.txt", SENTENCE),
        ("a.md", f"# Titre\r\n\r\n{SENTENCE}"),
        ("a.txt", b"\xef\xbb\xbf" + SENTENCE.encode()),
        ("a.txt", SENTENCE.encode("utf-16")),
        ("a.txt", SENTENCE.encode("cp1252")),
        ("a.html", f"<head><title>3</title></head><p>Titre<br>{SENTENCE}"),
        ("a.htm", f"<script>12 chats</script><h1>Un</h1>\n <p>{SENTENCE}</p>"),
        ("a.docx", archive(word__document_xml=DOCX)),
        ("a.odt", archive(content_xml=ODT)),
        ("a.pdf", typst.compile(f"#set page(width: 6cm)\n{SENTENCE}".encode())),
    ],
    ids=["utf8", "md", "bom", "utf16", "1252", "html", "htm", "docx", "odt", "pdf"],
)
def test_documents_of_every_kind_are_read(tmp_path, name, raw):
    document = read(written(tmp_path, name, raw))

    found = quantities(document.text)
    assert [(one.text, one.unit) for one in found] == [
        ("2,5 milliards d’euros", "EUR"),
        ("4 000 emplois", "jobs"),
    ]
    assert len(document.sha256) == 64


def test_an_older_encoding_is_said(tmp_path):
    document = read(written(tmp_path, "a.txt", "Près de 40 €".encode("cp1252")))

    assert document.text == "Près de 40 €"
    assert document.notes == ("the file is not UTF-8: it was read as Windows-1252",)


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("a.docx", {"word__document_xml": DOCX, "word__vbaProject.bin": "macro"}),
        ("a.odt", {"content_xml": ODT, "Basic__Standard__script_xml": "macro"}),
    ],
)
def test_macros_are_neither_run_nor_hidden(tmp_path, name, files):
    document = read(written(tmp_path, name, archive(**files)))

    assert document.notes == (MACROS,)
    assert "12 chats" not in document.text


def blank():
    """Return a page without text, and one that asks for a password."""
    plain, locked = io.BytesIO(), io.BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(plain)
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(locked)
    return plain.getvalue(), locked.getvalue()


BLANK, LOCKED = blank()
TRAP = f'<!DOCTYPE a [<!ENTITY b "c">]>{DOCX}'


@pytest.mark.parametrize(
    ("name", "raw", "problem"),
    [
        ("a.pdf", BLANK, "no text was found in it. It may hold images of pages"),
        ("a.pdf", LOCKED, "its pages cannot be read"),
        ("a.pdf", b"not a PDF", "its pages cannot be read"),
        ("a.txt", "  \n", "no text was found in it. Give a file that holds"),
        ("a.txt", "Été".encode() + b"\n\xe9t\xe9", "mixes UTF-8 with another"),
        ("a.docm", b"", "this kind of file is not read. Give one of .docx"),
        ("a.docx", b"not a ZIP", "it is damaged, or not what its name says"),
        ("a.docx", archive(other_xml=DOCX), "it is damaged"),
        ("a.docx", archive(word__document_xml="<w:p>"), "it is damaged"),
        ("a.docx", archive(word__document_xml=TRAP), "it is damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(tmp_path, name, raw, problem):
    path = written(tmp_path, name, raw)

    with pytest.raises(Unreadable) as refused:
        read(path)

    assert f"{name}: " in str(refused.value)
    assert problem in str(refused.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="cannot be opened \\(No such file"):
        read(tmp_path / "none.txt")


def test_what_is_too_heavy_is_refused_without_being_read(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(texts.HEAVIEST + 1)

    with pytest.raises(Unreadable, match="weighs more than 50 MB"):
        read(path)


def test_a_text_too_long_for_a_speech_is_refused(tmp_path):
    path = written(tmp_path, "a.txt", "12 km. " * 300_000)

    with pytest.raises(Unreadable, match="longer than 2,000,000 characters"):
        read(path)


def test_a_small_archive_that_unpacks_to_much_is_refused(tmp_path):
    raw = io.BytesIO()
    with (
        zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("word/document.xml", "w", force_zip64=True) as file,
    ):
        for _ in range(201):
            file.write(b"\0" * 2**20)

    with pytest.raises(Unreadable, match="unpacks to far more than a text"):
        read(written(tmp_path, "a.docx", raw.getvalue()))
