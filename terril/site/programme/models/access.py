"""Codes that let a dossier in after the closing of a call."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from terril.site.people.models import Person
from terril.site.programme.models.calls import Call


class AccessCode(models.Model):
    """Some deposits after the closing, until an instant; its digest alone is kept."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="access_codes")
    # The only draft it lets in; none named: any of the call.
    dossier = models.ForeignKey(
        "programme.Dossier", models.CASCADE, null=True, blank=True, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    given_to = models.CharField(_("given to"), max_length=160, blank=True)
    # A use is a deposit: writing uses nothing up.
    uses = models.PositiveSmallIntegerField(_("deposits allowed"))
    used = models.PositiveSmallIntegerField(default=0, editable=False)
    ends_at = models.DateTimeField(_("until"))
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("access code")
        verbose_name_plural = _("access codes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used__lte=models.F("uses")),
                name="programme_accesscode_not_overused",
            )
        ]

    def __str__(self) -> str:
        return f"{self.call}, {self.made_at:%d/%m/%Y}"

    def lets_in(self, at: datetime) -> bool:
        """Tell whether it allows one more deposit; its last instant is in time."""
        return self.is_usable and at <= self.ends_at

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and self.used < self.uses
