"""The official geography by vintage, and the territory drawn on it."""

import datetime as dt

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PlaceQuerySet(models.QuerySet["Place"]):
    def on(self, day: dt.date) -> "PlaceQuerySet":
        """Keep the places which existed that day (the last day is excluded)."""
        is_open = models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=day)
        return self.filter(is_open, valid_from__lte=day)

    def current(self) -> "PlaceQuerySet":
        return self.filter(valid_to__isnull=True)

    def communes(self) -> "PlaceQuerySet":
        return self.filter(level=Place.Level.COMMUNE)


class Place(models.Model):
    """One existence of an administrative place under one code.

    A code may be used again by another commune: then there are two rows. A
    commune that only changes its name stays the same row (see `PlaceName`).
    """

    class Level(models.TextChoices):
        COMMUNE = "commune", _("commune")
        EPCI = "epci", _("EPCI")
        DEPARTMENT = "department", _("département")
        REGION = "region", _("region")
        EMPLOYMENT_ZONE = "employment_zone", _("employment zone")

    level = models.CharField(max_length=20, choices=Level.choices)
    code = models.CharField(max_length=9)
    valid_from = models.DateField()
    # False when valid_from is only the first day that the files know.
    is_start_known = models.BooleanField(default=True)
    valid_to = models.DateField(null=True, blank=True)
    name = models.CharField(max_length=200)
    # INSEE's type of article (TNCC), from 0 to 8; empty when the file has none.
    article = models.CharField(max_length=1, blank=True)
    search_name = models.CharField(max_length=200)
    # Legal nature of an EPCI: CC, CA, CU, METRO, MET69.
    kind = models.CharField(max_length=10, blank=True)
    # The département of a commune, the region of a département, as of today.
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["search_name", "code", "valid_from"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        indexes = [models.Index(fields=["level", "search_name"])]
        constraints = [
            models.UniqueConstraint(
                fields=["level", "code", "valid_from"], name="places_place_key"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="places_place_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of a commune or an EPCI; other levels have none yet."""
        if self.level not in (self.Level.COMMUNE, self.Level.EPCI):
            return ""
        return reverse(self.level, args=[self.code])

    @property
    def is_current(self) -> bool:
        return self.valid_to is None


class PlaceName(models.Model):
    """A name that a commune bore until a day, while remaining the same commune."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=200)
    article = models.CharField(max_length=1, blank=True)
    search_name = models.CharField(max_length=200, db_index=True)
    until = models.DateField()

    class Meta:
        ordering = ["until"]
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "until"], name="places_placename_key"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A commune in a grouping, over a run of yearly vintages of the file."""

    class Kind(models.TextChoices):
        EPCI = "epci", _("EPCI")
        EMPLOYMENT_ZONE = "employment_zone", _("employment zone")

    child = models.ForeignKey(Place, models.CASCADE, related_name="memberships")
    parent = models.ForeignKey(Place, models.CASCADE, related_name="members")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    since = models.PositiveSmallIntegerField()
    until = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["since"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["child", "kind", "since"], name="places_membership_key"
            ),
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")),
                name="places_membership_run_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} → {self.parent_id} {self.since}–{self.until}"


class Movement(models.Model):
    """What happened to communes on a day: a line of INSEE's list of movements."""

    on = models.DateField()
    # INSEE's own code of the event (MOD): the library's `story.KINDS` names them.
    kind = models.CharField(max_length=2)
    before = models.ForeignKey(
        Place, models.CASCADE, null=True, related_name="movements_out"
    )
    after = models.ForeignKey(
        Place, models.CASCADE, null=True, related_name="movements_in"
    )
    before_name = models.CharField(max_length=200, blank=True)
    after_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("movement")
        verbose_name_plural = _("movements")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(before__isnull=False)
                | models.Q(after__isnull=False),
                name="places_movement_has_a_side",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind} {self.before_name} → {self.after_name}"


class Population(models.Model):
    """The legal population of a place in one edition."""

    class Basis(models.TextChoices):
        PUBLISHED = "published", _("as published")
        ARRONDISSEMENTS = "arrondissements", _("sum of the arrondissements")

    place = models.ForeignKey(Place, models.CASCADE, related_name="populations")
    # The year of reference of the census ("2023"), not the year of publication.
    edition = models.CharField(max_length=4)
    municipal = models.PositiveIntegerField()
    # People counted apart cannot be added up over arrondissements: unknown there.
    apart = models.PositiveIntegerField(null=True, blank=True)
    total = models.PositiveIntegerField(null=True, blank=True)
    basis = models.CharField(
        max_length=20, choices=Basis.choices, default=Basis.PUBLISHED
    )

    class Meta:
        ordering = ["edition"]
        verbose_name = _("population")
        verbose_name_plural = _("populations")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "edition"], name="places_population_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.edition}: {self.municipal}"


class Outline(models.Model):
    """The drawn border of a place in one vintage; neighbours share their lines."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="outlines")
    vintage = models.PositiveSmallIntegerField()
    # A GeoJSON geometry, as text: it is served as it is, never computed on.
    geojson = models.TextField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    class Meta:
        ordering = ["vintage"]
        verbose_name = _("outline")
        verbose_name_plural = _("outlines")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "vintage"], name="places_outline_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.vintage}"


class Territory(models.Model):
    """The territory this site serves: a name, colours, and dated members."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    description = models.TextField(blank=True)
    # Names of CSS colours by use: {"accent": "#…"}.
    colours = models.JSONField(default=dict, blank=True)
    website = models.URLField(blank=True)
    since = models.DateField()

    class Meta:
        ordering = ["key"]
        verbose_name = _("territory")
        verbose_name_plural = _("territories")

    def __str__(self) -> str:
        return self.name


class TerritoryMember(models.Model):
    """A member of a territory, from a day to another; some draw its perimeter."""

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="members")
    place = models.ForeignKey(Place, models.PROTECT, related_name="territories")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    # A département may be a member without its communes being in the perimeter.
    counts_in_perimeter = models.BooleanField(default=True)

    class Meta:
        ordering = ["since", "place__search_name"]
        verbose_name = _("member of a territory")
        verbose_name_plural = _("members of a territory")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "place", "since"],
                name="places_territorymember_key",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True)
                | models.Q(until__gt=models.F("since")),
                name="places_territorymember_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} in {self.territory_id}"
