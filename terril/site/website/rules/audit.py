"""How accessible the site may say it is: what an audit found, while it is valid."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VALID_YEARS = 3
CRITERIA = 106


class AuditUnreadable(ValueError):
    """The file of the audit does not say what an audit says."""


@dataclass(frozen=True)
class Audit:
    """An audit of the site against the RGAA, as a person filed it."""

    on: date
    auditor: str
    reference: str
    conform: int
    non_conform: int
    not_applicable: int
    url: str = ""

    @property
    def rate(self) -> float:
        return 100 * self.conform / (self.conform + self.non_conform)

    def is_valid(self, today: date) -> bool:
        return (today.year, today.month, today.day) < (
            self.on.year + VALID_YEARS,
            self.on.month,
            self.on.day,
        )


def level(audit: Audit | None, today: date) -> str | Promise:
    """Return the words that every page must carry."""
    if audit is None or not audit.is_valid(today) or audit.rate < 50:
        return _("not compliant")
    return _("fully compliant") if audit.non_conform == 0 else _("partly compliant")


def read(path: Path) -> Audit:
    """Return the audit that a person filed as JSON, or say what it lacks."""
    try:
        filed = json.loads(path.read_text(encoding="utf-8"))
        audit = Audit(
            on=date.fromisoformat(filed["on"]),
            auditor=str(filed["auditor"]),
            reference=str(filed["reference"]),
            conform=int(filed["conform"]),
            non_conform=int(filed["non_conform"]),
            not_applicable=int(filed["not_applicable"]),
            url=str(filed.get("url", "")),
        )
    except (OSError, KeyError, TypeError, ValueError) as problem:
        raise AuditUnreadable(f"{path}: {problem!r}") from problem
    counted = audit.conform + audit.non_conform + audit.not_applicable
    if counted != CRITERIA or audit.conform + audit.non_conform == 0:
        raise AuditUnreadable(f"{path}: {counted} criteria, {CRITERIA} expected")
    return audit
