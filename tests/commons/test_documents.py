import codecs
import hashlib
import io
import stat
import struct
import unicodedata
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from terril.site.commons import documents
from terril.site.commons.documents import archives
from terril.site.commons.documents.uploads import LimitedUploadHandler
from terril.site.commons.models import Document

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
ABOUT = "programme.dossier/1"


def upload(name, content):
    # The class of Django cuts names short; what a browser sends is not cut.
    sent = SimpleUploadedFile("x", content)
    sent._name = name
    return sent


def packed(entries, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def office(folder, **more):
    return packed(
        {"[Content_Types].xml": "<Types/>", f"{folder}/a.xml": "<a/>", **more}
    )


def opened(kind):
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return packed({"mimetype": mimetype, "content.xml": "<x/>"})


def keep(name, content, at):
    return documents.keep(upload(name, content), about=ABOUT, by="", at=at)


def needing_version_99(archive):
    """Return an archive whose directory asks for a version that does not exist."""
    start = archive.index(b"PK\x01\x02") + 6
    return archive[:start] + (99).to_bytes(2, "little") + archive[start + 2 :]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("plan.pdf", PDF, "application/pdf"),
        ("PLAN.PDF", b"\n\n" + PDF, "application/pdf"),
        ("marque.pdf", codecs.BOM_UTF8 + PDF, "application/pdf"),
        ("locked.pdf", b"%PDF-1.7 /Encrypt unreadable", "application/pdf"),
        ("photo.jpg", b"\xff\xd8\xff\xe0 image", "image/jpeg"),
        ("photo.jpeg", b"\xff\xd8\xff\xe0 image", "image/jpeg"),
        ("photo.png", b"\x89PNG\r\n\x1a\n image", "image/png"),
        ("photo.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        ("budget.csv", "poste;montant\nété;12".encode("cp1252"), "text/csv"),
        ("notes.txt", b"MZ is how this text begins", "text/plain"),
        ("notes.txt", "Été".encode("utf-16"), "text/plain"),
        ("a.docx", office("word"), documents.store.KINDS["docx"]),
        ("a.xlsx", office("xl"), documents.store.KINDS["xlsx"]),
        ("a.pptx", office("ppt"), documents.store.KINDS["pptx"]),
        ("a.odt", opened("text"), documents.store.KINDS["odt"]),
        ("a.ods", opened("spreadsheet"), documents.store.KINDS["ods"]),
        ("a.odp", opened("presentation"), documents.store.KINDS["odp"]),
    ],
)
def test_keep_knows_a_file_by_its_content(name, content, kind, at):
    document = keep(name, content, at)

    kept = Document.objects.get()
    assert kept == document
    assert (kept.kind, kept.size) == (kind, len(content))
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert Path(kept.file.path).read_bytes() == content


@pytest.mark.django_db
def test_keep_takes_a_workbook_inside_a_text_and_looks_into_it(at):
    noise = "".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(255)) * 20
    inner = packed({"xl/a.xml": noise}, zipfile.ZIP_STORED)

    document = keep("a.docx", office("word", **{"word/b.xlsx": inner}), at)

    assert document.kind == documents.store.KINDS["docx"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("vide.pdf", b"", documents.EmptyFile),
        ("lourd.pdf", PDF + b" " * 2000, documents.TooLarge),
        ("page.html", b"<p>Bonjour</p>", documents.KindNotAccepted),
        ("sans-extension", PDF, documents.KindNotAccepted),
        ("dossier.zip", packed({"a.txt": "a"}), documents.KindNotAccepted),
        ("programme.pdf", b"MZ\x90\x00\x03", documents.OtherContent),
        ("deguise.pdf", b"MZ\x90\x00\x03" + PDF, documents.OtherContent),
        ("page.pdf", b"<script>1</script>" + PDF, documents.OtherContent),
        ("programme.txt", b"MZ\x90\x00\x03", documents.OtherContent),
        ("photo.png", b"\xff\xd8\xff\xe0 image", documents.OtherContent),
        ("texte.docx", packed({"a.txt": "a"}), documents.OtherContent),
        ("tableur.docx", office("xl"), documents.OtherContent),
        ("rien.docx", office("other"), documents.OtherContent),
        ("ancien.docx", b"\xd0\xcf\x11\xe0\xa1\xb1", documents.refusals.OldOrLocked),
        ("macros.docm", office("word"), documents.HiddenProgram),
        (
            "macros.docx",
            office("word", **{"word/vbaProject.bin": "x"}),
            documents.HiddenProgram,
        ),
        ("coupe.docx", office("word")[:-30], documents.Unreadable),
        ("demain.docx", needing_version_99(office("word")), documents.Unreadable),
    ],
)
def test_keep_refuses_each_bad_file_by_its_own_reason(
    name, content, refusal, at, settings
):
    settings.DOCUMENT_MAX_BYTES = 1000

    with pytest.raises(refusal) as caught:
        keep(name, content, at)

    assert name in str(caught.value)
    assert str(caught.value.next_step) != ""
    assert Document.objects.count() == 0


def test_refusals_each_have_their_own_sentence():
    refusals = [
        documents.EmptyFile("a"),
        documents.TooLarge("a", "2 Mo", "1 Mo"),
        documents.KindNotAccepted("a", ".pdf"),
        documents.OtherContent("a", "pdf"),
        documents.refusals.OldOrLocked("a"),
        documents.HiddenProgram("a"),
        documents.TooMuchInside("a"),
        documents.Unreadable("a"),
    ]

    sentences = {str(refusal) for refusal in refusals}

    assert len(sentences) == len(refusals)


