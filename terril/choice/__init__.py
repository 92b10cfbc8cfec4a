"""Judging and choosing: no Django here."""

from terril.choice.instances import BadInstance

__all__ = ["BadInstance"]
