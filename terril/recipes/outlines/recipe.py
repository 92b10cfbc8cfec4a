"""Outlines of communes, as rings of whole hundred-thousandths of a degree."""

from terril.analytics.catalogue import recipe
from terril.analytics.outlining import outlined_rows


def rows(raw: bytes, file: str) -> list[dict[str, object]]:
    """Return one row per commune, with its rings."""
    return outlined_rows(raw, file, recipe("outlines").columns)
