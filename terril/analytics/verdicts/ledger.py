"""What is documented of investments and jobs, and the range that it allows.

A small table of our own, made of public sources: one line per operation, quantity
and status. Alternatives are never added: a line holds their least and their most.
Aid is not investment, losses are not netted, and what is public or outside the
perimeter is not in an industrial total.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from terril.analytics.verdicts.model import Reading

TABLE = Path(__file__).with_name("ledger.csv")
UNITS = {"investment": "EUR", "jobs": "jobs"}
TERRITORY = "territory:pma"
KINDS = {"industry": "opérations industrielles", "public": "opérations publiques"}
STATUS = {
    "announced": "annoncés",
    "planned": "prévus",
    "committed": "engagés",
    "created": "créés",
    "recruited": "recrutés",
    "kept": "maintenus",
    "lost": "perdus",
    "realised": "réalisés",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: `ends` is None where nothing was found."""

    operation: str
    names: tuple[str, ...]
    kind: str
    quantity: str
    status_word: str
    ends: tuple[Decimal, Decimal] | None
    since: int
    as_of: str
    source: str
    note: str


@cache
def entries() -> tuple[Entry, ...]:
    """Return the lines of the ledger."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_entry(line) for line in csv.DictReader(file))


def _entry(line: dict[str, str]) -> Entry:
    return Entry(
        line["operation"],
        tuple(line["names"].split("|")),
        line["kind"],
        line["quantity"],
        line["status_word"],
        (Decimal(line["low"]), Decimal(line["high"])) if line["low"] else None,
        int(line["since"]),
        line["as_of"],
        line["source"],
        line["note"],
    )


@dataclass(frozen=True)
class Ledger:
    """The lines that totals are made of."""

    lines: Sequence[Entry]

    def known_in(self, year: str) -> "Ledger":
        """Return the lines of what had begun by a year; all of them without one."""
        return Ledger([one for one in self.lines if not year or one.since <= int(year)])

    def total(self, quantity: str, since: int = 0) -> Reading:
        """Return the documented range of all industrial operations since a year."""
        kept = [one for one in self._chosen(quantity) if one.since >= since]
        return self._reading(quantity, kept, _total_label(kept, quantity, since))

    def _chosen(self, quantity: str) -> list[Entry]:
        return [
            one
            for one in self.lines
            if one.quantity == quantity
            and one.kind == "industry"
            and one.status_word == "announced"
        ]

    def _reading(
        self,
        quantity: str,
        kept: Iterable[Entry],
        label: str,
        status: str = "announced",
    ) -> Reading:
        known = [one.ends for one in kept if one.ends]
        return Reading(
            indicator=quantity,
            place=TERRITORY,
            period="",
            label=label,
            low=sum((low for low, _ in known), Decimal(0)),
            high=sum((high for _, high in known), Decimal(0)),
            unit=UNITS[quantity],
            edition="registre des opérations",
            status_word=status,
        )

    def of_operation(self, sentence: str, quantity: str, start: int) -> list[Reading]:
        """Return what is documented of the operation named last before a number."""
        name = self._named(sentence, start)
        return [
            self._reading(quantity, [one], _label(one), one.status_word)
            for one in self.lines
            if one.operation == name and one.quantity == quantity and one.ends
        ]

    def _named(self, sentence: str, start: int) -> str:
        """Return the operation whose name stands nearest before a number."""
        found = [
            (sentence.rfind(name, 0, start), one.operation)
            for one in self.lines
            for name in one.names
        ]
        at, operation = max(found, default=(-1, ""))
        return operation if at >= 0 else ""

    def unknown(self, quantity: str, since: int = 0) -> list[str]:
        """Return the operations whose number was not found."""
        return [
            one.operation
            for one in self._chosen(quantity)
            if one.since >= since and not one.ends
        ]


def _label(entry: Entry) -> str:
    said = STATUS[entry.status_word]
    return (
        f"{entry.operation}, {said}, au {entry.as_of}"
        if entry.as_of
        else entry.operation
    )


def _total_label(kept: Sequence[Entry], quantity: str, since: int) -> str:
    known = [one for one in kept if one.ends]
    told = "montants" if quantity == "investment" else "emplois"
    start = f" depuis {since}" if since else ""
    return (
        f"{told} annoncés{start}, {len(known)} opérations industrielles documentées "
        f"sur {len(kept)}"
    )


def ledger() -> Ledger:
    """Return the ledger that ships."""
    return Ledger(entries())
