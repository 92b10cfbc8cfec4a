"""Make the first administrator, from the machine itself."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from terril.site.commons.errors import Refused
from terril.site.people import actions


class Command(BaseCommand):
    help = "Make an administrator of an e-mail address, and say what to do next."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--given-name", required=True)
        parser.add_argument("--family-name", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        names = (options["given_name"], options["family_name"])
        try:
            person = actions.install_administrator(
                options["email"], names, by=None, at=timezone.now()
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{person} is an administrator.")
        self.stdout.write("Next:")
        self.stdout.write(
            f"  1. open {settings.SITE_URL}{reverse('account_request_login_code')}"
        )
        self.stdout.write(f"  2. ask for a code at {person.email} and type it")
        self.stdout.write("  3. set up the second factor, and keep the recovery codes")
