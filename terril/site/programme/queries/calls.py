"""Reads about calls and regimes."""

from datetime import datetime

from terril.site.programme.models import Call


def boundaries_passed(at: datetime) -> int:
    """Count the openings and closings behind us: pages change when it grows."""
    opened = Call.objects.filter(opens_at__lte=at).count()
    closed = Call.objects.filter(closes_at__lt=at).count()
    return opened + closed