def zeros(mebibytes):
    return b"\0" * (mebibytes * archives.MIB)


def lying(content):
    """Write in every header that the entries unfold to one byte."""
    changed = bytearray(content)
    for sign, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = changed.find(sign)
        while start >= 0:
            changed[start + place : start + place + 4] = struct.pack("<I", 1)
            start = changed.find(sign, start + 4)
    return bytes(changed)


BOMBS = {
    "heavy": office("word", big=zeros(40)),
    "lying": lying(office("word", big=zeros(40))),
    "nested": office("word", **{"a.zip": packed({"b.zip": packed({"c": zeros(40)})})}),
    "deep": office(
        "word",
        a=packed({"b": packed({"c": packed({"d": packed({"e": "f"})})})}),
    ),
    "crowded": office("word", **{f"{n}": "" for n in range(archives.MOST_ENTRIES)}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["bombe.zip", "bombe.docx", "bombe.pdf"])
@pytest.mark.parametrize("bomb", BOMBS)
def test_keep_refuses_a_zip_bomb_of_any_make(bomb, name, at):
    with pytest.raises(documents.TooMuchInside):
        keep(name, BOMBS[bomb], at)

    assert Document.objects.count() == 0


def test_contents_stops_at_the_most_bytes_however_slowly_they_come(monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)
    content = packed({"a": b"\x01" * 600, "b": b"\x02" * 600}, zipfile.ZIP_STORED)

    with pytest.raises(archives.TooMuch):
        archives.contents(io.BytesIO(content), len(content))


def test_contents_refuses_what_it_cannot_unfold():
    ciphered = bytearray(packed({"a": "secret"}))
    ciphered[ciphered.find(b"PK\x01\x02") + 8] |= 1
    squeezed = packed({"a": "b" * 100}, zipfile.ZIP_BZIP2)

    for content in (bytes(ciphered), squeezed):
        with pytest.raises(archives.Damaged):
            archives.contents(io.BytesIO(content), len(content))


def test_contents_refuses_an_entry_cut_short():
    content = packed({"a": b"\x01" * 100}, zipfile.ZIP_STORED)
    longer = bytearray(content)
    place = longer.find(b"PK\x01\x02") + 20
    longer[place : place + 4] = struct.pack("<I", 100_000)

    with pytest.raises(archives.Damaged):
        archives.contents(io.BytesIO(bytes(longer)), len(longer))


@pytest.mark.django_db
def test_keep_takes_a_name_of_300_characters_with_emoji(at):
    name = "C:\\dossiers\\" + "été 🎉👩‍🌾" * 38 + ".pdf"

    document = keep(unicodedata.normalize("NFD", name), PDF, at)

    assert len(document.name) <= 200
    assert document.name.endswith(".pdf")
    assert document.name.startswith("été 🎉👩‍🌾été")
    assert len(Path(document.file.name).name) == 36


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\plan.pdf", "plan.pdf"),
        ("plan\x00\n.pdf", "plan.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("🎉.pdf", "🎉.pdf"),
        (".pdf", "document.pdf"),
        ("", "document"),
        ("a" * 300, "a" * 200),
        ("a." + "b" * 300, "a." + "b" * 198),
    ],
)
def test_clean_name_trusts_no_name_and_takes_them_all(name, cleaned):
    assert documents.clean_name(name) == cleaned


@pytest.mark.django_db
def test_keep_writes_a_file_that_only_the_site_may_read(at, settings):
    settings.FILE_UPLOAD_PERMISSIONS = 0o600

    document = keep("plan.pdf", PDF, at)

    assert stat.S_IMODE(Path(document.file.path).stat().st_mode) == 0o600


@pytest.mark.django_db
def test_download_is_always_an_attachment_no_browser_opens(at):
    document = keep('l"été 🎉.pdf', PDF, at)

    response = documents.download(document)

    assert b"".join(response.streaming_content) == PDF
    response.close()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        'attachment; filename="l\'_t_ _.pdf"; '
        "filename*=UTF-8''l%22%C3%A9t%C3%A9%20%F0%9F%8E%89.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Length"] == str(len(PDF))


@pytest.mark.django_db
def test_remove_takes_the_bytes_and_leaves_the_line(
    at, django_capture_on_commit_callbacks
):
    document = keep("plan.pdf", PDF, at)
    path = Path(document.file.path)

    with django_capture_on_commit_callbacks(execute=True):
        documents.remove(document, at=at)

    assert not path.exists()
    assert list(documents.kept_about(ABOUT)) == []
    assert Document.objects.get().removed_at == at


def request_with(content, name):
    request = RequestFactory().post("/", {"file": upload(name, content)})
    request.upload_handlers = [LimitedUploadHandler(request)]
    return request


def test_upload_handler_takes_an_endless_extension(settings):
    request = request_with(PDF, "a." + "b" * 300)

    received = request.FILES["file"]

    assert received.read() == PDF
    received.close()
    assert len(received.name) == 200


def test_upload_handler_stops_a_request_without_end(settings):
    settings.DOCUMENT_MAX_BYTES = 100
    request = request_with(b" " * 10_000, "a.txt")

    received = request.FILES

    assert list(received) == []
