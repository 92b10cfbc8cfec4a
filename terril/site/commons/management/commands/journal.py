"""`terril journal verify`: say whether the chain holds, and where it breaks."""

import json
import re
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from terril.site.commons import journal


class Command(BaseCommand):
    """Read the journal; 0 says that it holds, 1 that it is broken, 2 is misuse."""

    help = "Read the journal again and say whether its chain holds (verify)."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        words = parser.add_subparsers(dest="word", required=True)
        verify = words.add_parser("verify", help="say whether the chain holds")
        verify.add_argument(
            "--head",
            type=digest,
            help="a digest copied from a certificate or from minutes (16 signs or more)",
        )
        verify.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        verdict = journal.verify(options["head"] or "")
        self.stdout.write(as_json(verdict) if options["json"] else as_text(verdict))
        if not verdict.holds:
            sys.exit(1)


def digest(text: str) -> str:
    """Accept a digest or the beginning of one, with or without spaces."""
    plain = re.sub(r"\s", "", text).lower()
    if not re.fullmatch(r"[0-9a-f]{16,64}", plain):
        raise ValueError(text)
    return plain


def as_json(verdict: journal.Verdict) -> str:
    """Write a verdict for a machine."""
    return json.dumps(
        {
            "holds": verdict.holds,
            "lines": verdict.lines,
            "head": verdict.head,
            "broken_at": verdict.broken_at,
            "reason": verdict.reason,
        }
    )


def as_text(verdict: journal.Verdict) -> str:
    """Write a verdict for a person."""
    lines = [f"{verdict.lines} lines read.", f"Head: {verdict.head}"]
    if verdict.holds:
        return "\n".join(["The chain holds.", *lines])
    broken = f"The chain is BROKEN at line {verdict.broken_at}: {verdict.reason}."
    return "\n".join([broken, *lines])
