"""The table of states: which verb takes a dossier from where to where."""

from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import Refused
from terril.site.people.roles import AGENT, HOLDER
from terril.site.programme.models import Dossier
from terril.site.programme.rules.dossiers import state_name

S = Dossier.Status

MOVES: dict[str, dict[str, str]] = {
    "submit": {S.DRAFT: S.SUBMITTED},
    "ask_completion": {S.SUBMITTED: S.TO_COMPLETE},
    "complete": {S.TO_COMPLETE: S.SUBMITTED},
    "admit": {S.SUBMITTED: S.ADMISSIBLE},
    "dismiss": {S.SUBMITTED: S.INADMISSIBLE},
    "examine": {S.ADMISSIBLE: S.EXAMINATION},
    "present": {S.EXAMINATION: S.DELIBERATION},
    "publish_decision": {S.DELIBERATION: S.DECIDED},
    "withdraw": {
        S.DRAFT: S.WITHDRAWN,
        S.SUBMITTED: S.WITHDRAWN,
        S.TO_COMPLETE: S.WITHDRAWN,
        S.ADMISSIBLE: S.WITHDRAWN,
        S.EXAMINATION: S.WITHDRAWN,
        S.DELIBERATION: S.WITHDRAWN,
    },
}
# What applicants do: their refusals know no more than applicants may.
OWN = ("submit", "complete", "withdraw")


class MoveRefused(Refused):
    """The dossier is not in a state from which this can be done."""


def is_possible(verb: str, dossier: Dossier) -> bool:
    """Tell whether a verb can be done from where the dossier stands."""
    return dossier.status in MOVES[verb]


def next_status(verb: str, dossier: Dossier) -> str:
    """Return the state a verb leads to, or refuse."""
    if not is_possible(verb, dossier):
        raise MoveRefused(
            _("This dossier is “%(state)s”: that can no longer be done, or not yet.")
            % {"state": state_name(dossier, HOLDER if verb in OWN else AGENT)},
            next_step=_("Reload the page to see where the dossier stands."),
        )
    return MOVES[verb][dossier.status]
