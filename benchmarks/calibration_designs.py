"""Juries that were never held: who reads what, and the marks they would give."""

from dataclasses import dataclass

import numpy as np

from terril.choice.calibration.marks import Codes, Floats, Scores

SEVERITIES = {"no": 0.0, "moderate": 0.5, "strong": 1.0}
DESIGNS = ("balanced", "assortative", "adverse")


@dataclass(frozen=True)
class Jury:
    """So many dossiers read each by so many of so many readers.

    Dossiers and noise have a standard deviation of 1, readers of `severity`. In a
    balanced design any reader reads any dossier; in an assortative one, mostly those
    of their theme, of which there are three; in an adverse one, severe readers are
    given good dossiers, which the method supposes nobody does.
    """

    dossiers: int
    readers: int
    demand: int
    severity: float
    design: str

    def held(self, seed: int) -> tuple[Scores, Floats]:
        """Return the scores and the true worth of the dossiers."""
        chance = np.random.default_rng(seed)
        worth = chance.normal(size=self.dossiers)
        severity = chance.normal(size=self.readers)
        dossier, reader = self._pairs(worth, severity, chance)
        noise = chance.normal(size=dossier.size)
        value = 6 + worth[dossier] - self.severity * severity[reader] + noise
        names = [tuple(map(str, range(n))) for n in (self.dossiers, self.readers)]
        return Scores(*names, dossier, reader, value), worth

    def _pairs(
        self, worth: Floats, severity: Floats, chance: np.random.Generator
    ) -> tuple[Codes, Codes]:
        load = np.zeros(self.readers)
        reader = np.empty((self.dossiers, self.demand), dtype=np.int64)
        wish = self._wish(worth, severity)
        for dossier in chance.permutation(self.dossiers):
            luck = chance.gumbel(size=self.readers)
            worth_it = luck + wish[dossier] - 3 * (load - load.min())
            reader[dossier] = np.argsort(-worth_it)[: self.demand]
            load[reader[dossier]] += 1
        return np.repeat(np.arange(self.dossiers), self.demand), reader.ravel()

    def _wish(self, worth: Floats, severity: Floats) -> Floats:
        """Return how much more likely than another each reading is, in logarithms."""
        if self.design == "balanced":
            return np.zeros((self.dossiers, self.readers))
        themes = (np.arange(self.dossiers)[:, np.newaxis] - np.arange(self.readers)) % 3
        if self.design == "assortative":
            return np.where(themes == 0, 6.0, 0.0)
        first = worth.argsort().argsort()[:, np.newaxis] / self.dossiers
        then = severity.argsort().argsort() / self.readers
        return -12 * np.abs(first - then)
