"""`terril demo`: a territory and an edition to run by hand, with one command."""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone, translation

from terril.site.people.roles import ROLES
from terril.site.places.actions import load_france
from terril.site.projects import example, seed
from terril.site.website.management.server import Place, check_port, serve

# What is told, and who loads it: each does nothing when it is already there.
CHAPTERS: tuple[tuple[str, Callable[..., object]], ...] = (
    ("The places of France", load_france),
    ("The territory and its labelled projects", seed.load),
    ("The example edition", example.load),
)
# What a demonstration leaves in its folder, and what starting over takes away.
REMAINS = ("terril.sqlite3*", "media", "mail", "cache", "static")


class Command(BaseCommand):
    """Load the demonstration once, say where it is, and serve it."""

    help = "Load the Artois and an example edition here, and serve them."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--reset", action="store_true", help="start over")
        parser.add_argument("--reload", action="store_true", help="follow the code")
        parser.add_argument("--load-only", action="store_true", help="do not serve")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is no demonstration: run it as `terril demo`.")
        check_port("127.0.0.1", options["port"])
        with alone(settings.VAR):
            if options["reset"]:
                self.start_over(settings.VAR)
            self.load(timezone.now())
        if options["load_only"]:
            return
        self.announce(options["port"])
        self.serve(options)

    def start_over(self, folder: Path) -> None:
        """Take away what earlier demonstrations left, when none is being served."""
        served = [path for path in folder.glob("demo-*.pid") if is_alive(path)]
        if served:
            ports = ", ".join(path.stem.removeprefix("demo-") for path in served)
            raise CommandError(
                f"A demonstration is being served on port {ports}: stop it first."
            )
        connection.close()
        for path in (found for name in REMAINS for found in folder.glob(name)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        self.stdout.write("Starting over.")

    def load(self, at: datetime) -> None:
        """Lay the tables and load each chapter, saying how long it took."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.tell("The tables", partial(call_command, "migrate", verbosity=0))
        for title, load in CHAPTERS:
            self.tell(title, partial(load, at=at))
        connection.close()

    def tell(self, title: str, work: Callable[[], object]) -> None:
        """Do one piece of work between its title and its duration."""
        start = time.monotonic()
        self.stdout.write(f"{title} …", ending="")
        self.stdout.flush()
        work()
        self.stdout.write(f" {time.monotonic() - start:.1f} s")

    def announce(self, port: int) -> None:
        """Say where the site is and whom one can be."""
        address = f"http://127.0.0.1:{port}"
        with translation.override("en"):
            roles = [
                f"  {role.name!s:<34}{role.description}" for role in ROLES.values()
            ]
        lines = ["", f"Terril is at {address}", ""]
        lines += [f"Whom you can be, by one click at {address}/demo/:", *roles]
        lines += ["", "Ctrl+C stops. Nothing is lost; RESET=1 starts over.", ""]
        self.stdout.write("\n".join(lines))

    def serve(self, options: dict[str, Any]) -> None:
        """Hand over to gunicorn, or to a server that follows the code."""
        if options["reload"]:
            os.environ["DEBUG"] = "1"
            words = [f"127.0.0.1:{options['port']}", "--nostatic"]
            call_command("runserver", *words)
            return
        pid_file = settings.VAR / f"demo-{options['port']}.pid"
        serve(Place("127.0.0.1", options["port"], options["workers"], pid_file))


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one process load at a time; a second waits, then finds all ready."""
    (folder / "static").mkdir(parents=True, exist_ok=True)
    with (folder / "demo.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_alive(path: Path) -> bool:
    """Tell whether the process named in a file still runs."""
    try:
        os.kill(int(path.read_text()), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
