"""The verbs of the journal, in words: each room adds its own below its name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    # people
    "person.added": _("person added to the directory"),
    "person.changed": _("person's details changed"),
    "person.welcomed": _("account opened"),
    "role.granted": _("role granted"),
    "role.ended": _("role ended"),
    "invitation.sent": _("invitation sent"),
    "invitation.withdrawn": _("invitation withdrawn"),
    "invitation.accepted": _("invitation accepted"),
    "organisation.created": _("organisation added"),
    "organisation.changed": _("organisation changed"),
    "mandate.granted": _("mandate granted"),
    "mandate.ended": _("mandate ended"),
    # meetings
    "body.created": _("body created"),
    "meeting.convened": _("meeting convened"),
    "meeting.held": _("meeting held"),
}


def words_of(verb: str) -> str:
    """Return a verb in the reader's language, or as written when nobody named it."""
    return str(VERBS.get(verb, verb))
