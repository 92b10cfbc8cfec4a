"""`terril serve`: serve a real territory."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from terril.site.website.management.server import Place, check_port, serve


class Command(BaseCommand):
    """Check that the database is up to date, gather static files, then serve."""

    help = "Serve the site, as in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *_args: Any, **options: Any) -> None:
        check_port(options["host"], options["port"])
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError(
                "The database is not up to date. Run `terril migrate`, then serve."
            )
        connection.close()
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"Serving {settings.SITE_URL} (Ctrl+C stops).")
        serve(Place(options["host"], options["port"], options["workers"]))
