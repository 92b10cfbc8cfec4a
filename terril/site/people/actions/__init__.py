"""What one does with people: each verb checks, changes, records and tells."""

from terril.site.people.actions.invitations import (
    Offer,
    accept_invitation,
    invite,
    withdraw_invitation,
)
from terril.site.people.actions.joining import join
from terril.site.people.actions.organisations import (
    Term,
    change_organisation,
    create_organisation,
    end_mandate,
    grant_mandate,
)
from terril.site.people.actions.persons import (
    add_person,
    change_person,
    install_administrator,
    welcome,
)
from terril.site.people.actions.proofs import forget_secrets
from terril.site.people.actions.roles import end_role, grant_role

__all__ = [
    "Offer",
    "Term",
    "accept_invitation",
    "add_person",
    "change_organisation",
    "change_person",
    "create_organisation",
    "end_mandate",
    "end_role",
    "forget_secrets",
    "grant_mandate",
    "grant_role",
    "install_administrator",
    "invite",
    "join",
    "welcome",
    "withdraw_invitation",
]
