"""The `terril` command: it only dispatches."""

import importlib
import os
import sys
from itertools import pairwise
from pathlib import Path

from terril import __version__

OWN = "terril.site."
OWN_WORDS = [
    "  carry         Carry counts of communes from one vintage to another.",
    "  choice        Assign, calibrate, tally, select: what a jury’s regime asks.",
    "  derive        Make the compact tables of places from the original files.",
    "  figure        Tell a figure, its edition and its proof.",
    "  place         Tell what the files know of a place, on a day or today.",
    "  recount       Compute the result of a bundle again, without the site.",
    "  release       Build, list, compare and publish releases of figures.",
    "  version       Say which version this is.",
]

# These words read and write the code, not a territory: nothing has to be set up.
OF_THE_CODE = {"messages", "makemigrations"}


# The words that need no site, and the module that knows each.
CHOICE = "terril.choice.cli"
LIBRARY_WORDS = {
    "carry": "terril.analytics.commands.carry",
    "choice": CHOICE,
    "derive": "terril.analytics.cli",
    "figure": "terril.analytics.commands.figure",
    "place": "terril.analytics.commands.place",
    "recount": CHOICE,
    "release": "terril.analytics.commands.release",
}


def main() -> None:
    """Hand the words over to the room that knows them."""
    words = sys.argv[1:] or ["help"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terril.config.settings")
    if words[0] in ("version", "--version"):
        say(version())
    elif words in (["help"], ["--help"], ["-h"]):
        say(summary())
    elif words[0] in LIBRARY_WORDS:
        sys.exit(library(words))
    else:
        set_names(words)
        run(words)


def set_names(words: list[str]) -> None:
    """Set in the environment what a word goes without saying."""
    if words[0] == "demo" or is_about_the_demonstration(words):
        os.environ |= demonstration(words)
    if words[0] == "serve":
        os.environ.setdefault("STATIC_MANIFEST", "1")
    if words[0] in OF_THE_CODE:
        os.environ.setdefault("SECRET_KEY", "only to read the code")


def run(words: list[str]) -> None:
    """Run a word of the site, or say what to set up first."""
    from django.core.exceptions import (  # noqa: PLC0415 -- slow import
        ImproperlyConfigured,
    )
    from django.core.management import (  # noqa: PLC0415 -- slow import
        execute_from_command_line,
    )

    try:
        execute_from_command_line(["terril", *words])
    except ImproperlyConfigured as problem:
        sys.exit(f"{problem}\nOr try the demonstration first: terril demo")


def library(words: list[str]) -> int:
    """Run a word that needs no site: Django stays unloaded."""
    module = importlib.import_module(LIBRARY_WORDS[words[0]])
    # Two words share the module of choices: it is told which.
    rest = words if module.__name__ == CHOICE else words[1:]
    left: int = module.main(rest)
    return left


def is_about_the_demonstration(words: list[str]) -> bool:
    """Tell whether a word can only mean the demonstration: nothing else is set up."""
    is_set_up = "SECRET_KEY" in os.environ or Path(".env").exists()
    is_there = Path(os.environ.get("TERRIL_VAR", "var/demo")).exists()
    return words[0] != "serve" and is_there and not is_set_up


def demonstration(words: list[str]) -> dict[str, str]:
    """Set the demonstration apart: its own folder and database, no real letter."""
    folder = Path(os.environ.get("TERRIL_VAR", "var/demo")).resolve()
    ports = [after for word, after in pairwise(words) if word == "--port"]
    return {
        "TERRIL_DEMO": "1",
        "TERRIL_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/terril.sqlite3",
        "EMAIL_URL": f"file:///{folder}/mail",
        "SITE_URL": f"http://127.0.0.1:{(ports or ['8000'])[-1]}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
        "STATIC_MANIFEST": "0",
    }


def version() -> str:
    """Say which Terril this is, and on what it stands."""
    from django import get_version  # noqa: PLC0415 -- slow import

    python = ".".join(str(part) for part in sys.version_info[:3])
    return f"Terril {__version__} (Django {get_version()}, Python {python})"


def summary() -> str:
    """List our words with what they do, then Django's own."""
    os.environ.setdefault("SECRET_KEY", "only to list the words")
    import django  # noqa: PLC0415 -- slow import
    from django.core.management import (  # noqa: PLC0415 -- slow import
        get_commands,
        load_command_class,
    )

    django.setup()
    own, theirs = list(OWN_WORDS), []
    for word, room in sorted(get_commands().items()):
        if str(room).startswith(OWN):
            text = load_command_class(str(room), word).help
            own.append(f"  {word:<14}{text}")
        else:
            theirs.append(word)
    return "\n".join(
        [
            "terril WORD …    (terril WORD --help says more)\n",
            *sorted(own),
            "\nand Django’s own:\n",
            *(f"  {word}" for word in theirs),
        ]
    )


def say(text: str) -> None:
    """Write to the terminal."""
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
