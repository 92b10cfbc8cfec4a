"""What composing the letters of decision will write, shown before it is written."""

from dataclasses import dataclass

from terril.site.commons.models import Letter
from terril.site.people.models import Person
from terril.site.programme.emails.decisions import preview
from terril.site.programme.models import Call, Decision
from terril.site.programme.queries import letters
from terril.site.programme.regimes import Outcome
from terril.site.programme.rules.editions import regime_of


@dataclass(frozen=True)
class Group:
    """The letters of one outcome: how many, and the first of them as it would read."""

    outcome: Outcome
    count: int
    person: Person
    dossier: str
    subject: str
    body: str


@dataclass(frozen=True)
class CompositionPage:
    """What will be written, what waits to be sent, what left."""

    call: Call
    composition: letters.Composition
    groups: list[Group]
    drafts: list[Letter]
    others: list[Letter]

    @property
    def recipients(self) -> list[tuple[Decision, Person]]:
        return self.composition.to_write


def composition_page(call: Call) -> CompositionPage:
    """Return the page of the letters of decision of a call."""
    composition = letters.composition(call)
    batch = letters.letters(batch=letters.batch_of(call)).order_by("pk")
    drafts = [one for one in batch if one.status == Letter.Status.DRAFT]
    others = [one for one in batch if one.status != Letter.Status.DRAFT]
    return CompositionPage(call, composition, _groups(composition), drafts, others)


def _groups(composition: letters.Composition) -> list[Group]:
    groups = []
    counts = composition.by_outcome
    for decision, person in composition.to_write:
        if decision.outcome in counts:
            count = counts.pop(decision.outcome)
            groups.append(_group(decision, person, count))
    return groups


def _group(decision: Decision, person: Person, count: int) -> Group:
    outcome = regime_of(decision.dossier.call).outcome(decision.outcome)
    subject, body = preview(decision, person)
    title = str(decision.dossier)
    return Group(outcome, count, person, title, subject, body)
