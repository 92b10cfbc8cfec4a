"""`terril place PLACE [--on DATE] [--json]`: all that the files tell of a place."""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from terril.analytics.geography import shipped
from terril.analytics.geography.account import Account, Kin, Name, Named, account
from terril.analytics.geography.addresses import (
    COMMUNE,
    COUNTRY,
    DEPARTMENT,
    EPCI,
    REGION,
    TERRITORY,
    ZONE,
    PlaceError,
)
from terril.analytics.geography.atlas import Place, atlas
from terril.analytics.geography.french import contracted, day_in_words, listed
from terril.analytics.geography.sentences import in_french
from terril.analytics.geography.story import KINDS, Step
from terril.analytics.geography.territories import KNOWN

LEVELS = {
    COMMUNE: "commune",
    EPCI: "EPCI",
    DEPARTMENT: "département",
    REGION: "région",
    ZONE: "zone d’emploi (2020)",
    COUNTRY: "pays",
    TERRITORY: "territoire",
}
# The datasets that tell each level.
SOURCES = {
    COMMUNE: ("communes", "movements", "intercommunalities", "employment_zones"),
    EPCI: ("intercommunalities",),
    ZONE: ("employment_zones",),
    TERRITORY: ("intercommunalities",),
}
# More members than this are counted, not named: `--json` lists them all.
NAMED = 60


