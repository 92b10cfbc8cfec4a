"""What the examination team and the committees may do, and what they must say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import Refused
from terril.site.meetings.models import Meeting
from terril.site.programme.models import AnalysisReport, Dossier, Opinion
from terril.site.programme.regimes import RegimeText
from terril.site.programme.rules.moves import MoveRefused

S = Dossier.Status

# Why a dossier is not admissible: this software's own list, no source gives one.
GROUNDS: dict[str, str | Promise] = {
    "outside": _("The project is outside the territory."),
    "not_a_project": _("The dossier does not describe a project."),
    "out_of_subject": _("The project has no link with the purpose of the label."),
    "incomplete": _("Pieces that were asked for are missing."),
    "duplicate": _("The same project is carried by another dossier of this call."),
    "other": _("Another reason, explained below."),
}


class ReasonsMissing(Refused):
    """Something is decided about somebody without telling why."""


class DueDatePassed(Refused):
    """The date by which to answer is not ahead."""


class ReportUnfinished(Refused):
    """The analysis report is not there yet."""


class ReportFinished(Refused):
    """The analysis report no longer changes."""


class OpinionsMissing(Refused):
    """Some committees have not given their opinion."""


class OpinionChanged(Refused):
    """Another opinion stands there already."""


class DateAhead(Refused):
    """Something is said to have happened later than now."""


@dataclass(frozen=True)
class OpinionDraft:
    """What a secretary enters for a committee."""

    committee: str
    stance: str
    text: str
    given_on: date
    meeting: Meeting | None = None
    # Why an opinion recorded earlier is being corrected.
    correction: str = ""


@dataclass(frozen=True)
class ReportDraft:
    """What an agent writes for the committees."""

    context: str = ""
    strengths: str = ""
    cautions: str = ""
    for_committees: str = ""


def check_grounds(grounds: Iterable[str], reasons: str) -> None:
    """Refuse to dismiss a dossier without a named reason."""
    named = list(grounds)
    if not named:
        raise ReasonsMissing(
            _("A dossier is not dismissed without a reason."),
            next_step=_("Tick at least one reason: the holder will read it."),
        )
    if "other" in named and not reasons.strip():
        raise ReasonsMissing(
            _("“Another reason” is ticked, but the explanation is empty."),
            next_step=_("Write the reason in full: the holder will read it."),
        )


def check_completion(message: str, due_on: date | None, *, at: datetime) -> None:
    """Refuse to ask for nothing, or for a day that has passed."""
    if not message.strip():
        raise ReasonsMissing(
            _("The message to the holder is empty."),
            next_step=_("Say what is missing from the dossier."),
        )
    if due_on and due_on <= timezone.localdate(at):
        raise DueDatePassed(
            _("The date by which to answer is not after today."),
            next_step=_("Choose a later date, or leave it empty."),
        )


def check_report(dossier: Dossier, report: AnalysisReport | None) -> None:
    """Refuse to write a report out of its time, or once it is finished."""
    if dossier.status != S.EXAMINATION:
        raise MoveRefused(
            _("The report is written while a dossier is under examination."),
            next_step=_("Open the examination of the dossier first."),
        )
    if report and report.finished_at:
        raise ReportFinished(
            _("This report is finished: the committees are reading it."),
            next_step=_("What has changed since is said in the committees."),
        )


def check_report_is_whole(report: AnalysisReport | None) -> AnalysisReport:
    """Refuse to hand the committees a report with an empty part."""
    if report is None or not all(part.strip() for part in _parts(report)):
        raise ReportUnfinished(
            _("The report has an empty part."),
            next_step=_("Fill its four parts, if only to say that there is nothing."),
        )
    return report


def _parts(report: AnalysisReport) -> list[str]:
    return [report.context, report.strengths, report.cautions, report.for_committees]


def check_opinion(
    dossier: Dossier,
    draft: OpinionDraft,
    *,
    existing: Opinion | None,
    regime: RegimeText,
    at: datetime,
) -> None:
    """Refuse an opinion out of its time, from nobody, or that hides another."""
    regime.committee(draft.committee)
    if dossier.status not in (S.EXAMINATION, S.DELIBERATION):
        raise MoveRefused(
            _("Opinions are recorded while a dossier is under examination."),
            next_step=_("Reload the page to see where the dossier stands."),
        )
    _check_opinion_text(draft, at=at)
    if existing and not draft.correction.strip():
        raise OpinionChanged(
            _("An opinion of this committee is already recorded."),
            next_step=_("To correct it, say why: the first one stays in the journal."),
        )


def _check_opinion_text(draft: OpinionDraft, *, at: datetime) -> None:
    if draft.stance not in Opinion.Stance.values or not draft.text.strip():
        raise ReasonsMissing(
            _("An opinion has a stance and a text."),
            next_step=_("Write what the committee said, even in one sentence."),
        )
    if draft.given_on > timezone.localdate(at):
        raise DateAhead(
            _("The opinion is dated later than today."),
            next_step=_("Give the day on which the committee met."),
        )


def check_report_is_finished(report: AnalysisReport | None) -> None:
    """Refuse an opinion on a report that the committee could not read."""
    if report is None or not report.finished_at:
        raise ReportUnfinished(
            _("The analysis report of this dossier is not finished."),
            next_step=_("Finish the report: the committees read it first."),
        )


def missing_committees(regime: RegimeText, given: Iterable[str]) -> list[str]:
    """Return the names of the committees that have not given their opinion."""
    known = set(given)
    return [str(one) for one in regime.committees if one.key not in known]


def check_opinions_are_in(regime: RegimeText, given: Iterable[str]) -> None:
    """Refuse to present a dossier before every committee has spoken."""
    missing = missing_committees(regime, given)
    if missing:
        raise OpinionsMissing(
            _("Opinions are missing: %(committees)s.")
            % {"committees": ", ".join(missing)},
            next_step=_("Record them, then present the dossier."),
        )
