"""Outlines of départements, to check those dissolved from their communes."""

from terril.analytics.catalogue import recipe
from terril.analytics.outlining import outlined_rows


def rows(raw: bytes, file: str) -> list[dict[str, object]]:
    """Return one row per département, with its rings."""
    return outlined_rows(raw, file, recipe("department_outlines").columns)
