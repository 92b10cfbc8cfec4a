"""Verbs of the programme, cut by noun."""

from terril.site.programme.actions.access import enter_code, give_code, revoke_code
from terril.site.programme.actions.answers import Content, answer, attach, detach
from terril.site.programme.actions.calls import (
    add_question,
    change_call,
    change_question,
    create_call,
    create_regime,
    move_question,
    publish_call,
    publish_regime,
    remove_question,
    replace_regime,
    write_regime,
)
from terril.site.programme.actions.decisions import (
    lift_reservation,
    prepare_decision,
    publish_decision,
    publish_decisions,
)
from terril.site.programme.actions.dossiers import (
    complete,
    open_dossier,
    submit,
    withdraw,
)
from terril.site.programme.actions.examination import (
    admit,
    ask_completion,
    dismiss,
    examine,
    finish_report,
    present,
    record_opinion,
    write_report,
)
from terril.site.programme.actions.letters import (
    compose_letters,
    discard_letter,
    edit_letter,
    retry_letter,
    send_letters,
)
from terril.site.programme.actions.paper import deposit_on_paper, invite_holder
from terril.site.programme.actions.team import (
    invite_collaborator,
    leave_dossier,
    remove_collaborator,
)

__all__ = [
    "Content",
    "add_question",
    "admit",
    "answer",
    "ask_completion",
    "attach",
    "change_call",
    "change_question",
    "complete",
    "compose_letters",
    "create_call",
    "create_regime",
    "deposit_on_paper",
    "detach",
    "discard_letter",
    "dismiss",
    "edit_letter",
    "enter_code",
    "examine",
    "finish_report",
    "give_code",
    "invite_collaborator",
    "invite_holder",
    "leave_dossier",
    "lift_reservation",
    "move_question",
    "open_dossier",
    "prepare_decision",
    "present",
    "publish_call",
    "publish_decision",
    "publish_decisions",
    "publish_regime",
    "record_opinion",
    "remove_collaborator",
    "remove_question",
    "replace_regime",
    "retry_letter",
    "revoke_code",
    "send_letters",
    "submit",
    "withdraw",
    "write_regime",
    "write_report",
]
