"""What goes wrong leaves a trace where whoever keeps the site reads it."""

import os
import subprocess
import sys

TRY = """
import logging
import django
django.setup()
from django.conf import settings
from django.test import Client
settings.ALLOWED_HOSTS.append("testserver")
client = Client(raise_request_exception=False)
logging.getLogger("django.request").warning("Not Found: /nowhere/")
logging.getLogger("django.security.DisallowedHost").error("Invalid HTTP_HOST header")
print(client.get("/").status_code)
"""


def test_an_error_of_the_site_is_told_once_on_standard_error(tmp_path):
    """The database has no tables; pages and hosts that are nowhere are no errors."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "terril.config.settings",
        "TERRIL_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
    }

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", TRY],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    said = [line for line in done.stderr.splitlines() if " ERROR " in line]
    assert done.stdout.split() == ["500"]
    assert [line.split(" ERROR ")[1] for line in said] == [
        "django.request: Internal Server Error: /"
    ]
    assert done.stderr.splitlines()[-1].startswith("django.db.utils.OperationalError")
