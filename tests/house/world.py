"""A small world with one thing of each kind, for the table of doors."""

from django.core.files.base import ContentFile

from terril.site.commons import journal
from terril.site.commons.addresses import address
from terril.site.commons.models import Document, Letter
from terril.site.people import queries
from terril.site.people.roles import ROLES
from tests.factories import meetings, people, places, programme, projects

ACTORS = ["anonymous", *ROLES]
STATES = [
    "handed_in",
    "to_complete",
    "admissible",
    "examined",
    "deliberated",
    "decided",
]


def actors():
    """Return a person for each role; the anonymous one is nobody."""
    return {role: people.PersonFactory(roles=[role]) for role in ROLES}


def dossiers(call, team):
    """Return a dossier in each state, all of the same holder and collaborator."""
    found = {"draft": programme.DossierFactory(call=call, holder=team["holder"])}
    for state in STATES:
        found[state] = programme.DossierFactory(
            call=call, holder=team["holder"], **{state: True}
        )
    for dossier in found.values():
        programme.DossierMemberFactory(
            dossier=dossier, person=team["collaborator"], collaborator=True
        )
    journal.record(
        "dossier.submitted",
        about=found["handed_in"],
        by=team["holder"],
        at=programme.NOW,
        note="0" * 64,
    )
    programme.CompletionRequestFactory(dossier=found["to_complete"])
    return found


def a_file(about, by):
    """Keep a small file about something."""
    return Document.objects.create(
        file=ContentFile(b"%PDF-1.7", "plan.pdf"),
        name="plan.pdf",
        kind="application/pdf",
        size=8,
        sha256="0" * 64,
        about=address(about),
        by=address(by),
        added_at=programme.NOW,
    )


def a_letter(about, status):
    """Leave a letter in the outbox."""
    return Letter.objects.create(
        key=f"letter/{status}",
        template="programme/receipt",
        recipient="anne@example.org",
        subject="News",
        body="Read.",
        about=address(about),
        status=status,
        created_at=programme.NOW,
    )


def a_held_meeting():
    """Return a meeting that the journal says was held."""
    held = meetings.MeetingFactory(held=True)
    journal.record("meeting.held", about=held, by=None, at=programme.NOW)
    return held


def build():
    """Return the people of the world by role, and what its addresses name."""
    team = actors()
    territory = places.TerritoryFactory()
    epci = places.EpciFactory()
    places.TerritoryMemberFactory(territory=territory, place=epci)
    commune = places.PlaceFactory()
    places.MembershipFactory(child=commune, parent=epci, since=2017, until=2026)
    call = programme.full_call(code="2026")
    closed_call = programme.CallFactory(code="2025", closed=True)
    draft_call = programme.CallFactory(code="2027", draft=True)
    question = programme.QuestionFactory(call=draft_call, key="titre")
    found = dossiers(call, team)
    secret = programme.DecisionFactory(dossier=found["deliberated"])
    published = programme.DecisionFactory(
        dossier=found["decided"], published=True, outcome="to_be_matured"
    )
    reservation = programme.ReservationFactory(decision=published)
    project = projects.ProjectFactory(decided=True)
    names = {state: dossier.code for state, dossier in found.items()}
    names |= {
        "foreign": programme.DossierFactory(call=call, handed_in=True).code,
        "paper": programme.DossierFactory(
            call=call,
            handed_in=True,
            holder=people.PersonFactory(email=None),
            entered_by=team["agent"],
            entered_at=programme.NOW,
        ).code,
        "call": call.code,
        "closed_call": closed_call.code,
        "access_code": programme.AccessCodeFactory(call=closed_call).pk,
        "draft_call": draft_call.code,
        "question": question.key,
        "regime": call.regime.key,
        "draft_regime": programme.RegimeFactory(draft=True).key,
        "reservation": reservation.pk,
        "file": a_file(found["draft"], team["holder"]).pk,
        "examined_file": a_file(found["examined"], team["holder"]).pk,
        "collaborator": found["draft"].members.get(part="collaborator").pk,
        "letter": a_letter(found["decided"], "draft").pk,
        "failed_letter": a_letter(found["decided"], "failed").pk,
        "project": project.slug,
        "certificate": project.certificate,
        "to_register": secret.dossier.code,
        "commune": commune.code,
        "epci": epci.code,
        "person": people.PersonFactory().pk,
        "grant": people.RoleGrantFactory().pk,
        "organisation": people.OrganisationFactory(is_public=True).slug,
        "mandate": people.MandateFactory().pk,
        "invitation": people.InvitationFactory(
            token_digest=queries.digest_of(people.TOKEN)
        ).pk,
        "token": people.TOKEN,
        "meeting": meetings.MeetingFactory().pk,
        "held_meeting": a_held_meeting().pk,
    }
    return team, {name: str(value) for name, value in names.items()}
