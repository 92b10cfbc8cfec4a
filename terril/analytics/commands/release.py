"""`terril release`: build, list, compare and publish releases of figures."""

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from terril.analytics.build import Originals, build
from terril.analytics.compare import compare, told
from terril.analytics.errors import DataError
from terril.analytics.releases import SHIPPED, Release
from terril.analytics.store import Store, write_folder


def folder() -> Path:
    """Return where releases are kept, unless a folder is named."""
    return Path(os.environ.get("TERRIL_VAR", "var")) / "releases"


def main(arguments: Sequence[str]) -> int:
    """Run `terril release build|list|compare|publish`."""
    asked = _parser().parse_args(arguments)
    try:
        asked.do(asked)
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="terril release", description="Keep the releases of figures."
    )
    parser.add_argument("--releases", type=Path, default=folder(), metavar="FOLDER")
    words = parser.add_subparsers(required=True, metavar="WORD")
    word = words.add_parser("build", help="make a release of the original files")
    word.add_argument(
        "--from", dest="folder", type=Path, required=True, metavar="FOLDER"
    )
    word.add_argument(
        "--ship", action="store_true", help="write it as the one that ships"
    )
    word.set_defaults(do=_build)
    word = words.add_parser("list", help="tell the releases at hand")
    word.set_defaults(do=_list)
    word = words.add_parser("compare", help="tell what a release changes")
    word.add_argument("before", type=int, help="a number; 0 is the one that ships")
    word.add_argument("after", type=int)
    word.add_argument("--threshold", type=Decimal, default=Decimal(0), metavar="%")
    word.set_defaults(do=_compare)
    word = words.add_parser("publish", help="make a release the one that answers")
    word.add_argument("number", type=int)
    word.set_defaults(do=_publish)
    return parser


def _build(asked: argparse.Namespace) -> None:
    store = Store(asked.releases)
    previous = None if asked.ship else _previous(store)
    files = build(Originals(asked.folder, previous, _say))
    if asked.ship:
        made = store.write(files)
        _ship(made)
        return
    before = {one.number for one in store.releases()}
    made = store.write(files)
    is_new = made.number not in before
    _say(f"release {made.number} {'written' if is_new else 'is the same, kept'}")


def _ship(made: Release) -> None:
    fresh = SHIPPED.with_name(f"{SHIPPED.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    names = [path.name for path in made.folder.iterdir()]
    write_folder(fresh, {name: (made.folder / name).read_bytes() for name in names})
    shutil.rmtree(SHIPPED, ignore_errors=True)
    fresh.rename(SHIPPED)
    _say(f"shipped in {SHIPPED}")


def _previous(store: Store) -> Release | None:
    """Return what is built upon: the newest release, or the one that ships."""
    kept = store.releases()
    if kept:
        return kept[-1]
    return Release(SHIPPED) if SHIPPED.exists() else None


def _list(asked: argparse.Namespace) -> None:
    store = Store(asked.releases)
    live = store.live
    for one in [Release(SHIPPED), *store.releases()]:
        is_live = one.number == (live.number if live else 0)
        mark = "*" if is_live else " "
        _say(f"{mark} {one.number:>4}  {len(one.editions)} editions  {one.digest[:12]}")


def _compare(asked: argparse.Namespace) -> None:
    store = Store(asked.releases)
    before, after = (_chosen(store, number) for number in (asked.before, asked.after))
    _say(told(compare(before, after, threshold=asked.threshold)))


def _chosen(store: Store, number: int) -> Release:
    return store.release(number) if number else Release(SHIPPED)


def _publish(asked: argparse.Namespace) -> None:
    made = Store(asked.releases).publish(asked.number)
    _say(f"release {made.number} answers from now on")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
