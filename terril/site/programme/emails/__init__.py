"""One function per letter."""
