"""Carry 35,000 communes over 20 vintages, beside pandas and polars in the same run.

    python -m benchmarks.geography [--no-peer]

The peers are given our passages as tables, ready made, and join, multiply and
group: they check no code, keep no whole number whole, and say no estimate.
"""

import argparse
import csv
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from terril.analytics.geography import Atlas, Passage
from terril.analytics.geography.carrying import carried

FOLDER = Path("var/bench/geography").resolve()
END, SPAN, TURNS = 2025, 20, 5
PEERS = ("pandas==2.3.3", "polars==1.35.2")


def timed(action: Callable[[], object]) -> float:
    """Return the processor's seconds that an action took."""
    start = time.process_time()
    action()
    return time.process_time() - start


def best(action: Callable[[], object]) -> float:
    """Return the best of a few runs: a shared machine only ever adds time."""
    return min(timed(action) for _ in range(TURNS))


def write(year: int, passage: Passage, counts: dict[str, int]) -> None:
    """Write a passage and its counts as tables, for those who join."""
    with (FOLDER / f"passage-{year}.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["code", "to", "share"])
        for code in sorted(passage.known):
            for part in passage.parts(code):
                rows.writerow([code, part.code, float(part.share)])
    with (FOLDER / f"counts-{year}.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["code", "count"])
        rows.writerows(counts.items())


def peers(years: list[int]) -> dict[str, float]:
    """Install the peers apart, and let them do the same carries."""
    python = FOLDER / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", FOLDER / "venv"], check=True)
        words = [python, "-m", "pip", "install", "-q", *PEERS]
        subprocess.run(words, check=True)
    script = Path(__file__).with_name("geography_peer.py")
    words = [python, script, FOLDER, *map(str, years), "--turns", str(TURNS)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def ours(years: list[int]) -> float:
    """Make and use our passages; print what each part took, return the carrying."""
    here, last = Atlas(), f"{END + 1}-01-01"
    read = timed(lambda: here.turns)
    made = timed(lambda: [here.passage(f"{year}-01-01", last) for year in years])
    passages = {year: here.passage(f"{year}-01-01", last) for year in years}
    counts = {
        year: {code: 1000 + n for n, code in enumerate(sorted(one.known))}
        for year, one in passages.items()
    }
    took = best(lambda: [carried(counts[year], passages[year]) for year in years])
    lines = sum(map(len, counts.values()))
    print(f"{SPAN} vintages to {END + 1}, {lines:,} counts, seconds of processor")
    print(f"  read the tables and the graph  {read:7.3f}")
    print(f"  make {SPAN} passages               {made:7.3f}")
    print(f"  carry                          {took:7.3f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak of memory                 {peak:5.0f} MB")
    for year in years:
        write(year, passages[year], counts[year])
    return took


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(prog="python -m benchmarks.geography")
    words.add_argument("--no-peer", action="store_true")
    asked = words.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    years = list(range(END - SPAN + 1, END + 1))
    took = ours(years)
    if not asked.no_peer:
        for name, seconds in peers(years).items():
            ratio = seconds / took
            print(
                f"  {name:10} join and group       {seconds:7.3f}  {ratio:5.1f} × ours"
            )


if __name__ == "__main__":
    main()
