"""Say what cannot be had: where, by which constraint, and what would be enough."""

from terril.choice.assignment.instance import Instance, Ints
from terril.choice.assignment.problem import Problem
from terril.choice.assignment.result import Unmet
from terril.choice.assignment.unmet.begun import begun_against
from terril.choice.assignment.unmet.disciplines import disciplines_missing
from terril.choice.assignment.unmet.minimums import minimums_missing
from terril.choice.assignment.unmet.readings import readings_missing
from terril.choice.assignment.unmet.state import state_of


def unmet_in(instance: Instance, problem: Problem, pairs: Ints) -> tuple[Unmet, ...]:
    """List what is unmet: begun work, readings, disciplines, minimums of readers."""
    state = state_of(instance, problem, pairs)
    return (
        *begun_against(state),
        *readings_missing(state),
        *disciplines_missing(state),
        *minimums_missing(state),
    )


__all__ = ["unmet_in"]
