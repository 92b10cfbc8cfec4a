"""Files people hand over: checked, kept under random names, given back as attachments."""

from terril.site.commons.documents.names import clean_name
from terril.site.commons.documents.refusals import (
    EmptyFile,
    HiddenProgram,
    KindNotAccepted,
    OtherContent,
    TooLarge,
    TooMuchInside,
    Unreadable,
)
from terril.site.commons.documents.store import (
    ACCEPTED,
    download,
    keep,
    kept_about,
    remove,
)

__all__ = [
    "ACCEPTED",
    "EmptyFile",
    "HiddenProgram",
    "KindNotAccepted",
    "OtherContent",
    "TooLarge",
    "TooMuchInside",
    "Unreadable",
    "clean_name",
    "download",
    "keep",
    "kept_about",
    "remove",
]
