"""Ballots are never published: their merit profile is, and it gives the same result."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from terril.choice.bundle.errors import BundleError
from terril.choice.bundle.folders import laid
from terril.choice.tally.results import Tally
from terril.choice.tally.words import parser, tallied

PROFILE = "inputs/profile.csv"


def published(
    words: tuple[str, ...], files: Mapping[str, bytes]
) -> tuple[tuple[str, ...], dict[str, bytes]]:
    """Return the words and files that tally the profile of what these words tally.

    A profile stays as it is. Ballots become theirs, absent judgements being dealt with
    by the rule that was named; a pattern of twelve grades could sign a ballot.
    """
    asked = parser().parse_args(words)
    if asked.profile:
        return words, dict(files)
    if not asked.ballots:
        raise BundleError("no ballots and no profile to tally")
    with TemporaryDirectory() as folder:
        result = tallied(parser().parse_args(laid(Path(folder), words, files)))
    kept = {name: raw for name, raw in files.items() if name != str(asked.ballots)}
    told = ["--profile", PROFILE, "--method", result.method, "--blank", result.blank]
    if result.method == "score":
        told.append(f"--points={','.join(result.points.values())}")
    told += [word for rule in asked.tie_break for word in ("--tie-break", rule)]
    if asked.seed:
        told.append(f"--seed={asked.seed}")
    return tuple(told), {PROFILE: _table(result), **kept}


def _table(result: Tally) -> bytes:
    text = io.StringIO()
    grades = result.profile.grades
    if grades == tuple(str(rank + 1) for rank in range(len(grades))):
        text.write("# ranks\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["project", *grades])
    rows = zip(result.profile.projects, result.profile.counts, strict=True)
    writer.writerows([project, *row] for project, row in rows)
    return text.getvalue().encode()
