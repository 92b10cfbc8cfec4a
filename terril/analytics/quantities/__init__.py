"""Numbers in French and English prose."""

from terril.analytics.quantities.model import Interval, Quantity, Span
from terril.analytics.quantities.reading import quantities

__all__ = ["Interval", "Quantity", "Span", "quantities"]
