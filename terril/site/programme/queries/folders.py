"""One dossier as the team, the committees and the secretary read it."""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise

from terril.site.commons.addresses import address
from terril.site.commons.models import JournalEntry, Letter
from terril.site.people.models import Person
from terril.site.people.queries.journal import JournalLine, lines_of
from terril.site.programme.models import (
    Admissibility,
    AnalysisReport,
    CompletionRequest,
    Decision,
    Dossier,
    DossierMember,
    Opinion,
    Reservation,
)
from terril.site.programme.queries import letters
from terril.site.programme.queries.answers import Part
from terril.site.programme.queries.readers import Reader
from terril.site.programme.queries.secrecy import (
    DECIDERS,
    decisions_seen_by,
    is_at_distance,
)
from terril.site.programme.queries.sights import parts_seen
from terril.site.programme.regimes import Committee, Outcome
from terril.site.programme.rules.editions import regime_of
from terril.site.programme.rules.examination import GROUNDS

S = Dossier.Status


@dataclass(frozen=True)
class Voice:
    """A committee, and what it said if it did."""

    committee: Committee
    opinion: Opinion | None


@dataclass(frozen=True)
class Folder:
    """A dossier opened on the table: what it says, and what was said of it."""

    dossier: Dossier
    holders: list[Person]
    parts: list[Part]
    report: AnalysisReport | None
    voices: list[Voice]
    rulings: list[Admissibility]
    completions: list[CompletionRequest]
    # None for those who may not know yet.
    decision: Decision | None
    outcome: Outcome | None
    letters: list[Letter]
    history: list[JournalLine]
    # Whoever is a candidate of the same call prepares none of its decisions.
    is_at_distance: bool

    @property
    def is_awaiting_opinions(self) -> bool:
        return any(voice.opinion is None for voice in self.voices)

    @property
    def rulings_with_grounds(self) -> list[tuple[Admissibility, list[str | Promise]]]:
        return [
            (ruling, [GROUNDS.get(key, key) for key in ruling.grounds])
            for ruling in self.rulings
        ]

    @property
    def reservations(self) -> list[Reservation]:
        return list(self.decision.reservations.all()) if self.decision else []


def folder(dossier: Dossier, by: Reader) -> Folder:
    """Return all that a reader may know of a dossier they may see."""
    voices = _voices(dossier, by)
    report = AnalysisReport.objects.filter(dossier=dossier).first()
    decision = _decision(dossier, by)
    posted = list(_letters(dossier, by))
    told = [dossier, report, decision, *(one.opinion for one in voices), *posted]
    is_team = by.role in DECIDERS
    return Folder(
        dossier=dossier,
        holders=_holders(dossier),
        parts=parts_seen(dossier, by),
        report=report if is_team or (report and report.finished_at) else None,
        voices=voices,
        rulings=list(dossier.rulings.select_related("ruled_by")),
        completions=list(dossier.completions.select_related("asked_by")),
        decision=decision,
        outcome=_outcome(dossier, decision),
        letters=posted,
        history=_history([one for one in told if one]) if is_team else [],
        is_at_distance=is_at_distance(by.person, dossier.call),
    )


def _holders(dossier: Dossier) -> list[Person]:
    members = dossier.members.filter(part=DossierMember.Part.HOLDER)
    return [one.person for one in members.select_related("person")]


def _voices(dossier: Dossier, by: Reader) -> list[Voice]:
    if dossier.call.regime is None:
        return []
    given = {
        opinion.committee: opinion
        for opinion in dossier.opinions.select_related("recorded_by", "meeting__body")
    }
    return [
        Voice(committee, given.get(committee.key))
        for committee in regime_of(dossier.call).committees
        if by.shows(committee.key)
    ]


def _decision(dossier: Dossier, by: Reader) -> Decision | None:
    read = decisions_seen_by(by.person, by.role).filter(dossier=dossier)
    return read.select_related("prepared_by", "dossier").first()


def _outcome(dossier: Dossier, decision: Decision | None) -> Outcome | None:
    return regime_of(dossier.call).outcome(decision.outcome) if decision else None


def _letters(dossier: Dossier, by: Reader) -> list[Letter]:
    if by.role not in DECIDERS:
        return []
    handled = letters.letters_at_distance(by.person, by.role)
    return list(handled & letters.letters(about=dossier))


def _history(told: list[Model]) -> list[JournalLine]:
    addresses = [address(one) for one in told]
    lines = JournalEntry.objects.filter(about__in=addresses).select_related("note")
    return lines_of(lines.order_by("number"))
