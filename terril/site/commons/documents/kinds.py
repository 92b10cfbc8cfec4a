"""What a file is, by its bytes: its name only says what it pretends to be."""

import codecs
from typing import BinaryIO

from terril.site.commons.documents.archives import PACKED, Contents, contents

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
KINDS = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "odt": f"{OPEN}.text",
    "ods": f"{OPEN}.spreadsheet",
    "odp": f"{OPEN}.presentation",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "csv": "text/csv",
    "txt": "text/plain",
}
MACROS = {"docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppsm"}
SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xd0\xcf\x11\xe0", "ole"),
)
FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}


def kind_of(file: BinaryIO, size: int, extension: str) -> tuple[str, Contents | None]:
    """Return the kind of the content, and what it holds when it is packed."""
    file.seek(0)
    start = file.read(1024)
    if start.startswith(PACKED):
        packed = contents(file, size)
        return _packed_kind(packed), packed
    if extension in ("csv", "txt") and _is_text(file):
        return KINDS[extension], None
    return _signed_kind(start), None


def _signed_kind(start: bytes) -> str:
    # A mark of encoding or white space is all that may stand before: some readers look
    # for the signature further, and would take a program for a document.
    if start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"%PDF-"):
        return KINDS["pdf"]
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return KINDS["webp"]
    signed = (kind for sign, kind in SIGNATURES if start.startswith(sign))
    return next(signed, "unknown")


def _packed_kind(packed: Contents) -> str:
    if packed.mimetype in KINDS.values():
        return packed.mimetype
    if "[Content_Types].xml" in packed.names:
        for folder, extension in FOLDERS.items():
            if any(name.startswith(folder) for name in packed.names):
                return KINDS[extension]
    return "application/zip"


def _is_text(file: BinaryIO) -> bool:
    file.seek(0)
    controls = bytes(set(range(32)) - {9, 10, 12, 13, 27})
    while piece := file.read(1024 * 1024):
        if piece.startswith((b"\xff\xfe", b"\xfe\xff")):
            return True
        if piece.translate(None, controls) != piece:
            return False
    return True
