"""When a deposit made on paper may be entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from terril.site.commons.errors import Refused
from terril.site.programme.models import Call, Question
from terril.site.programme.rules.answers import Given, is_raw


class PaperRefused(Refused):
    """A deposit on paper cannot be entered like this."""


@dataclass(frozen=True)
class Paper:
    """Who deposited on paper, when by the receipt given, and why out of the dates."""

    given_name: str
    family_name: str
    received_at: datetime
    email: str = ""
    reason: str = ""


def check_paper(
    call: Call, paper: Paper, *, given: Iterable[Given], at: datetime
) -> None:
    """Refuse a deposit of the future, out of the dates unexplained, or without title.

    The paper is taken as it is: what else is missing is asked for afterwards.
    """
    if not (call.published_at and call.opens_at and call.closes_at):
        raise PaperRefused(
            _("This call is not published: it takes no dossier."),
            next_step=_("Publish it first."),
        )
    is_in_time = call.opens_at <= paper.received_at <= call.closes_at
    faults = {
        _("The receipt bears an instant that is still to come."): (
            paper.received_at > at
        ),
        _("The receipt bears an instant out of the dates of the call: say why."): (
            not is_in_time and not paper.reason.strip()
        ),
        _("The dossier has no title: it could not be told from another."): (
            not any(_is_title(one) for one in given)
        ),
    }
    for sentence, holds in faults.items():
        if holds:
            raise PaperRefused(sentence, next_step=_("Correct it, then try again."))


def check_awaits_holder(*, is_paper: bool, has_account: bool) -> None:
    """Refuse to invite the holder of a dossier that somebody already follows here."""
    if not is_paper or has_account:
        raise PaperRefused(
            _("The holder of this dossier has an account already."),
            next_step=_("The dossier is in their list."),
        )


def _is_title(one: Given) -> bool:
    fills_it = one.question.fills == Question.Fills.TITLE
    return fills_it and bool(one.value) and not is_raw(one.value)
