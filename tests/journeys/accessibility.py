"""What axe finds on a page, at the level that the law asks for."""

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page):
    """Return the rules that a page breaks, each with its first place."""
    found = Axe().run(page, options={"runOnly": RULES})
    return [
        (one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]
    ]
