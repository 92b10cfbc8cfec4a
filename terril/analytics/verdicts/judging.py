"""From a text to verdicts: inside the text first, then figures, then the search."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from terril.analytics.quantities import Quantity, Span, quantities
from terril.analytics.verdicts.context import Gazetteer
from terril.analytics.verdicts.crosschecks import crosschecks
from terril.analytics.verdicts.documented import documented
from terril.analytics.verdicts.drift import with_drifts
from terril.analytics.verdicts.holding import hold
from terril.analytics.verdicts.model import (
    Checked,
    Figures,
    Proposal,
    Reading,
    Verdict,
)
from terril.analytics.verdicts.proposals import INDICATOR, propose
from terril.analytics.verdicts.search import (
    HOLDING,
    PERIMETERS,
    chance,
    compared,
    perimeters_for,
    quarters_of,
    search,
    verdict_of,
)

NO_INDICATOR = "aucun indicateur connu ne correspond à l’unité et aux mots"
UNIT_ERROR = (
    "erreur d’unité : un écart entre deux taux se dit en points, non en % ; "
    "le nombre n’est pas jugé"
)
DEFINITION = "définition"
# How many periods are shown for a number whose period is not said.
LATEST = 2


@dataclass(frozen=True)
class Grounds:
    """What a text is checked with: the figures, the names of places, the territory.

    `published_on` is the day the text was published (YYYY-MM-DD, or empty): a number
    that was exact then, and no longer is, becomes `stale`.
    """

    figures: Figures
    gazetteer: Gazetteer
    territory: str = "territory:pma"
    published_on: str = ""
    perimeters: tuple[str, ...] = PERIMETERS


def check(text: str, grounds: Grounds, language: str = "") -> list[Checked]:
    """Return every quantity of a text with its proposal and its verdict.

    `language` is "fr", "en", or empty to let it be guessed. The order in which
    editions were loaded plays no part: readings are sorted before they are weighed.
    """
    found = quantities(text, language)
    inside = crosschecks(text, found)
    together: dict[Span, list[Quantity]] = defaultdict(list)
    for quantity in found:
        together[quantity.sentence].append(quantity)
    checked = []
    for quantity in found:
        others = together[quantity.sentence]
        proposal = propose(quantity, text, others, grounds.gazetteer)
        verdict = inside.get(quantity)
        if verdict is None:
            verdict = judge(quantity, text, proposal, grounds)
        checked.append(Checked(quantity, proposal, verdict))
    return with_drifts(checked)


def judge(
    quantity: Quantity, text: str, proposal: Proposal, grounds: Grounds
) -> Verdict:
    """Return the verdict of one quantity against figures and the ledger."""
    if not proposal.indicator:
        return Verdict("unverifiable", NO_INDICATOR, missing=(INDICATOR,))
    if is_unit_error(quantity, text, proposal):
        return Verdict("unverifiable", UNIT_ERROR, missing=("unité",))
    told = documented(quantity, text, proposal, grounds.published_on)
    if told is not None:
        return told
    return against_figures(quantity, proposal, grounds)


def is_unit_error(quantity: Quantity, text: str, proposal: Proposal) -> bool:
    """Tell “une baisse de 5 % du taux de chômage” from a rate of 5 %."""
    if quantity.unit != "percent" or not proposal.indicator.endswith("_rate"):
        return False
    sentence = text[quantity.sentence.start : quantity.sentence.end].lower()
    before = sentence[: quantity.span.start - quantity.sentence.start]
    words = (
        "baisse de",
        "hausse de",
        "recul de",
        "diminué de",
        "augmenté de",
        "reculé de",
    )
    english = ("fell by", "dropped by", "rose by", "fall of", "drop of", "rise of")
    return ":" in proposal.period and any(
        one in before[-60:] for one in (*words, *english)
    )


def against_figures(
    quantity: Quantity, proposal: Proposal, grounds: Grounds
) -> Verdict:
    """Hold a quantity to the figures that its words can mean."""
    missing = proposal.missing
    if quantity.unit == "points" and ":" not in proposal.period:
        missing = (DEFINITION, *missing)
    if missing:
        return _unstated(quantity, proposal, grounds, missing)
    return of_stated(quantity, proposal, grounds)


def of_stated(quantity: Quantity, proposal: Proposal, grounds: Grounds) -> Verdict:
    """Return the verdict of a number whose figure, place and period are all said."""
    readings = _newest(all_readings(quantity, proposal, grounds))
    if not readings:
        words = (proposal.indicator, proposal.place, proposal.period)
        reason = grounds.figures.refusal(*words)
        return Verdict("unverifiable", reason, missing=("source",))
    verdicts = [_through_time(quantity, one, proposal, grounds) for one in readings]
    if len({verdict.code for verdict in verdicts}) > 1:
        reason = "les mots admettent plusieurs lectures, qui ne concordent pas"
        return Verdict("unverifiable", reason, None, (DEFINITION,), readings)
    return replace(
        _or_elsewhere(quantity, verdicts[0], proposal, grounds), readings=readings
    )


def all_readings(
    quantity: Quantity, proposal: Proposal, grounds: Grounds
) -> tuple[Reading, ...]:
    """Return what every reading of the words gives, whatever the order of loading."""
    periods = [proposal.period]
    # A rate “en 2022” may be the mean of the year, or any of its quarters.
    if proposal.indicator == "unemployment_rate":
        periods += quarters_of(proposal.period)
    found = [
        compared(one, quantity)
        for period in periods
        for one in grounds.figures.readings(proposal.indicator, proposal.place, period)
    ]
    return tuple(sorted(found, key=_order))


def _order(one: Reading) -> tuple[str, str, str, str]:
    return (one.place, one.period, one.published_on, one.edition)


def _newest(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Keep the newest edition of each reading."""
    kept = {(one.place, one.period): one for one in sorted(readings, key=_order)}
    return tuple(kept.values())


