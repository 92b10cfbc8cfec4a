"""The register of labelled projects, each with its public history."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy as _

from terril.site.people.models import Organisation
from terril.site.places.models import Place
from terril.site.programme.models import Call, Decision
from terril.site.programme.themes import THEMES


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

    number = models.CharField(max_length=20, unique=True)
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
    theme = models.CharField(
        _("theme"), max_length=16, choices=list(THEMES.items()), blank=True
    )
    call = models.ForeignKey(
        Call, models.PROTECT, null=True, blank=True, related_name="projects"
    )
    edition_note = models.CharField(max_length=120, blank=True)
    holder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="projects"
    )
    places = models.ManyToManyField(Place, related_name="projects", blank=True)
    epci = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="epci_projects"
    )
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    labelled_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="project"
    )
    certificate = models.CharField(max_length=16, unique=True)
    journal_head = models.CharField(max_length=64, blank=True)
    registered_at = models.DateTimeField()
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ["-call__rank", "name"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("project", args=[self.slug])

    @property
    def text(self) -> str:
        """The summary in the reader's language, else in French."""
        english = self.summary_en if get_language() == "en" else ""
        return english or self.summary


class ProjectSource(models.Model):
    """Where something said of a project can be read."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="sources")
    url = models.URLField(max_length=400)
    supports = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["project", "pk"]
        verbose_name = _("source of a project")
        verbose_name_plural = _("sources of a project")

    def __str__(self) -> str:
        return self.url


class ProjectEvent(models.Model):
    """One line of the public history of a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="events")
    # Sources often give a year or a season, seldom a day.
    on = models.DateField(null=True, blank=True)
    period = models.CharField(max_length=40, blank=True)
    sentence = models.CharField(max_length=400)
    sentence_en = models.CharField(max_length=400, blank=True)
    source = models.URLField(max_length=400, blank=True)

    class Meta:
        ordering = ["project", "on", "pk"]
        verbose_name = _("event of a project")
        verbose_name_plural = _("events of a project")

    def __str__(self) -> str:
        return self.sentence[:60]

    @property
    def text(self) -> str:
        """The sentence in the reader's language, else in French."""
        english = self.sentence_en if get_language() == "en" else ""
        return english or self.sentence
