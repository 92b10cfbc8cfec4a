"""What one may ask of people."""

from django.utils import timezone

from terril.site.people.models import Person
from terril.site.people.roles import ROLES, Role


def roles_of(person: Person) -> list[Role]:
    """Return the roles a person holds today, in the order of the catalogue."""
    today = timezone.localdate()
    held = set(person.grants.current(today).values_list("role", flat=True))
    return [role for key, role in ROLES.items() if key in held]
