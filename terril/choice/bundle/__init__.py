"""A result that anyone can compute again: made, read, and computed again."""

from terril.choice.bundle.comparing import Difference, differences
from terril.choice.bundle.errors import BundleError
from terril.choice.bundle.manifest import Manifest
from terril.choice.bundle.recounting import Bundle, Recount, Verdict, read, recount
from terril.choice.bundle.writing import Request, Written, write

__all__ = [
    "Bundle",
    "BundleError",
    "Difference",
    "Manifest",
    "Recount",
    "Request",
    "Verdict",
    "Written",
    "differences",
    "read",
    "recount",
    "write",
]
