"""What the pages of a dossier show to the person who reads them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from terril.site.commons.models import Document
from terril.site.people.models import Person
from terril.site.people.roles import Role
from terril.site.places import queries as places
from terril.site.places.models import Place
from terril.site.programme.models import (
    Answer,
    CompletionRequest,
    Decision,
    Dossier,
    DossierMember,
    Question,
    RegimeChange,
)
from terril.site.programme.queries.answers import (
    Reading,
    completeness,
    files_among,
)
from terril.site.programme.queries.dossiers import (
    addresses_awaited,
    part_of,
    team_of,
)
from terril.site.programme.queries.story import Step, timeline
from terril.site.programme.rules.completeness import Completeness, anchor_of
from terril.site.programme.rules.dossiers import may_edit, state_name, status_shown
from terril.site.programme.rules.moves import is_possible
from terril.site.programme.rules.wording import Conflict

S = Dossier.Status


@dataclass(frozen=True)
class TeamMember:
    """Somebody who writes the dossier, and where an unanswered link was sent."""

    member: DossierMember
    awaited_at: str

    @property
    def name(self) -> str:
        return self.awaited_at or str(self.member.person)

    @property
    def is_holder(self) -> bool:
        return self.member.part == DossierMember.Part.HOLDER


@dataclass(frozen=True)
class DossierPage:
    """A dossier before the eyes of somebody: its state, and what they may do."""

    dossier: Dossier
    status: str
    state: str
    part: str | None
    may_edit: bool
    is_late: bool
    may_withdraw: bool
    completeness: Completeness
    steps: list[Step]
    team: list[TeamMember]
    completion: CompletionRequest | None
    decision: Decision | None

    @property
    def is_holder(self) -> bool:
        return self.part == DossierMember.Part.HOLDER

    @property
    def is_draft(self) -> bool:
        return self.dossier.status == S.DRAFT

    @property
    def may_submit(self) -> bool:
        return self.is_holder and self.is_draft and self.may_edit


@dataclass(frozen=True)
class WritingPage:
    """A dossier being written: its questions, answers and files, and what remains."""

    dossier: Dossier
    questions: list[Question]
    answers: dict[int, Answer]
    files: dict[int, Document]
    completeness: Completeness
    # Keys of the questions that show themselves.
    shown: frozenset[str]
    completion: CompletionRequest | None
    # Those of the territory, offered while one types; any other may be typed.
    communes: list[Place] = field(default_factory=list)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    refusals: dict[str, list[str]] = field(default_factory=dict)

    @property
    def regime_changes(self) -> list[RegimeChange]:
        """New rules since the dossier was begun."""
        found = self.dossier.call.regime_changes.select_related("before", "after")
        return list(found.filter(changed_at__gte=self.dossier.opened_at))

    def reason_for(self, question: Question) -> str:
        """Return why the answer to a question closes the call, or nothing."""
        anchor = anchor_of(question)
        found = (one.text for one in self.completeness.reasons if one.anchor == anchor)
        return next(found, "")

    def files_for(self, question: Question) -> list[Document]:
        """Return the files that answer a question."""
        answer = self.answers.get(question.pk)
        return files_among(question, answer.value if answer else None, self.files)


@dataclass(frozen=True)
class DossierRow:
    """A dossier in the list of somebody's own."""

    dossier: Dossier
    status: str
    state: str
    may_edit: bool


def dossier_page(
    dossier: Dossier, person: Person, role: Role | None, *, at: datetime
) -> DossierPage:
    """Return a dossier as a person sees it, in a role, at an instant."""
    part = part_of(dossier, person)
    is_editable = part is not None and may_edit(dossier, at=at)
    closes_at = dossier.call.closes_at
    return DossierPage(
        dossier=dossier,
        status=status_shown(dossier, role),
        state=state_name(dossier, role),
        part=part,
        may_edit=is_editable,
        is_late=dossier.status == S.DRAFT
        and not may_edit(dossier, at=at)
        and closes_at is not None
        and at > closes_at,
        may_withdraw=part == DossierMember.Part.HOLDER
        and is_possible("withdraw", dossier),
        completeness=completeness(dossier),
        steps=timeline(dossier),
        team=_team(dossier),
        completion=dossier.completions.filter(answered_at=None).first(),
        decision=Decision.objects.filter(
            dossier=dossier, published_at__isnull=False
        ).first(),
    )


def writing_page(
    dossier: Dossier,
    *,
    conflicts: Iterable[Conflict] = (),
    refusals: dict[str, list[str]] | None = None,
) -> WritingPage:
    """Return a dossier to be written."""
    read = Reading(dossier)
    return WritingPage(
        dossier=dossier,
        questions=read.questions,
        answers=read.answers,
        files=read.files,
        completeness=read.completeness,
        shown=read.asked.shown_keys,
        completion=dossier.completions.filter(answered_at=None).first(),
        communes=_communes(read.questions),
        conflicts={one.question.key: one for one in conflicts},
        refusals=refusals or {},
    )


def _communes(questions: list[Question]) -> list[Place]:
    found = places.territory()
    is_asked = any(one.kind == Question.Kind.COMMUNE for one in questions)
    return list(places.communes_of(found)) if found and is_asked else []


def dossier_rows(
    dossiers: list[Dossier], role: Role | None, *, at: datetime
) -> list[DossierRow]:
    """Return the lines of a list of one's own dossiers."""
    return [
        DossierRow(
            one,
            status_shown(one, role),
            state_name(one, role),
            may_edit(one, at=at),
        )
        for one in dossiers
    ]


def _team(dossier: Dossier) -> list[TeamMember]:
    awaited = addresses_awaited(dossier)
    return [
        TeamMember(member, awaited.get(member.person_id, ""))
        for member in team_of(dossier)
    ]
