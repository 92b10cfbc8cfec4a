"""Assign readers to dossiers, beside a plain MILP, CP-SAT and openreview-matcher.

    python -m benchmarks.assignment [--no-peer] [--no-largest] [--matcher FOLDER]

Demand 3, 5 % of conflicts, one discipline a dossier and a reader, loads within half
and 1.2 times the mean; fit uniform, then of low rank (everybody wants the same
readers). The peers run in a virtual environment of their own under var/bench, on the
same instance; `--matcher` is a folder of openreview-matcher's published sources, which
no registry has as a package: its MinMax solver knows no discipline, so it is given none.
CPU seconds of the process, imports excepted.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from terril.choice.assignment import Dossier, Instance, Reader, assign

FOLDER = Path("var/bench/assignment").resolve()
PACKAGES = ["ortools==9.15.6755", "scipy", "numpy", "openreview-py", "cffi"]
NAMES = [f"k{place}" for place in range(8)]
SIZES = ((20, 8), (1000, 200), (10000, 2000))
# What the assignment owes: CPU seconds, and gigabytes at the largest size.
TARGETS = {(1000, 200): 0.3, (10000, 2000): 30.0}
MEMORY = 6.0
FASTER = 30


@dataclass(frozen=True)
class Figures:
    """What one solver did: CPU seconds, the fit it found, and a bound if it has one."""

    seconds: float
    objective: float
    bound: float


def jury(n: int, m: int, kind: str, *, has_disciplines: bool = True) -> Instance:
    """Draw an instance: the same for everybody, from the same seed."""
    draw = np.random.default_rng(0)
    fit = draw.random((n, m))
    if kind == "low rank":
        fit = draw.random((n, 5)) ** 3 @ (draw.random((m, 5)) ** 3).T
        fit /= fit.max()
    mean = n * 3 / m
    # A few readers of each discipline, whatever the size.
    count = min(len(NAMES), m // 4)
    asked, held = draw.integers(count, size=n), np.arange(m) % count
    names = [(one,) if has_disciplines else () for one in NAMES]
    least, most = int(mean * 0.5), int(np.ceil(mean * 1.2))
    return Instance(
        tuple(Dossier(d, 3, names[asked[d]]) for d in range(n)),
        tuple(Reader(r, least, most, names[held[r]]) for r in range(m)),
        fit,
        conflicts=np.argwhere(draw.random((n, m)) < 0.05),
    )


def ours(instance: Instance) -> Figures:
    """Measure our own assignment, its proof and what it says of itself included."""
    assign(jury(20, 8, "uniform"))
    start = time.process_time()
    found = assign(instance)
    seconds = time.process_time() - start
    unmet = len(found.unmet)
    print(
        f"  {'Terril':22}{seconds:10.3f} s   fit {found.objective:.6f}   "
        f"gap {found.gap:.1e}   worst-off {found.min_dossier_fit:.4f}   unmet {unmet}"
    )
    return Figures(seconds, found.objective, found.bound)


def written(instance: Instance) -> Path:
    """Write an instance where the peers read it."""
    path = FOLDER / "instance.npz"
    place = {name: number for number, name in enumerate(NAMES)}

    def numbers(given: tuple[Dossier, ...] | tuple[Reader, ...]) -> list[int]:
        return [place[one.disciplines[0]] if one.disciplines else -1 for one in given]

    np.savez(
        path,
        fit=instance.fit,
        conflicts=instance.conflicts,
        demand=[one.demand for one in instance.dossiers],
        lower=[one.lower for one in instance.readers],
        upper=[one.upper for one in instance.readers],
        asked=numbers(instance.dossiers),
        held=numbers(instance.readers),
    )
    return path


def peer(name: str, path: Path, mine: Figures, more: tuple[str, ...] = ()) -> None:
    """Run one peer on an instance, and print how it compares."""
    script = Path(__file__).with_name("assignment_peers.py")
    words = [_python(), str(script), name, str(path), *more]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"  {name:22}    failed: {done.stderr.strip().splitlines()[-1:]}")
        return
    told = json.loads(done.stdout.strip().splitlines()[-1])
    if told["objective"] is None:
        print(f"  {name:22}{told['seconds']:10.3f} s   {told['status']}")
        return
    better = mine.objective - told["objective"]
    print(
        f"  {name:22}{told['seconds']:10.3f} s   fit {told['objective']:.6f}   "
        f"{told['seconds'] / mine.seconds:8.1f} times ours, fit {better:+.1e} for us"
    )


def _python() -> str:
    python = FOLDER / "venv" / "bin" / "python"
    if not python.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "venv", FOLDER / "venv"], check=True)
        install = [python, "-m", "pip", "install", "-q", *PACKAGES]
        subprocess.run(install, check=True)
    return str(python)


def compare(n: int, m: int, kind: str, wanted: argparse.Namespace) -> None:
    """Measure one size, ours first, then whoever can do it."""
    print(f"\n{n} dossiers × {m} readers, {kind} fit")
    instance = jury(n, m, kind)
    mine = ours(instance)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    target = TARGETS.get((n, m))
    if target:
        verdict = "ok" if mine.seconds <= target else f"above {target}"
        print(f"  {verdict}; {memory:.2f} GB so far, of {MEMORY:.0f}")
    if wanted.no_peer or n > 1000:
        return
    path = written(instance)
    for name in ("plain MILP", "CP-SAT"):
        peer(name, path, mine)
    if wanted.matcher:
        without = jury(n, m, kind, has_disciplines=False)
        mine = ours(without)
        peer("openreview-matcher", written(without), mine, (wanted.matcher,))


def main(words: list[str] | None = None) -> None:
    """Measure all sizes and both kinds of fit."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.assignment")
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--no-largest", action="store_true")
    parser.add_argument("--matcher", default="", metavar="FOLDER")
    wanted = parser.parse_args(words)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for n, m in SIZES[:2] if wanted.no_largest else SIZES:
        for kind in ("uniform", "low rank"):
            compare(n, m, kind, wanted)


if __name__ == "__main__":
    main()
