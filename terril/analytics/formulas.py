"""The few expressions that recipes share, in pure Ibis."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from terril.analytics.workbench import LINE, PLACE

if TYPE_CHECKING:
    import ibis.expr.types as ir

# A value is exact: up to 14 digits before the decimal point, and four after.
EXACT = "decimal(18, 4)"
COLUMNS = (
    "indicator",
    "level",
    "place",
    "period",
    "value",
    "status",
    "mark",
    "sheet",
    "line",
)


def long(raw: "ir.Table", columns: Sequence[str], name: str = "column") -> "ir.Table":
    """Return one row per line and column: `name` says which, `text` what was in it."""
    from ibis import selectors as s  # noqa: PLC0415 -- slow import

    return raw.pivot_longer(s.cols(*columns), names_to=name, values_to="text")


def observations(rows: "ir.Table", blank: str = "", **facts: object) -> "ir.Table":
    """Return rows shaped as observations, their value read from `text`.

    `facts` gives `indicator`, `level`, `place`, `period` and perhaps `mark`, each a
    column or a constant. A blank is dropped, unless `blank` says what it means: then
    it is kept without a value, under that status.
    """
    import ibis  # noqa: PLC0415 -- slow import

    kept = rows if blank else rows.filter(rows.text.notnull())
    status = ibis.ifelse(kept.text.isnull(), blank, "official")
    told: Mapping[str, object] = {"mark": "", **facts}
    return kept.select(
        **{name: _text(told[name]) for name in COLUMNS[:4]},
        value=kept.text.cast(EXACT),
        status=status,
        mark=_text(told["mark"]),
        sheet=kept[PLACE],
        line=kept[LINE],
    )


def _text(fact: object) -> object:
    import ibis  # noqa: PLC0415 -- slow import

    return ibis.literal(fact) if isinstance(fact, str) else fact
