"""Lock first, when two people may act at once."""

from django.db.models import Model


def lock(thing: Model, *beside: str) -> None:
    """Take the row until the end of the transaction, and read it again as it is now.

    What stands beside it, by the names of its relations, is read along, not taken.
    """
    rows = type(thing)._meta.default_manager.select_for_update(of=("self",))  # type: ignore[union-attr]
    thing.refresh_from_db(
        from_queryset=rows.select_related(*beside) if beside else rows
    )
