"""Let go of what opened an account before anybody proved its address."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from terril.site.commons import journal
from terril.site.people.models import Person


@transaction.atomic
def forget_secrets(person: Person, *, by: Person, at: datetime) -> None:
    """Take away the password, the second factor and the sessions; nobody is told."""
    person.set_unusable_password()
    person.save(update_fields=["password"])
    Authenticator.objects.filter(user=person).delete()
    for session in UserSession.objects.filter(user=person):
        session.end()

    journal.record("person.secured", about=person, by=by, at=at)
