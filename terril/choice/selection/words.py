"""The words `terril choice select INSTANCE.json [--json]`."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from terril.choice.instances import BadInstance, read_instance
from terril.choice.selection.instance import instance_of
from terril.choice.selection.selecting import as_table, printed, select


def main(arguments: Sequence[str]) -> int:
    """Choose the best set of a file; 0 answered, 2 the instance means nothing.

    Quotas that cannot be kept together are named in the answer, and are no error.
    """
    words = argparse.ArgumentParser(
        prog="terril choice select", description="Choose the best set under quotas."
    )
    words.add_argument("instance", type=Path, metavar="INSTANCE.json")
    words.add_argument("--json", action="store_true", help="answer in JSON")
    wanted = words.parse_args(arguments)
    try:
        instance = instance_of(read_instance(wanted.instance))
    except BadInstance as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    found = printed(instance, select(instance))
    text = json.dumps(found, ensure_ascii=False) if wanted.json else as_table(found)
    sys.stdout.write(f"{text}\n")
    return 0
