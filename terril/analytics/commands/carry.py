"""`terril carry FILE.csv --from YEAR --to YEAR [--json]`: counts to another vintage."""

import argparse
import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from terril.analytics.geography.addresses import PlaceError
from terril.analytics.geography.carrying import Carried, Count, Unknown, carry
from terril.analytics.geography.counts import (
    Counts,
    NotCounts,
    read_counts,
    read_shares,
)
from terril.analytics.geography.french import day_in_words
from terril.analytics.geography.nearest import CITIES
from terril.analytics.geography.passages import DECLARED, NO_SUCCESSOR, Shares
from terril.analytics.geography.sentences import in_french

LEFT = "it is not in the geography of that day: it left the list of communes"
UNDIVIDED = "no share is declared and no population founds one"


@dataclass(frozen=True)
class Answer:
    """What was carried, what the file held, and why it is refused, if it is."""

    carried: Carried
    held: Counts
    refused: str
    notes: tuple[str, ...] = ()


def main(arguments: Sequence[str]) -> int:
    """Run the word; return 0 when all is carried, 1 when refused, 2 if unreadable."""
    asked = _parser().parse_args(arguments)
    try:
        answer = _answer(asked)
    except (OSError, NotCounts, PlaceError, ValueError) as error:
        sys.stderr.write(f"terril carry: {error}\n")
        return 2
    if asked.json:
        text = json.dumps(as_json(answer), ensure_ascii=False, indent=1)
        sys.stdout.write(f"{text}\n")
    else:
        sys.stdout.write(as_csv(answer))
        sys.stderr.write("".join(f"{line}\n" for line in in_words(answer)))
    return 1 if answer.refused else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="terril carry",
        description="Carry counts of communes from one vintage to another.",
        epilog="The file has two columns, code and count. Exit 0 when everything "
        "found its place, 1 when refused (unknown codes, lines that cannot be "
        "counted, counts that no share can place), 2 for a wrong use.",
    )
    parser.add_argument("file", type=Path, metavar="FILE.csv")
    parser.add_argument("--from", dest="start", required=True, metavar="YEAR")
    parser.add_argument("--to", dest="end", required=True, metavar="YEAR")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--shares",
        type=Path,
        metavar="FILE.csv",
        help="declared shares of splits, in columns whole, part, share",
    )
    parser.add_argument(
        "--leave-unplaced",
        action="store_true",
        help="give what can be placed, and what cannot apart, instead of refusing",
    )
    return parser


def _answer(asked: argparse.Namespace) -> Answer:
    held = read_counts(asked.file.read_bytes())
    shares = _shares(asked.shares) if asked.shares else None
    found = carry(held.counts, asked.start, asked.end, shares=shares)
    notes = (*held.notes, *_unused(shares or {}, found))
    return Answer(found, held, _refusal(found, held, asked), notes)


def _unused(shares: Shares, found: Carried) -> Iterator[str]:
    """Yield what to say of the shares that met no split of a count of the file."""
    used = {split.whole for split in found.splits if split.basis == DECLARED}
    for whole in sorted({whole for whole, _part in shares} - used):
        yield f"the shares declared for {whole} were not used: no such split"


def _shares(path: Path) -> dict[tuple[str, str], Fraction]:
    found = {pair: Fraction(text) for pair, text in read_shares(path.read_bytes())}
    sums: dict[str, Fraction] = {}
    for (whole, _part), share in found.items():
        sums[whole] = sums.get(whole, Fraction(0)) + share
    wrong = [whole for whole, total in sums.items() if total != 1]
    if wrong or any(share < 0 for share in found.values()):
        raise NotCounts(f"the shares of {', '.join(wrong)} do not add up to 1")
    return found


def _refusal(found: Carried, held: Counts, asked: argparse.Namespace) -> str:
    if held.problems:
        return "some lines cannot be counted"
    if found.unknown:
        return f"some codes are no communes on {found.start}"
    if found.unplaced and not asked.leave_unplaced:
        return "some counts cannot be placed: declare shares, or leave them apart"
    return ""


