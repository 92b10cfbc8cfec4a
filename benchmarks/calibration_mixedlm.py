"""Fit crossed effects with statsmodels; run by the interpreter of the peers.

    python calibration_mixedlm.py SCORES.csv

Prints one line of JSON: seconds of CPU, variances, the effects of the dossiers.
"""

import json
import sys
import time

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf

frame = pd.read_csv(sys.argv[1], dtype={"dossier": str, "reader": str})
began = time.process_time()
model = smf.mixedlm(
    "mark ~ 1",
    frame,
    groups=np.ones(len(frame)),
    re_formula="0",
    vc_formula={"dossier": "0 + C(dossier)", "reader": "0 + C(reader)"},
)
fit = model.fit(reml=True)
seconds = time.process_time() - began
variance = dict(zip(model.exog_vc.names, map(float, fit.vcomp), strict=True))
effects = {
    name.split("[")[-1].rstrip("]"): float(value)
    for name, value in fit.random_effects[1.0].items()
    if name.startswith("dossier")
}
mean = float(fit.fe_params.iloc[0])
told = {"seconds": seconds, "variance": variance | {"noise": float(fit.scale)}}
calibrated = {name: mean + value for name, value in effects.items()}
print(json.dumps(told | {"calibrated": calibrated}))
