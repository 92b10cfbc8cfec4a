"""Verbs of the examination team and of the committees' secretary."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from terril.site.commons import journal
from terril.site.people.models import Person
from terril.site.programme.emails import examination as emails
from terril.site.programme.models import (
    Admissibility,
    AnalysisReport,
    CompletionRequest,
    Dossier,
    Opinion,
)
from terril.site.programme.queries.locks import lock
from terril.site.programme.rules import examination as rules
from terril.site.programme.rules.editions import regime_of
from terril.site.programme.rules.examination import OpinionDraft, ReportDraft
from terril.site.programme.rules.moves import next_status


@transaction.atomic
def ask_completion(
    dossier: Dossier, message: str, due_on: date | None, *, by: Person, at: datetime
) -> CompletionRequest:
    """Give the dossier back to its holder, saying what is missing."""
    lock(dossier)
    rules.check_completion(message, due_on, at=at)
    status = next_status("ask_completion", dossier)

    request = CompletionRequest.objects.create(
        dossier=dossier, message=message, due_on=due_on, asked_by=by, asked_at=at
    )
    _move(dossier, status)

    journal.record("dossier.completion_asked", about=dossier, by=by, at=at)
    emails.completion_asked(request, at=at)
    return request


@transaction.atomic
def admit(dossier: Dossier, *, by: Person, at: datetime) -> None:
    """Rule that the dossier may be examined."""
    lock(dossier)
    status = next_status("admit", dossier)

    Admissibility.objects.create(
        dossier=dossier, is_admissible=True, ruled_by=by, ruled_at=at
    )
    _move(dossier, status)

    journal.record("dossier.admitted", about=dossier, by=by, at=at)


@transaction.atomic
def dismiss(
    dossier: Dossier, grounds: list[str], reasons: str, *, by: Person, at: datetime
) -> None:
    """Rule that the dossier may not be examined, and prepare the letter that says it."""
    lock(dossier)
    rules.check_grounds(grounds, reasons)
    status = next_status("dismiss", dossier)

    ruling = Admissibility.objects.create(
        dossier=dossier,
        is_admissible=False,
        grounds=grounds,
        reasons=reasons,
        ruled_by=by,
        ruled_at=at,
    )
    _move(dossier, status)

    journal.record("dossier.dismissed", about=dossier, by=by, at=at)
    emails.dismissed(ruling, at=at)


@transaction.atomic
def examine(dossier: Dossier, *, by: Person, at: datetime) -> AnalysisReport:
    """Begin the examination with an empty analysis report."""
    lock(dossier)
    status = next_status("examine", dossier)

    report = AnalysisReport.objects.create(
        dossier=dossier, written_by=by, updated_at=at
    )
    _move(dossier, status)

    journal.record("dossier.examined", about=dossier, by=by, at=at)
    return report


@transaction.atomic
def write_report(
    dossier: Dossier, draft: ReportDraft, *, by: Person, at: datetime
) -> AnalysisReport:
    """Write the analysis report; it can be taken up again until it is finished."""
    lock(dossier)
    rules.check_report(dossier, _report_of(dossier))

    report, _ = AnalysisReport.objects.update_or_create(
        dossier=dossier,
        defaults={**asdict(draft), "written_by": by, "updated_at": at},
    )

    journal.record("report.written", about=report, by=by, at=at)
    return report


@transaction.atomic
def finish_report(dossier: Dossier, *, by: Person, at: datetime) -> None:
    """Hand the report to the committees; it no longer changes."""
    lock(dossier)
    report = rules.check_report_is_whole(_report_of(dossier))
    rules.check_report(dossier, report)

    report.finished_at = at
    report.save(update_fields=["finished_at"])

    journal.record("dossier.report_finished", about=dossier, by=by, at=at)


@transaction.atomic
def record_opinion(
    dossier: Dossier, draft: OpinionDraft, *, by: Person, at: datetime
) -> Opinion:
    """Record what a committee says; a correction keeps the former words in the journal."""
    lock(dossier)
    regime = regime_of(dossier.call)
    existing = dossier.opinions.filter(committee=draft.committee).first()
    rules.check_opinion(dossier, draft, existing=existing, regime=regime, at=at)
    rules.check_report_is_finished(_report_of(dossier))

    opinion, _ = Opinion.objects.update_or_create(
        dossier=dossier,
        committee=draft.committee,
        defaults={
            "stance": draft.stance,
            "text": draft.text,
            "given_on": draft.given_on,
            "meeting": draft.meeting,
            "recorded_by": by,
            "recorded_at": at,
        },
    )

    verb = "opinion.corrected" if existing else "opinion.recorded"
    note = _former(existing, draft) if existing else ""
    journal.record(verb, about=opinion, by=by, at=at, note=note)
    return opinion


@transaction.atomic
def present(dossier: Dossier, *, by: Person, at: datetime) -> None:
    """Lay the dossier before the body that decides, with every opinion."""
    lock(dossier)
    status = next_status("present", dossier)
    given = dossier.opinions.values_list("committee", flat=True)
    rules.check_opinions_are_in(regime_of(dossier.call), given)

    _move(dossier, status)

    journal.record("dossier.presented", about=dossier, by=by, at=at)


def _report_of(dossier: Dossier) -> AnalysisReport | None:
    return AnalysisReport.objects.filter(dossier=dossier).first()


def _move(dossier: Dossier, status: str) -> None:
    dossier.status = status
    dossier.save(update_fields=["status"])


def _former(opinion: Opinion, draft: OpinionDraft) -> str:
    former = f"{opinion.stance}, {opinion.given_on.isoformat()}: {opinion.text}"
    return f"{draft.correction}\n---\n{former}"