def as_json(answer: Answer) -> dict[str, object]:
    """Return an answer as the values of its JSON."""
    found, held = answer.carried, answer.held
    return {
        "from": found.start,
        "to": found.end,
        **({"refused": answer.refused} if answer.refused else {}),
        "counts": list(_counts(answer)),
        "unknown": [
            {
                "line": line,
                "code": one.code,
                "proposal": one.proposal,
                "problem": one.problem,
            }
            for line, one in _unknown(answer)
        ],
        "problems": [one._asdict() for one in held.problems],
        "unplaced": [
            {
                "line": held.lines.get(one.code),
                "code": one.code,
                "count": _number(one.count),
                "among": list(one.among),
                "reason": _reason(one.reason),
            }
            for one in found.unplaced
        ],
        "splits": [
            {
                "on": one.on,
                "code": one.whole,
                "shares": {code: str(share) for code, share in one.shares.items()},
                "basis": one.basis,
            }
            for one in found.splits
        ],
        "gathered": {city: list(codes) for city, codes in found.gathered.items()},
        "notes": list(answer.notes),
    }


def _counts(answer: Answer) -> Iterator[dict[str, object]]:
    """Yield the counts; none at all when the answer is refused."""
    found = answer.carried
    if answer.refused:
        return
    for code, count in found.counts.items():
        is_estimated = code in found.estimated
        yield {"code": code, "count": _number(count), "estimated": is_estimated}


def _unknown(answer: Answer) -> list[tuple[int, Unknown]]:
    lines = answer.held.lines
    return sorted((lines[one.code], one) for one in answer.carried.unknown)


def _number(count: Count) -> int | float | str:
    """Return a count as a number of JSON; as a text when a float would change it."""
    if isinstance(count, Decimal):
        return float(count) if Decimal(repr(float(count))) == count else str(count)
    return int(count)


def _reason(reason: str) -> str:
    return LEFT if reason == NO_SUCCESSOR else UNDIVIDED


def as_csv(answer: Answer) -> str:
    """Return the counts as a CSV of three columns: code, count, estimated."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    if not answer.refused:
        writer.writerow(["code", "count", "estimated"])
        found = answer.carried
        writer.writerows(
            [code, count, int(code in found.estimated)]
            for code, count in found.counts.items()
        )
    return text.getvalue()


def in_words(answer: Answer) -> Iterator[str]:
    """Yield what must be said beside the counts, in French."""
    found, held = answer.carried, answer.held
    if answer.refused:
        yield f"Refusé, rien n’est reporté : {in_french(answer.refused)}."
    for one in held.problems:
        problem, advice = in_french(one.problem), in_french(one.advice)
        yield f"Ligne {one.line} : {problem} (« {one.text} »). {advice}"
    for line, unknown in _unknown(answer):
        hint = unknown.proposal.replace(" or ", " ou ")
        meant = f" Peut-être {hint}." if hint else ""
        yield f"Ligne {line} : code {unknown.code}, {in_french(unknown.problem)}.{meant}"
    for stray in found.unplaced:
        among = f" entre {', '.join(stray.among)}" if stray.among else ""
        reason = in_french(_reason(stray.reason))
        yield f"{stray.code} : {stray.count} sans place{among} ({reason})."
    for note in answer.notes:
        yield f"Note : {in_french(note)}."
    yield from _said(found)


def _said(found: Carried) -> Iterator[str]:
    for city, codes in found.gathered.items():
        whole = list(CITIES.values()).count(city)
        yield f"{city} : somme de {len(codes)} arrondissements sur {whole}."
    for split in found.splits:
        shares = ", ".join(
            f"{code} {float(share):.1%}".replace(".", ",").replace("%", "\u00a0%")
            for code, share in split.shares.items()
        )
        basis = in_french(split.basis)
        yield f"{day_in_words(split.on)}, {split.whole} partagée : {shares} ({basis})."
    if found.estimated:
        yield f"Communes estimées : {len(found.estimated)}."
    start, end = day_in_words(found.start), day_in_words(found.end)
    yield f"Communes : {len(found.counts)}, du {start} au {end}."
