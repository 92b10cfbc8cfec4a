"""Measure the pages that must be fast, on both databases, beside a peer.

    python -m benchmarks [--seconds 8] [--no-peer] [--no-postgresql]

Two workers, 16 connections, warm; the peer is loaded in the same run, so that the
ratios mean something on any machine. “Rendered” asks for an address that nobody has
asked for yet; “unchanged” asks for the same one again.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks import peer
from benchmarks.deposit import deposits
from benchmarks.load import Figures, Page, load
from benchmarks.serving import Server, server
from benchmarks.weight import weight
from tools import postgres

# Each measures a part of the libraries beside its peers, in a process of its own.
LIBRARIES = [
    "tally",
    "assignment",
    "calibration",
    "geography",
    "observatory",
    "quantities",
]
FOLDER = Path("var/bench").resolve()
PORT = 8090
# What the site owes to those who use it: requests a second, where a number was promised.
TARGETS = {
    "register, rendered": 200,
    "register, unchanged": 1200,
    "agent's list": 60,
}
# ... milliseconds for nineteen requests out of twenty, everywhere.
SLOWEST = 120
# ... bytes over the wire for a first visit without a map.
HEAVIEST = 120_000
# Page of ours → pages of the peer, and how many times faster ours should be, if said.
PAIRS: dict[str, tuple[tuple[str, ...], int | None]] = {
    "register, rendered": (("list", "shell"), 10),
    "register, unchanged": (("list", "shell"), 10),
    "project page": (("detail",), None),
    "agent's list": (("organiser",), 15),
}


def environment(name: str, database: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "terril.config.settings",
        "TERRIL_DEMO": "1",
        "SECRET_KEY": "only for the benchmark",
        "TERRIL_VAR": str(FOLDER / name),
        "DATABASE_URL": database,
    }


def ours(name: str, database: str, seconds: int) -> dict[str, Figures]:
    """Fill and load a site of ours; return its figures by page."""
    shutil.rmtree(FOLDER / name, ignore_errors=True)
    (FOLDER / name).mkdir(parents=True)
    env = environment(name, database)
    told = json.loads(_done([sys.executable, "-m", "benchmarks.fill"], env)[-1])
    words = [sys.executable, "-m", "terril", "serve", "--port", str(PORT)]
    with server(words, port=PORT, env=env, folder=FOLDER / name) as running:
        show_weights(running, "home", "/")
        show_weights(running, "register", "/projets/")
        figures = _figures(running, told, seconds)
    # Whatever was handed in under load must still be one unbroken chain.
    print(*_done([sys.executable, "-m", "terril", "journal", "verify"], env))
    return figures


def _done(words: list[str], env: dict[str, str]) -> list[str]:
    """Run a command to its end and return its lines."""
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words[1:])} failed:\n{done.stderr[-3000:]}")
    return done.stdout.strip().splitlines()


def _figures(running: Server, told: dict[str, Any], seconds: int) -> dict[str, Figures]:
    figures = {}
    for name, page in _pages(told).items():
        load(running, page, seconds=2)
        figures[name] = load(running, page, seconds=seconds)
    handed_in = deposits(running, told["drafts"], told["holder"])
    figures["deposit"] = load(running, handed_in, seconds=min(seconds, 6))
    return figures


def _pages(told: dict[str, Any]) -> dict[str, Page]:
    packed = {"Accept-Encoding": "gzip"}
    agent = {**packed, "Cookie": told["agent"]}
    register, geojson = "/projets/", "/donnees/projets.geojson"
    return {
        "register, rendered": Page(register, packed, is_fresh=True),
        "register, unchanged": Page(register, packed),
        "project page": Page("/projets/projet-*/", packed, is_fresh=True),
        "project page, unchanged": Page("/projets/projet-7/", packed),
        "GeoJSON, rendered": Page(geojson, packed, is_fresh=True),
        "GeoJSON, unchanged": Page(geojson, packed),
        "agent's list": Page(f"/programme/instruction/{told['call']}/", agent),
    }


def show_weights(running: Server, name: str, path: str) -> None:
    found = weight(running.address + path)
    print(f"first visit, {name}: {found} bytes, {_verdict(found <= HEAVIEST)}")


def show(title: str, figures: dict[str, Figures]) -> None:
    print(f"\n{title}")
    heads = ("req/s", "p50 ms", "p95 ms", "cpu ms", "bytes", "errors")
    print(f"{'page':28}" + "".join(f"{head:>9}" for head in heads))
    for name, one in figures.items():
        print(
            f"{name:28}{one.per_second:9.0f}{one.p50:9.1f}{one.p95:9.1f}"
            f"{one.processor:9.2f}{one.weight:9}{one.errors:9}"
        )


def show_targets(figures: dict[str, Figures]) -> None:
    for name, one in figures.items():
        owed = TARGETS.get(name)
        rate = f"≥ {owed}/s {_verdict(one.per_second >= owed)}, " if owed else ""
        slow = f"p95 ≤ {SLOWEST} ms {_verdict(one.p95 <= SLOWEST)}"
        whole = "" if not one.errors else f", {one.errors} errors"
        print(f"{name:28} {rate}{slow}{whole}")


def _verdict(is_kept: bool) -> str:  # noqa: FBT001 -- reads as it is said
    return "kept" if is_kept else "MISSED"


def show_ratios(mine: dict[str, Figures], theirs: dict[str, Figures]) -> None:
    print("\nours : pretalx, requests per second, SQLite on both sides")
    for name, (pages, expected) in PAIRS.items():
        for page in pages:
            other = theirs[page].per_second
            ratio = mine[name].per_second / other if other else float("inf")
            verdict = (
                f"  ≥ {expected} {_verdict(ratio >= expected)}" if expected else ""
            )
            print(f"{name:28} / {page:10}{ratio:8.1f}{verdict}")


def pages(wanted: argparse.Namespace) -> None:
    """Load the pages of the site, on both databases, then those of the peer."""
    sqlite = ours("sqlite", f"sqlite:///{FOLDER}/sqlite/base.sqlite3", wanted.seconds)
    show("Terril on SQLite", sqlite)
    show_targets(sqlite)
    if not wanted.no_postgresql:
        with postgres.running(is_durable=True) as url:
            pg = ours("pg", url, wanted.seconds)
            show("Terril on PostgreSQL", pg)
            show_targets(pg)
    if not wanted.no_peer:
        theirs = peer.measure(FOLDER / "pretalx", count=1000, seconds=wanted.seconds)
        show("pretalx on SQLite, 1,000 submissions", theirs)
        show_ratios(sqlite, theirs)


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m benchmarks")
    words.add_argument("--seconds", type=int, default=8)
    words.add_argument("--no-peer", action="store_true")
    words.add_argument("--no-postgresql", action="store_true")
    words.add_argument("--no-libraries", action="store_true")
    wanted = words.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    cores = len(os.sched_getaffinity(0))
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {cores} cores"
    )
    pages(wanted)
    for name in [] if wanted.no_libraries else LIBRARIES:
        print(f"\n{name}", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)


if __name__ == "__main__":
    main()
