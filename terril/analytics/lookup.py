"""Observations of a release by indicator and place, in the edition that holds."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from terril.analytics.answers import FigureRefused, Question
from terril.analytics.geography.addresses import PREFIXES
from terril.analytics.releases import Published, Release
from terril.analytics.workbench import Workbench

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Beyond this many places, all those of the level are read at once.
MANY = 5000
DATED: Mapping[str, str] = {
    "companion": "l’édition {id} ne porte pas sa date : celle d’une publication "
    "jumelle est prise, le {dated}",
    "saved": "l’édition {id} ne porte pas sa date : son fichier a été enregistré le "
    "{dated}, et publié ce jour-là ou plus tard",
    "carried": "l’édition {id} ne porte pas sa date : elle a été recueillie le {dated}, "
    "et publiée ce jour-là ou plus tôt",
    "estimated": "l’édition {id} ne porte pas sa date : elle est estimée au {dated}, "
    "d’après le délai habituel",
}


@dataclass(frozen=True)
class Lookup:
    """A release laid on a workbench, and the expressions asked of it so far."""

    release: Release
    bench: Workbench
    asked: "list[ir.Table]" = field(default_factory=list)

    def rows(
        self, key: str, level: str, places: Collection[str]
    ) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
        """Return what the release says of places, by edition, place and period."""
        found: dict[str, dict[str, dict[str, Any]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        kept = self._kept(key, level, places)
        self.asked.append(kept)
        for row in self.bench.engine.to_pyarrow(kept).to_pylist():
            found[row["edition"]][row["place"]][row["period"]] = row
        return found

    def periods(self, key: str, level: str) -> Mapping[str, list[str]]:
        """Return the periods that each edition gives of an indicator at a level."""
        kept = self._kept(key, level, ()).select("edition", "period").distinct()
        found: dict[str, list[str]] = defaultdict(list)
        for row in self.bench.engine.to_pyarrow(kept).to_pylist():
            found[row["edition"]].append(row["period"])
        return found

    def levels(self, key: str) -> list[str]:
        """Return the levels at which an indicator is published."""
        table = self.release.observations(self.bench)
        kept = table.filter(table.indicator == key).select("level").distinct()
        return sorted(self.bench.engine.to_pyarrow(kept)["level"].to_pylist())

    def _kept(self, key: str, level: str, places: Collection[str]) -> "ir.Table":
        table = self.release.observations(self.bench)
        kept = table.filter(table.indicator == key, table.level == level)
        if places and len(places) <= MANY:
            kept = kept.filter(kept.place.isin(sorted(places)))
        return kept

    @property
    def sql(self) -> str:
        """Return the first expression asked, as SQL."""
        import ibis  # noqa: PLC0415 -- slow import

        return str(ibis.to_sql(self.asked[0])) if self.asked else ""

    def chosen(self, ids: Collection[str], question: Question) -> list[Published]:
        """Return the editions that may answer, the latest published first.

        A question may pin one, or leave out those of a later day. Which came last
        into the release plays no part. Raises `FigureRefused` when none is left.
        """
        known = sorted(
            (self.release.editions[one] for one in ids),
            key=lambda one: one.rank,
            reverse=True,
        )
        if question.edition:
            known = [one for one in known if question.edition in (one.id, one.vintage)]
        if ids and not known:
            raise FigureRefused(
                f"l’édition {question.edition} ne donne pas ce chiffre ici",
                proposals=tuple(sorted(ids)),
            )
        early = [
            one for one in known if not question.as_of or one.dated <= question.as_of
        ]
        if known and not early:
            first = known[-1]
            raise FigureRefused(
                f"aucune édition n’était publiée le {question.as_of} ; "
                f"la première est {first.id}, du {first.dated}"
            )
        return early


def dated(edition: Published) -> str:
    """Say how the day of an edition is known, when its producer does not state it."""
    words = DATED.get(edition.dated_by, "")
    return words.format(id=edition.id, dated=edition.dated)


def prefixes(levels: Collection[str]) -> str:
    """Name levels as places are written: dep:, reg:, ze:."""
    return ", ".join(f"{PREFIXES[level]}:" for level in levels)
