"""Hold a number to what is documented without an open series: ledger and registers."""

import re
import tomllib
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terril.analytics.quantities import Quantity
from terril.analytics.verdicts.holding import TOO_WIDE, hold, is_too_wide, with_suffix
from terril.analytics.verdicts.ledger import STATUS, Ledger, ledger
from terril.analytics.verdicts.model import Proposal, Reading, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

REGISTERS = Path(__file__).with_name("registers.toml")


def documented(
    quantity: Quantity, text: str, proposal: Proposal, published_on: str = ""
) -> Verdict | None:
    """Return the verdict of the ledger or of a register, when one speaks of it.

    A text is not held to operations begun after the year it was published in.
    """
    book = ledger().known_in(published_on[:4])
    judges: dict[str, Callable[[Quantity, str, Proposal], Verdict]] = {
        "investment": partial(of_ledger, book),
        "jobs": partial(of_ledger, book),
        "labels_given": of_labels,
        "programme_laureates": of_laureates,
    }
    judge = judges.get(proposal.indicator)
    return judge(quantity, text, proposal) if judge else None


def of_ledger(
    book: Ledger, quantity: Quantity, text: str, proposal: Proposal
) -> Verdict:
    """Hold money or jobs to one operation if it is named, else to the whole."""
    sentence = text[quantity.sentence.start : quantity.sentence.end]
    at = quantity.span.start - quantity.sentence.start
    own = book.of_operation(sentence, proposal.indicator, at)
    if own:
        return _of_operation(quantity, own)
    year = proposal.period.partition(":")[0]
    since = int(year) if year.isdigit() else 0
    return _of_total(quantity, book, since)


def _of_operation(quantity: Quantity, own: list[Reading]) -> Verdict:
    # What is planned was announced: the ledger knows no difference.
    said = {"planned": "announced"}.get(quantity.status_word, quantity.status_word)
    same = [one for one in own if one.status_word == said]
    if quantity.status_word and not same:
        return _wrong_status(quantity, own)
    if same and not quantity.interval.meets(same[0].interval):
        others = [one for one in own if one not in same]
        if any(_is_stated(quantity, one) for one in others):
            return _wrong_status(quantity, own)
    reading = (same or own)[0]
    return replace(_told(quantity, reading), readings=tuple(own))


def _is_stated(quantity: Quantity, reading: Reading) -> bool:
    """Tell whether a number is one that was printed: an end of the documented range."""
    ends = {reading.low, reading.high}
    return quantity.value in ends or quantity.interval.meets(reading.interval)


def _wrong_status(quantity: Quantity, own: list[Reading]) -> Verdict:
    said = STATUS[quantity.status_word]
    right = next((one for one in own if _is_stated(quantity, one)), None)
    if right is None:
        missing = (f"une source pour « {said} »",)
        return Verdict("unverifiable", "statut", None, missing, tuple(own))
    other = STATUS[right.status_word]
    reason = f"statut : ce nombre est celui des « {other} », le texte dit « {said} »"
    return Verdict("gap", reason, right, readings=tuple(own))


def _told(quantity: Quantity, reading: Reading) -> Verdict:
    if is_too_wide(reading):
        low, high = (
            with_suffix(end, reading.unit) for end in (reading.low, reading.high)
        )
        reason = f"{TOO_WIDE} : de {low} à {high}, {reading.label}"
        missing = ("un montant arrêté, avec sa source",)
        return Verdict("unverifiable", reason, reading, missing)
    return hold(quantity, reading)


def _of_total(quantity: Quantity, book: Ledger, since: int) -> Verdict:
    name = "investment" if quantity.unit == "EUR" else "jobs"
    reading, unknown = book.total(name, since), book.unknown(name, since)
    verdict = _told(quantity, reading)
    missing = ["la liste des opérations que le total additionne"]
    if unknown:
        missing.append(f"le nombre de {', '.join(unknown)}")
    if quantity.status_word not in ("", "announced", "planned"):
        said = STATUS[quantity.status_word]
        missing.append(f"ce qui est « {said} » : seules des annonces sont documentées")
    place = (
        "" if quantity.interval.meets(reading.interval) else _outside(quantity, reading)
    )
    # A total whose list is not known stays unverified, even inside a narrow range.
    code = "unverifiable" if verdict.code != "gap" or unknown else verdict.code
    return Verdict(code, verdict.reason + place, reading, tuple(missing), (reading,))


