"""A figure, or its refusal, as the words of the command give it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from terril.analytics.answers import Figure, FigureRefused, Input, Question
from terril.analytics.printing import number, rounded, signed, with_unit
from terril.analytics.releases import Published


def exact(value: Decimal) -> str:
    """Write a value in full, without the zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def told(figure: Figure) -> dict[str, Any]:
    """Return a figure with its proof, ready for JSON."""
    done = figure.computed
    return {
        "indicator": figure.indicator.key,
        "label": figure.indicator.fr,
        "place": str(figure.place.address),
        "name": figure.place.name,
        "period": str(figure.period),
        "value": exact(done.value),
        "printed": figure.printed,
        "unit": figure.unit,
        "status": done.status,
        "edition": ", ".join(one.id for one in figure.editions),
        "editions": [_edition(one) for one in figure.editions],
        "sources": [_source(one, done.inputs) for one in figure.editions],
        "formula": done.formula,
        "method": figure.indicator.method,
        "coverage": done.coverage,
        "inputs": [_input(one) for one in done.inputs[:50]],
        "inputs_count": len(done.inputs),
        "warnings": list(figure.warnings),
        "sql": figure.sql,
    } | _rounded_difference(figure)


def told_refusal(question: Question, refusal: FigureRefused) -> dict[str, Any]:
    """Return why there is no figure, ready for JSON."""
    return {
        "indicator": question.key,
        "place": question.place,
        "period": question.period,
        "value": None,
        "status": refusal.status,
        "refused": refusal.reason,
        "proposals": list(refusal.proposals),
    }


def in_words(answer: dict[str, Any]) -> str:
    """Return an answer as a few lines for a person."""
    if "refused" in answer:
        more = [f"  {one}" for one in answer["proposals"]]
        return "\n".join([answer["refused"], *more])
    lines = [
        f"{answer['label']}, {answer['name']}, {answer['period']} : {answer['printed']}",
        f"  statut : {answer['status']} · édition : {answer['edition']}",
        f"  calcul : {answer['formula']}",
        *(f"  attention : {one}" for one in answer["warnings"]),
        *(f"  {one['attribution']}" for one in answer["sources"]),
    ]
    return "\n".join(lines)


def difference_warning(figure: Figure) -> str:
    """Say the difference of the rounded ends, when it is another; else nothing."""
    found = _rounded_difference(figure).get("rounded_difference", "")
    return found and (
        f"la différence des valeurs arrondies donnerait {found} ; "
        "elle est calculée ici avant l’arrondi"
    )


def extremes(figure: Figure) -> str:
    """Say between which of its parts a proxy lies; nothing for any other figure."""
    coverage = figure.computed.coverage or {}
    if "lowest" not in coverage:
        return ""
    is_change = "change" in coverage["lowest"]
    write, key = (signed, "change") if is_change else (number, "value")
    low, high = (
        f"{with_unit(write(Decimal(one[key]), figure.decimals), figure.unit)} "
        f"({one['name']})"
        for one in (coverage["lowest"], coverage["highest"])
    )
    return f"entre ses parties, de {low} à {high}"


def _rounded_difference(figure: Figure) -> dict[str, str]:
    if figure.computed.ends is None:
        return {}
    start, end = (rounded(one, figure.decimals) for one in figure.computed.ends)
    printed = with_unit(signed(end - start, figure.decimals), figure.unit)
    return {} if printed == figure.printed else {"rounded_difference": printed}


def _edition(one: Published) -> dict[str, Any]:
    return {
        "id": one.id,
        "published_on": one.published_on or None,
        "dated": one.dated,
        "dated_by": one.dated_by,
        "universe": one.universe,
        "note": one.note,
    }


def _source(one: Published, inputs: Iterable[Input]) -> dict[str, Any]:
    used = {each.file for each in inputs if each.edition == one.id}
    return {
        "producer": one.producer,
        "title": one.title,
        "licence": one.licence,
        "attribution": one.attribution,
        "address": one.address,
        "files": [
            {"file": name, "sha256": sha256}
            for name, sha256 in one.files
            if name in used or "*" in name or not used
        ],
    }


def _input(one: Input) -> dict[str, Any]:
    where = {"file": one.file, "sheet": one.sheet, "line": one.line}
    told_value = {"place": one.place, "period": one.period, "value": exact(one.value)}
    return told_value | {"edition": one.edition, **where, "mark": one.mark}
