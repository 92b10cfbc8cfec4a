"""The best set under quotas, what each quota costs, and how many are as good."""

from terril.choice.selection.counting import Count
from terril.choice.selection.instance import Candidate, Instance, Quota, instance_of
from terril.choice.selection.selecting import Price, Selection, printed, select

__all__ = [
    "Candidate",
    "Count",
    "Instance",
    "Price",
    "Quota",
    "Selection",
    "instance_of",
    "printed",
    "select",
]