def _outside(quantity: Quantity, reading: Reading) -> str:
    is_above = (quantity.interval.low or Decimal(0)) > reading.high
    side = "au-dessus" if is_above else "au-dessous"
    return f" ; le nombre annoncé est {side} de ce qui est documenté"


@cache
def registers() -> dict[str, Any]:
    """Return what public sources say of counts that no open list carries."""
    return tomllib.loads(REGISTERS.read_text(encoding="utf-8"))


_EDITION = re.compile(
    r"(?i)\b(?:labels?|labellis\w+|édition|edition|promotion|cérémonie)\b[^.]{0,20}\b(20\d\d)\b|\b(20\d\d) (?:labels?|edition)\b"
)
_TOTAL = re.compile(
    r"(?i)\b(?:au total|en tout|déjà|in total|in all|so far|already|cumul\w*)\b"
)


def of_labels(quantity: Quantity, text: str, proposal: Proposal) -> Verdict:
    """Hold a count of labels to the coverage of the register: what is known by name."""
    del proposal
    told = registers()["labels_given"]
    clause = _clause(quantity, text)
    edition = _EDITION.search(clause)
    if edition and not _TOTAL.search(clause):
        return _of_edition(quantity, told, edition[1] or edition[2])
    readings = tuple(
        _count(one["note"], one["value"], one["period"]) for one in told["stated"]
    )
    last = told["stated"][-1]["value"]
    matches = [
        one for one in readings if hold(quantity, one).code in ("exact", "compatible")
    ]
    where = f" ; le nombre est celui du {matches[0].label}" if matches else ""
    reason = f"le registre public n’en nomme que {told['known']} sur {last}{where}"
    missing = tuple(told["missing"])
    return Verdict("unverifiable", reason, None, missing, readings)


def _clause(quantity: Quantity, text: str) -> str:
    """Return the part of a sentence between semicolons that holds a number."""
    start, end = quantity.sentence.start, quantity.sentence.end
    before = text[start : quantity.span.start].rpartition(";")[2]
    return before + text[quantity.span.start : end].partition(";")[0]


def _of_edition(quantity: Quantity, told: dict[str, Any], year: str) -> Verdict:
    found = [one for one in told["editions"] if one["period"] == year]
    missing = (f"les lauréats de l’édition {year}",)
    if not found:
        return Verdict("unverifiable", "édition inconnue du registre", missing=missing)
    one = found[0]
    reading = _count(f"édition {year}, selon les organisateurs", one["value"], year)
    verdict = hold(quantity, reading)
    if one["named"] < one["value"] and verdict.code != "gap":
        reason = f"le registre public ne nomme que {one['named']} des {one['value']} lauréats"
        return Verdict("unverifiable", reason, reading, missing, (reading,))
    return verdict


def _count(label: str, value: int, period: str) -> Reading:
    number = Decimal(value)
    return Reading(
        "labels_given", "territory:pma", period, label, number, number, "labels"
    )


def of_laureates(quantity: Quantity, text: str, proposal: Proposal) -> Verdict:
    """Say what is missing to hold laureates of a national programme to anything."""
    del proposal
    missing = tuple(registers()["programme_laureates"]["missing"])
    share = arithmetic_share(quantity, text)
    reason = "aucune liste ouverte des lauréats à ce jour"
    if share:
        reason += f" ; à part, la part arithmétique : {share.label}"
    return Verdict("unverifiable", reason, None, missing, (share,) if share else ())


def arithmetic_share(quantity: Quantity, text: str) -> Reading | None:
    """Return the share that “80 … sur les 200” makes, as mere arithmetic."""
    from terril.analytics.quantities import quantities  # noqa: PLC0415 -- a loop

    sentence = text[quantity.sentence.start : quantity.sentence.end]
    same = [one for one in quantities(sentence) if one.unit == quantity.unit]
    told = [one.value for one in same if one.value]
    if len(told) != 2 or told[0] >= told[1]:
        return None
    value = told[0] / told[1] * 100
    label = f"{told[0]:f} / {told[1]:f} = {with_suffix(value, 'percent')}"
    return Reading("", "", "", label, value, value, "percent", "arithmétique")
