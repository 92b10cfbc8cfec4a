"""Every assignment of a small instance, looked at one by one."""

from itertools import combinations, product

import numpy as np


def brute_force(instance):
    """Return the best key of all assignments, as a tuple that is least."""
    return min(keys(instance), default=None)


def keys(instance):
    """Yield what each assignment that breaks no hard rule is worth."""
    conflicts = {tuple(one) for one in instance.conflicts.tolist()}
    kept = {tuple(one) for one in instance.fixed.tolist()} - conflicts
    choices = [
        list(readings(instance, place, conflicts, kept))
        for place in range(len(instance.dossiers))
    ]
    begun = [sum(r == place for _, r in kept) for place in range(len(instance.readers))]
    for chosen in product(*choices):
        loads = [sum(r in one for one in chosen) for r in range(len(instance.readers))]
        if all(
            load <= max(reader.upper, done)
            for load, reader, done in zip(loads, instance.readers, begun, strict=True)
        ):
            yield key(instance, chosen, loads)


def readings(instance, place, conflicts, kept):
    """Yield the sets of readers that a dossier may have."""
    mine = {r for d, r in kept if d == place}
    others = [
        r
        for r in range(len(instance.readers))
        if r not in mine and (place, r) not in conflicts
    ]
    apart = [set(one) for one in instance.apart.tolist()]
    for size in range(max(0, instance.dossiers[place].demand - len(mine)) + 1):
        for more in combinations(others, size):
            whole = mine | set(more)
            if not any(pair <= whole and not pair <= mine for pair in apart):
                yield frozenset(whole)


def key(instance, chosen, loads):
    """Return what counts, in its order; least is best."""
    missing, needs, fits = [], 0, []
    for dossier, readers, fit in zip(
        instance.dossiers, chosen, instance.fit, strict=True
    ):
        missing.append(max(0, dossier.demand - len(readers)))
        brought = {name for r in readers for name in instance.readers[r].disciplines}
        needs += len(set(dossier.disciplines) - brought)
        fits.append(sum(fit[list(readers)]))
    lower = sum(
        max(0, reader.lower - load)
        for reader, load in zip(instance.readers, loads, strict=True)
    )
    asked = [f for f, d in zip(fits, instance.dossiers, strict=True) if d.demand]
    return (
        sum(missing),
        sum(one * one for one in missing),
        needs,
        lower,
        -round(float(sum(fits)), 6),
        -round(float(min(asked, default=0.0)), 6),
        sum(load * load for load in loads),
    )


def key_of(instance, found):
    """Return the key of an answer, and make sure that it breaks no hard rule."""
    chosen = [
        frozenset(found.pairs[found.pairs[:, 0] == d, 1].tolist())
        for d in range(len(instance.dossiers))
    ]
    loads = np.bincount(found.pairs[:, 1], minlength=len(instance.readers)).tolist()
    return key(instance, chosen, loads)