def _through_time(
    quantity: Quantity, newest: Reading, proposal: Proposal, grounds: Grounds
) -> Verdict:
    """Return `stale` for what was exact when published and no longer is."""
    verdict = hold(quantity, newest)
    if not grounds.published_on or verdict.code == "exact":
        return verdict
    then = [
        one
        for one in all_readings(quantity, proposal, grounds)
        if one.period == newest.period and "" < one.published_on <= grounds.published_on
    ]
    if then and hold(quantity, then[-1]).code == "exact":
        reason = f"exact selon l’édition {then[-1].edition}, plus selon la dernière"
        return Verdict("stale", reason, newest)
    return verdict


def _or_elsewhere(
    quantity: Quantity, verdict: Verdict, proposal: Proposal, grounds: Grounds
) -> Verdict:
    if verdict.code != "gap" or verdict.computed is None:
        return verdict
    wide = perimeters_for(proposal.indicator, grounds.perimeters)
    places = dict.fromkeys((proposal.place, *wide))
    trial = search(quantity, proposal, grounds.figures, places)
    found = verdict_of(trial, verdict.computed)
    return found or replace(verdict, tried=trial.tried)


def _unstated(
    quantity: Quantity, proposal: Proposal, grounds: Grounds, missing: tuple[str, ...]
) -> Verdict:
    """Return the table of what each reading gives, for words that do not choose."""
    wide = perimeters_for(proposal.indicator, grounds.perimeters)
    here = [one for one in wide if not one.startswith("fr:")]
    places = [proposal.place] if proposal.place else here
    known = grounds.figures.periods(proposal.indicator)[-LATEST:]
    found = [
        one
        for place in dict.fromkeys(places)
        for period in ([proposal.period] if proposal.period else known)
        for one in _newest(
            all_readings(
                quantity, replace(proposal, place=place, period=period), grounds
            )
        )
    ]
    matches = [one for one in found if hold(quantity, one).code in HOLDING]
    told = f"le texte ne dit pas : {', '.join(missing)}"
    if found:
        told += f" ; {len(matches)} lecture(s) sur {len(found)} donneraient ce nombre"
    return Verdict(
        "unverifiable",
        told,
        missing=missing,
        readings=tuple(found),
        tried=len(found),
        warning=chance(quantity, found) if matches else "",
    )
