"""Observations of a release by indicator and place, in the edition that holds."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from terril.analytics.answers import FigureRefused, Input, Question
from terril.analytics.geography.addresses import PREFIXES, Address
from terril.analytics.releases import Published, Release
from terril.analytics.workbench import Workbench

if TYPE_CHECKING:
    import ibis.expr.types as ir

Rows = Mapping[str, Mapping[str, Mapping[str, Any]]]   # by edition, place, period


@dataclass(frozen=True)
class Lookup:
    """A release laid on a workbench, and the expressions asked of it so far."""

    release: Release
    bench: Workbench
    asked: "list[ir.Table]" = field(default_factory=list)

    def rows(
        self, key: str, level: str, places: Collection[str] = ()
    ) -> dict[str, dict[str, dict[str, Any]]]:
        """Return what a release says of some places, by edition, place and period.

        Without places, all those of the level are returned.
        """
        table = self.release.observations(self.bench)
        kept = table.filter(table.indicator == key, table.level == level)
        if places:
            kept = kept.filter(kept.place.isin(sorted(places)))
        self.asked.append(kept)
        found: dict[str, dict[str, dict[str, Any]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        for row in self.bench.engine.to_pyarrow(kept).to_pylist():
            found[row["edition"]][row["place"]][row["period"]] = row
        return found

    def levels(self, key: str) -> list[str]:
        """Return the levels at which an indicator is published."""
        table = self.release.observations(self.bench)
        kept = table.filter(table.indicator == key).select("level").distinct()
        return sorted(self.bench.engine.to_pyarrow(kept)["level"].to_pylist())

    @property
    def sql(self) -> str:
        """Return the last expression asked, as SQL."""
        import ibis  # noqa: PLC0415 -- slow import

        return str(ibis.to_sql(self.asked[-1])) if self.asked else ""


def chosen(
    lookup: Lookup, ids: Collection[str], question: Question
) -> list[Published]:
    """Return the editions that may answer, the latest published first.

    `--edition` pins one; `--as-of` leaves out those of a later day. Which came
    last into the release plays no part.
    """
    known = sorted(
        (lookup.release.editions[one] for one in ids),
        key=lambda one: one.rank,
        reverse=True,
    )
    if question.edition:
        known = [one for one in known if question.edition in (one.id, one.vintage)]
        if not known:
            raise FigureRefused(
                f"l’édition {question.edition} ne donne pas ce chiffre",
                proposals=tuple(sorted(ids)),
            )
    if question.as_of:
        late = known
        known = [one for one in known if one.dated <= question.as_of]
        if late and not known:
            first = min(late, key=lambda one: one.rank)
            raise FigureRefused(
                f"aucune édition n’était publiée le {question.as_of} ; "
                f"la première est {first.id}, du {first.dated}"
            )
    return known


def warned(edition: Published) -> str:
    """Say how the day of an edition is known, when its producer does not state it."""
    return {
        "stated": "",
        "in_force": "",
        "companion": f"l’édition {edition.id} ne porte pas sa date : celle d’une "
        f"publication jumelle est prise, {edition.dated}",
        "saved": f"l’édition {edition.id} ne porte pas sa date : le fichier a été "
        f"enregistré le {edition.dated}, et publié ce jour-là ou plus tard",
        "estimated": f"l’édition {edition.id} ne porte pas sa date : elle est estimée "
        f"au {edition.dated}, d’après le délai habituel",
    }[edition.dated_by]


def as_input(row: Mapping[str, Any]) -> Input:
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


def prefixes(levels: Collection[str]) -> str:
    """Name levels as places are written: dep, reg, ze."""
    return ", ".join(f"{PREFIXES[level]}:" for level in levels)
