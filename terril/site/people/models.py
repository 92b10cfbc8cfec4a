"""Persons, most of them without a password, organisations, mandates, roles."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terril.site.people.roles import ROLES, role_in_words
from terril.site.places.models import Place


class Organisation(models.Model):
    """Anything that can hold a project or sit on a committee."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        INTERMUNICIPAL = "intermunicipal", _("intermunicipal authority")
        DEPARTMENT = "department", _("département")
        PUBLIC = "public", _("other public body")
        COMPANY = "company", _("company")
        ASSOCIATION = "association", _("association")
        COOPERATIVE = "cooperative", _("cooperative")
        SCHOOL = "school", _("school or university")
        COLLECTIVE = "collective", _("group of inhabitants")
        UNKNOWN = "unknown", _("not known")

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    search_name = models.CharField(max_length=220, db_index=True, editable=False)
    kind = models.CharField(
        _("kind"), max_length=16, choices=Kind.choices, default=Kind.UNKNOWN
    )
    siren = models.CharField("SIREN", max_length=9, blank=True, db_index=True)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    commune = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    website = models.URLField(_("web site"), blank=True)
    # Belongs to the institution that this site serves, as its statutes say.
    is_member = models.BooleanField(_("member of the institution"), default=False)
    is_public = models.BooleanField(default=False)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ["search_name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.slug])


class PersonManager(BaseUserManager["Person"]):
    """Make persons; an account is a person with an e-mail address."""

    def create_user(
        self, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "Person":
        person = self.model(email=self.normalize_email(email) or None, **fields)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """Somebody, with or without an account."""

    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    given_name = models.CharField(_("given name"), max_length=80, blank=True)
    family_name = models.CharField(_("family name"), max_length=80, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[("fr", "Français"), ("en", "English")],
        default="fr",
    )
    is_active = models.BooleanField(default=True)
    is_example = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = PersonManager()

    class Meta:
        ordering = ["family_name", "given_name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("persons")

    def __str__(self) -> str:
        return self.full_name or self.email or f"#{self.pk}"

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def has_account(self) -> bool:
        return bool(self.email)

    def get_absolute_url(self) -> str:
        """Return the page of a person in the directory of administrators."""
        return reverse("person", args=[self.pk])

    # The machinery of sign-in asks these two names of any account.
    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.given_name or str(self)


class DatedQuerySet(models.QuerySet[Any]):
    """Things that begin and end."""

    def current(self, on: date) -> "DatedQuerySet":
        return self.filter(
            models.Q(since__isnull=True) | models.Q(since__lte=on),
            models.Q(until__isnull=True) | models.Q(until__gt=on),
        )


class Mandate(models.Model):
    """What a person is in an organisation, for a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="mandates"
    )
    title = models.CharField(_("title"), max_length=120)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "person"]
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True)
                | models.Q(since__isnull=True)
                | models.Q(until__gt=models.F("since")),
                name="people_mandate_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title} ({self.organisation})"


class RoleGrant(models.Model):
    """A role a person holds, for a time; `committee` narrows a member's."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=16)
    committee = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["person", "role"]
        verbose_name = _("role granted")
        verbose_name_plural = _("roles granted")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "committee"],
                condition=models.Q(until__isnull=True),
                name="people_rolegrant_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role_name}"

    @property
    def role_name(self) -> str:
        return role_in_words(self.role, self.committee)

    @property
    def role_description(self) -> str:
        return str(ROLES[self.role].description) if self.role in ROLES else ""


class Invitation(models.Model):
    """A link that opens an account with a role; only its digest is kept."""

    email = models.EmailField()
    role = models.CharField(max_length=16)
    committee = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=80, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-invited_at"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None, accepted_by=None)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="people_invitation_accepted_by_and_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.role_name}"

    @property
    def role_name(self) -> str:
        return role_in_words(self.role, self.committee)

    @property
    def role_description(self) -> str:
        return str(ROLES[self.role].description) if self.role in ROLES else ""

    def is_open(self, at: datetime) -> bool:
        return not (self.accepted_at or self.withdrawn_at) and at < self.expires_at
