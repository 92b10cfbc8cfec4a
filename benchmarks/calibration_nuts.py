"""Draw ranks with the NUTS sampler of NumPyro; run by the interpreter of the peers.

    python calibration_nuts.py SCORES.csv

The same model and the same priors as ours, written anew: a flat mean, a flat
logarithm of the noise, half-Cauchy ratios of standard deviations. Prints one line of
JSON: seconds of CPU, and for each dossier its chances to be among the first 1, 3, 5.
"""

import json
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
import pandas as pd
from numpyro.infer import MCMC, NUTS

numpyro.set_host_device_count(1)
frame = pd.read_csv(sys.argv[1], dtype={"dossier": str, "reader": str})
dossiers, dossier = np.unique(frame["dossier"], return_inverse=True)
readers, reader = np.unique(frame["reader"], return_inverse=True)
mark = frame["mark"].to_numpy()
real = dist.constraints.real


def jury() -> None:
    mean = numpyro.sample("mean", dist.ImproperUniform(real, (), ()))
    sigma = jnp.exp(numpyro.sample("log_sigma", dist.ImproperUniform(real, (), ())))
    apart = numpyro.sample("apart", dist.HalfCauchy(1.0))
    severe = numpyro.sample("severe", dist.HalfCauchy(1.0))
    worth = numpyro.sample("worth", dist.Normal().expand([len(dossiers)]))
    severity = numpyro.sample("severity", dist.Normal().expand([len(readers)]))
    level = mean + sigma * (apart * worth[dossier] - severe * severity[reader])
    numpyro.sample("mark", dist.Normal(level, sigma), obs=mark)


began = time.process_time()
sampler = MCMC(
    NUTS(jury), num_warmup=1500, num_samples=10_000, num_chains=1, progress_bar=False
)
sampler.run(jax.random.PRNGKey(0))
worth = np.asarray(sampler.get_samples()["worth"])
ranks = 1 + np.argsort(np.argsort(-worth, axis=1), axis=1)
first = {str(top): (ranks <= top).mean(axis=0).tolist() for top in (1, 3, 5)}
seconds = time.process_time() - began
print(json.dumps({"seconds": seconds, "dossiers": dossiers.tolist(), "first": first}))
