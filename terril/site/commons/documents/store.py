"""Keep a file and give it back; the caller says who may read it."""

import hashlib
import secrets
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import FileResponse

from terril.site.commons.addresses import address
from terril.site.commons.documents import refusals
from terril.site.commons.documents.archives import Contents, Damaged, TooMuch
from terril.site.commons.documents.kinds import KINDS, MACROS, kind_of
from terril.site.commons.documents.names import clean_name, extension_of
from terril.site.commons.models import Document
from terril.site.commons.templatetags.format import file_size

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

ACCEPTED = tuple(extension for extension in KINDS if extension != "jpeg")


def keep(
    upload: "UploadedFile[bytes]", *, about: Model | str, by: Model | str, at: datetime
) -> Document:
    """Check one file and keep its bytes under a name nobody can guess."""
    name = clean_name(upload.name or "")
    kind = _checked_kind(upload, name)
    digest = hashlib.sha256()
    upload.seek(0)
    for piece in upload.chunks():
        digest.update(piece)
    document = Document(
        name=name,
        kind=kind,
        size=upload.size or 0,
        sha256=digest.hexdigest(),
        about=address(about),
        by=address(by),
        added_at=at,
    )
    upload.seek(0)
    random_name = f"{secrets.token_hex(16)}.{extension_of(name)}"
    document.file.save(random_name, upload, save=False)
    document.save()
    return document


def kept_about(about: Model | str) -> QuerySet[Document]:
    """Return the files that are still there."""
    return Document.objects.filter(about=address(about), removed_at=None)


def remove(document: Document, *, at: datetime, erase: bool = True) -> None:
    """Take a file away: its bytes go too, the line that says it was there stays."""
    document.removed_at = at
    document.save(update_fields=["removed_at"])
    if erase:
        delete = partial(document.file.storage.delete, document.file.name or "")
        transaction.on_commit(delete)


def download(document: Document) -> FileResponse:
    """Give a file as an attachment which no browser will open as a page."""
    response = FileResponse(document.file.open("rb"), content_type=document.kind)
    plain = document.name.encode("ascii", "replace").decode().replace('"', "'")
    response["Content-Disposition"] = (
        f'attachment; filename="{plain.replace("?", "_")}"; '
        f"filename*=UTF-8''{quote(document.name, safe='')}"
    )
    response["Content-Length"] = str(document.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def _checked_kind(upload: "UploadedFile[bytes]", name: str) -> str:
    size, limit, extension = (
        upload.size or 0,
        settings.DOCUMENT_MAX_BYTES,
        extension_of(name),
    )
    if not size:
        raise refusals.EmptyFile(name)
    if size > limit:
        raise refusals.TooLarge(name, file_size(size), file_size(limit))
    try:
        kind, packed = kind_of(upload, size, extension)  # type: ignore[arg-type]
    except TooMuch:
        raise refusals.TooMuchInside(name) from None
    except Damaged:
        raise refusals.Unreadable(name) from None
    _check_kind(name, extension, kind, packed)
    return kind


def _check_kind(name: str, extension: str, kind: str, packed: Contents | None) -> None:
    if extension in MACROS or (packed and packed.has_macros):
        raise refusals.HiddenProgram(name)
    if extension not in KINDS:
        raise refusals.KindNotAccepted(name, ", ".join(f".{one}" for one in ACCEPTED))
    if kind == "ole":
        raise refusals.OldOrLocked(name)
    if kind != KINDS[extension]:
        raise refusals.OtherContent(name, extension)
