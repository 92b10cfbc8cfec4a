"""How sign-in speaks and behaves here."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import SignupForm as LibrarySignupForm
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy as _

from terril.site.commons.text import one_line
from terril.site.people import actions, queries
from terril.site.people.models import Person

# Kept in the session: the password typed there, as the account knew it then.
TYPED = "account_typed_password"


class SignupForm(LibrarySignupForm):  # type: ignore[misc]
    """A sign-up that tells nobody which addresses are known."""

    account_already_exists: bool

    def validate_unique_email(self, value: str) -> str:
        """Let the owner begin again an account whose address nobody has proved."""
        email = str(super().validate_unique_email(value))
        if self.account_already_exists and queries.unproved_account_of(email):
            self.account_already_exists = False
        return email

    def try_save(self, request: HttpRequest) -> tuple[Person | None, Any]:
        """Work on the password of a known address in vain: a quick answer would tell."""
        if self.account_already_exists:
            Person().set_password(self.cleaned_data["password1"])
        return super().try_save(request)  # type: ignore[no-any-return]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts of Terril: a name at once, a role once the address is proved."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "The address or the password is not right. Check both, or ask for a code."
        ),
        "incorrect_code": _("This code is not right. Check it, or ask for another."),
        "incorrect_password": _("This password is not right. Type it again."),
        "rate_limited": _("Too many tries in a row. Wait a little, then try again."),
        "too_many_login_attempts": _(
            "Too many tries in a row. Wait five minutes, or ask for a code."
        ),
        "same_as_current": _("This is already your address. Write the new one."),
    }

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Ask who one is again, but not right after one has signed in."""
        if not super().is_reauthentication_required(app=app, **options):
            return False
        request = context.request
        records = get_authentication_records(request, request.user)
        latest = max((record["at"] for record in records), default=0)
        return bool(time.time() - latest > app_settings.REAUTHENTICATION_TIMEOUT)

    @transaction.atomic
    def save_user(
        self,
        request: HttpRequest,
        user: Person,
        form: Any,
        commit: bool = True,  # noqa: FBT001, FBT002 -- the shape allauth calls
    ) -> Person:
        """Keep the name and the language in which the person signs up."""
        begun = queries.unproved_account_of(form.cleaned_data["email"], locked=True)
        if begun:
            # Whoever began it may be a stranger: the owner begins again.
            user = begun
            EmailAddress.objects.filter(user=user).delete()
        user.given_name = one_line(form.cleaned_data["given_name"])
        user.family_name = one_line(form.cleaned_data["family_name"])
        user.language = (get_language() or "fr")[:2]
        return super().save_user(request, user, form, commit)  # type: ignore[no-any-return]

    def pre_login(
        self, request: HttpRequest, user: Person, **options: Any
    ) -> HttpResponse | None:
        """Remember which password this browser has typed, and no other."""
        records = get_authentication_records(request, user)
        is_typed = bool(records) and records[-1]["method"] == "password"
        request.session.pop(TYPED, None)
        if options["signup"] or is_typed:
            request.session[TYPED] = _mark_of(user)
        return super().pre_login(request, user, **options)  # type: ignore[no-any-return]

    def login(self, request: HttpRequest, user: Person) -> None:
        """Let in nobody whose password has been taken away while they waited."""
        user.refresh_from_db(fields=["password"])
        typed = request.session.pop(TYPED, None)
        if typed and typed != _mark_of(user):
            clear_login(request)
            raise ImmediateHttpResponse(redirect("account_login"))
        # A visit that was to be short becomes that of somebody who has signed in.
        request.session.set_expiry(None)
        super().login(request, user)


@transaction.atomic
def on_address_proved(
    request: HttpRequest, email_address: EmailAddress, **_: Any
) -> None:
    """Welcome a newcomer; keep of an account only what its owner has put there.

    Anybody may sign up with the address of another. The password of a first
    proof stays when the very browser that proves has typed it, and only then.
    """
    person, now = email_address.user, timezone.now()  # noqa: TID251 -- a front
    held = Person.objects.select_for_update().get(pk=person.pk)
    proved = EmailAddress.objects.filter(user=person, verified=True)
    is_first = not proved.exclude(pk=email_address.pk).exists()
    if is_first and request.session.get(TYPED) != _mark_of(held):
        request.session.pop(TYPED, None)
        actions.forget_secrets(person, by=person, at=now)
    if queries.is_newcomer(person):
        actions.welcome(person, by=person, at=now)


def _mark_of(person: Person) -> list[str]:
    return [str(person.pk), person.get_session_auth_hash()]
