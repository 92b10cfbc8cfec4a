"""The story of a dossier: what was done, what its receipt proves, what comes next."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from terril.site.commons.addresses import address
from terril.site.commons.models import JournalEntry
from terril.site.commons.templatetags.format import day, moment
from terril.site.commons.verbs import words_of
from terril.site.people.models import Person
from terril.site.people.queries import lines_of
from terril.site.programme.models import Dossier
from terril.site.programme.queries.dossiers import team_of

S = Dossier.Status
# What applicants may read of the journal: nothing of what prepares a decision.
TOLD = (
    "dossier.opened",
    "access.entered",
    "dossier.entered",
    "dossier.submitted",
    "dossier.completion_asked",
    "dossier.completed",
    "dossier.admitted",
    "dossier.dismissed",
    "dossier.withdrawn",
    "dossier.decided",
    "decision.published",
    "document.added",
    "document.removed",
    "collaborator.invited",
    "collaborator.removed",
    "collaborator.left",
)
FILES = ("document.added", "document.removed")


@dataclass(frozen=True)
class Told:
    """A line of the history, as applicants read it."""

    at: datetime
    sentence: str
    by: str
    digest: str


@dataclass(frozen=True)
class Receipt:
    """What proves a deposit: number, instant, digest of the content, journal line."""

    number: str
    at: datetime
    content: str
    line: int
    head: str


@dataclass(frozen=True)
class Step:
    """A moment of the edition for this dossier: behind or ahead."""

    text: str
    when: str
    is_done: bool = False
    detail: str = ""

    @property
    def is_ahead(self) -> bool:
        return not self.is_done


def history(dossier: Dossier) -> list[Told]:
    """Return the lines of a dossier that its team may read, the last first."""
    lines = JournalEntry.objects.filter(about=address(dossier), verb__in=TOLD)
    team = {member.person_id for member in team_of(dossier)}
    return [
        Told(
            line.at,
            _sentence(line.verb, line.note),
            _author(line.by.thing, team),
            line.digest,
        )
        for line in lines_of(lines.select_related("note").order_by("-number"))
    ]


def receipt_of(dossier: Dossier) -> Receipt | None:
    """Return the proof of a deposit, read from the journal."""
    lines = JournalEntry.objects.filter(
        about=address(dossier), verb="dossier.submitted"
    )
    line = lines.select_related("note").first()
    if not (line and dossier.receipt and dossier.submitted_at):
        return None
    note = getattr(line, "note", None)
    return Receipt(
        dossier.receipt,
        dossier.submitted_at,
        note.text if note else "",
        line.number,
        line.digest,
    )


def timeline(dossier: Dossier) -> list[Step]:
    """Return what was done and what comes next, with what is known of when."""
    return [
        Step(_("Dossier opened"), moment(dossier.opened_at), is_done=True),
        _deposit(dossier),
        *_after(dossier),
    ]


def _deposit(dossier: Dossier) -> Step:
    if dossier.submitted_at:
        number = _("Receipt %(number)s") % {"number": dossier.receipt}
        when = moment(dossier.submitted_at)
        return Step(_("Handed in"), when, is_done=True, detail=number)
    limit = _("until %(moment)s") % {"moment": moment(dossier.closes_at)}
    return Step(_("To be handed in"), limit)


def _after(dossier: Dossier) -> list[Step]:
    if dossier.status == S.WITHDRAWN:
        when = moment(dossier.withdrawn_at)
        return [Step(_("Withdrawn"), when, is_done=True)]
    ruling = dossier.rulings.order_by("-ruled_at").first()
    if dossier.status == S.INADMISSIBLE and ruling:
        when = moment(ruling.ruled_at)
        return [Step(_("Not admissible"), when, is_done=True, detail=ruling.reasons)]
    unknown = _("date not known")
    admitted = moment(ruling.ruled_at) if ruling else unknown
    decided = _decided(dossier)
    return [
        Step(_("Admissibility"), admitted, is_done=ruling is not None),
        Step(_("Examination and opinions"), unknown, is_done=bool(decided)),
        Step(_("Decision"), decided or unknown, is_done=bool(decided)),
    ]


def _decided(dossier: Dossier) -> str:
    """Return when the decision became public; before that it does not exist here."""
    decision = getattr(dossier, "decision", None)
    return day(decision.published_at) if decision and decision.published_at else ""


def _sentence(verb: str, note: str) -> str:
    words = words_of(verb)
    return f"{words} — {note}" if verb in FILES and note else words


def _author(author: object, team: set[int]) -> str:
    if isinstance(author, Person) and author.pk in team:
        return str(author)
    return _("examination team") if author else ""
