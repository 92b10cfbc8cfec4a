"""Sessions of any body: who met, when, and under which reference."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terril.site.people.models import Organisation


class Body(models.Model):
    """A body that meets: an assembly, a committee, a bureau."""

    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(max_length=60, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="bodies"
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("body")
        verbose_name_plural = _("bodies")

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """One session of a body; its agenda is made of addresses."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(_("starts at"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    reference = models.CharField(_("reference"), max_length=40, blank=True)
    agenda = models.JSONField(default=list, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def __str__(self) -> str:
        return f"{self.body}, {self.starts_at:%d/%m/%Y}"
