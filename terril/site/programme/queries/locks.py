"""Lock first, when two people may act at once."""

from django.db.models import Model


def lock(thing: Model) -> None:
    """Take the row until the end of the transaction, and read it again as it is now."""
    rows = type(thing)._meta.default_manager.select_for_update()  # type: ignore[union-attr]
    thing.refresh_from_db(from_queryset=rows)
