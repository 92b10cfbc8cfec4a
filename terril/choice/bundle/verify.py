"""Verify a bundle of Terril alone: Python 3.9 or later, nothing to install.

    python3 verify.py BUNDLE.zip

It checks the SHA-256 of every file, then counts again, by another way than Terril, what
is made of whole numbers: a tally entirely; of an assignment, who reads what, loads,
conflicts and demands; of marks, that each belongs to the result. Exit code: 0 when all
that was checked holds, 1 when something does not, 2 when nothing can be checked.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
import zipfile
from bisect import bisect_right
from fractions import Fraction
from functools import cmp_to_key
from itertools import accumulate
from typing import Any, Dict, List

Files = Dict[str, bytes]
Told = Dict[str, Any]
Row = List[Fraction]
Rows = Dict[str, Row]

LIMIT = 512 << 20


class Wrong(Exception):
    """Something that the bundle states does not hold."""


def main(arguments: list[str]) -> int:
    """Verify the bundle that is named; say what was checked."""
    if len(arguments) != 1:
        sys.stderr.write("python3 verify.py BUNDLE.zip\n")
        return 2
    try:
        with zipfile.ZipFile(arguments[0]) as archive:
            if sum(one.file_size for one in archive.infolist()) > LIMIT:
                raise ValueError("the bundle is too large")
            files = {name: archive.read(name) for name in archive.namelist()}
            if len(files) != len(archive.namelist()):
                raise ValueError("a file is there twice")
        told = json.loads(files["manifest.json"])
        result = json.loads(files["result.json"])
        done = verify(files, told, result)
    except Wrong as error:
        sys.stdout.write(f"WRONG: {error}\n")
        return 1
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        sys.stdout.write(f"Nothing can be checked: {error!r}\n")
        return 2
    sys.stdout.write("".join(f"ok: {one}\n" for one in done))
    return 0


def verify(files: Files, told: Told, result: Told) -> list[str]:
    """Return what was checked and holds; raise `Wrong` for the first thing that does not."""
    for name, digest in told["files"].items():
        must(name in files, f"{name} is missing")
        found = hashlib.sha256(files[name]).hexdigest()
        must(found == digest, f"{name} is not the file that was sealed")
    done = ["the digests of {} files".format(len(told["files"]))]
    checks = {"tally": tally, "assign": assignment, "calibrate": marks}
    if told["word"] in checks:
        done += checks[told["word"]](files, told["words"], result)
    else:
        done.append("nothing else: “{}” is not counted here".format(told["word"]))
    return done


def must(holds: object, otherwise: str) -> None:
    """Stop when something does not hold."""
    if not holds:
        raise Wrong(otherwise)


# --- tallies -------------------------------------------------------------------------


def tally(files: Files, words: list[str], result: Told) -> list[str]:
    """Count a profile again: gauges, sums, and the order they give."""
    rows = table(files[words[words.index("--profile") + 1]].decode("utf-8-sig"))
    grades = [one.strip() for one in rows[0][1:]]
    must(grades == result["grades"] or result["method"] == "approval", "other grades")
    counts = {row[0].strip(): [count(one) for one in row[1:]] for row in rows[1:]}
    stated = {one["project"]: one for one in result["projects"]}
    must(set(counts) == set(stated), "other projects")
    if result["method"] == "approval":
        counts = approved(counts, grades, words)
    if result["blank"] == "worst" and not result["are_shares"]:
        counts = completed(counts)
    places: dict[str, Any] = {}
    if result["method"] == "majority-judgment":
        for project, row in counts.items():
            check_gauge(grades, row, stated[project])
            places[project] = cmp_to_key(majority_order)(row)
    else:
        places.update(totals(counts, result, stated))
    check_order(result, places)
    return ["the {} of {} projects".format(result["method"], len(counts))]


def table(text: str) -> list[list[str]]:
    """Return the rows of a table, without comments nor empty lines."""
    lines = [line for line in text.splitlines() if line.strip() and line[0] != "#"]
    delimiter = max(",;\t", key=lines[0].count)
    return list(csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter))


def count(cell: str) -> Fraction:
    """Return the number of a cell, exactly."""
    plain = "".join(sign for sign in cell if sign not in "% \u00a0\u202f")
    return Fraction(plain.replace(",", "."))


def completed(counts: Rows) -> Rows:
    """Give absent judgements the worst grade."""
    most = max(sum(row) for row in counts.values())
    return {
        project: [*row[:-1], row[-1] + most - sum(row)]
        for project, row in counts.items()
    }


def check_gauge(grades: list[str], row: Row, stated: Told) -> None:
    """Check the counts, the majority grade and the gauge of one project."""
    project, total = stated["project"], sum(row)
    must(
        [Fraction(str(stated["counts"][one])) for one in grades] == row,
        f"other counts for {project}",
    )
    place, above = 0, Fraction(0)
    while 2 * (above + row[place]) <= total:
        above += row[place]
        place += 1
    below = total - above - row[place]
    gauge = stated["gauge"]
    mark = "+" if above > below else "-"
    must(
        (stated["majority_grade"], gauge["grade"], gauge["sign"])
        == (grades[place], grades[place] + mark, mark)
        and Fraction(gauge["above_exact"]) == above / total
        and Fraction(gauge["below_exact"]) == below / total,
        f"another majority gauge for {project}",
    )


def majority_order(one: Row, two: Row) -> int:
    """Compare two projects from the middle of their grades outwards, lower half first.

    At a distance x from the middle stand a lower and an upper grade; they only change
    where a share of grades ends, so that looking between those places is enough.
    """
    ends = {Fraction(0), Fraction(1, 2)}
    for row in (one, two):
        sofar = Fraction(0)
        for many in reversed(row):
            sofar += Fraction(many) / sum(row)
            ends.add(abs(sofar - Fraction(1, 2)))
    places = sorted(ends)
    for near, far in zip(places, places[1:]):
        x = (near + far) / 2
        for share in (Fraction(1, 2) - x, Fraction(1, 2) + x):
            difference = grade_at(one, share) - grade_at(two, share)
            if difference:
                return difference
    return 0


def grade_at(row: Row, share: Fraction) -> int:
    """Return the place, from the worst (0), of the grade at a share of all grades."""
    return bisect_right(list(accumulate(row[::-1])), share * sum(row))


def approved(rows: Rows, grades: list[str], words: list[str]) -> Rows:
    """Return who approves and who does not: from the grade that the words name, or 1."""
    last = 0
    if "--approved" in words:
        named = words[words.index("--approved") + 1].lower()
        last = [one.lower() for one in grades].index(named)
    elif grades[0] == "0":
        last = -1
    return {
        project: [Fraction(sum(row[: last + 1])), Fraction(sum(row[last + 1 :]))]
        for project, row in rows.items()
    }


def totals(counts: Rows, result: Told, stated: Told) -> dict[str, Fraction]:
    """Check the sums of an approval or a score; return what ranks each project."""
    points = [Fraction(result["points"][one]) for one in result["grades"]]
    found = {}
    for project, row in counts.items():
        told = [stated[project]["counts"][one] for one in result["grades"]]
        must([Fraction(str(one)) for one in told] == row, f"other counts for {project}")
        total = Fraction(sum(value * many for value, many in zip(points, row)))
        must(
            Fraction(stated[project]["total_exact"]) == total
            and Fraction(stated[project]["mean_exact"]) == total / sum(row),
            f"another sum for {project}",
        )
        found[project] = total / sum(row)
    return found


def check_order(result: Told, places: dict[str, Any]) -> None:
    """Check the ranking: as counted, ties parted only where a rule was named."""
    ordered = sorted(places, key=places.__getitem__, reverse=True)
    groups: list[list[str]] = []
    for project in ordered:
        if groups and places[project] == places[groups[-1][0]]:
            groups[-1].append(project)
        else:
            groups.append([project])
    stated = [list(group) for group in result["ranking"]]
    if not result["tie_break"]["rules"]:
        must([sorted(group) for group in groups] == stated, "another ranking")
    flat = [project for group in stated for project in group]
    for group in groups:
        must(set(flat[: len(group)]) == set(group), "another ranking")
        flat = flat[len(group) :]


# --- assignments and marks -----------------------------------------------------------


def assignment(files: Files, words: list[str], result: Told) -> list[str]:
    """Check an assignment: no conflict, no double, loads and demands as stated."""
    told = json.loads(files[next(one for one in words if one in files)])
    pairs = [tuple(map(str, pair)) for pair in result["assignment"]]
    must(len(set(pairs)) == len(pairs), "a reader has a dossier twice")
    forbidden = {tuple(map(str, pair)) for pair in told.get("conflicts", [])}
    begun = {tuple(map(str, pair)) for pair in told.get("fixed", [])}
    must(not (set(pairs) & forbidden) - begun, "a conflicted reader has the dossier")
    loads = {str(reader["id"]): 0 for reader in told["readers"]}
    given = {str(one["id"]): 0 for one in told["dossiers"]}
    for dossier, reader in pairs:
        must(dossier in given and reader in loads, "a pair is not of this instance")
        given[dossier] += 1
        loads[reader] += 1
    must(
        {str(who): many for who, many in result["loads"].items()} == loads,
        "other loads",
    )
    short = [
        one for one in told["dossiers"] if given[str(one["id"])] < one.get("demand", 0)
    ]
    must(not short or result["unmet"], "a dossier lacks readers, and nothing says so")
    return [f"{len(pairs)} pairs, loads, conflicts and demands"]


def marks(files: Files, words: list[str], result: Told) -> list[str]:
    """Check that the dossiers and readers of the result are those of the marks."""
    rows = table(files[next(one for one in words if one in files)].decode("utf-8-sig"))
    heads = [one.strip().lower() for one in rows[0]]
    for key, name in (("dossiers", "dossier"), ("readers", "reader")):
        seen = {row[heads.index(name)].strip() for row in rows[1:]}
        stated = {str(one[name]) for one in result[key]}
        must(stated <= seen, f"a {name} is not in the marks")
    return ["dossiers and readers; the estimates are not whole numbers"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
