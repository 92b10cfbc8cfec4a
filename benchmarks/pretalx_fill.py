"""Fill a pretalx of its own with one event of 1,000 submissions.

Run by `benchmarks.peer` with the peer's own interpreter, never with ours. Prints
one line of JSON: the addresses to load and the organiser's session cookie.
"""

import datetime as dt
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pretalx.settings")
django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.timezone import now
from django_scopes import scope, scopes_disabled
from pretalx.event.models import Event
from pretalx.event.utils import create_organiser_with_team
from pretalx.person.models import SpeakerProfile, User
from pretalx.schedule.models import Room
from pretalx.submission.models import Submission, SubmissionStates

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
WORDS = [
    "une",
    "halle",
    "ouverte",
    "au",
    "vélo",
    "et",
    "aux",
    "habitants",
    "du",
    "quartier",
]


def build_event(admin):
    organiser, team = create_organiser_with_team(
        name="Bench", slug="benchorg", users=[admin]
    )
    today = now().date()
    event = Event.objects.create(
        name="Bench",
        slug="bench",
        organiser=organiser,
        is_public=True,
        date_from=today,
        date_to=today + dt.timedelta(days=2),
        timezone="Europe/Paris",
        email="bench@example.org",
        locale_array="en",
        locale="en",
    )
    with scope(event=event):
        event.build_initial_data()
        team.limit_events.add(event)
        team.can_change_submissions = True
        team.save()
    return event


def build_submissions(event):
    kind = event.submission_types.first()
    room = Room.objects.create(event=event, name="Hall", position=1)
    start = event.datetime_from
    for number in range(COUNT):
        speaker = User.objects.create_user(
            name=f"Speaker {number}", email=f"speaker{number}@example.org"
        )
        SpeakerProfile.objects.create(user=speaker, event=event, biography="…")
        submission = Submission.objects.create(
            event=event,
            title=f"{' '.join(WORDS[: 3 + number % 5]).capitalize()} {number}",
            submission_type=kind,
            abstract=" ".join(WORDS),
            description=" ".join(WORDS * 4),
            content_locale="en",
            state=SubmissionStates.CONFIRMED,
        )
        submission.speakers.add(speaker)
        submission.update_talk_slots()
        slot = submission.slots.first()
        slot.start = start + dt.timedelta(minutes=number % 2000)
        slot.end = slot.start + dt.timedelta(minutes=30)
        slot.room = room
        slot.save()
    event.release_schedule("v1")


def session_of(admin):
    store = SessionStore()
    store[SESSION_KEY] = str(admin.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = admin.get_session_auth_hash()
    store.save()
    return store.session_key


with scopes_disabled():
    admin = User.objects.filter(email="admin@example.org").first()
    if admin is None:
        admin = User.objects.create_user(name="Admin", email="admin@example.org")
        admin.is_administrator = True
        admin.save()
    event = Event.objects.filter(slug="bench").first() or build_event(admin)
    with scope(event=event):
        if not event.submissions.exists():
            build_submissions(event)
        code = event.submissions.order_by("pk").first().code

answer = {
    "list": "/bench/schedule/nojs",
    "shell": "/bench/talk/",
    "detail": f"/bench/talk/{code}/",
    "organiser": "/orga/event/bench/submissions/",
    "cookie": f"{settings.SESSION_COOKIE_NAME}={session_of(admin)}",
}
sys.stdout.write("\n" + json.dumps(answer) + "\n")
