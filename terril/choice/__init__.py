"""Judging and choosing: no Django here, and nothing loaded before it is used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from terril.choice.errors import ChoiceError, Spot

if TYPE_CHECKING:
    from types import ModuleType

__all__ = [
    "ChoiceError",
    "Spot",
    "assignment",
    "bundle",
    "calibration",
    "selection",
    "tally",
]


def __getattr__(name: str) -> "ModuleType":
    """Load a part of the library when it is first named: solvers are heavy."""
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[Any]:
    """List what the library offers."""
    return __all__
