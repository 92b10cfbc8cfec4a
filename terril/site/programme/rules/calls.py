"""When a regime or a call may be written, and when it may be published."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from terril.site.commons.errors import Refused
from terril.site.programme import regimes
from terril.site.programme.models import Call, Question, Regime
from terril.site.programme.rules.conditions import AMONG, BETWEEN, is_suited, misplaced


class AlreadyPublished(Refused):
    """What is published no longer changes."""


class CallNotReady(Refused):
    """Something is missing before a call can be published."""


class NoSuchPlace(Refused):
    """The question cannot be moved there."""


class RegimeNotReplaced(Refused):
    """The rules of a call cannot be replaced by these, or not like this."""


class QuestionNeeded(Refused):
    """Other questions show themselves by the answer to this one."""


def check_regime_is_draft(regime: Regime) -> None:
    """Refuse to change a regime that candidates rely on."""
    if regime.published_at:
        raise AlreadyPublished(
            gettext_lazy("This regime is published: its text no longer changes."),
            next_step=gettext_lazy("Copy it under another key and publish the copy."),
        )


def check_regime(regime: Regime) -> None:
    """Refuse to publish a regime twice, or one that cannot be read."""
    check_regime_is_draft(regime)
    regimes.read(regime.text)


def check_call_is_draft(call: Call) -> None:
    """Refuse to change a call that candidates may be answering."""
    if call.published_at:
        raise AlreadyPublished(
            gettext_lazy("This call is published: its questions no longer change."),
            next_step=gettext_lazy("Write to the candidates, or open another call."),
        )


def reasons_against(
    call: Call, questions: Iterable[Question], *, at: datetime
) -> list[str]:
    """Return everything that is missing before a call can be published."""
    asked = list(questions)
    found = {
        _("It asks no question."): not asked,
        _("A question depends on one that comes after it."): bool(misplaced(asked)),
        _("No question gives the title of the project."): bool(asked)
        and not any(one.fills == Question.Fills.TITLE for one in asked),
        _("It has no opening or no closing date."): not (
            call.opens_at and call.closes_at
        ),
        _("Its closing is in the past."): bool(call.closes_at and call.closes_at <= at),
        _("It names no regime."): call.regime is None,
        _("Its regime is not published."): bool(
            call.regime and not call.regime.published_at
        ),
    }
    return [reason for reason, holds in found.items() if holds]


def check_publication(
    call: Call, questions: Iterable[Question], *, at: datetime
) -> None:
    """Refuse to publish a call twice, or before it is whole."""
    check_call_is_draft(call)
    reasons = reasons_against(call, questions, at=at)
    if reasons:
        raise CallNotReady(
            _("This call cannot be published yet. %(reasons)s")
            % {"reasons": " ".join(reasons)},
            next_step=_("Mend this on the page of the call, then publish it."),
        )


@dataclass(frozen=True)
class Reason:
    """Why the rules of an open call change, as the public reads it."""

    text: str
    text_en: str = ""


def check_replacement(
    call: Call, regime: Regime, reason: Reason, used: set[str]
) -> Regime:
    """Return the rules that are replaced; refuse new ones not sealed or explained."""
    before = call.regime
    if before is None or not call.published_at:
        raise RegimeNotReplaced(
            _("This call is not published."),
            next_step=_("Change its regime on its own page."),
        )
    gone = used - regimes.read(regime.text).unchanged(regimes.read(before.text))
    faults = {
        _("These rules are not published yet."): not regime.published_at,
        _("These are the rules of this call already."): before == regime,
        _("Say why the rules change: candidates read it."): not reason.text.strip(),
        _("These rules lack or change an outcome or a committee in use: %(keys)s.")
        % {"keys": ", ".join(sorted(gone))}: bool(gone),
    }
    for sentence, holds in faults.items():
        if holds:
            raise RegimeNotReplaced(
                sentence,
                next_step=_(
                    "Publish the new rules first, then name them with a reason."
                ),
            )
    return before


def check_place(place: int, length: int) -> None:
    """Refuse to move a question before the first place or after the last."""
    if not 0 <= place < length:
        raise NoSuchPlace(
            gettext_lazy("This question already stands at the end of the list."),
            next_step=gettext_lazy("Move another one instead."),
        )


def step_of(text: str) -> int:
    """Return by how many places a question moves: one later, unless it is said."""
    is_step = re.fullmatch(r"-?[0-9]{1,3}", text) and int(text) != 0
    return int(text) if is_step else 1


def check_order(asked: Iterable[Question]) -> None:
    """Refuse an order in which a question depends on one that comes after it."""
    wrong = misplaced(asked)
    if wrong:
        raise NoSuchPlace(
            _("“%(question)s” depends on a question that would come after it.")
            % {"question": wrong[0]},
            next_step=_("Move the other one first, or show this one always."),
        )


def check_alone(question: Question, others: list[Question]) -> None:
    """Refuse to remove a question on which others depend."""
    if others:
        raise QuestionNeeded(
            _("Others show themselves by the answer to “%(question)s”: %(others)s.")
            % {"question": question, "others": ", ".join(str(one) for one in others)},
            next_step=_("Show them always, or remove them first."),
        )


def _is_measured(rule: dict[str, Any], asked: Question, kind: str) -> bool:
    """Tell whether a condition holds a value that another kind could not be held to."""
    figures = {Question.Kind.AMOUNT, Question.Kind.NUMBER}
    is_same = kind == asked.kind or {kind, asked.kind} <= figures
    return rule["verb"] in BETWEEN and not is_same


def check_dependents(
    asked: Question, kind: str, choices: list[dict[str, str]], others: list[Question]
) -> None:
    """Refuse to change a question into one that others can no longer depend on."""
    keys = {choice["key"] for choice in choices}
    for other in others:
        rule = other.shown_if
        gone = set(rule.get("values", ())) - keys if rule["verb"] in AMONG else set()
        if gone or not is_suited(rule["verb"], kind) or _is_measured(rule, asked, kind):
            raise QuestionNeeded(
                _("“%(other)s” depends on an answer that would no longer exist.")
                % {"other": other},
                next_step=_("Show it always, or by another answer, first."),
            )
