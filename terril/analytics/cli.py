"""The words of the `terril` command that need no site."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from terril.analytics.catalogue import Recipe, recipes
from terril.analytics.derive import derive
from terril.analytics.errors import DataError
from terril.analytics.geography.shipped import FOLDER
from terril.analytics.originals import Originals

INTO = FOLDER


def main(
    arguments: Sequence[str], catalogue: Mapping[str, Recipe] | None = None
) -> int:
    """Run `terril derive --from FOLDER [--into FOLDER]`, by our recipes or others."""
    parser = argparse.ArgumentParser(
        prog="terril derive",
        description="Make the compact tables of places from the original files.",
    )
    parser.add_argument(
        "--from", dest="folder", type=Path, required=True, metavar="FOLDER"
    )
    parser.add_argument("--into", type=Path, default=INTO, metavar="FOLDER")
    asked = parser.parse_args(arguments)
    try:
        derive(Originals(asked.folder, _say, catalogue or recipes()), asked.into)
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
