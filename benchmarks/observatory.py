"""Measure the observatory: what a release costs, and 20 million counts added up.

    python -m benchmarks.observatory [--from FOLDER] [--rows 20000000]

Counts by commune are added up to EPCI, employment zone, département and region.
Each engine does the same work on the same Parquet, in a process of its own, with
the libraries in a virtual environment of their own under var/bench; the ratios
mean something on any machine. `--from` also builds the release that ships.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path("var/bench/observatory").resolve()
COUNTS, MEMBERS = FOLDER / "counts.parquet", FOLDER / "members.parquet"
LEVELS = ["epci", "employment_zone", "department", "region"]
PEERS = ["polars==1.36.1", "pandas==2.3.3", "pyarrow==22.0.0"]
# What the aggregation owes: to DuckDB's scan, to polars, to pandas.
TARGETS = {"scan": 3.0, "polars": 1.1, "pandas": 1 / 8}


def clocks() -> tuple[float, float]:
    """Read the clock of the wall and that of the processor."""
    return time.perf_counter(), time.process_time()


def since(start: tuple[float, float]) -> dict[str, float]:
    """Return what has passed on both clocks."""
    wall, cpu = clocks()
    return {"seconds": wall - start[0], "cpu": cpu - start[1]}


def peak() -> float:
    """Return the peak of memory of this process, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def prepare(rows: int) -> None:
    """Write as many counts as asked, over the communes of France and their places."""
    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as pq

    from terril.analytics.geography.addresses import DEPARTMENT, EPCI, ZONE
    from terril.analytics.geography.atlas import atlas, department_of

    FOLDER.mkdir(parents=True, exist_ok=True)
    found = atlas()
    region_of = {place.code: place.parent for place in found.level(DEPARTMENT)}
    members = [
        {
            "place": code,
            EPCI: _inside(found, place, EPCI),
            ZONE: _inside(found, place, ZONE),
            DEPARTMENT: department_of(code),
            "region": region_of.get(department_of(code)),
        }
        for code, place in found.communes_on("2023-01-01").items()
    ]
    pq.write_table(pa.Table.from_pylist(members), MEMBERS)
    periods = max(rows // (len(members) * 20), 1)
    duckdb.sql(
        f"""copy (
            select 'indicator_' || i as indicator, place, (2000 + p)::varchar as period,
                   (hash(place, i, p) % 100000)::bigint as value
            from read_parquet('{MEMBERS}'), range({periods}) i(i), range(20) p(p)
        ) to '{COUNTS}' (format parquet, compression zstd)"""
    )


def _inside(found, place, kind: str) -> str | None:
    runs = found.groupings(place, kind)
    return next((run.parent for run in runs if run.since <= 2023 <= run.until), None)


def ours() -> dict[str, float]:
    """Add up by the expression that the observatory runs."""
    from terril.analytics.levels import to_levels
    from terril.analytics.workbench import Workbench

    with Workbench() as bench:
        start = clocks()
        expression = to_levels(bench.parquet(COUNTS), bench.parquet(MEMBERS), LEVELS)
        found = bench.kept(expression)
        took = since(start)
        total = sum(found["value"].to_pylist())
    return took | {"rows": found.num_rows, "total": float(total)}


def scan() -> dict[str, float]:
    """Read every value once, which nothing can avoid."""
    import duckdb

    engine = duckdb.connect(config={"threads": "2"})
    start = clocks()
    row = engine.sql(
        "select sum(value), sum(length(place)), sum(length(period)), "
        f"sum(length(indicator)), count(*) from read_parquet('{COUNTS}')"
    ).fetchone()
    took = since(start)
    return took | {"rows": row[4], "total": float(row[0])}


def polars() -> dict[str, float]:
    """Do the same work in polars, streaming, by the same combinations."""
    import polars as pl

    start = clocks()
    members = pl.read_parquet(MEMBERS)
    segments = members.select(LEVELS).unique().with_row_index("segment")
    numbered = members.join(segments, on=LEVELS, nulls_equal=True)
    parts = (
        pl.scan_parquet(COUNTS)
        .join(numbered.lazy().select("place", "segment"), on="place")
        .group_by("indicator", "period", "segment")
        .agg(pl.col("value").sum())
        .collect(engine="streaming")
    )
    whole = parts.join(segments, on="segment")
    found = pl.concat(
        whole.drop_nulls(level)
        .group_by("indicator", "period", pl.col(level).alias("place"))
        .agg(pl.col("value").sum())
        for level in LEVELS
    )
    took = since(start)
    return took | {
        "rows": found.height,
        "total": float(found["value"].sum()),
    }


def pandas() -> dict[str, float]:
    """Do the same work in pandas, by merge, by the same combinations."""
    import pandas as pd

    start = clocks()
    members = pd.read_parquet(MEMBERS)
    members["segment"] = members.groupby(LEVELS, dropna=False).ngroup()
    counts = pd.read_parquet(COUNTS).merge(members[["place", "segment"]], on="place")
    keys = ["indicator", "period", "segment"]
    parts = counts.groupby(keys, as_index=False)["value"].sum()
    segments = members[["segment", *LEVELS]].drop_duplicates()
    whole = parts.merge(segments, on="segment")
    found = [
        whole.groupby(["indicator", "period", level])["value"].sum() for level in LEVELS
    ]
    took = since(start)
    return took | {
        "rows": sum(map(len, found)),
        "total": float(sum(one.sum() for one in found)),
    }


ENGINES = {"ours": ours, "scan": scan, "polars": polars, "pandas": pandas}


def measured(name: str, python: str) -> dict[str, float]:
    """Run one engine in a process of its own, and read its peak of memory."""
    words = [python, str(Path(__file__)), "--engine", name]
    env = {**os.environ, "POLARS_MAX_THREADS": "2", "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{name} failed:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def one(name: str) -> None:
    """Run an engine here, and print what it took; imports are not counted."""
    print(json.dumps(ENGINES[name]() | {"peak": peak()}))


def peers() -> str:
    """Install the peers in a virtual environment of their own; return its Python."""
    python = FOLDER / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", FOLDER / "venv"], check=True)
        words = [python, "-m", "pip", "install", "-q", *PEERS]
        subprocess.run(words, check=True)
    return str(python)


def build_release(folder: Path) -> None:
    """Build the whole release that ships from its original files."""
    from terril.analytics.build import Originals, build

    start = clocks()
    files = build(Originals(folder, say=lambda _: None))
    took, size = since(start), sum(map(len, files.values())) / 1e6
    print(
        f"release: {took['seconds']:.1f} s, {took['cpu']:.1f} s of CPU, "
        f"{size:.2f} MB, peak {peak():.0f} MB"
    )


def compared(repeat: int) -> dict[str, dict[str, float]]:
    """Run the engines turn by turn, so that a busy machine is as hard on each."""
    ours_too = dict.fromkeys(("ours", "scan"), sys.executable)
    theirs = peers()
    runs = {name: [] for name in ENGINES}
    for _ in range(repeat):
        for name in ENGINES:
            runs[name].append(measured(name, ours_too.get(name, theirs)))
    return {
        name: min(found, key=lambda run: run["cpu"]) for name, found in runs.items()
    }


def told(best: dict[str, dict[str, float]]) -> None:
    """Print what each took, whether all agree, and the ratios against what is owed."""
    for name, run in best.items():
        print(
            f"{name:7} {run['seconds']:6.2f} s  {run['cpu']:6.2f} s of CPU  "
            f"peak {run['peak']:5.0f} MB  {run['rows']:>9.0f} rows  {run['total']:.0f}"
        )
    same = {(run["rows"], run["total"]) for name, run in best.items() if name != "scan"}
    print("all engines agree" if len(same) == 1 else f"ENGINES DISAGREE: {same}")
    for name, target in TARGETS.items():
        wall, cpu = (best["ours"][k] / best[name][k] for k in ("seconds", "cpu"))
        verdict = "held" if cpu <= target else "MISSED"
        print(
            f"ours / {name}: {wall:.2f} of the wall, {cpu:.2f} of CPU; "
            f"target {target:.2f} {verdict}"
        )


def main() -> None:
    """Measure, print, and hold the ratios against what is owed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="folder", type=Path)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--engine", choices=ENGINES)
    asked = parser.parse_args()
    if asked.engine:
        one(asked.engine)
        return
    if asked.folder:
        build_release(asked.folder)
    prepare(asked.rows)
    told(compared(asked.repeat))


if __name__ == "__main__":
    main()
