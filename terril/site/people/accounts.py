"""How sign-in speaks and behaves here."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy as _

from terril.site.commons.text import one_line
from terril.site.people import actions, queries
from terril.site.people.models import Person


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

    def save_user(
        self,
        request: HttpRequest,
        user: Person,
        form: Any,
        commit: bool = True,  # noqa: FBT001, FBT002 -- the shape allauth calls
    ) -> Person:
        """Keep the name and the language in which the person signs up."""
        user.given_name = one_line(form.cleaned_data["given_name"])
        user.family_name = one_line(form.cleaned_data["family_name"])
        user.language = (get_language() or "fr")[:2]
        return super().save_user(request, user, form, commit)  # type: ignore[no-any-return]

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Welcome a newcomer as soon as the address is proved."""
        is_done = bool(super().confirm_email(request, email_address))
        if is_done and queries.is_newcomer(email_address.user):
            person = email_address.user
            now = timezone.now()  # noqa: TID251 -- the front of sign-in
            actions.welcome(person, by=person, at=now)
        return is_done
