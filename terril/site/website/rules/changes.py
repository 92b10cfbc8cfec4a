"""Which lines of the journal each role may read on its desk."""

from terril.site.people import roles

# What the holder of a dossier is told anyway; everything else stays with the team.
TOLD_TO_HOLDERS = frozenset(
    {
        "dossier.opened",
        "dossier.submitted",
        "dossier.completed",
        "dossier.completion_asked",
        "dossier.admitted",
        "dossier.dismissed",
        "dossier.examined",
        "dossier.decided",
        "dossier.reservation_lifted",
        "dossier.withdrawn",
        "dossier.brought_back",
    }
)
TOLD_TO_MEMBERS = frozenset(
    {
        "dossier.examined",
        "dossier.report_finished",
        "dossier.presented",
        "dossier.decided",
        "dossier.withdrawn",
    }
)
TOLD = {
    roles.HOLDER.key: TOLD_TO_HOLDERS,
    roles.COLLABORATOR.key: TOLD_TO_HOLDERS,
    roles.MEMBER.key: TOLD_TO_MEMBERS,
}


def may_read(role: roles.Role, verb: str) -> bool:
    """Tell whether a role may read of something on its desk."""
    told = TOLD.get(role.key)
    return told is None or verb in told
