"""A calibration as a table for the terminal."""

from collections import Counter
from collections.abc import Sequence

from terril.choice.calibration.answer import Calibration

HEADER = ("rank", "90 %", "raw rank", "dossier", "calibrated", "raw", "P(first {top})")
RIGHT = frozenset({0, 2, 4, 5, 6})


def printed(found: Calibration) -> str:
    """Return both rankings side by side, then the readers and the variances."""
    calibrated = Counter(one.rank_calibrated for one in found.dossiers)
    raw = Counter(one.rank_raw for one in found.dossiers)
    rows = [
        (
            _tied(one.rank_calibrated, calibrated),
            f"{one.rank_low}–{one.rank_high}",
            _tied(one.rank_raw, raw),
            one.dossier,
            f"{one.calibrated:.3f}",
            f"{one.raw:.3f}",
            f"{one.p_top:.2f}",
        )
        for one in found.dossiers
    ]
    titles = tuple(title.format(top=found.top) for title in HEADER)
    readers = [(one.reader, f"{one.severity:+.3f}") for one in found.readers]
    told = found.variance
    return "\n".join(
        [
            *_aligned([titles, *rows], RIGHT),
            "",
            *_aligned([("reader", "severity"), *readers], frozenset({1})),
            "",
            (
                f"variance: dossiers {told.dossier:.4f}, readers {told.reader:.4f}, "
                f"noise {told.noise:.4f}"
            ),
            f"{found.draws} draws, seed {found.seed}; “=” is a tie",
            *([f"\nCaution. {found.caution}"] if found.caution else []),
            "",
        ]
    )


def _tied(rank: int, shared: Counter[int]) -> str:
    return f"{rank}=" if shared[rank] > 1 else f"{rank} "


def _aligned(rows: Sequence[tuple[str, ...]], right: frozenset[int]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
