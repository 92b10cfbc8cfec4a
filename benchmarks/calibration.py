"""Measure calibration beside its peers: statsmodels, and a NUTS sampler.

    python -m benchmarks.calibration [--runs 200] [--no-peers] [--no-simulation]

- the same REML fit at 1,000 × 200 by statsmodels' MixedLM: estimates and CPU time;
- ranks drawn by NumPyro's NUTS from the same model: chances to be among the first;
- a million marks, from the file to the answer;
- a table of simulated juries: who finds the best, do the intervals hold.

Peers are installed in an environment of their own. Times are CPU seconds of one
thread, so that they mean something on a shared machine.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from benchmarks.calibration_designs import Jury
from benchmarks.calibration_simulation import table_of
from terril.choice.calibration import calibrate, read_marks
from terril.choice.calibration.answer import predict
from terril.choice.calibration.marks import Scores, scores_of

FOLDER = Path("var/bench/calibration").resolve()
HERE = Path(__file__).parent
PEERS = ["statsmodels==0.15.0", "numpyro==0.22.0"]
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
}
# What calibration owes: times as fast, difference of estimates, of chances, seconds.
FASTER, SAME, CHANCES, SECONDS = 200, 1e-3, 0.03, 10
MILLION = {
    "20,000 × 500, 10 readers, 5 criteria": (20_000, 500, 10, 5),
    "66,666 × 400, 3 readers, 5 criteria": (66_666, 400, 3, 5),
    "10,000 × 1,000, 100 readers": (10_000, 1_000, 100, 1),
    "10,000 × 2,000, 20 readers, 5 criteria": (10_000, 2_000, 20, 5),
}
Verdicts = list[bool]


def timed(work: Callable[[], object], times: int) -> tuple[float, object]:
    """Return the least CPU time of some runs, and what the last returned."""
    least, found = float("inf"), None
    for _ in range(times):
        began = time.process_time()
        found = work()
        least = min(least, time.process_time() - began)
    return least, found


def python_of_peers() -> str:
    """Return the interpreter of the peers, installed when it is missing."""
    python = FOLDER / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", FOLDER / "venv"], check=True)
        words = [python, "-m", "pip", "install", "-q", *PEERS]
        subprocess.run(words, check=True)
    return str(python)


def peer(python: str, script: str, scores: Path) -> dict[str, object]:
    """Run a peer on a file of scores, and return what it tells."""
    done = subprocess.run(
        [python, "-W", "ignore", str(HERE / script), str(scores)],
        env={**os.environ, **ONE_THREAD},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"The peer failed: {script}\n{done.stderr[-3000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def written(scores: Scores, name: str) -> Path:
    """Write scores as marks on one criterion."""
    path = FOLDER / name
    rows = zip(scores.dossier, scores.reader, scores.value, strict=True)
    lines = [f"{dossier},{reader},overall,{value!r}" for dossier, reader, value in rows]
    path.write_text("\n".join(["dossier,reader,criterion,mark", *lines]) + "\n")
    return path


def against_mixedlm(python: str) -> Verdicts:
    """Fit the same scores, and compare estimates and time."""
    scores, _ = Jury(1000, 200, 3, 0.7, "balanced").held(1)
    path = written(_plain(scores), "scores.csv")
    theirs = peer(python, "calibration_mixedlm.py", path)
    marks = read_marks(path)
    fit, found = timed(lambda: predict(scores_of(marks)), 5)
    whole, _ = timed(lambda: calibrate(marks, top=50), 3)
    told = theirs["variance"]
    ours = found.variance
    pairs = [
        (ours.dossier, told["dossier"]),
        (ours.reader, told["reader"]),
        (ours.noise, told["noise"]),
    ]
    apart = max(abs(mine - other) / other for mine, other in pairs)
    values = [theirs["calibrated"][name] for name in marks.dossiers]
    effects = np.abs(found.mean + found.dossier - np.array(values)).max()
    ratio = theirs["seconds"] / fit
    print(f"\nREML and BLUP at 1,000 × 200, {scores.value.size} scores")
    print(f"  MixedLM {theirs['seconds']:.2f} s, ours {fit:.4f} s: {ratio:.0f} times")
    print(f"  with 4,000 draws of ranks {whole:.3f} s: {theirs['seconds'] / whole:.0f}")
    print(f"  variances differ by {apart:.1e} of their value, effects by {effects:.1e}")
    return [ratio >= FASTER, apart <= SAME, effects <= SAME]


def _plain(scores: Scores) -> Scores:
    """Return scores whose values print as Python's own numbers."""
    return Scores(
        scores.dossiers,
        scores.readers,
        scores.dossier,
        scores.reader,
        np.array(scores.value, dtype=object),
    )


