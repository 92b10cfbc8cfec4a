"""What every room leaves behind: journal lines, letters, documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JournalEntry(models.Model):
    """One line of the journal; it carries the digest of the line before."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60, db_index=True)
    about = models.CharField(max_length=80, db_index=True)
    by = models.CharField(max_length=80, blank=True)
    note_digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.about}"


class JournalNote(models.Model):
    """The free text of a line: erasable, while the line keeps its salted hash."""

    entry = models.OneToOneField(
        JournalEntry, on_delete=models.PROTECT, related_name="note"
    )
    salt = models.CharField(max_length=32)
    text = models.TextField()

    class Meta:
        verbose_name = _("journal note")
        verbose_name_plural = _("journal notes")

    def __str__(self) -> str:
        return f"note {self.entry_id}"


class JournalHead(models.Model):
    """The end of the chain: a single row, locked by whoever adds a line."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("head of the journal")
        verbose_name_plural = _("heads of the journal")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="commons_journalhead_single"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"


class Letter(models.Model):
    """An e-mail in the outbox: written once, sent at most once."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        DISCARDED = "discarded", _("discarded")

    key = models.CharField(max_length=120, unique=True)
    template = models.CharField(max_length=80)
    language = models.CharField(max_length=2, default="fr")
    recipient = models.EmailField()
    recipient_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    about = models.CharField(max_length=80, db_index=True)
    batch = models.CharField(max_length=80, blank=True, db_index=True)
    status = models.CharField(max_length=10, choices=Status.choices, db_index=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="sent", sent_at__isnull=False)
                | (~models.Q(status="sent") & models.Q(sent_at__isnull=True)),
                name="commons_letter_sent_has_instant",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"


class Document(models.Model):
    """A file somebody handed over: its bytes, their digest, and what it is about."""

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", _("not scanned")
        CLEAN = "clean", _("clean")
        INFECTED = "infected", _("infected")

    file = models.FileField(upload_to="documents/%Y/%m")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    about = models.CharField(max_length=80, db_index=True)
    by = models.CharField(max_length=80, blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    scan = models.CharField(
        max_length=12, choices=Scan.choices, default=Scan.NOT_SCANNED
    )

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.name
