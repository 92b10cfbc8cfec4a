"""What an organisation must be to enter the directory."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import FieldsRefused, Refused, Sentence
from terril.site.commons.text import one_line
from terril.site.people.models import Organisation
from terril.site.people.rules.siret import (
    check_siren,
    check_siren_of_siret,
    check_siret,
)
from terril.site.places.models import Place


class NameMissing(Refused):
    """An organisation without a name."""


class SiretTaken(FieldsRefused):
    """Another organisation of the directory has this SIRET."""


@dataclass(frozen=True)
class Details:
    """All that one writes about an organisation."""

    name: str
    kind: str = Organisation.Kind.UNKNOWN
    siren: str = ""
    siret: str = ""
    commune: Place | None = None
    website: str = ""
    is_public: bool = False


def with_siren(details: Details) -> Details:
    """Return the details with their codes as bare digits, the SIREN deduced."""
    siret = check_siret(details.siret) if details.siret.strip() else ""
    siren = check_siren(details.siren) if details.siren.strip() else siret[:9]
    check_siren_of_siret(siren, siret)
    return replace(details, name=one_line(details.name), siren=siren, siret=siret)


def check_details(details: Details) -> Details:
    """Return clean details, or refuse them."""
    if not one_line(details.name):
        raise NameMissing(_("An organisation needs a name. Write it as it is known."))
    return with_siren(details)


def check_unused(siret: str, *, holder: Organisation | None) -> None:
    """Refuse a SIRET that another organisation has."""
    if siret and holder is not None:
        sentence: Sentence = _(
            "“%(name)s” already has this SIRET. Use it, or correct the SIRET."
        ) % {"name": holder.name}
        raise SiretTaken(sentence, {"siret": sentence})
