"""Forms about people and organisations."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import Refused
from terril.site.commons.forms import FrenchDateField
from terril.site.people import queries, rules
from terril.site.people.actions import Offer, Term
from terril.site.people.models import Organisation, Person
from terril.site.people.roles import COMMITTEES, ROLES
from terril.site.places import queries as places, rules as place_rules
from terril.site.places.models import Place


def passed(check: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """Say a refusal beside the field it is about."""
    try:
        return check(*args, **options)
    except Refused as refusal:
        sentence = f"{refusal.sentence} {refusal.next_step}".strip()
        raise forms.ValidationError(sentence, code="refused") from refusal


class SignupDetailsForm(forms.Form):
    """The name, beside what the sign-in library asks."""

    given_name = forms.CharField(
        label=_("Given name"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    family_name = forms.CharField(
        label=_("Family name"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )
    field_order = ["given_name", "family_name", "email", "password1", "password2"]

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Do nothing more: the adapter has kept the names."""


class NamesForm(forms.Form):
    """How somebody is called."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)

    def names(self) -> tuple[str, str]:
        data = self.cleaned_data
        return data["given_name"], data["family_name"]


class PersonForm(NamesForm):
    """What one may change in a person's details."""

    language = forms.ChoiceField(
        label=_("Language of letters"),
        choices=Person._meta.get_field("language").choices or (),
    )

    @classmethod
    def of(cls, person: Person, data: Any = None) -> "PersonForm":
        names = ("given_name", "family_name", "language")
        return cls(data, initial={name: getattr(person, name) for name in names})


class RoleForm(forms.Form):
    """A role to give, with its committee when it needs one."""

    role = forms.ChoiceField(label=_("Role"))
    committee = forms.CharField(
        label=_("Committee"),
        required=False,
        max_length=40,
        help_text=_(
            "For a committee member only: partners, youth, experts, "
            "or the key of another committee of the regime."
        ),
        widget=forms.TextInput({"list": "committees", "autocomplete": "off"}),
        validators=[
            RegexValidator(
                r"^[a-z0-9-]+$",
                _("A key is made of small letters, digits and hyphens: experts."),
            )
        ],
    )
    committees = COMMITTEES

    def __init__(self, *args: Any, given_by: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        given = rules.roles_given_by(given_by)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (key, role.name) for key, role in ROLES.items() if key in given
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "role" in data and "committee" in data:
            passed(rules.check_role, data["role"], data["committee"])
        return data


class InvitationForm(RoleForm):
    """Whom one invites, and as what."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    field_order = ["email", "role", "committee"]

    def offer(self, about: Person | None = None) -> Offer:
        return Offer(**self.cleaned_data, about=about)


class SiretField(forms.CharField):
    """A SIRET as people write it; each way to miss has its own sentence."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "SIRET")
        options.setdefault("max_length", 40)
        options.setdefault("widget", forms.TextInput({"inputmode": "numeric"}))
        super().__init__(**options)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return str(passed(rules.check_siret, text)) if text else ""


class SirenField(SiretField):
    """A SIREN as people write it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": "SIREN", **options})

    def clean(self, value: Any) -> str:
        text = forms.CharField.clean(self, value)
        return str(passed(rules.check_siren, text)) if text else ""


class CommuneField(forms.CharField):
    """A commune by its code, or by its name where there is no doubt."""

    default_error_messages = {
        "unknown": _("No commune bears this name or code. Check the spelling."),
        "several": _("Several communes are called so: %(names)s. Write the code."),
    }

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if text[:1].isdigit():
            return self._only([places.commune(passed(self._code, text))])
        found = places.places_found(text)
        communes = [one for one in found if one.level == Place.Level.COMMUNE]
        wanted = place_rules.search_name(text)
        exact = [one for one in communes if one.search_name == wanted]
        return self._only(exact or communes)

    def _code(self, text: str) -> str:
        return place_rules.check_commune_code(text.split(maxsplit=1)[0])

    def _only(self, found: Sequence[Place | None]) -> Place:
        communes = [one for one in found if one]
        if not communes:
            raise forms.ValidationError(self.error_messages["unknown"], "unknown")
        if len(communes) > 1:
            names = ", ".join(f"{one.name} ({one.code})" for one in communes[:5])
            raise forms.ValidationError(
                self.error_messages["several"], "several", {"names": names}
            )
        return communes[0]


class OrganisationForm(forms.Form):
    """All that one writes about an organisation."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind.choices)
    siret = SiretField(
        required=False, help_text=_("14 digits; spaces and dots are accepted.")
    )
    siren = SirenField(
        required=False,
        help_text=_("9 digits; deduced from the SIRET when it is known."),
    )
    commune = CommuneField(
        label=_("Commune"),
        required=False,
        help_text=_("Its name, or its INSEE code: Lens or 62498."),
    )
    website = forms.URLField(label=_("Web site"), required=False, assume_scheme="https")
    is_public = forms.BooleanField(
        label=_("Show this organisation on the public site"), required=False
    )

    def __init__(
        self, *args: Any, organisation: Organisation | None = None, **options: Any
    ) -> None:
        self.organisation = organisation
        if organisation:
            options.setdefault("initial", _initial(organisation))
        super().__init__(*args, **options)

    def clean_siret(self) -> str:
        siret: str = self.cleaned_data["siret"]
        holder = queries.organisation_of_siret(siret)
        if holder != self.organisation:
            passed(rules.check_unused, siret, holder=holder)
        return siret

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        siren, siret = data.get("siren", ""), data.get("siret", "")
        passed(rules.check_siren_of_siret, siren, siret)
        return data

    def details(self) -> rules.Details:
        return rules.Details(**self.cleaned_data)


class MandateForm(forms.Form):
    """What somebody is in an organisation, and for how long."""

    person = forms.ModelChoiceField(Person.objects.all(), label=_("Person"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("Organisation")
    )
    title = forms.CharField(
        label=_("Position"),
        max_length=120,
        help_text=_("For example: mayor, president."),
    )
    since = FrenchDateField(
        label=_("Since"), required=False, help_text=_("As 31/05/2026; may be unknown.")
    )
    until = FrenchDateField(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        passed(rules.check_mandate_end, data.get("since"), data.get("until"))
        return data

    def parties(self) -> tuple[Person, Organisation]:
        return self.cleaned_data["person"], self.cleaned_data["organisation"]

    def term(self) -> Term:
        data = self.cleaned_data
        return Term(data["title"], data["since"], data["until"])

    def fixed(self, name: str, value: Any) -> "MandateForm":
        """Return the form with one side settled by the page it stands on."""
        self.fields[name].widget = forms.HiddenInput()
        self.fields[name].initial = value.pk
        return self


def _initial(organisation: Organisation) -> dict[str, Any]:
    names = ("name", "kind", "siret", "siren", "website", "is_public")
    values = {name: getattr(organisation, name) for name in names}
    commune = organisation.commune
    return {**values, "commune": commune.code if commune else ""}
