"""Regimes, calls and their questions."""

from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy as _


def localised(thing: models.Model, field: str) -> str:
    """Return a text in the reader's language, else in French."""
    english = getattr(thing, f"{field}_en") if get_language() == "en" else ""
    return english or str(getattr(thing, field))


class Regime(models.Model):
    """The rules of an era of the label: a text that never changes once published."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=160)
    text = models.JSONField()
    digest = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["key"]
        verbose_name = _("regime")
        verbose_name_plural = _("regimes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest="", published_at__isnull=True)
                | (~models.Q(digest="") & models.Q(published_at__isnull=False)),
                name="programme_regime_published_has_digest",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("regime", args=[self.key])


class Call(models.Model):
    """An edition of the label: an opening, a closing, questions, a regime.

    Past editions are known by what sources say of them: their dates, regime and
    counts may be unknown, and stay so.
    """

    code = models.SlugField(max_length=20, unique=True)
    rank = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    summary_en = models.TextField(blank=True)
    years = models.CharField(_("years"), max_length=20, blank=True)
    regime = models.ForeignKey(
        Regime, models.PROTECT, null=True, blank=True, related_name="calls"
    )
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    last_receipt = models.PositiveIntegerField(default=0, editable=False)
    # What sources say of past editions; empty means that none was found.
    stated_candidates = models.PositiveIntegerField(null=True, blank=True)
    stated_laureates = models.PositiveIntegerField(null=True, blank=True)
    stated_cumulated = models.PositiveIntegerField(null=True, blank=True)
    stated_body = models.CharField(max_length=160, blank=True)
    known_dates = models.TextField(blank=True)
    known_dates_en = models.TextField(blank=True)
    sources = models.JSONField(default=list, blank=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ["-rank"]
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="programme_call_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return self.localised("title")

    def get_absolute_url(self) -> str:
        return reverse("call", args=[self.code])

    def localised(self, field: str) -> str:
        return localised(self, field)

    def is_open(self, at: datetime) -> bool:
        """Tell whether it takes dossiers; opening and closing instants included."""
        if not (self.published_at and self.opens_at and self.closes_at):
            return False
        return self.opens_at <= at <= self.closes_at


class RegimeChange(models.Model):
    """New rules for a call already published: which, why, when; never silently."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="regime_changes")
    before = models.ForeignKey(Regime, models.PROTECT, related_name="+")
    after = models.ForeignKey(Regime, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    reason_en = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["changed_at"]
        verbose_name = _("change of regime")
        verbose_name_plural = _("changes of regime")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")),
                name="programme_regimechange_is_a_change",
            )
        ]

    def __str__(self) -> str:
        return f"{self.call}, {self.changed_at:%d/%m/%Y}"

    @property
    def why(self) -> str:
        return localised(self, "reason")


class Question(models.Model):
    """One thing a call asks; `fills` names the column of the dossier it feeds."""

    class Kind(models.TextChoices):
        TEXT = "text", _("short text")
        LONG_TEXT = "long_text", _("long text")
        CHOICE = "choice", _("choice")
        AMOUNT = "amount", _("amount")
        DATE = "date", _("date")
        COMMUNE = "commune", _("commune")
        ORGANISATION = "organisation", _("organisation")
        POINT = "point", _("place on the map")
        FILES = "files", _("files")
        NUMBER = "number", _("number")
        MANY = "many", _("several choices")
        BOX = "box", _("box to tick")
        GROUP = "group", _("table of lines")

    class Fills(models.TextChoices):
        TITLE = "title", _("title")
        SUMMARY = "summary", _("summary")
        THEME = "theme", _("theme")
        COMMUNE = "commune", _("commune")
        ORGANISATION = "organisation", _("organisation")
        POINT = "point", _("point")

    call = models.ForeignKey(Call, models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=40)
    section = models.CharField(_("section"), max_length=120)
    section_en = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    fills = models.CharField(max_length=16, choices=Fills.choices, blank=True)
    label = models.CharField(_("label"), max_length=250)
    label_en = models.CharField(max_length=250, blank=True)
    help = models.TextField(_("help"), blank=True)
    help_en = models.TextField(blank=True)
    example = models.TextField(_("example"), blank=True)
    example_en = models.TextField(blank=True)
    is_required = models.BooleanField(_("required"), default=False)
    # Characters or words for a text, files for files, lines for a table.
    limit = models.PositiveIntegerField(_("limit"), null=True, blank=True)
    counts_words = models.BooleanField(_("the limit counts words"), default=False)
    # [{"key": …, "label": …, "label_en": …}]
    choices = models.JSONField(default=list, blank=True)
    # Those of a table: [{"key": …, "label": …, "label_en": …, "kind": …}]
    columns = models.JSONField(default=list, blank=True)
    # {"question": key, "verb": …, "values": […]}, or nothing: always shown.
    shown_if = models.JSONField(default=dict, blank=True)
    # {"verb": …, "values": […], "reason": …, "reason_en": …}, or nothing.
    refuses = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["call", "position"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "key"], name="programme_question_key_once"
            ),
            models.UniqueConstraint(
                fields=["call", "fills"],
                condition=~models.Q(fills=""),
                name="programme_question_fills_once",
            ),
        ]

    def __str__(self) -> str:
        return self.localised("label")

    def localised(self, field: str) -> str:
        return localised(self, field)
