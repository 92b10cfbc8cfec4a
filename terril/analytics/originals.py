"""All the original files of the geography, verified and read by their recipes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import cast

from terril.analytics.catalogue import Edition, Recipe, recipes
from terril.analytics.errors import DataError, Spot
from terril.analytics.geography import Event, History, Side, history
from terril.analytics.geography.topology import Ring
from terril.analytics.snapshots import snapshot

Row = dict[str, object]
Pairs = set[tuple[str, str]]


@dataclass(frozen=True)
class Originals:
    """A folder of original files, and what their recipes read in them."""

    folder: Path
    say: Callable[[str], object] = field(default=print)
    catalogue: Mapping[str, Recipe] = field(default_factory=recipes)

    def rows(self, dataset: str, vintage: str) -> list[Row]:
        """Return the clean rows of a dataset in a vintage."""
        self.say(f"{dataset} {vintage}")
        edition = self.catalogue[dataset].edition(vintage)
        return self.catalogue[dataset].rows(
            snapshot(edition, self.folder), edition.file
        )

    @cached_property
    def communes(self) -> list[Row]:
        return self.rows("communes", "2026")

    @cached_property
    def zones(self) -> list[Row]:
        return self.rows("employment_zones", "2023")

    @cached_property
    def rings(self) -> Mapping[str, list[Ring]]:
        """Return the rings of each commune drawn, by its code."""
        rows = self.rows("outlines", "2018")
        return {str(row["code"]): cast("list[Ring]", row["rings"]) for row in rows}

    @cached_property
    def history(self) -> History:
        """Return the history of communes, checked against the yearly lists."""
        events = [_event(row) for row in self.rows("movements", "2026")]
        today = {str(row["code"]): _commune(row) for row in self.communes}
        found = history(events, today)
        for edition in self.lists:
            self._check_list(found, edition)
        return found

    @cached_property
    def lists(self) -> Mapping[Edition, list[Row]]:
        """Return the lists of communes by edition, without those that repeat."""
        return {
            edition: self.rows("commune_lists", edition.vintage)
            for edition in self.catalogue["commune_lists"].editions
            if not edition.repeats
        }

    @cached_property
    def epci_gaps(self) -> Mapping[str, str]:
        """Return the vintages of EPCI that repeat another, with the reason."""
        recipe = self.catalogue["intercommunalities"]
        archives = {
            e.vintage: (e.file, snapshot(e, self.folder)) for e in recipe.editions
        }
        gaps: Mapping[str, str] = recipe.module.gaps(archives)
        return gaps

    @cached_property
    def epcis(self) -> Mapping[int, list[Row]]:
        """Return the members of EPCI by vintage, checked where a twin is at hand."""
        found = {
            int(edition.vintage): self.rows("intercommunalities", edition.vintage)
            for edition in self.catalogue["intercommunalities"].editions
            if edition.vintage not in self.epci_gaps
        }
        self._check_twin(found[2023], "intercommunalities_insee", "2023")
        self._check_twin(found[2025], "intercommunalities_dgcl", "2025")
        return found

    def _check_list(self, found: History, edition: Edition) -> None:
        listed = {str(row["code"]) for row in self.lists[edition]}
        differing = sorted(listed ^ found.codes_on(f"{edition.vintage}-01-01"))
        _refuse(differing, edition.file, "the movements do not give this list")

    def _check_twin(self, rows: list[Row], dataset: str, vintage: str) -> None:
        differing = sorted(_pairs(rows) ^ _pairs(self.rows(dataset, vintage)))
        file = self.catalogue[dataset].edition(vintage).file
        _refuse(differing, file, "two producers disagree on the members of EPCI")


def _refuse(differing: Sequence[object], file: str, problem: str) -> None:
    if differing:
        raise DataError(
            problem,
            spot=Spot(file),
            count=len(differing),
            example=differing[0],
            advice="Find which file is wrong; ship neither until then.",
        )


def _pairs(rows: list[Row]) -> Pairs:
    return {(str(row["commune"]), str(row["epci"])) for row in rows if row["epci"]}


def _commune(row: Row) -> Side:
    return Side("COM", str(row["code"]), str(row["name"]), str(row["article"]))


def _event(row: Row) -> Event:
    before, after = (
        Side(
            *(
                str(row[f"{side}_{part}"])
                for part in ("type", "code", "name", "article")
            )
        )
        for side in ("before", "after")
    )
    return Event(str(row["kind"]), str(row["on"]), before, after)
