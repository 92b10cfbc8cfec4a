"""Measure the tally beside its peers, and count who departs from the definition.

    python -m benchmarks.tally [--ballots 10000000] [--small 20000] [--no-peer]

Every figure is CPU time (user and system), the least of three runs, on bytes already in
memory; a pass is one reading of the same bytes. Peers are installed in a folder of their
own and run in one process, on the same ballots.
"""

import argparse
import hashlib
import json
import os
import platform
import random
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from terril.choice import tally

FOLDER = Path("var/bench/tally").resolve()
PEERS = ["votekit", "pref_voting", "whalrus", "polars", "duckdb", "numpy"]
PROJECTS = [f"P{place}" for place in range(1, 13)]
GRADES = ["Excellent", "Very good", "Good", "Fair", "Poor", "Reject"]
TARGET = 2.0


def cpu(work: Callable[[], object]) -> float:
    """Return the least CPU time of three runs, in seconds."""
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def ballots(many: int) -> np.ndarray:
    """Return ballots at random: bytes, one row a ballot, one column a project."""
    weights = [0.08, 0.17, 0.25, 0.22, 0.16, 0.12]
    drawn = np.random.default_rng(2026).random((many, len(PROJECTS)), np.float32)
    return np.searchsorted(np.cumsum(weights)[:-1], drawn).astype(np.uint8)


def judged(table: np.ndarray) -> tally.Tally:
    return tally.majority_judgment(tally.profile_of(table, GRADES, PROJECTS))


def in_bytes(table: np.ndarray) -> None:
    """Compare the whole tally with single passes over the same bytes."""
    flat = table.reshape(-1)
    print(f"\n{len(table):,} ballots × {len(PROJECTS)} projects, {flat.nbytes:,} bytes")
    ours = cpu(lambda: judged(table))
    print(f"{'majority judgment':32}{1000 * ours:9.1f} ms")
    passes = {
        "a pass: numpy sum": flat.sum,
        "a pass: numpy bincount": lambda: np.bincount(flat),
        "a pass: zlib.crc32": lambda: zlib.crc32(flat),
        "a pass: SHA-256": lambda: hashlib.sha256(flat).digest(),
        "numpy max (one instruction)": flat.max,
    }
    for name, work in passes.items():
        one = cpu(work)
        print(f"{name:32}{1000 * one:9.1f} ms   ours / it {ours / one:6.2f}")
    ratio = ours / cpu(passes["a pass: numpy sum"])
    verdict = "ok" if ratio <= TARGET else "above"
    print(f"target ≤ {TARGET:.0f} times a pass (sum): {ratio:.2f}  {verdict}")


def in_a_file(table: np.ndarray) -> None:
    """Compare the reading of a CSV with one pass over its bytes."""
    path = FOLDER / "ballots.csv"
    cells = np.full((len(table), 2 * len(PROJECTS)), ord(","), np.uint8)
    cells[:, ::2] = table + ord("0")
    cells[:, -1] = ord("\n")
    head = f"{','.join(PROJECTS)}\n"
    scale = tally.Scale("words", ("0", "1", "2", "3", "4", "5"))
    path.write_bytes(head.encode() + cells.tobytes())
    ours = cpu(lambda: tally.majority_judgment(tally.read_ballots(path, scale)))
    size = path.stat().st_size
    print(f"\nthe same as CSV, {size:,} bytes, from the disk's memory")
    print(f"{'read and tallied':32}{1000 * ours:9.1f} ms")
    for name, work in {
        "a pass: read and SHA-256": lambda: hashlib.sha256(path.read_bytes()).digest(),
        "a pass: read and crc32": lambda: zlib.crc32(path.read_bytes()),
        "read alone": path.read_bytes,
    }.items():
        one = cpu(work)
        print(f"{name:32}{1000 * one:9.1f} ms   ours / it {ours / one:6.2f}")
    path.unlink()


def small_profiles(many: int) -> list[dict[str, list[int]]]:
    """Return small elections at random: marks from 0 to 3 by project, best high."""
    rng = random.Random(2026)
    found = []
    for _ in range(many):
        voters, projects = rng.randint(2, 9), rng.randint(2, 4)
        found.append(
            {
                f"P{place}": [rng.randint(0, 3) for _ in range(voters)]
                for place in range(projects)
            }
        )
    return found


def by_definition(columns: dict[str, list[int]]) -> list[list[str]]:
    """Take medians away one by one, and rank by what is taken."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for name in sorted(columns):
        left, taken = sorted(columns[name]), []
        while left:
            taken.append(left.pop((len(left) - 1) // 2))
        groups.setdefault(tuple(taken), []).append(name)
    return [groups[value] for value in sorted(groups, reverse=True)]


def ours(columns: dict[str, list[int]]) -> list[list[str]]:
    counts = {
        name: [column.count(3 - place) for place in range(4)]
        for name, column in columns.items()
    }
    return tally.majority_judgment(tally.of("ABCD", counts)).ranking


def install() -> str:
    python = FOLDER / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", FOLDER / "venv"], check=True)
        words = [python, "-m", "pip", "install", "-qq", *PEERS]
        subprocess.run(words, check=True)
    return str(python)


def against_peers(table: np.ndarray, small: list[dict[str, list[int]]]) -> None:
    """Run the peers on the same ballots; print ratios and departures."""
    np.save(FOLDER / "ballots.npy", table)
    truth = [by_definition(columns) for columns in small]
    (FOLDER / "small.json").write_text(json.dumps([small, truth]))
    script = Path(__file__).with_name("tally_peers.py")
    done = subprocess.run(
        [install(), script, FOLDER], capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"The peers failed:\n{done.stderr[-3000:]}")
    told = json.loads(done.stdout.strip().splitlines()[-1])
    print("\npeers, each at a size that it can do, in its own process")
    print(f"{'':44}{'ballots':>12}{'theirs':>12}{'ours':>11}{'ratio':>9}")
    for one in told["times"]:
        mine = cpu(lambda many=one["ballots"]: judged(table[:many]))
        print(
            f"{one['name']:44}{one['ballots']:12,}{1000 * one['cpu']:9.0f} ms"
            f"{1000 * mine:8.1f} ms{one['cpu'] / mine:9.1f}"
        )
    wrong = sum(
        ours(columns) != right for columns, right in zip(small, truth, strict=True)
    )
    print(f"\n{len(small):,} small profiles at random, against the definition")
    print(f"{'Terril, whole ranking':44}{wrong:8,} depart")
    for name, many in told["departures"].items():
        print(f"{name:44}{many:8,} depart  ({100 * many / len(small):.1f} %)")
    for line in told["notes"]:
        print(f"  {line}")


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m benchmarks.tally")
    words.add_argument("--ballots", type=int, default=10_000_000)
    words.add_argument("--small", type=int, default=20_000)
    words.add_argument("--no-peer", action="store_true")
    wanted = words.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    cores = len(os.sched_getaffinity(0))
    print(f"Python {platform.python_version()}, numpy {np.__version__}, {cores} cores")
    table = ballots(wanted.ballots)
    in_bytes(table)
    in_a_file(table)
    if not wanted.no_peer:
        against_peers(table, small_profiles(wanted.small))


if __name__ == "__main__":
    main()
