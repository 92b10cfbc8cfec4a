"""The desk of each role: what to do today, what waits for others, what changed."""

from terril.site.website.queries.desks.desk import Desk, Item, Section, desk_of

__all__ = ["Desk", "Item", "Section", "desk_of"]
