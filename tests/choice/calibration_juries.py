"""Small juries for the tests of calibration."""

import numpy as np

from terril.choice.calibration import Mark, Marks

WORTH = {"a": 5.0, "b": 4.0, "c": 3.0, "d": 2.0}
SEVERITY = {"x": 0.0, "y": 1.0, "z": -1.0}

EXACT = [
    Mark(dossier, reader, "overall", worth - severity)
    for dossier, worth in WORTH.items()
    for reader, severity in SEVERITY.items()
]


def marks(*lines):
    """Return marks from lines such as "a x 4", or "a x clarity 4"; "-" is unanswered."""
    return Marks.of(mark(line) for line in lines)


def mark(line):
    dossier, reader, *criterion, value = line.split()
    told = None if value == "-" else float(value)
    return Mark(dossier, reader, criterion[0] if criterion else "overall", told)


def drawn(seed=0, dossiers=12, readers=5, demand=3, severity=0.7):
    """Return the marks of a jury drawn at random, each dossier read by some."""
    chance = np.random.default_rng(seed)
    worth = chance.normal(size=dossiers)
    strict = severity * chance.normal(size=readers)
    return [
        Mark(
            f"d{dossier:02}",
            f"r{reader}",
            "overall",
            float(6 + worth[dossier] - strict[reader] + 0.6 * chance.normal()),
        )
        for dossier in range(dossiers)
        for reader in chance.permutation(readers)[:demand]
    ]
