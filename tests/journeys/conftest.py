"""A real browser, and people signed in who walk with it."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
FLAGS = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
]
PATIENCE = 20_000


@pytest.fixture(scope="module")
def chromium(django_db_setup):
    """Return the Chromium that `make test` found, else the system's."""
    found = next((shutil.which(name) for name in NAMES if shutil.which(name)), None)
    path = os.environ.get("CHROMIUM") or found
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright holds an event loop in this thread, which Django takes for its own.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def stroll(chromium, live_server):
    """Return a function that opens a page for a stranger."""
    contexts = []

    def open_page(**options):
        context = chromium.new_context(
            base_url=live_server.url, locale="fr-FR", **options
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def opened(stroll, live_server, client):
    """Return a function that opens a page for somebody signed in, acting in a role."""

    def open_for(person, role="", **options):
        client.force_login(person)
        session = client.session
        session["role"] = role
        session.save()
        page = stroll(**options)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        page.context.add_cookies([{**cookie, "url": live_server.url}])
        client.cookies.clear()
        return page

    return open_for
