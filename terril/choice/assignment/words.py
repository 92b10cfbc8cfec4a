"""The words `terril choice assign INSTANCE.json [--json] [--linked]`."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from terril.choice.assignment.assigning import assign
from terril.choice.assignment.reading import instance_of
from terril.choice.assignment.result import as_table, printed
from terril.choice.instances import BadInstance, read_instance


def main(arguments: Sequence[str]) -> int:
    """Assign readers to the dossiers of a file; 0 done, 2 the instance means nothing.

    What cannot be met is in the answer, and is no error.
    """
    wanted = _words().parse_args(arguments)
    try:
        instance = instance_of(read_instance(wanted.instance))
    except BadInstance as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    found = printed(instance, assign(instance, is_linked=wanted.linked))
    text = json.dumps(found, ensure_ascii=False) if wanted.json else as_table(found)
    sys.stdout.write(f"{text}\n")
    return 0


def _words() -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(
        prog="terril choice assign", description="Assign readers to dossiers."
    )
    words.add_argument("instance", type=Path, metavar="INSTANCE.json")
    words.add_argument("--json", action="store_true", help="answer in JSON")
    words.add_argument(
        "--linked",
        action="store_true",
        help="give up fit, if need be, to link all readers by shared dossiers",
    )
    return words
