"""The same carries by pandas and polars: join a passage, multiply, group, add up."""

import json
import sys
import time
from collections.abc import Callable

import pandas as pd
import polars as pl


def best(action: Callable[[], object], turns: int) -> float:
    spans = []
    for _ in range(turns):
        start = time.process_time()
        action()
        spans.append(time.process_time() - start)
    return min(spans)


def with_pandas(counts: pd.DataFrame, passage: pd.DataFrame) -> pd.Series:
    joined = counts.merge(passage, on="code")
    joined["part"] = joined["count"] * joined["share"]
    return joined.groupby("to")["part"].sum()


def with_polars(counts: pl.DataFrame, passage: pl.DataFrame) -> pl.DataFrame:
    joined = counts.join(passage, on="code")
    part = (pl.col("count") * pl.col("share")).sum()
    return joined.group_by("to").agg(part)


def main() -> None:
    folder, *rest = sys.argv[1:]
    years, turns = rest[:-2], int(rest[-1])
    names = ("counts", "passage")
    text = {"code": str, "to": str}
    pandas = [
        [pd.read_csv(f"{folder}/{name}-{year}.csv", dtype=text) for name in names]
        for year in years
    ]
    texts = {"counts": {"code": pl.String}, "passage": dict.fromkeys(text, pl.String)}
    polars = [
        [
            pl.read_csv(f"{folder}/{name}-{year}.csv", schema_overrides=texts[name])
            for name in names
        ]
        for year in years
    ]
    found = {
        "pandas": best(lambda: [with_pandas(*pair) for pair in pandas], turns),
        "polars": best(lambda: [with_polars(*pair) for pair in polars], turns),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