def against_nuts(python: str) -> Verdicts:
    """Draw ranks from the same model, and compare chances to be among the first."""
    verdicts = []
    print("\nchances to be among the first 1, 3, 5: largest difference with NUTS")
    for jury in (Jury(30, 8, 3, 0.5, "balanced"), Jury(20, 6, 3, 0.0, "assortative")):
        path = written(_plain(jury.held(4)[0]), f"jury-{jury.dossiers}.csv")
        theirs = peer(python, "calibration_nuts.py", path)
        marks = read_marks(path)
        seconds, _ = timed(lambda marks=marks: calibrate(marks), 1)
        apart = []
        for top, chances in theirs["first"].items():
            found = calibrate(marks, top=int(top)).dossiers
            ours = {one.dossier: one.p_top for one in found}
            pairs = zip(theirs["dossiers"], chances, strict=True)
            apart.append(max(abs(ours[name] - chance) for name, chance in pairs))
        told = ", ".join(f"{one:.4f}" for one in apart)
        ratio = theirs["seconds"] / seconds
        print(f"  {jury.dossiers} × {jury.readers}: {told}; {ratio:.0f} times as fast")
        verdicts.append(max(apart) <= CHANCES)
    return verdicts


def a_million() -> Verdicts:
    """Calibrate a million marks of several shapes, from the file on."""
    verdicts = []
    print("\na million marks, from the file to the answer, CPU seconds (wall)")
    for name, shape in MILLION.items():
        path = FOLDER / "million.csv"
        with path.open("w") as file:
            file.writelines(_lines(*shape))
        began, wall = time.process_time(), time.monotonic()
        marks = read_marks(path)
        read = time.process_time() - began
        calibrate(marks, top=100)
        spent = time.process_time() - began
        wall = time.monotonic() - wall
        verdicts.append(spent <= SECONDS)
        verdict = "" if verdicts[-1] else f"  over {SECONDS}"
        print(f"  {name:40}{spent:7.1f} ({wall:.1f}), reading {read:.1f}{verdict}")
    path.unlink()
    return verdicts


def _lines(dossiers: int, readers: int, demand: int, criteria: int) -> Iterator[str]:
    chance = np.random.default_rng(3)
    severity = 0.7 * chance.normal(size=readers)
    yield "dossier,reader,criterion,mark\n"
    for dossier in range(dossiers):
        worth = chance.normal()
        for reader in chance.permutation(readers)[:demand]:
            opinion = 10 + 2 * (worth - severity[reader] + 0.5 * chance.normal())
            for criterion in range(criteria):
                mark = opinion + chance.normal()
                yield f"d{dossier},r{reader},c{criterion},{mark:.1f}\n"


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m benchmarks.calibration")
    words.add_argument("--runs", type=int, default=200, help="juries of each kind")
    words.add_argument("--no-peers", action="store_true")
    words.add_argument("--no-simulation", action="store_true")
    wanted = words.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    print(f"Python {platform.python_version()}, {len(os.sched_getaffinity(0))} cores")
    verdicts = []
    if not wanted.no_peers:
        python = python_of_peers()
        verdicts += against_mixedlm(python) + against_nuts(python)
    verdicts += a_million()
    if not wanted.no_simulation:
        verdicts.append(table_of(wanted.runs))
    kept = sum(map(bool, verdicts))
    print(f"\n{kept} of {len(verdicts)} bars held.")


if __name__ == "__main__":
    main()
