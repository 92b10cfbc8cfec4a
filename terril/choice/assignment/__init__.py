"""Who reads what: an exact assignment, its proof, and what cannot be had."""

from terril.choice.assignment.assigning import assign
from terril.choice.assignment.instance import Dossier, Instance, Reader
from terril.choice.assignment.linking import Linking
from terril.choice.assignment.reading import instance_of
from terril.choice.assignment.result import Assignment, Unmet, printed

__all__ = [
    "Assignment",
    "Dossier",
    "Instance",
    "Linking",
    "Reader",
    "Unmet",
    "assign",
    "instance_of",
    "printed",
]
