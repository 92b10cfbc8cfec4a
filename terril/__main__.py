"""The `terril` command: it only dispatches."""

import os
import sys


def main() -> None:
    """Hand the words over to the room that knows them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terril.config.settings")
    from django.core.management import (  # noqa: PLC0415 -- slow import
        execute_from_command_line,
    )

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
