"""`terril letters send`: send what waits in the outbox."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from terril.site.commons import outbox


class Command(BaseCommand):
    """Send letters that wait, and those that failed before; 1 says that some failed."""

    help = "Send the letters that wait in the outbox (send)."

    def add_arguments(self, parser: CommandParser) -> None:
        words = parser.add_subparsers(dest="word", required=True)
        words.add_parser("send", help="send what waits and what failed before")

    def handle(self, *_args: Any, **_options: Any) -> None:
        sent, failed = outbox.send_waiting(at=timezone.now())
        self.stdout.write(f"{sent} sent, {failed} failed.")
        if failed:
            sys.exit(1)
