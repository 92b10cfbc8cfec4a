"""What the team, the committees and the deciding body say of a dossier."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terril.site.meetings.models import Meeting
from terril.site.people.models import Person
from terril.site.programme.models.dossiers import Dossier


class CompletionRequest(models.Model):
    """What an agent asks the holder to add before going on."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="completions")
    message = models.TextField(_("message"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at"]
        verbose_name = _("completion request")
        verbose_name_plural = _("completion requests")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=models.Q(answered_at__isnull=True),
                name="programme_completionrequest_one_pending",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier}, {self.asked_at:%d/%m/%Y}"


class Admissibility(models.Model):
    """The ruling of a case officer: may this dossier be examined, and why."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="rulings")
    is_admissible = models.BooleanField()
    # Keys of `rules.examination.GROUNDS`: named reasons, read in any language.
    grounds = models.JSONField(default=list, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    ruled_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ruled_at = models.DateTimeField()

    class Meta:
        ordering = ["ruled_at"]
        verbose_name = _("admissibility")
        verbose_name_plural = _("admissibilities")

    def __str__(self) -> str:
        return f"{self.dossier}, {self.ruled_at:%d/%m/%Y}"


class AnalysisReport(models.Model):
    """What the committees read first: the project as the examination team sees it."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="report")
    context = models.TextField(_("context"), blank=True)
    strengths = models.TextField(_("strengths"), blank=True)
    cautions = models.TextField(_("points of caution"), blank=True)
    for_committees = models.TextField(_("points for the committees"), blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["dossier"]
        verbose_name = _("analysis report")
        verbose_name_plural = _("analysis reports")

    def __str__(self) -> str:
        return str(self.dossier)


class Opinion(models.Model):
    """What one committee of the regime says of a dossier."""

    class Stance(models.TextChoices):
        FAVOURABLE = "favourable", _("favourable")
        RESERVED = "reserved", _("favourable with reservations")
        UNFAVOURABLE = "unfavourable", _("unfavourable")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="opinions")
    committee = models.CharField(_("committee"), max_length=40)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="opinions"
    )
    stance = models.CharField(_("opinion"), max_length=12, choices=Stance.choices)
    text = models.TextField(_("text of the opinion"))
    given_on = models.DateField(_("given on"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["given_on", "pk"]
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "committee"], name="programme_opinion_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.committee}: {self.dossier}"


class Decision(models.Model):
    """What the deciding body decides; a secret until `published_at`."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="decision")
    outcome = models.CharField(_("outcome"), max_length=20)
    reasons = models.TextField(_("reasons"))
    # Empty where the regime asks for none.
    act_reference = models.CharField(
        _("reference of the act"), max_length=80, blank=True
    )
    decided_on = models.DateField(_("decided on"))
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    # What was prepared before each correction: as secret as the decision itself.
    former = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        ordering = ["decided_on", "pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        # Never the outcome: names of things are read where decisions are secret.
        return str(self.dossier)


class Reservation(models.Model):
    """A condition laid on a dossier, and who must lift it."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="reservations")
    text = models.TextField(_("reservation"))
    owner = models.CharField(_("who must lift it"), max_length=160)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    evidence = models.TextField(blank=True)

    class Meta:
        ordering = ["decision", "pk"]
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")

    def __str__(self) -> str:
        return self.text[:60]
