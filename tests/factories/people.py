"""Persons with their roles and second factor, organisations, mandates, invitations."""

from datetime import UTC, date, datetime, timedelta

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from factory.django import DjangoModelFactory

from terril.site.commons.text import fold
from terril.site.people import queries
from terril.site.people.models import (
    Invitation,
    Mandate,
    Organisation,
    Person,
    RoleGrant,
)
from terril.site.people.roles import ROLES

LONG_AGO = date(2020, 1, 1)
PASSWORD = "un terril noir et vert"
TOKEN = "a-token-that-nobody-can-guess"


def totp_of(secret):
    """Return the six digits that an application would show now."""
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


class PersonFactory(DjangoModelFactory):
    """Somebody with an account; `roles=["agent"]` grants and secures it."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    given_name = factory.Sequence(lambda n: f"Camille{n}")
    family_name = "Dupont"
    email = factory.Sequence(lambda n: f"camille{n}@example.org")

    class Params:
        nameless = factory.Trait(given_name="", family_name="")
        without_account = factory.Trait(email=None)

    @factory.post_generation
    def password(self, create, given):
        self.set_password(given or PASSWORD)
        self.save(update_fields=["password"])

    @factory.post_generation
    def proved_address(self, create, given):
        if self.email and given is not False:
            EmailAddress.objects.create(
                user=self, email=self.email, verified=True, primary=True
            )

    @factory.post_generation
    def roles(self, create, given):
        for role in given or ():
            key, _, committee = role.partition(":")
            RoleGrantFactory(person=self, role=key, committee=committee)

    @factory.post_generation
    def second_factor(self, create, given):
        """Give one to whoever holds a role that needs it, unless told not to."""
        held = self.grants.values_list("role", flat=True)
        needs = any(ROLES[key].needs_second_factor for key in held)
        if given or (given is None and needs):
            Authenticator.objects.create(
                user=self, type="totp", data={"secret": generate_totp_secret()}
            )


class RoleGrantFactory(DjangoModelFactory):
    class Meta:
        model = RoleGrant

    person = factory.SubFactory(PersonFactory)
    role = "holder"
    since = LONG_AGO

    class Params:
        over = factory.Trait(until=date(2021, 1, 1))


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Association Le Carreau {n}")
    slug = factory.LazyAttribute(lambda one: fold(one.name).replace(" ", "-"))
    search_name = factory.LazyAttribute(lambda one: fold(one.name))
    kind = Organisation.Kind.ASSOCIATION


class MandateFactory(DjangoModelFactory):
    class Meta:
        model = Mandate

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title = "présidente"
    since = LONG_AGO


class InvitationFactory(DjangoModelFactory):
    """A link sent on 16 March 2026, open for fourteen days."""

    class Meta:
        model = Invitation

    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    role = "member"
    committee = "experts"
    token_digest = factory.Sequence(lambda n: queries.digest_of(f"{TOKEN}{n or ''}"))
    invited_by = factory.SubFactory(PersonFactory, roles=["administrator"])
    invited_at = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
    expires_at = factory.LazyAttribute(lambda one: one.invited_at + timedelta(days=14))

    class Params:
        accepted = factory.Trait(
            accepted_at=datetime(2026, 3, 17, 9, 0, tzinfo=UTC),
            accepted_by=factory.SubFactory(PersonFactory),
        )
        withdrawn = factory.Trait(withdrawn_at=datetime(2026, 3, 17, 9, 0, tzinfo=UTC))
