"""Verbs of the programme, cut by noun."""
