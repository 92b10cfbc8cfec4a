"""Letters of the programme: who they go to, where they stand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from terril.site.commons.addresses import address
from terril.site.commons.models import Letter
from terril.site.commons.outbox import Recipient
from terril.site.people.models import Person
from terril.site.people.roles import Role
from terril.site.programme.models import Call, Decision, Dossier, DossierMember
from terril.site.programme.queries.dossiers import dossiers_seen_by
from terril.site.programme.queries.secrecy import calls_at_distance
from terril.site.programme.rules.letters import SETTLED, UNSENT

# Other rooms' letters hold links that open accounts: they are not shown here.
OURS = Q(about__startswith="programme.")
DOSSIERS = "programme.dossier/"


@dataclass(frozen=True)
class Composition:
    """What composing the letters of a call will do, counted before doing it."""

    decisions: list[Decision]
    # One line a letter: the decision, and the person it is written to.
    to_write: list[tuple[Decision, Person]]
    without_address: list[Decision]

    @property
    def dossier_count(self) -> int:
        return len({decision.pk for decision, _ in self.to_write})

    @property
    def address_count(self) -> int:
        return len({person.email for _, person in self.to_write})

    @property
    def by_outcome(self) -> dict[str, int]:
        return dict(Counter(decision.outcome for decision, _ in self.to_write))


def batch_of(call: Call) -> str:
    return f"decisions/{call.code}"


def key_of(decision: Decision, person: Person | None = None) -> str:
    """Return the key of a decision's letter: another once the decision is corrected."""
    start = f"decision/{decision.pk}/{decision.prepared_at.timestamp():.6f}/"
    return f"{start}{person.pk}" if person else start


def holders(dossier: Dossier) -> list[Person]:
    """Return the holder and co-holders of a dossier who can be written to."""
    return holders_among(dossier.members.all())


def holders_among(members: Iterable[DossierMember]) -> list[Person]:
    """Return the holder and co-holders among these who can be written to."""
    return [
        member.person
        for member in members
        if member.part == DossierMember.Part.HOLDER and member.person.email
    ]


def recipient(person: Person) -> Recipient:
    return Recipient(person.email or "", person.full_name, person.language)


def pending_decisions(call: Call) -> QuerySet[Decision]:
    """Return the decisions still secret, with those they are about."""
    # A dossier withdrawn meanwhile awaits nothing, and holds nobody else back.
    secret = _standing(call).filter(published_at=None)
    return (
        secret.select_related("dossier__call__regime", "prepared_by")
        .prefetch_related("dossier__members__person", "reservations")
        .order_by("dossier__receipt")
    )


def composition(call: Call) -> Composition:
    """Return the letters that no one has written yet for the decisions of a call."""
    decisions = list(_decided(call))
    letters = Letter.objects.filter(batch=batch_of(call))
    written = set(letters.values_list("key", flat=True))
    addressed = [(decision, holders(decision.dossier)) for decision in decisions]
    return Composition(
        decisions,
        [
            (decision, person)
            for decision, people in addressed
            for person in people
            if key_of(decision, person) not in written
        ],
        [decision for decision, people in addressed if not people],
    )


def _decided(call: Call) -> QuerySet[Decision]:
    # A labelled holder may be written to after the ceremony as well as before.
    return (
        _standing(call)
        .select_related("dossier__call__regime")
        .prefetch_related("dossier__members__person", "reservations")
        .order_by("dossier__receipt")
    )


def _standing(call: Call) -> QuerySet[Decision]:
    decisions = Decision.objects.filter(dossier__call=call)
    return decisions.exclude(dossier__status=Dossier.Status.WITHDRAWN)


def untold(decisions: list[Decision]) -> list[Decision]:
    """Return the decisions whose holders have a letter still to come."""
    awaited = {
        decision.pk: {key_of(decision, person) for person in holders(decision.dossier)}
        for decision in decisions
    }
    settled = Letter.objects.filter(
        key__in=set().union(*awaited.values()), status__in=SETTLED
    )
    keys = set(settled.values_list("key", flat=True))
    return [decision for decision in decisions if awaited[decision.pk] - keys]


def unsent_letters(decision: Decision) -> QuerySet[Letter]:
    """Return the letters written for a decision that have not left."""
    key = key_of(decision)
    return Letter.objects.filter(key__startswith=key, status__in=UNSENT)


def letters(
    *, status: str = "", batch: str = "", about: Dossier | None = None
) -> QuerySet[Letter]:
    """Return the letters of the programme, the latest first."""
    found = Letter.objects.filter(OURS)
    if status:
        found = found.filter(status=status)
    if batch:
        found = found.filter(batch=batch)
    if about:
        found = found.filter(about__in=_addresses(about))
    return found.order_by("-created_at", "-pk")


def _addresses(dossier: Dossier) -> list[str]:
    # Letters of decision are about the decision: they are secret with it.
    decisions = Decision.objects.filter(dossier=dossier)
    return [address(dossier), *map(address, decisions)]


def letters_at_distance(person: Person, role: Role | None) -> QuerySet[Letter]:
    """Return the letters somebody may handle in a role.

    None is about a dossier they may not see, as a draft, nor about one of their own,
    nor about a secret of their competitors.
    """
    own = Dossier.objects.filter(members__person=person)
    ahead = Q(published_at=None, dossier__call__dossiers__in=own)
    decisions = Decision.objects.filter(ahead | Q(dossier__in=own)).distinct()
    apart = [*map(address, own), *map(address, decisions)]
    elsewhere = ~Q(about__startswith=DOSSIERS)
    seen = Q(about__in=_where(dossiers_seen_by(person, role)))
    return letters().filter(elsewhere | seen).exclude(about__in=apart)


def about_drafts() -> Q:
    """Return what holds of letters about dossiers that were never handed in."""
    return Q(about__in=_where(Dossier.objects.filter(submitted_at=None)))


def _where(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier, str]:
    where = Concat(Value(DOSSIERS), Cast("pk", CharField()))
    return dossiers.order_by().values_list(where, flat=True)


def has_example(found: Iterable[Letter]) -> bool:
    """Tell whether some of these letters are about fictional dossiers."""
    keys: dict[str, list[str]] = {}
    for letter in found:
        kind, _, key = letter.about.partition("/")
        keys.setdefault(kind, []).append(key)
    examples = Dossier.objects.filter(is_example=True)
    return examples.filter(
        Q(pk__in=keys.get("programme.dossier", []))
        | Q(decision__in=keys.get("programme.decision", []))
    ).exists()


def drafts_of(call: Call) -> QuerySet[Letter]:
    """Return the letters of decision that wait for a person to send them."""
    return letters(status=Letter.Status.DRAFT, batch=batch_of(call)).order_by("pk")


def letters_sent_about(dossier: Dossier) -> QuerySet[Letter]:
    """Return what its holders were really sent; drafts would betray decisions."""
    return letters(status=Letter.Status.SENT, about=dossier)


def calls_with_decisions(person: Person) -> QuerySet[Call]:
    """Return the calls whose letters of decision somebody can compose."""
    decided = Dossier.objects.filter(decision__isnull=False)
    return calls_at_distance(person).filter(pk__in=decided.values("call"))
