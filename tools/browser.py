"""A Chromium for the journeys: the system's, else one that is installed here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def find() -> str:
    """Return the path of a Chromium, installing one when there is none."""
    return find_here() or install()


def find_here() -> str:
    """Return the Chromium that is here already."""
    named = os.environ.get("CHROMIUM", "")
    found = [named, *(shutil.which(name) or "" for name in NAMES), of_playwright()]
    return next((path for path in found if path and Path(path).exists()), "")


def of_playwright() -> str:
    """Return the Chromium that Playwright has downloaded, if it has."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow import

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install() -> str:
    """Install a Chromium by the system's packages, else by Playwright."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        calm = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        words = ["install", "--yes", "--no-install-recommends", "chromium"]
        subprocess.run(["apt-get", "update", "--quiet=2"], check=False, env=calm)
        subprocess.run(["apt-get", "--quiet=2", *words], check=False, env=calm)
    if not find_here():
        words = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(words, check=False)
    return find_here()
