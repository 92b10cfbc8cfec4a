"""Forms about people."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from terril.site.people.models import Person


class SignupDetailsForm(forms.Form):
    """The name, beside what the sign-in library asks."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)

    def signup(self, request: HttpRequest, user: Person) -> None: ...
