"""The rules an edition runs by."""

from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import Refused
from terril.site.programme import regimes
from terril.site.programme.models import Call
from terril.site.programme.regimes import RegimeText


class RegimeUnknown(Refused):
    """No source gives the rules of this edition."""


def regime_of(call: Call) -> RegimeText:
    """Return the regime of a call, read, or refuse when none is known."""
    if call.regime is None:
        raise RegimeUnknown(
            _("The rules of this edition are not known."),
            next_step=_("Name a published regime on the page of the call."),
        )
    return regimes.read(call.regime.text)
