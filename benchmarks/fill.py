"""Fill a site of its own with 1,000 projects and 200 dossiers, and say its addresses.

Run with the settings of the site to load (DATABASE_URL, TERRIL_VAR). Prints one
line of JSON. Everything is fictional.
"""

import argparse
import json
from datetime import datetime, timedelta

import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from terril.site.commons.text import code, fold
from terril.site.people.models import Organisation, Person
from terril.site.places import queries as place_queries
from terril.site.programme.models import Answer, Call, Dossier, DossierMember
from terril.site.projects.models import Project

WORDS = [
    "halle",
    "vélo",
    "haie",
    "verger",
    "toiture",
    "solaire",
    "cité",
    "cavalier",
    "terril",
    "étang",
    "atelier",
    "ressourcerie",
    "cantine",
    "réseau",
    "chaleur",
    "jardin",
    "partagé",
    "logement",
    "friche",
    "école",
]
THEMES = ["energy", "mobility", "food", "housing", "circular"]


def title_of(number: int) -> str:
    words = [WORDS[(number * step) % len(WORDS)] for step in (1, 3, 7)]
    return f"Projet {number} : {' '.join(words)} (exemple)"


def projects(count: int, call: Call, at: datetime) -> None:
    communes = list(place_queries.communes_of(place_queries.territory()))
    holders = Organisation.objects.bulk_create(
        Organisation(
            name=f"Association {n} (exemple)",
            slug=f"association-{n}",
            search_name=f"association {n} exemple",
            is_example=True,
        )
        for n in range(50)
    )
    made = Project.objects.bulk_create(
        _project(n, call, communes[n % len(communes)], holders[n % 50], at)
        for n in range(count)
    )
    through = Project.places.through
    through.objects.bulk_create(
        through(project_id=project.pk, place_id=communes[n % len(communes)].pk)
        for n, project in enumerate(made)
    )


def _project(
    n: int, call: Call, commune: object, holder: Organisation, at: datetime
) -> Project:
    name = title_of(n)
    return Project(
        number=f"B-{n:04}",
        slug=f"projet-{n}",
        name=name,
        summary=" ".join(WORDS[n % 9 :]),
        search_text=fold(f"{name} {commune}"),
        certainty=Project.Certainty.CONFIRMED,
        theme=THEMES[n % 5],
        call=call,
        holder=holder,
        longitude=commune.longitude,  # type: ignore[attr-defined]
        latitude=commune.latitude,  # type: ignore[attr-defined]
        labelled_on=at.date() - timedelta(days=n),
        year=at.year - n % 8,
        registered_at=at,
        is_example=True,
    )


def dossiers(count: int, call: Call, holder: Person, at: datetime) -> None:
    communes = list(place_queries.communes_of(place_queries.territory()))
    made = Dossier.objects.bulk_create(
        Dossier(
            call=call,
            code=code(),
            receipt=f"{call.code}-B{n:03}",
            status=list(Dossier.Status)[1 + n % 6],
            title=title_of(n),
            summary=" ".join(WORDS),
            theme=THEMES[n % 5],
            commune=communes[n % len(communes)],
            search_text=fold(title_of(n)),
            opened_at=at - timedelta(days=30),
            submitted_at=at - timedelta(days=n % 20),
            is_example=True,
        )
        for n in range(count)
    )
    DossierMember.objects.bulk_create(
        DossierMember(dossier=one, person=holder, part="holder", since=at)
        for one in made
    )


def drafts(count: int, call: Call, holder: Person, at: datetime) -> list[str]:
    """Make drafts whose every answer is copied from the example's complete ones."""
    model = (
        Dossier.objects.filter(call=call, submitted_at__isnull=False)
        .exclude(answers=None)
        .first()
    )
    answers = list(model.answers.all()) if model else []
    made = Dossier.objects.bulk_create(
        Dossier(
            call=call,
            code=code(),
            title=title_of(n),
            summary=" ".join(WORDS),
            theme="energy",
            commune=model.commune if model else None,
            organisation=model.organisation if model else None,
            opened_at=at,
            is_example=True,
        )
        for n in range(count)
    )
    DossierMember.objects.bulk_create(
        DossierMember(dossier=one, person=holder, part="holder", since=at)
        for one in made
    )
    Answer.objects.bulk_create(
        Answer(
            dossier=one,
            question_id=answer.question_id,
            value=answer.value,
            updated_at=at,
            updated_by=holder,
        )
        for one in made
        for answer in answers
    )
    return [one.code for one in made]


def cookie_of(person: Person, role: str) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store["role"] = role
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def person_of(role: str) -> Person:
    return Person.objects.filter(is_example=True, grants__role=role).first()


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--projects", type=int, default=1000)
    words.add_argument("--dossiers", type=int, default=200)
    words.add_argument("--drafts", type=int, default=3000)
    wanted = words.parse_args()
    now = timezone.now()
    call_command("demo", load_only=True, port=8099)
    call = Call.objects.filter(is_example=True).order_by("-rank").first()
    holder = person_of("holder")
    with transaction.atomic():
        if not Project.objects.filter(number__startswith="B-").exists():
            projects(wanted.projects, call, now)
            dossiers(wanted.dossiers, call, holder, now)
        codes = drafts(wanted.drafts, call, holder, now)
    print()
    print(
        json.dumps(
            {
                "call": call.code,
                "drafts": codes,
                "agent": cookie_of(person_of("agent"), "agent"),
                "holder": cookie_of(holder, "holder"),
            }
        )
    )


if __name__ == "__main__":
    main()
