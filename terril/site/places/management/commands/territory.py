"""`terril territory`: make a territory, and draw it."""

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from terril.site.commons.errors import Refused
from terril.site.places import rules
from terril.site.places.actions import add_outlines, create_territory
from terril.site.places.actions.territories import Identity
from terril.site.places.models import Territory
from terril.site.places.queries import communes_of, territories_told


class Command(BaseCommand):
    help = "Make a territory from codes of EPCI, or draw it from a file."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Offer `create`, `outlines` and `file`."""
        words = parser.add_subparsers(dest="word", required=True)
        create = words.add_parser("create", help="make a territory from codes of EPCI")
        create.add_argument("--key", required=True, help="for TERRIL_TERRITORY")
        create.add_argument("--name", required=True, help="as it is shown everywhere")
        create.add_argument("--short-name", default="", help="as feeds show it")
        create.add_argument("--description", default="", help="one sentence")
        create.add_argument("--website", default="", help="address of the institution")
        create.add_argument(
            "--since",
            type=dt.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="first day of the perimeter; today by default",
        )
        create.add_argument(
            "--epci",
            action="append",
            required=True,
            metavar="CODE",
            help="SIREN of an EPCI, once for each",
        )
        create.add_argument(
            "--also",
            action="append",
            default=[],
            metavar="CODE",
            help="a member which draws no perimeter, as a département",
        )
        words.add_parser("file", help="write all territories for `terril place`")
        outlines = words.add_parser("outlines", help="draw its communes from a GeoJSON")
        outlines.add_argument("file", type=Path)
        outlines.add_argument("--territory", default=settings.TERRITORY)
        outlines.add_argument("--vintage", type=int, help="year of the borders")

    def handle(self, *, word: str, **options: Any) -> None:
        """Hand the word over; a refusal is said as it is."""
        does = {"create": self._create, "outlines": self._draw, "file": self._write}
        try:
            does[word](**options)
        except Refused as refusal:
            sentences = (str(refusal), str(refusal.next_step))
            raise CommandError(" ".join(filter(None, sentences))) from refusal

    def _create(self, **options: Any) -> None:
        now = timezone.now()
        identity = Identity(
            options["name"],
            options["short_name"],
            options["description"],
            options["website"],
        )
        territory = create_territory(
            options["key"],
            identity,
            members=options["epci"],
            others=options["also"],
            since=options["since"] or timezone.localdate(now),
            at=now,
        )
        self.stdout.write(
            f"{territory.name}: {communes_of(territory).count()} communes. "
            f"Show it with TERRIL_TERRITORY={territory.key}."
        )

    def _write(self, **_options: Any) -> None:
        told = json.dumps(territories_told(), ensure_ascii=False, indent=1)
        self.stdout.write(told)

    def _draw(self, **options: Any) -> None:
        key = options["territory"]
        rules.check_territory_is_known(key, _keys())
        territory = Territory.objects.get(key=key)
        now = timezone.now()
        drawn = add_outlines(
            territory,
            _document(options["file"]),
            vintage=options["vintage"] or timezone.localdate(now).year,
            at=now,
        )
        self.stdout.write(
            f"{drawn.communes} communes and {drawn.epcis} EPCI drawn; "
            f"{drawn.left_out} outlines of the file are of other communes."
        )
        if drawn.lacking:
            self.stdout.write(f"Not drawn: {', '.join(drawn.lacking)}.")


def _keys() -> list[str]:
    return list(Territory.objects.values_list("key", flat=True))


def _document(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(f"{path} is not JSON in UTF-8: {error}.") from error
