"""Who reads what others said of a dossier: opinions and states differ by role."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from terril.site.people import roles
from terril.site.people.models import Person
from terril.site.people.queries.desks import committees_of
from terril.site.people.roles import Role


@dataclass(frozen=True)
class Reader:
    """Who reads the list, and as what: it decides the rows and the opinions shown."""

    person: Person
    role: Role | None
    on: date

    @property
    def committees(self) -> frozenset[str] | None:
        """The committees whose opinions are shown; None means all of them."""
        if self.role == roles.MEMBER:
            return committees_of(self.person, on=self.on)
        return None if self.role in (roles.AGENT, roles.SECRETARY) else frozenset()

    def shows(self, committee: str) -> bool:
        return self.committees is None or committee in self.committees


def reader(person: Person, role: Role | None, at: datetime) -> Reader:
    return Reader(person, role, timezone.localdate(at))
