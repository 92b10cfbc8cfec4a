"""The register of labelled projects, each with its public history."""

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terril.site.people.models import Organisation
from terril.site.places.models import Place
from terril.site.programme.models import Call, Decision
from terril.site.programme.models.calls import localised
from terril.site.programme.themes import THEMES


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects by what they are on a day: a validity that runs out needs no clerk."""

    def standing(self, on: date) -> "ProjectQuerySet":
        return self.filter(
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=on),
            state=Project.State.LABELLED,
        )

    def in_state(self, state: str, on: date) -> "ProjectQuerySet":
        if state == Project.State.WITHDRAWN:
            return self.filter(state=state)
        if state == Project.State.LABELLED:
            return self.standing(on)
        is_over = models.Q(state=Project.State.LABELLED, valid_until__lt=on)
        return self.filter(is_over | models.Q(state=Project.State.ENDED))

    def real(self) -> "ProjectQuerySet":
        """Leave the fictional examples out."""
        return self.filter(is_example=False)


class Project(models.Model):
    """A labelled project, as the register knows it; unknown fields stay empty."""

    class Distinction(models.TextChoices):
        LABEL = "label", _("Label")
        ESPOIRS = "espoirs", _("Label Espoirs")

    class State(models.TextChoices):
        LABELLED = "labelled", _("labelled")
        ENDED = "ended", _("ended")
        WITHDRAWN = "withdrawn", _("label withdrawn")

    class Certainty(models.TextChoices):
        DECIDED = "decided", _("decision recorded here")
        CONFIRMED = "confirmed", _("confirmed by a source")
        PARTIAL = "partial", _("label confirmed, edition not known")

    # `2026-L03` when decided here, `C-07` when known by sources: never a title.
    number = models.CharField(max_length=32, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=250)
    summary = models.TextField(_("summary"), blank=True)
    summary_en = models.TextField(blank=True)
    search_text = models.TextField(editable=False)
    distinction = models.CharField(
        max_length=8, choices=Distinction.choices, default=Distinction.LABEL
    )
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.LABELLED, db_index=True
    )
    certainty = models.CharField(max_length=10, choices=Certainty.choices)
    certainty_note = models.TextField(blank=True)
    certainty_note_en = models.TextField(blank=True)
    theme = models.CharField(
        _("theme"), max_length=16, choices=list(THEMES.items()), blank=True
    )
    call = models.ForeignKey(
        Call, models.PROTECT, null=True, blank=True, related_name="projects"
    )
    edition_note = models.CharField(max_length=120, blank=True)
    edition_note_en = models.CharField(max_length=120, blank=True)
    # The year of the label as its source gives it; empty when none does.
    year = models.PositiveSmallIntegerField(null=True, blank=True, db_index=True)
    holder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="projects"
    )
    places = models.ManyToManyField(Place, related_name="projects", blank=True)
    epci = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="epci_projects"
    )
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    # True when the point is only the centre of the commune.
    is_at_commune = models.BooleanField(default=False)
    labelled_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="project"
    )
    # The code to verify; labels known by sources only have none.
    certificate = models.CharField(max_length=16, unique=True, null=True, blank=True)
    journal_head = models.CharField(max_length=64, blank=True)
    registered_at = models.DateTimeField()
    is_example = models.BooleanField(default=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-call__rank", "name"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="withdrawn", withdrawn_on__isnull=False)
                | (~models.Q(state="withdrawn") & models.Q(withdrawn_on__isnull=True)),
                name="projects_project_withdrawn_has_day",
            ),
            models.CheckConstraint(
                condition=models.Q(longitude=None, latitude=None)
                | models.Q(longitude__isnull=False, latitude__isnull=False),
                name="projects_project_point_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(decision=None, certificate=None)
                | models.Q(decision__isnull=False, certificate__isnull=False),
                name="projects_project_decided_has_certificate",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("project", args=[self.slug])

    def state_on(self, day: date) -> "Project.State":
        """Return the state as of a day: a label whose validity has run out has ended."""
        is_over = self.valid_until is not None and self.valid_until < day
        if self.state == self.State.LABELLED and is_over:
            return self.State.ENDED
        return self.State(self.state)

    def localised(self, field: str) -> str:
        return localised(self, field)


class ProjectSource(models.Model):
    """Where something said of a project can be read."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="sources")
    url = models.URLField(max_length=400)
    supports = models.CharField(max_length=200, blank=True)
    supports_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["project", "pk"]
        verbose_name = _("source of a project")
        verbose_name_plural = _("sources of a project")

    def __str__(self) -> str:
        return self.url

    def localised(self, field: str) -> str:
        return localised(self, field)


class ProjectEvent(models.Model):
    """One line of the public history of a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="events")
    # Sources often give a year or a season, seldom a day.
    on = models.DateField(null=True, blank=True)
    period = models.CharField(max_length=40, blank=True)
    period_en = models.CharField(max_length=40, blank=True)
    sentence = models.CharField(max_length=400)
    sentence_en = models.CharField(max_length=400, blank=True)
    source = models.URLField(max_length=400, blank=True)

    class Meta:
        ordering = ["project", "on", "pk"]
        verbose_name = _("event of a project")
        verbose_name_plural = _("events of a project")

    def __str__(self) -> str:
        return self.sentence[:60]

    def localised(self, field: str) -> str:
        return localised(self, field)
