"""What severity hides: dossiers ranked as if all readers were as severe.

Insurance against severe readers, and a measure of what marks leave unknown: raw means
stay beside what is computed here, and a body decides. Where readers are alike, nothing
is lost; where they were given dossiers by their quality, severity is looked for inside
dossiers alone, and a caution says so.

Sources, named in the modules by author and year:

- Agresti, Coull (1998), Approximate is better than “exact” for interval estimation of
  binomial proportions, The American Statistician 52, 119-126.
- Bates, Mächler, Bolker, Walker (2015), Fitting linear mixed-effects models using lme4,
  Journal of Statistical Software 67 (1).
- Byrd, Lu, Nocedal, Zhu (1995), A limited memory algorithm for bound constrained
  optimization, SIAM Journal on Scientific Computing 16, 1190-1208.
- Chow (1960), Tests of equality between sets of coefficients in two linear regressions,
  Econometrica 28, 591-605.
- Cook, Weisberg (1982), Residuals and influence in regression.
- Gelman (2006), Prior distributions for variance parameters in hierarchical models,
  Bayesian Analysis 1, 515-534.
- Goldstein, Spiegelhalter (1996), League tables and their limitations, Journal of the
  Royal Statistical Society A 159, 385-443.
- Harville (1974), Bayesian inference for variance components using only error
  contrasts, Biometrika 61, 383-385.
- Hausman (1978), Specification tests in econometrics, Econometrica 46, 1251-1271.
- Henderson (1975), Best linear unbiased estimation and prediction under a selection
  model, Biometrics 31, 423-447.
- Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian
  Journal of Statistics 6, 65-70.
- Kackar, Harville (1984), Approximations for standard errors of estimators of fixed and
  random effects in mixed linear models, JASA 79, 853-862.
- Patterson, Thompson (1971), Recovery of inter-block information when block sizes are
  unequal, Biometrika 58, 545-554.
- Pritchard, Thurimella (2011), Fast computation of small cuts via cycle space sampling,
  ACM Transactions on Algorithms 7 (4).
- Robinson (1991), That BLUP is a good thing, Statistical Science 6, 15-32.
- Rue, Martino, Chopin (2009), Approximate Bayesian inference for latent Gaussian models,
  Journal of the Royal Statistical Society B 71, 319-392.
"""

from terril.choice.calibration.answer import (
    CalibratedDossier,
    CalibratedReader,
    Calibration,
    CriterionCalibration,
    calibrate,
    calibrate_each,
)
from terril.choice.calibration.components import Variance
from terril.choice.calibration.disagreements import Disagreement, disagreement
from terril.choice.calibration.errors import CalibrationRefused, RepeatedMark
from terril.choice.calibration.influences import Influence, influence
from terril.choice.calibration.marks import Mark, Marks
from terril.choice.calibration.reading import read_marks

__all__ = [
    "CalibratedDossier",
    "CalibratedReader",
    "Calibration",
    "CalibrationRefused",
    "CriterionCalibration",
    "Disagreement",
    "Influence",
    "Mark",
    "Marks",
    "RepeatedMark",
    "Variance",
    "calibrate",
    "calibrate_each",
    "disagreement",
    "influence",
    "read_marks",
]