def main(arguments: Sequence[str]) -> int:
    """Run the word; return 0 with an answer, 1 when the place is refused."""
    asked = _parser().parse_args(arguments)
    try:
        found = account(atlas(asked.territories), asked.place, asked.on or "")
    except PlaceError as error:
        return _refuse(error, is_json=asked.json)
    if asked.json:
        _print(json.dumps(as_json(found), ensure_ascii=False, indent=1))
    else:
        _print("\n".join(in_words(found)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="terril place",
        description="Tell what the files know of a place, on a day or today.",
        epilog="Places: com:62498, epci:246200364, dep:62, reg:32, ze:3215, fr, "
        "fr:metro, fr:hors-mayotte, territory:pma. Exit 0 with an answer, 1 when "
        "there is no such place, 2 for a wrong use.",
    )
    parser.add_argument("place", metavar="PLACE")
    parser.add_argument("--on", type=_day, metavar="YYYY-MM-DD")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--territories", type=Path, default=KNOWN, metavar="FILE.json")
    return parser


def _day(text: str) -> str:
    if len(text) != len("2026-01-01"):
        raise ValueError
    return dt.date.fromisoformat(text).isoformat()


def _refuse(error: PlaceError, *, is_json: bool) -> int:
    if is_json:
        told = {
            "place": error.text,
            "refused": error.problem,
            "proposal": error.proposal,
        }
        _print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        meant = error.proposal.replace(" or ", " ou ")
        hint = f" Peut-être {meant} ?" if meant else ""
        sys.stderr.write(f"« {error.text} » : {in_french(error.problem)}.{hint}\n")
    return 1


def as_json(found: Account) -> dict[str, object]:
    """Return an account as the values of its JSON."""
    place = found.place
    return {
        "place": str(place.address),
        "level": place.level,
        "name": found.name,
        "on": found.on,
        "exists": found.exists,
        "part_of": [_named(one) for one in found.part_of],
        "names": [
            {"name": one.name, "since": one.since, "until": one.until or None}
            for one in found.names
        ],
        "validity": [_validity(one) for one in found.existences],
        "parents": [_named(one) for one in found.parents],
        "members": [_named(one) for one in found.members],
        "communes": list(found.communes),
        "perimeter": found.perimeter,
        "came_from": [_kin(one) for one in found.came_from],
        "became": [_kin(one) for one in found.became],
        "story": [_step(one) for one in found.story],
        "populations": [one._asdict() for one in found.populations],
        "sources": sources(found),
    }


def sources(found: Account) -> list[str]:
    """Return how to cite the files that an account was read in."""
    datasets = SOURCES.get(found.place.level, ("communes",))
    if found.populations:
        datasets += ("populations",)
    cited = [shipped.source(dataset)["attribution"] for dataset in datasets]
    return list(dict.fromkeys(cited))


def _named(one: Named) -> dict[str, object]:
    return {"place": one.place, "name": one.name, "vintage": one.vintage or None}


def _kin(one: Kin) -> dict[str, object]:
    words = KINDS.get(one.kind)
    return {
        "place": one.place,
        "name": one.name,
        "on": one.on,
        "kind": one.kind,
        "kind_name": words.french if words else None,
    }


def _validity(place: Place) -> dict[str, object]:
    return {
        "since": place.since,
        "is_start_known": place.is_start_known,
        "until": place.until or None,
        "name": place.name,
    }


def _step(step: Step) -> dict[str, object]:
    return {
        "on": step.on,
        "kind": step.kind,
        "kind_name": step.named(),
        "sentence": step.said(),
        "places": [f"com:{code}" for code, _since in step.others],
    }


def in_words(found: Account) -> Iterator[str]:
    """Yield an account as lines of French."""
    place = found.place
    yield f"{found.name} ({place.address}), {LEVELS[place.level]}"
    if not found.exists:
        yield _absence(found)
    yield "Existence : " + " ; ".join(_span(one) for one in found.existences) + "."
    others = [_other_name(one) for one in found.names if one.name != found.name]
    if others:
        yield "Autres noms : " + ", ".join(others) + "."
    if found.parents:
        yield "Fait partie de : " + ", ".join(map(_mention, found.parents)) + "."
    for people in found.populations:
        number = f"{people.municipal:,}".replace(",", "\u202f")
        yield f"Population municipale {people.edition} : {number}."
    yield from _members(found)
    yield from _chapters(found)
    cited = [text.removeprefix("Source : ") for text in sources(found)]
    yield "Sources : " + " ".join(cited)


def _absence(found: Account) -> str:
    told = f"Le {day_in_words(found.on)}, ce lieu n’existait pas"
    if not found.part_of:
        return f"{told}."
    held = listed([_mention(one) for one in found.part_of])
    return contracted(f"{told} ; son territoire relevait de {held}.")


def _other_name(one: Name) -> str:
    if one.until:
        return f"{one.name} (jusqu’au {day_in_words(one.until)})"
    return f"{one.name} (depuis le {day_in_words(one.since)})"


def _span(place: Place) -> str:
    start = day_in_words(place.since)
    since = f"depuis le {start}"
    if not place.is_start_known:
        since = f"au plus tard le {start} (début des fichiers)"
    return f"{since}, jusqu’au {day_in_words(place.until)}" if place.until else since


def _mention(one: Named) -> str:
    vintage = f", {one.vintage}" if one.vintage else ""
    return f"{one.name} ({one.place}{vintage})"


def _members(found: Account) -> Iterator[str]:
    if len(found.members) > NAMED:
        yield f"Membres : {len(found.members)}."
    elif found.members:
        names = ", ".join(one.name for one in found.members)
        yield f"Membres : {len(found.members)}, {names}."
    if found.perimeter:
        yield f"Communes : {len(found.communes)} ({found.perimeter})."


def _chapters(found: Account) -> Iterator[str]:
    if found.place.level != COMMUNE:
        yield from _others(found)
        return
    yield "Histoire :" if found.story else "Aucun mouvement connu depuis 1943."
    for step in found.story:
        yield f"  {day_in_words(step.on)} : {step.said()} [{step.named()}]"


def _others(found: Account) -> Iterator[str]:
    for title, kin in (("Auparavant", found.came_from), ("Ensuite", found.became)):
        if kin:
            names = ", ".join(f"{one.name} ({one.place})" for one in kin)
            yield f"{title}, ses communes étaient dans : {names}."


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
