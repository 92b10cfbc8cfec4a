"""Stories told in French, and the demonstration drawn for those that need it."""

import importlib

import pytest
from django.urls import clear_url_caches
from django.utils import translation

import terril.config.urls


@pytest.fixture(autouse=True)
def _in_french():
    with translation.override("fr"):
        yield


def draw_again():
    clear_url_caches()
    importlib.reload(terril.config.urls)


@pytest.fixture
def demonstration(settings):
    """Draw the addresses again with the flag set, then as they were."""
    settings.DEMO = True
    draw_again()
    yield
    settings.DEMO = False
    draw_again()
