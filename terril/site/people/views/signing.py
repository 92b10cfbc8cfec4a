"""The views of the sign-in library, dressed for this site."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def dressed(view: View) -> View:
    """Keep our own `site` in the page, and fields without words that fade."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        context.pop("site", None)
        for form in context.values():
            for field in getattr(form, "fields", {}).values():
                field.widget.attrs.pop("placeholder", None)
        return response

    return wrapped


login = dressed(account.login)
logout = dressed(account.logout)
signup = dressed(account.signup)
inactive = dressed(account.account_inactive)
reauthenticate = dressed(account.reauthenticate)
email = dressed(account.email)
confirm_email = dressed(account.email_verification_sent)
change_password = dressed(account.password_change)
set_password = dressed(account.password_set)
reset_password = dressed(account.password_reset)
confirm_reset = dressed(account.confirm_password_reset_code)
complete_reset = dressed(account.complete_password_reset)
reset_done = dressed(account.password_reset_from_key_done)
request_code = dressed(account.request_login_code)
confirm_code = dressed(account.confirm_login_code)
second_factor = dressed(mfa.index)
authenticate = dressed(mfa.authenticate)
reauthenticate_code = dressed(mfa.reauthenticate)
activate_totp = dressed(totp.activate_totp)
deactivate_totp = dressed(totp.deactivate_totp)
recovery_codes = dressed(recovery.view_recovery_codes)
generate_codes = dressed(recovery.generate_recovery_codes)
download_codes = dressed(recovery.download_recovery_codes)
