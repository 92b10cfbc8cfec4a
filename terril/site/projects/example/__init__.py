"""The example edition: twelve fictional dossiers of the current year, in every state.

Nobody and nothing in it exists, and every page says so. It is made by the very
actions that people use, so that its journal, letters and register are true ones.
"""

from terril.site.projects.example.edition import load

__all__ = ["load"]
