"""Terril: where a territory labels, follows and proves."""

__version__ = "0.1.0"
