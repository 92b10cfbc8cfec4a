"""One place in one edition: the value of a period, and of a change."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from terril.analytics.answers import Computed, FigureRefused, Input
from terril.analytics.catalogue import Indicator
from terril.analytics.geography.addresses import Address
from terril.analytics.periods import Change, Period, period
from terril.analytics.printing import MINUS, number

Row = Mapping[str, Any]
SEMI_FINAL = "la valeur de {} est semi-définitive : l’édition suivante peut la réviser"
RECOUNT = (
    "la série baisse de {} à {} alors qu’elle devrait croître : "
    "la source a recompté, sans le dire"
)


def as_input(row: Row) -> Input:
    """Return a row of a release as the input of a figure."""
    return Input(
        place=str(Address(row["level"], row["place"])),
        period=row["period"],
        value=row["value"],
        edition=row["edition"],
        file=row["file"],
        sheet=row["sheet"],
        line=row["line"],
        mark=row["mark"],
    )


def value_at(rows: Mapping[str, Row], indicator: Indicator, asked: Period) -> Computed:
    """Return the value of a period in the rows of one place and one edition.

    A year asked of a quarterly rate is the mean of its four quarters; of a count
    kept month by month, its last month. Raises `FigureRefused` when the period is
    not there whole, or is secret.
    """
    if str(asked) in rows:
        return _published(rows[str(asked)], indicator)
    if asked.is_year and indicator.year == "mean":
        return _mean(rows, indicator, asked)
    if not asked.month and indicator.year == "last":
        return _last(rows, indicator, asked)
    raise FigureRefused(_missing(rows, asked))


def _published(row: Row, indicator: Indicator) -> Computed:
    if row["status"] == "secret":
        raise FigureRefused(
            "la valeur est couverte par le secret statistique : "
            "le producteur ne la publie pas",
            status="secret",
        )
    marks = [row] if row["mark"] == "semi-final" else []
    return Computed(
        row["value"],
        f"valeur publiée : {number(row['value'], indicator.decimals)}",
        (as_input(row),),
        warnings=tuple(SEMI_FINAL.format(one["period"]) for one in marks),
    )


def _mean(rows: Mapping[str, Row], indicator: Indicator, asked: Period) -> Computed:
    there = [rows[str(one)] for one in asked.quarters if str(one) in rows]
    if len(there) < 4:
        raise FigureRefused(
            f"l’année {asked} n’a que {len(there)} de ses 4 trimestres dans cette "
            "édition : sa moyenne n’est pas connue"
            if there
            else _missing(rows, asked)
        )
    parts = [_published(row, indicator) for row in there]
    values = [part.value for part in parts]
    terms = " + ".join(number(value, indicator.decimals) for value in values)
    return Computed(
        sum(values, Decimal(0)) / 4,
        f"moyenne des quatre trimestres de {asked} : ({terms}) / 4",
        tuple(one for part in parts for one in part.inputs),
        warnings=tuple(one for part in parts for one in part.warnings),
    )


def _last(rows: Mapping[str, Row], indicator: Indicator, asked: Period) -> Computed:
    inside = [
        one
        for one in sorted(map(period, rows))
        if asked.first_day <= one.first_day and one.last_day <= asked.last_day
    ]
    if not inside:
        raise FigureRefused(_missing(rows, asked))
    found = _published(rows[str(inside[-1])], indicator)
    return Computed(
        found.value,
        f"dernière valeur de {asked}, celle {_of(inside[-1])} : "
        f"{number(found.value, indicator.decimals)}",
        found.inputs,
        warnings=(
            *found.warnings,
            *(
                [f"la dernière valeur de {asked} est celle {_of(inside[-1])}"]
                if inside[-1].last_day != asked.last_day
                else []
            ),
        ),
    )


def _of(found: Period) -> str:
    """Return a month after its preposition: de mars, d’octobre."""
    return f"d’{found.fr}" if found.fr[0] in "ao" else f"de {found.fr}"


def _missing(rows: Mapping[str, Row], asked: Period) -> str:
    known = sorted(map(period, rows))
    if not known:
        return f"aucune valeur n’est connue pour {asked}"
    return (
        f"aucune valeur n’est connue pour {asked} : cette édition va de "
        f"{known[0]} à {known[-1]}"
    )


def changed(start: Computed, end: Computed, decimals: int) -> Computed:
    """Return the change from a value to another, computed before any rounding."""
    status = next(
        (one for one in ("proxy", "partial") if one in (start.status, end.status)),
        "official",
    )
    return Computed(
        end.value - start.value,
        f"{number(end.value, decimals)} {MINUS} {number(start.value, decimals)} "
        f"(fin : {end.formula} ; début : {start.formula})",
        (*start.inputs, *end.inputs),
        status,
        tuple(dict.fromkeys((*start.warnings, *end.warnings))),
        _coverage(start, end),
        tuple(dict.fromkeys((*start.others, *end.others))),
        ends=(start.value, end.value),
    )


def _coverage(start: Computed, end: Computed) -> Mapping[str, Any] | None:
    """Return the coverage of a change: that of its end, each part with its change."""
    if not (start.coverage and end.coverage):
        return end.coverage
    if "parts" not in end.coverage:
        return {**end.coverage, "start": start.coverage}
    before = {one["place"]: one["value"] for one in start.coverage["parts"]}
    parts = [
        {
            **one,
            "start": before[one["place"]],
            "change": _gap(before[one["place"]], one),
        }
        for one in end.coverage["parts"]
        if one["place"] in before
    ]
    ranked = sorted(parts, key=lambda one: Decimal(one["change"]))
    return {
        **end.coverage,
        "parts": parts,
        "lowest": ranked[0],
        "highest": ranked[-1],
        "start": {**start.coverage, "parts": []},
    }


def _gap(before: str, after: Mapping[str, str]) -> str:
    return str(Decimal(after["value"]) - Decimal(before))


def recounts(
    rows: Mapping[str, Row], indicator: Indicator, asked: Period | Change
) -> tuple[str, ...]:
    """Warn when a count that only grows falls, within what is asked."""
    if not indicator.is_cumulative:
        return ()
    end = asked.end if isinstance(asked, Change) else asked
    start = asked.start.first_day if isinstance(asked, Change) else end.first_day
    known = [
        one
        for one in sorted(map(period, rows))
        if start <= one.last_day and one.last_day <= end.last_day
    ]
    return tuple(
        RECOUNT.format(before, after)
        for before, after in pairwise(known)
        if (rows[str(before)]["value"] or 0) > (rows[str(after)]["value"] or 0)
    )
