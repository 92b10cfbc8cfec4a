"""Counts of communes added up to every level at once, in one reading of the counts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

SEGMENT = "_segment"


def to_levels(
    observations: "ir.Table", memberships: "ir.Table", levels: Sequence[str]
) -> "ir.Table":
    """Return the sums of counts by indicator, level, place and period.

    `observations` has `indicator`, `place` (a commune), `period` and `value`;
    `memberships` has one row per commune: `place`, and its place at each of the
    `levels`, a column each. Communes without a place at a level are left out of
    that level. Only lawful for kinds that may be summed over places.

    Levels do not nest in each other (an employment zone crosses départements), but
    few combinations of them exist: rows are first added up by combination, in one
    reading, and the combinations are then added up to each level (the common
    sub-aggregate of Gray et al., "Data cube", 1997).
    """
    import ibis  # noqa: PLC0415 -- slow import

    keys = [memberships[level] for level in levels]
    numbered = memberships.mutate(
        **{SEGMENT: ibis.dense_rank().over(order_by=keys).cast("int32")}
    )
    placed = observations.join(numbered.select("place", SEGMENT), "place")
    parts = placed.group_by("indicator", "period", SEGMENT).agg(
        value=_sum(placed.value)
    )
    segments = numbered.select(SEGMENT, *levels).distinct()
    whole = parts.join(segments, SEGMENT)
    tables = [
        whole.filter(whole[level].notnull())
        .group_by("indicator", "period", place=whole[level])
        .agg(value=_sum(whole.value))
        .mutate(level=ibis.literal(level))
        .select("indicator", "level", "place", "period", "value")
        for level in levels
    ]
    return tables[0].union(*tables[1:]) if len(tables) > 1 else tables[0]


def _sum(values: "ir.NumericColumn") -> "ir.NumericScalar":
    """Return a sum of the type of what is summed, when that is whole numbers.

    Engines widen sums of whole numbers to 128 bits, which are slow to add up again.
    """
    total = values.sum()
    return total.cast("int64") if values.type().is_integer() else total
