"""Measure the pages that must be fast, on both databases, beside a peer.

    python -m benchmarks [--seconds 8] [--no-peer] [--no-postgresql]

Two gunicorn workers, 16 connections, warm; the peer is loaded in the same run,
so that the ratios mean something on any machine.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

from benchmarks import peer, quantities
from benchmarks.deposit import deposit
from benchmarks.load import Figures, load, server
from tools import postgres

FOLDER = Path("var/bench").resolve()
PORT = 8090
# What the register, the desk and the deposit owe to their users.
TARGETS = {
    "register, rendered": 200,
    "register, unchanged": 1200,
    "agent's list": 60,
}
PAIRS = {
    "register, rendered": ("list", "shell"),
    "register, unchanged": ("list", "shell"),
    "project page": ("detail",),
    "agent's list": ("organiser",),
}


def environment(name: str, database: str) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "terril.config.settings",
        "TERRIL_DEMO": "1",
        "TERRIL_VAR": str(FOLDER / name),
        "DATABASE_URL": database,
    }


def ours(name: str, database: str, seconds: int) -> dict[str, Figures]:
    """Fill and load a site of ours; return its figures by page."""
    (FOLDER / name).mkdir(parents=True, exist_ok=True)
    env = environment(name, database)
    words = [sys.executable, "-m", "benchmarks.fill"]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"Filling failed:\n{done.stderr[-3000:]}")
    told = json.loads(done.stdout.strip().splitlines()[-1])
    application = "terril.config.wsgi"
    with server(
        sys.executable, application, port=PORT, env=env, folder=FOLDER / name
    ) as address:
        return _pages(address, told, seconds)


def _pages(address: str, told: dict[str, str], seconds: int) -> dict[str, Figures]:
    packed = {"Accept-Encoding": "gzip"}
    agent = {**packed, "Cookie": told["agent"]}
    register, geojson = f"{address}/projets/", f"{address}/donnees/projets.geojson"
    project = f"{address}/projets/projet-7/"
    listed = f"{address}/programme/instruction/{told['call']}/"
    plan = {
        "register, rendered": (register, packed, True),
        "register, unchanged": (register, packed, False),
        "project page": (project, packed, True),
        "project page, unchanged": (project, packed, False),
        "GeoJSON, rendered": (geojson, packed, True),
        "GeoJSON, unchanged": (geojson, packed, False),
        "agent's list": (listed, agent, False),
    }
    figures = {}
    for name, (url, headers, fresh) in plan.items():
        load(url, headers=headers, seconds=2, fresh=fresh)
        figures[name] = load(url, headers=headers, seconds=seconds, fresh=fresh)
    codes = told["drafts"]
    figures["deposit"] = deposit(PORT, codes, told["holder"], connections=16)
    return figures


def show(title: str, figures: dict[str, Figures]) -> None:
    print(f"\n{title}")
    print(f"{'page':28}{'req/s':>9}{'p50 ms':>9}{'p95 ms':>9}{'bytes':>9}{'errors':>8}")
    for name, one in figures.items():
        target = TARGETS.get(name)
        verdict = ""
        if target:
            verdict = "  ok" if one.per_second >= target else f"  below {target}"
        print(
            f"{name:28}{one.per_second:9.0f}{one.p50:9.1f}{one.p95:9.1f}"
            f"{one.weight:9}{one.errors:8}{verdict}"
        )


def show_ratios(mine: dict[str, Figures], theirs: dict[str, Figures]) -> None:
    print("\nours : pretalx, requests per second, SQLite on both sides")
    for name, pages in PAIRS.items():
        for page in pages:
            other = theirs[page].per_second
            ratio = f"{mine[name].per_second / other:8.1f}" if other else "no answer"
            print(f"{name:28} / {page:10} {ratio}")


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m benchmarks")
    words.add_argument("--seconds", type=int, default=8)
    words.add_argument("--no-peer", action="store_true")
    words.add_argument("--no-postgresql", action="store_true")
    wanted = words.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    cores = len(os.sched_getaffinity(0))
    print(
        f"{platform.python_implementation()} {platform.python_version()}, {cores} cores"
    )
    sqlite = ours("sqlite", f"sqlite:///{FOLDER}/sqlite/base.sqlite3", wanted.seconds)
    show("Terril on SQLite", sqlite)
    if not wanted.no_postgresql:
        with postgres.running(is_durable=True) as url:
            show("Terril on PostgreSQL", ours("pg", url, wanted.seconds))
    if not wanted.no_peer:
        theirs = peer.measure(FOLDER / "pretalx", count=1000, seconds=wanted.seconds)
        show("pretalx on SQLite, 1,000 submissions", theirs)
        show_ratios(sqlite, theirs)
    quantities.main()


if __name__ == "__main__":
    main()
