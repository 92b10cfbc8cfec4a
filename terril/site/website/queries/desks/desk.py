"""One desk, whatever the role."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from terril.site.people import roles
from terril.site.people.models import Person
from terril.site.people.roles import Role
from terril.site.website.queries.desks import (
    administrators,
    agents,
    deciders,
    holders,
)
from terril.site.website.queries.desks.changes import Change, changes
from terril.site.website.queries.desks.items import Item, Section, Work

__all__ = ["Desk", "Item", "Section", "desk_of"]

Question = Callable[..., Work]
WORKS: dict[str, Question] = {
    roles.HOLDER.key: holders.work,
    roles.COLLABORATOR.key: holders.work,
    roles.AGENT.key: agents.work,
    roles.MEMBER.key: deciders.member,
    roles.SECRETARY.key: deciders.secretary,
    roles.OBSERVER.key: deciders.observer,
    roles.ADMINISTRATOR.key: administrators.work,
}


@dataclass(frozen=True)
class Desk:
    """What somebody finds on coming in."""

    at: datetime
    role: Role
    work: Work
    changes: list[Change]

    @property
    def today(self) -> list[Section]:
        return [one for one in self.work.today if one.count]

    @property
    def waiting(self) -> list[Section]:
        return [one for one in self.work.waiting if one.count]


def desk_of(person: Person, role: Role, *, at: datetime) -> Desk:
    """Return the desk of a person in a role."""
    work = WORKS[role.key](person, role, at=at)
    return Desk(at, role, work, changes(person, role, at=at))
