"""What everybody may read of the editions of the label."""

from datetime import datetime

from django.db.models import Q, QuerySet

from terril.site.programme.models import Call, Regime


def published_calls() -> QuerySet[Call]:
    """Return the calls that have a public page, the next or last to close first."""
    published = Call.objects.filter(
        published_at__isnull=False, opens_at__isnull=False, closes_at__isnull=False
    )
    return published.select_related("regime").order_by("-closes_at")


def call_of_the_day(at: datetime) -> Call | None:
    """Return the call open now; else the next to open; else none."""
    ahead = published_calls().filter(closes_at__gte=at)
    return ahead.order_by("opens_at").first()


def editions() -> QuerySet[Call]:
    """Return the editions that may be shown: those published, and past ones."""
    # A draft has no source yet: what sources say of past editions is public.
    known = Q(published_at__isnull=False) | ~Q(sources=[])
    return Call.objects.filter(known).select_related("regime").order_by("-rank")


def published_regimes() -> QuerySet[Regime]:
    """Return the rules of each era, the latest first."""
    return Regime.objects.filter(published_at__isnull=False).order_by("-key")
