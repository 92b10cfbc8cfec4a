"""SIREN and SIRET: what they look like, and one sentence for each way to miss."""

import re

from django.utils.translation import gettext_lazy as _
from stdnum import luhn

from terril.site.commons.errors import Refused

LA_POSTE = "356000000"
LA_POSTE_HEAD_OFFICE = "35600000000048"
SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u00a0\u202f]")


class WrongCharacters(Refused):
    """Something else than digits was written."""


class SirenLength(Refused):
    """A SIREN has nine digits, and this one has not."""


class SiretLength(Refused):
    """A SIRET has fourteen digits, and this one has not."""


class SirenDigits(Refused):
    """The check digit of the SIREN is wrong."""


class SiretDigits(Refused):
    """The check digit of the SIRET is wrong, though its SIREN is right."""


class LaPosteDigits(Refused):
    """An establishment of La Poste whose digits break the rule of La Poste."""


class SiretOfAnother(Refused):
    """The SIRET and the SIREN are those of two organisations."""


def check_siren(text: str) -> str:
    """Return the nine digits of a SIREN, or refuse it with its reason."""
    digits = _digits(text)
    if len(digits) != 9:
        raise SirenLength(
            _("A SIREN has 9 digits and this one has %(count)d. Copy it again.")
            % {"count": len(digits)}
        )
    if not _is_siren(digits):
        raise SirenDigits(
            _(
                "This SIREN does not exist: its last digit does not match the others. "
                "Check each digit."
            )
        )
    return digits


def check_siret(text: str) -> str:
    """Return the fourteen digits of a SIRET, or refuse it with its reason."""
    digits = _digits(text)
    _check_siret_length(digits)
    if not _is_siren(digits[:9]):
        raise SirenDigits(
            _(
                "The first 9 digits of this SIRET are not a SIREN: "
                "one of them is mistyped. Check each digit."
            )
        )
    if digits.startswith(LA_POSTE):
        _check_la_poste(digits)
    elif not luhn.is_valid(digits):
        raise SiretDigits(
            _(
                "The SIREN is right but one of the last 5 digits of this SIRET "
                "is mistyped. Check them."
            )
        )
    return digits


def check_siren_of_siret(siren: str, siret: str) -> None:
    """Refuse a SIRET whose first nine digits are not the SIREN given beside it."""
    if siren and siret and not siret.startswith(siren):
        raise SiretOfAnother(
            _(
                "This SIRET belongs to another organisation than this SIREN: "
                "a SIRET begins with the 9 digits of the SIREN. Correct one of them."
            )
        )


def _digits(text: str) -> str:
    digits = SEPARATORS.sub("", text)
    if not re.fullmatch(r"[0-9]*", digits):
        raise WrongCharacters(
            _(
                "Only digits are expected here (spaces and dots are accepted). "
                "Remove the letters and other signs."
            )
        )
    return digits


def _check_siret_length(digits: str) -> None:
    if len(digits) == 9:
        raise SiretLength(
            _(
                "This is a SIREN (9 digits). The SIRET has 5 more: "
                "those of the establishment."
            )
        )
    if len(digits) != 14:
        raise SiretLength(
            _("A SIRET has 14 digits and this one has %(count)d. Copy it again.")
            % {"count": len(digits)}
        )


def _is_siren(digits: str) -> bool:
    # Nine zeros pass the arithmetic and name nobody.
    return bool(luhn.is_valid(digits)) and digits.strip("0") != ""


def _check_la_poste(digits: str) -> None:
    if digits != LA_POSTE_HEAD_OFFICE and sum(map(int, digits)) % 5:
        raise LaPosteDigits(
            _(
                "This is not an establishment of La Poste: the sum of the 14 digits "
                "must be a multiple of 5. Check the last 5 digits."
            )
        )
