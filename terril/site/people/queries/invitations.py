"""Reads about invitations: the list of those sent, and what a link opens."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from terril.site.commons.addresses import resolve
from terril.site.commons.errors import Refused
from terril.site.commons.models import Letter
from terril.site.people import rules
from terril.site.people.models import Invitation, Person
from terril.site.people.queries.persons import has_proved_account
from terril.site.people.queries.roles import role_keys


@dataclass(frozen=True)
class Welcome:
    """What a link says to whoever opens it: an offer, or why there is none."""

    invitation: Invitation | None
    refusal: Refused | None
    # Nobody is signed in and the address has no account: names are needed.
    is_newcomer: bool = False
    given_name: str = ""
    family_name: str = ""

    @property
    def opens(self) -> bool:
        return self.refusal is None

    @property
    def must_sign_in(self) -> bool:
        return isinstance(self.refusal, rules.SignInFirst)

    @property
    def is_for_another(self) -> bool:
        return isinstance(self.refusal, rules.InvitationForAnother)

    @property
    def status(self) -> int:
        """The answer's code: gone links and unknown ones are not pages."""
        if isinstance(self.refusal, rules.InvitationUnknown):
            return 404
        return 410 if isinstance(self.refusal, rules.InvitationClosed) else 200


def digest_of(token: str) -> str:
    """Return what is kept of a token: enough to know it again, not to guess it."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of_token(token: str) -> Invitation | None:
    found = invitations().filter(token_digest=digest_of(token))
    return found.first()


def invitations() -> QuerySet[Invitation]:
    """Return all invitations, the latest first."""
    return Invitation.objects.select_related("invited_by", "accepted_by")


def invitation_lines(*, at: datetime) -> QuerySet[Invitation]:
    """Return the invitations with their state, and whether the letter left."""
    key = Concat(Value("invitation/"), Cast(OuterRef("pk"), CharField()))
    lost = Letter.objects.filter(key=key, status=Letter.Status.DISCARDED)
    return invitations().annotate(
        has_failed=Exists(lost),
        state=Case(
            When(accepted_at__isnull=False, then=Value("accepted")),
            When(withdrawn_at__isnull=False, then=Value("withdrawn")),
            When(expires_at__lte=at, then=Value("expired")),
            default=Value("open"),
        ),
    )


def welcome_of(token: str, *, by: Person | None, at: datetime) -> Welcome:
    """Read a link for whoever opens it."""
    found = invitation_of_token(token)
    try:
        found = rules.check_known(found)
        has_account = has_proved_account(found.email)
        rules.check_acceptance(found, by=by, has_account=has_account, at=at)
        held = role_keys(by, on=timezone.localdate(at)) if by else []
        rules.check_apart(found, held=held)
    except Refused as refusal:
        return Welcome(found, refusal)
    awaited = resolve(found.about) if found.about else None
    person = awaited if isinstance(awaited, Person) else Person()
    return Welcome(found, None, by is None, person.given_name, person.family_name)


def is_pending(offer: Invitation, *, at: datetime) -> bool:
    """Say whether an open invitation already offers the same to the same address."""
    return (
        open_invitations(at=at)
        .filter(
            email__iexact=offer.email,
            role=offer.role,
            committee=offer.committee,
            about=offer.about,
        )
        .exists()
    )


def open_invitations(*, at: datetime) -> QuerySet[Invitation]:
    """Return the links that still open."""
    return Invitation.objects.filter(
        accepted_at=None, withdrawn_at=None, expires_at__gt=at
    )


def sent_lately(person: Person, role: str, *, at: datetime) -> int:
    """Return how many invitations to a role somebody sent within the hour."""
    since = at - timedelta(hours=1)
    sent = Invitation.objects.filter(invited_by=person, role=role)
    return sent.filter(invited_at__gt=since).count()


def subject_address(invitation: Invitation) -> str:
    """Return the page of the thing one was invited to work on, if it has one."""
    subject = resolve(invitation.about) if invitation.about else None
    if subject is None or isinstance(subject, Person):
        return ""
    return str(getattr(subject, "get_absolute_url", str)())
