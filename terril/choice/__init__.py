"""Judging and choosing: no Django here, and nothing loaded before it is used."""

from importlib import import_module
from types import ModuleType

__all__ = ["calibration"]


def __getattr__(name: str) -> ModuleType:
    """Load a part of the library when it is first named: its arithmetic is heavy."""
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
