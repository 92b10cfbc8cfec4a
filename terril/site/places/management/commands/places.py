"""`terril places`: load the places of France that ship with the package."""

import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from terril.site.places.actions import load_france
from terril.site.places.models import Place


class Command(BaseCommand):
    help = "Load the communes, EPCI, départements, regions and employment zones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take no argument: the tables ship with the package."""

    def handle(self, **_options: object) -> None:
        """Load once; a second call finds everything there."""
        start = time.monotonic()
        was_loaded = load_france(at=timezone.now())
        seconds = time.monotonic() - start
        done = f"loaded in {seconds:.1f} s" if was_loaded else "already there"
        self.stdout.write(f"{Place.objects.count()} places: {done}.")
