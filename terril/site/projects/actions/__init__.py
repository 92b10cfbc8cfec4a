"""Verbs of the register, cut by noun."""

from terril.site.projects.actions.corrections import (
    Correction,
    PublicEvent,
    add_event,
    correct,
)
from terril.site.projects.actions.labels import (
    Ending,
    end_label,
    register,
    withdraw_label,
)
from terril.site.projects.actions.publication import publish_all, publish_and_register

__all__ = [
    "Correction",
    "Ending",
    "PublicEvent",
    "add_event",
    "correct",
    "end_label",
    "publish_all",
    "publish_and_register",
    "register",
    "withdraw_label",
]
