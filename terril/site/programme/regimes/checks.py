"""What must agree between the parts of a regime."""

from django.utils.translation import gettext_lazy as _

from terril.site.commons.errors import Sentence
from terril.site.people.models import Organisation
from terril.site.programme.regimes.parts import (
    SIGHTS,
    Committee,
    Criterion,
    Level,
    RegimeRefused,
    RegimeText,
    Stage,
)

MOST_WEIGHT = 100
# As long as the columns that keep them.
LONGEST_TITLE, LONGEST_KEYS = 160, {"outcomes": 20, "committees": 40}


def check(regime: RegimeText) -> None:
    """Refuse parts that contradict each other or say nothing known."""
    _check_lengths(regime)
    for stage in regime.stages:
        _check_stage(stage)
    for committee in regime.committees:
        _check_committee(committee)
    _check_scale(regime.scale)
    for criterion in regime.criteria:
        _check_criterion(criterion, regime.scale)
    unknown = set(regime.eligibility.kinds) - set(Organisation.Kind.values)
    if unknown:
        _refuse(_("“%(what)s” is not a kind of organisation."), min(unknown))


def _check_lengths(regime: RegimeText) -> None:
    if len(regime.title.fr) > LONGEST_TITLE:
        _refuse(_("The title is longer than 160 signs."), "")
    for name, most in LONGEST_KEYS.items():
        for one in getattr(regime, name):
            if len(one.key) > most:
                _refuse(_("The key “%(what)s” is too long."), one.key)


def _check_stage(stage: Stage) -> None:
    try:
        days = stage.days
    except (TypeError, ValueError):
        _refuse(_("A day of “%(what)s” is not written as 2026-09-01."), stage.name)
    if days != sorted(days):
        _refuse(_("“%(what)s” ends before it starts."), stage.name)


def _check_committee(committee: Committee) -> None:
    if committee.sees not in SIGHTS:
        _refuse(_("What “%(what)s” may read is not known."), committee.name)


def _check_scale(scale: list[Level]) -> None:
    values = [level.value for level in scale]
    if any(type(value) is not int for value in values):
        _refuse(_("The values of the scale are whole numbers."), "")
    if len(set(values)) < len(values):
        _refuse(_("Two levels of the scale have the same value."), "")
    if len(values) == 1:
        _refuse(_("A scale has at least two levels."), "")


def _check_criterion(criterion: Criterion, scale: list[Level]) -> None:
    if type(criterion.weight) is not int or not 1 <= criterion.weight <= MOST_WEIGHT:
        _refuse(
            _("The weight of “%(what)s” is a number from 1 to 100."), criterion.name
        )
    is_on_scale = criterion.floor in {level.value for level in scale}
    if criterion.floor is not None and not is_on_scale:
        _refuse(
            _("The floor of “%(what)s” is not a value of the scale."), criterion.name
        )


def _refuse(sentence: Sentence, what: str) -> None:
    raise RegimeRefused(str(sentence) % {"what": what})
