"""All of France, loaded once for a module and rolled back after it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.utils import translation

from terril.site.places.actions import create_territory, load_france
from terril.site.places.actions.territories import Identity
from tests.factories.originals import HOME

LOADED_AT = datetime(2026, 3, 16, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
ARTOIS = (HOME, "246200299", "200072460")


@pytest.fixture(scope="module")
def france(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        load_france(at=LOADED_AT)
        territory = create_territory(
            "pma",
            Identity("Pôle métropolitain de l’Artois", "Artois"),
            members=ARTOIS,
            others=["62"],
            since=LOADED_AT.date().replace(2017, 1, 1),
            at=LOADED_AT,
        )
        # Now and once, rather than at the end of every test.
        connection.check_constraints()
        yield territory
        transaction.set_rollback(True)


@pytest.fixture
def english():
    with translation.override("en"):
        yield
