"""What changes between two releases: read by a person before the new one answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from terril.analytics.build import ORDER
from terril.analytics.printing import number
from terril.analytics.releases import Release
from terril.analytics.workbench import Workbench

if TYPE_CHECKING:
    import ibis.expr.types as ir

PLACED = ("indicator", "level", "place", "period")


@dataclass(frozen=True)
class Comparison:
    """What is new, gone or other, by indicator and edition, and what reads otherwise.

    `moved` are the latest values that a reader would see change by more than
    `threshold` per cent, the largest first, at most `limit` of them.
    """

    new_editions: tuple[str, ...]
    gone_editions: tuple[str, ...]
    counts: tuple[Mapping[str, Any], ...]
    moved: tuple[Mapping[str, Any], ...]
    moved_count: int

    @property
    def is_same(self) -> bool:
        """Tell whether a reader would see no difference at all."""
        return not (self.new_editions or self.gone_editions or self.counts)


def compare(
    before: Release, after: Release, *, threshold: Decimal = Decimal(0), limit: int = 20
) -> Comparison:
    """Return what a release changes in the one before it.

    Values are compared exactly; `threshold` is a relative move in per cent.
    """
    with Workbench() as bench:
        old, new = before.observations(bench), after.observations(bench)
        counts = bench.engine.to_pyarrow(_counts(old, new)).to_pylist()
        moves = _moves(_latest(bench, before), _latest(bench, after), threshold)
        moved = bench.engine.to_pyarrow(moves.limit(limit)).to_pylist()
        count = bench.engine.to_pyarrow(moves.count()).as_py()
    return Comparison(
        tuple(sorted(after.editions.keys() - before.editions.keys())),
        tuple(sorted(before.editions.keys() - after.editions.keys())),
        tuple(counts),
        tuple(moved),
        count,
    )


def _counts(old: "ir.Table", new: "ir.Table") -> "ir.Table":
    """Return how many observations are new, gone or other, where any is."""
    import ibis  # noqa: PLC0415 -- slow import

    left = old.select(*ORDER, was=old.value, old_status=old.status)
    right = new.select(*ORDER, now=new.value, new_status=new.status)
    both = left.outer_join(right, ORDER)
    whole = both.select(
        indicator=ibis.coalesce(both.indicator, both.indicator_right),
        edition=ibis.coalesce(both.edition, both.edition_right),
        is_new=both.old_status.isnull(),
        is_gone=both.new_status.isnull(),
        is_other=(both.old_status != both.new_status) | (both.was != both.now),
    )
    counted = whole.group_by("indicator", "edition").agg(
        new=whole.is_new.cast("int64").sum(),
        gone=whole.is_gone.cast("int64").sum(),
        other=whole.is_other.cast("int64").sum().fill_null(0),
    )
    told = counted.filter(counted.new + counted.gone + counted.other > 0)
    return told.order_by("indicator", "edition")


def _latest(bench: Workbench, release: Release) -> "ir.Table":
    """Return the value that a reader sees of each place and period."""
    import ibis  # noqa: PLC0415 -- slow import

    table = release.observations(bench)
    ranked = sorted(release.editions.values(), key=lambda one: one.rank)
    ranks = [(one.id, rank) for rank, one in enumerate(ranked)]
    numbered = table.mutate(rank=table.edition.cases(*ranks))
    window = ibis.window(group_by=list(PLACED), order_by=ibis.desc(numbered.rank))
    first = numbered.mutate(place_in_line=ibis.row_number().over(window))
    return first.filter(first.place_in_line == 0).select(*PLACED, "value", "edition")


def _moves(old: "ir.Table", new: "ir.Table", threshold: Decimal) -> "ir.Table":
    import ibis  # noqa: PLC0415 -- slow import

    both = old.join(new, PLACED, rname="{name}_after")
    before = both.value.cast("float64").nullif(0)
    per_cent = 100 * (both.value_after.cast("float64") - before) / before
    told = both.mutate(per_cent=per_cent).filter(both.value != both.value_after)
    told = told.filter(told.per_cent.abs() >= float(threshold))
    return told.order_by(ibis.desc(told.per_cent.abs()), *PLACED)


def told(found: Comparison) -> str:
    """Return a comparison as lines for the person who accepts it."""
    if found.is_same:
        return "Nothing changes."
    lines = [f"new edition   {one}" for one in found.new_editions]
    lines += [f"gone edition  {one}" for one in found.gone_editions]
    lines += [
        f"{one['indicator']}, {one['edition']}: {one['new']} new, "
        f"{one['gone']} gone, {one['other']} other"
        for one in found.counts
    ]
    lines.append(f"{found.moved_count} values would be read otherwise")
    lines += [
        f"  {one['indicator']} {one['level']} {one['place']} {one['period']}: "
        f"{_plain(one['value'])} → {_plain(one['value_after'])} "
        f"({number(Decimal(one['per_cent'] or 0), 1, is_english=True)}%)"
        for one in found.moved
    ]
    return "\n".join(lines)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
