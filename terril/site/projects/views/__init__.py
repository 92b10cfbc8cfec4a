"""One question or one action, then a page."""
