"""What the register gives to all."""

from terril.site.projects.opendata.tables import EDITIONS, PROJECTS, TABLES

__all__ = ["EDITIONS", "PROJECTS", "TABLES"]
