"""Dossiers, who writes them, what they answer."""

from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terril.site.people.models import Organisation, Person
from terril.site.places.models import Place
from terril.site.programme.models.access import AccessCode
from terril.site.programme.models.calls import Call, Question
from terril.site.programme.themes import THEMES


class Dossier(models.Model):
    """A candidature: what one holder submits to one call."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        TO_COMPLETE = "to_complete", _("to be completed")
        ADMISSIBLE = "admissible", _("admissible")
        INADMISSIBLE = "inadmissible", _("not admissible")
        EXAMINATION = "examination", _("under examination")
        DELIBERATION = "deliberation", _("awaiting the decision")
        DECIDED = "decided", _("decided")
        WITHDRAWN = "withdrawn", _("withdrawn")

    call = models.ForeignKey(Call, models.PROTECT, related_name="dossiers")
    code = models.CharField(max_length=8, unique=True)
    receipt = models.CharField(max_length=24, unique=True, null=True, blank=True)
    status = models.CharField(
        max_length=14, choices=Status.choices, default=Status.DRAFT, db_index=True
    )
    title = models.CharField(_("title"), max_length=250, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    theme = models.CharField(
        _("theme"), max_length=16, choices=list(THEMES.items()), blank=True
    )
    commune = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="dossiers"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="dossiers"
    )
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    search_text = models.TextField(blank=True, editable=False)
    # The code that lets the draft in after the closing, if one was entered.
    access_code = models.ForeignKey(
        AccessCode, models.RESTRICT, null=True, blank=True, related_name="dossiers"
    )
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # A deposit on paper: who entered it, when, and why out of the dates of the call.
    entered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(null=True, blank=True)
    entry_reason = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(submitted_at=None, receipt=None)
                | models.Q(submitted_at__isnull=False, receipt__isnull=False),
                name="programme_dossier_receipt_with_instant",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "withdrawn"])
                | models.Q(submitted_at__isnull=False),
                name="programme_dossier_submitted_has_instant",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.code

    def get_absolute_url(self) -> str:
        return reverse("dossier", args=[self.code])

    @property
    def closes_at(self) -> datetime | None:
        """The last instant to hand it in: that of its code, else of its call."""
        code = self.access_code
        return code.ends_at if code and code.is_usable else self.call.closes_at


class DossierMember(models.Model):
    """Somebody who works on a dossier: its holder, or a collaborator."""

    class Part(models.TextChoices):
        HOLDER = "holder", _("project holder")
        COLLABORATOR = "collaborator", _("collaborator")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="dossiers")
    part = models.CharField(max_length=12, choices=Part.choices)
    since = models.DateTimeField()

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("member of a dossier")
        verbose_name_plural = _("members of a dossier")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "person"], name="programme_dossiermember_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.dossier}"

    def outranks(
        self, others: models.QuerySet["DossierMember"]
    ) -> models.QuerySet["DossierMember"]:
        """Return those among others that a holder of the same dossier goes before."""
        if self.part != self.Part.HOLDER:
            return others.none()
        return others.filter(dossier=self.dossier, part=self.Part.COLLABORATOR)


class Answer(models.Model):
    """What a dossier answers to a question; the revision tells two editors apart."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    value = models.JSONField(null=True)
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["question__position"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "question"], name="programme_answer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier}: {self.question.key}"
