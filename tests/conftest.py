"""What every test may ask for: an instant, a client signed in, and nothing else."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches
from django.db import connection

from terril.site.commons import memory
from terril.site.website.stamp import boundaries_at


@pytest.fixture
def at():
    """Return the instant at which stories begin: a Monday, ten o'clock in Paris."""
    return datetime(2026, 3, 16, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def sign_in(client):
    """Return a function that signs a person in, acting in a role."""

    def signed_in(person, role=""):
        client.force_login(person)
        session = client.session
        session["role"] = role
        session.save()
        return client

    return signed_in


@pytest.fixture(autouse=True)
def _empty_caches():
    for cache in caches.all(initialized_only=True):
        cache.clear()
    memory.forget()
    boundaries_at.cache_clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, tmp_path_factory):
    """Keep SQLite in a file, as it is in life: threads then meet its locks."""
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(path)
    else:
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
