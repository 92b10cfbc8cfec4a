"""Migrations stand in one line, and say all that the models say."""

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.house.reading import ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_the_migrations_of_a_room_stand_in_one_line(room):
    loader = MigrationLoader(None)
    mine = {key: node for key, node in loader.disk_migrations.items() if key[0] == room}

    ends = loader.graph.leaf_nodes(room)
    parents = [
        [parent for parent in node.dependencies if parent[0] == room]
        for node in mine.values()
    ]
    assert len(ends) == (1 if mine else 0)
    assert [found for found in parents if len(found) > 1] == []


@pytest.mark.django_db
def test_models_say_nothing_more_than_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
