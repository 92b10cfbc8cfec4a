"""Find the numbers of two sets of sentences, ours and the field's, side by side.

    python -m benchmarks.quantities

Peers are installed in a venv of their own: recognizers-text for French, quantulum3 for
English. A quantity is found when a span overlaps the expected one and bears its value;
right when its unit is right too. Peers know no communes and no status words: they are
judged on values alone, ours on both. Ratios of the sets are printed to four decimals,
so values are compared to one in a thousand; `strict` compares to one in a million.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from terril.analytics.quantities import quantities
from terril.analytics.releases import SHIPPED, Release
from terril.analytics.verdicts import Grounds, check
from terril.analytics.verdicts.binding import Observatory
from terril.analytics.verdicts.places import gazetteer

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path("var/bench/quantities")
SETS = {
    "ours": ROOT / "tests/analytics/sentences.jsonl",
    "unseen": ROOT / "tests/analytics/sentences_unseen.jsonl",
}
TARGETS = {"ours": 0.98, "unseen": 0.95}
PEERS = {
    "fr": (
        "recognizers-text",
        ["recognizers-text-suite", "emoji==1.7.0", "setuptools<81"],
    ),
    "en": ("quantulum3", ["quantulum3", "inflect"]),
}
WORDS = 10_000


@dataclass(frozen=True)
class Found:
    """A number found in a sentence, by whoever it was."""

    start: int
    end: int
    value: float | None
    unit: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Score:
    """How many were found, expected and right, over a set."""

    given: int
    expected: int
    right: int
    with_interval: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 0.0


def lines(name: str, language: str = "") -> list[dict]:
    """Return the sentences of a set, in one language or both."""
    read = map(json.loads, SETS[name].read_text(encoding="utf-8").splitlines())
    return [line for line in read if language in ("", line["language"])]


def near(one: float | None, other: float | None, tolerance: float) -> bool:
    if one is None or other is None:
        return one is other
    return abs(float(one) - float(other)) <= tolerance * max(1.0, abs(float(other)))


def ours(text: str) -> list[Found]:
    """Find the quantities of a sentence, its language to be guessed."""
    return [
        Found(
            one.span.start,
            one.span.end,
            None if one.value is None else float(one.value),
            one.unit,
            None if one.interval.low is None else float(one.interval.low),
            None if one.interval.high is None else float(one.interval.high),
        )
        for one in quantities(text)
    ]


def score(
    sentences: Iterable[dict],
    find: Callable[[str], list[Found]],
    *,
    tolerance: float = 1e-3,
    has_units: bool = True,
) -> Score:
    """Count what a reader of numbers finds in a set."""
    given = expected = right = exact = 0
    for line in sentences:
        left = list(line["quantities"])
        found = find(line["text"])
        given, expected = given + len(found), expected + len(left)
        for one in found:
            for wanted in left:
                if is_right(one, wanted, tolerance, has_units=has_units):
                    left.remove(wanted)
                    right += 1
                    exact += near(one.low, wanted["low"], tolerance) and near(
                        one.high, wanted["high"], tolerance
                    )
                    break
    return Score(given, expected, right, exact)


def is_right(one: Found, wanted: dict, tolerance: float, *, has_units: bool) -> bool:
    is_there = wanted["start"] < one.end and one.start < wanted["end"]
    if has_units and one.unit != wanted["unit"]:
        return False
    return is_there and near(one.value, wanted["value"], tolerance)


def main() -> None:
    for name in SETS:
        print(f"\n{name}: {len(lines(name))} sentences, target {TARGETS[name]}")
        for tolerance, label in ((1e-3, "terril"), (1e-6, "terril, strict")):
            show(label, score(lines(name), ours, tolerance=tolerance))
        for language, (peer, packages) in PEERS.items():
            chosen = lines(name, language)
            show(f"terril, {language}, values", score(chosen, ours, has_units=False))
            found, seconds = theirs(language, packages, [one["text"] for one in chosen])
            reader = dict(zip([one["text"] for one in chosen], found, strict=True))
            show(f"{peer}, values", score(chosen, reader.__getitem__, has_units=False))
            mine = clock([one["text"] for one in chosen])
            print(
                f"{'':28} CPU: ours {mine:.3f} s, {peer} {seconds:.3f} s, "
                f"ratio {seconds / mine:.0f}"
            )
    long_text()


def show(label: str, one: Score) -> None:
    interval = (
        f"  intervals {one.with_interval}/{one.right}" if one.with_interval else ""
    )
    print(
        f"{label:28} precision {one.precision:.3f}  recall {one.recall:.3f}{interval}"
    )


def clock(texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        quantities(text)
    return time.process_time() - start


def long_text() -> None:
    """Check ten thousand words from end to end: target 2 seconds."""
    parts = [line["text"] for line in lines("ours")]
    text = ""
    while len(text.split()) < WORDS:
        text += "\n".join(parts) + "\n"
    start = time.process_time()
    found = quantities(text)
    read = time.process_time()
    grounds = Grounds(Observatory(Release(SHIPPED)), gazetteer("territory:pma"))
    check(text, grounds)
    first = time.process_time()
    check(text, grounds)
    again = time.process_time()
    print(
        f"\n{len(text.split())} words, {len(found)} quantities, target 2 s of CPU: "
        f"read in {read - start:.2f} s; checked in {first - read:.2f} s with nothing "
        f"opened yet, in {again - first:.2f} s once figures are open"
    )


def theirs(
    language: str, packages: list[str], texts: list[str]
) -> tuple[list[list[Found]], float]:
    """Let a peer read the same sentences, in a venv of its own."""
    python = FOLDER.resolve() / language / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", python.parent.parent], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
    script = Path(__file__).with_name(f"quantities_{language}.py")
    done = subprocess.run(
        [python, "-W", "ignore", script],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"The peer failed:\n{done.stderr[-2000:]}")
    told = json.loads(done.stdout)
    return [[Found(*one) for one in found] for found in told["found"]], told["seconds"]


if __name__ == "__main__":
    main()
