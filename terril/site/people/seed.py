"""The fictional persons of the demonstration: one at least for each role."""

from datetime import datetime

from allauth.account.models import EmailAddress

from terril.site.people import actions, queries
from terril.site.people.actions import Term
from terril.site.people.models import Organisation, Person
from terril.site.people.rules import Details

# key, given name, family name, roles with their committees.
PERSONAS = (
    ("porteur", "Nadège", "Caron", (("holder", ""),)),
    ("porteur2", "Thomas", "Brasseur", (("holder", ""),)),
    ("collaborateur", "Hugo", "Pruvost", (("collaborator", ""),)),
    ("agent", "Karim", "Lefebvre", (("agent", ""),)),
    ("agent2", "Solène", "Waterlot", (("agent", ""),)),
    ("partenaires", "Marie-Line", "Dubois", (("member", "partners"),)),
    ("jeunes", "Inès", "Benali", (("member", "youth"),)),
    ("experts", "Paul", "Vandamme", (("member", "experts"),)),
    ("secretaire", "Odile", "Hennebelle", (("secretary", ""),)),
    ("elue", "Florence", "Mazurek", (("observer", ""),)),
    ("admin", "Ariane", "Delmotte", (("administrator", ""),)),
)


def example_people(at: datetime) -> dict[str, Person]:
    """Create the personas that are missing and return them all by key."""
    people = {key: _person(key, (given, family)) for key, given, family, _ in PERSONAS}
    for key, *_, roles in PERSONAS:
        for role, committee in roles:
            _give(people[key], role, committee, at)
    _mandates(people, at)
    return people


def example_organisation(name: str, kind: str, *, at: datetime) -> Organisation:
    """Return a fictional organisation, created when it is missing."""
    found = Organisation.objects.filter(name=name, is_example=True).first()
    if found is None:
        found = actions.create_organisation(Details(name, kind), by=None, at=at)
        found.is_example = True
        found.save(update_fields=["is_example"])
    return found


def _person(key: str, names: tuple[str, str]) -> Person:
    email = f"{key}@example.org"
    person = queries.account_of(email) or Person.objects.create_user(
        email, given_name=names[0], family_name=names[1], is_example=True
    )
    proved = {"verified": True, "primary": True}
    EmailAddress.objects.get_or_create(user=person, email=email, defaults=proved)
    return person


def _give(person: Person, role: str, committee: str, at: datetime) -> None:
    if not person.grants.filter(role=role, committee=committee).exists():
        actions.grant_role(person, role, committee, by=None, at=at)


def _mandates(people: dict[str, Person], at: datetime) -> None:
    kinds = Organisation.Kind
    places = (
        ("porteur", "Association Exemple du Bassin", kinds.ASSOCIATION, "présidente"),
        ("porteur2", "Société Exemple du Bassin", kinds.COMPANY, "gérant"),
    )
    for key, name, kind, title in places:
        organisation = example_organisation(name, kind, at=at)
        if not people[key].mandates.filter(organisation=organisation).exists():
            term = Term(title)
            actions.grant_mandate(people[key], organisation, term, by=None, at=at)
