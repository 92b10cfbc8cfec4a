"""Reads about calls and regimes."""

from datetime import datetime

from django.db.models import Count, Q

from terril.site.programme.models import Call


def boundaries_passed(at: datetime) -> int:
    """Count the openings and closings behind us: pages change when it grows."""
    passed = Call.objects.aggregate(
        opened=Count("pk", filter=Q(opens_at__lte=at)),
        closed=Count("pk", filter=Q(closes_at__lt=at)),
    )
    return int(passed["opened"] + passed["closed"])
