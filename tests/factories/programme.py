"""Calls, questions, dossiers and what is said of them; states as traits."""

from datetime import UTC, date, datetime, timedelta

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory

from terril.site.commons.outbox import Envelope, Recipient, post
from terril.site.programme.models import (
    AccessCode,
    Admissibility,
    AnalysisReport,
    Answer,
    Call,
    CompletionRequest,
    Decision,
    Dossier,
    DossierMember,
    Opinion,
    Question,
    Regime,
    Reservation,
)
from terril.site.programme.regimes import digest_of
from terril.site.programme.rules.access import digest_of as access_digest

# The call of the tests opens and closes at these instants, the clock being between.
OPENS = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
CLOSES = datetime(2026, 3, 31, 10, 0, tzinfo=UTC)

PERSON = "tests.factories.people.PersonFactory"

REGIME = {
    "title": {"fr": "Règles de l’exemple", "en": "Rules of the example"},
    "era": {"fr": "depuis 2022", "en": "since 2022"},
    "who_may_apply": {
        "fr": "Toute structure du territoire.",
        "en": "Any organisation of the territory.",
    },
    "stages": [{"key": "call", "name": "Appel", "name_en": "Call"}],
    "committees": [
        {"key": "partners", "name": "Partenaires", "name_en": "Partners"},
        {"key": "youth", "name": "Jeunes", "name_en": "Youth"},
        {"key": "experts", "name": "Experts", "name_en": "Experts"},
    ],
    "criteria": [{"key": "use", "name": "Utilité", "name_en": "Use"}],
    "outcomes": [
        {
            "key": "labelled",
            "name": "labellisé",
            "name_en": "labelled",
            "is_labelled": True,
            "is_public": True,
        },
        {
            "key": "to_be_matured",
            "name": "à mûrir",
            "name_en": "to be matured",
            "needs_reservations": True,
            "comes_back": True,
        },
        {"key": "refused", "name": "non retenu", "name_en": "not retained"},
    ],
    "deciding_body": {"fr": "Comité syndical", "en": "Syndicate committee"},
    "deciding_body_proposal": {"fr": ""},
    "unknowns": [],
    "sources": [],
    "duration_years": None,
}


class RegimeFactory(DjangoModelFactory):
    class Meta:
        model = Regime

    key = factory.Sequence(lambda n: f"regime-{n}")
    title = "Règles de l’exemple"
    text = factory.LazyFunction(lambda: dict(REGIME))
    digest = factory.LazyAttribute(lambda regime: digest_of(regime.text))
    published_at = OPENS - timedelta(days=30)

    class Params:
        draft = factory.Trait(digest="", published_at=None)


class CallFactory(DjangoModelFactory):
    class Meta:
        model = Call

    class Params:
        draft = factory.Trait(published_at=None)
        closed = factory.Trait(
            opens_at=OPENS - timedelta(days=365),
            closes_at=CLOSES - timedelta(days=365),
        )
        unknown_dates = factory.Trait(
            published_at=None, opens_at=None, closes_at=None, regime=None
        )

    code = factory.Sequence(lambda n: f"2026-{n}" if n else "2026")
    rank = factory.Sequence(lambda n: n + 1)
    title = factory.LazyAttribute(lambda call: f"Appel {call.code}")
    title_en = factory.LazyAttribute(lambda call: f"Call {call.code}")
    summary = "Un appel pour essayer."
    years = "2026"
    regime = factory.SubFactory(RegimeFactory)
    opens_at = OPENS
    closes_at = CLOSES
    published_at = OPENS - timedelta(days=7)
    is_example = True


class AccessCodeFactory(DjangoModelFactory):
    """A code of one deposit, typed as `ABCD-EFGH-JKLM` unless it is said otherwise."""

    class Meta:
        model = AccessCode

    class Params:
        text = "ABCD-EFGH-JKLM"

    call = factory.SubFactory("tests.factories.programme.CallFactory")
    digest = factory.LazyAttribute(lambda code: access_digest(code.text))
    given_to = "Anne, par téléphone"
    uses = 1
    ends_at = CLOSES + timedelta(days=2)
    made_by = factory.SubFactory(PERSON)
    made_at = NOW


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    call = factory.SubFactory(CallFactory)
    key = factory.Sequence(lambda n: f"question-{n}")
    section = "Le projet"
    section_en = "The project"
    position = factory.Sequence(lambda n: n + 1)
    kind = Question.Kind.TEXT
    label = factory.LazyAttribute(lambda question: f"Libellé {question.key}")
    label_en = factory.LazyAttribute(lambda question: f"Label {question.key}")


ASKED = [
    ("titre", "Le projet", Question.Kind.TEXT, "title"),
    ("resume", "Le projet", Question.Kind.LONG_TEXT, "summary"),
    ("theme", "Le projet", Question.Kind.CHOICE, "theme"),
    ("commune", "Le lieu", Question.Kind.COMMUNE, "commune"),
    ("lieu", "Le lieu", Question.Kind.POINT, "point"),
    ("structure", "Le porteur", Question.Kind.ORGANISATION, "organisation"),
    ("budget", "Les moyens", Question.Kind.AMOUNT, ""),
    ("debut", "Les moyens", Question.Kind.DATE, ""),
    ("pieces", "Les moyens", Question.Kind.FILES, ""),
]
THEMES = [
    {"key": "energy", "label": "Énergie", "label_en": "Energy"},
    {"key": "food", "label": "Alimentation", "label_en": "Food"},
]


def full_call(*, required=("titre",), **fields):
    """Return an open call that asks one question of each kind, under these keys."""
    call = CallFactory(**fields)
    for position, (key, section, kind, fills) in enumerate(ASKED, 1):
        QuestionFactory(
            call=call,
            key=key,
            section=section,
            section_en=f"{section} (en)",
            position=position,
            kind=kind,
            fills=fills,
            is_required=key in required,
            limit=600 if key == "resume" else None,
            choices=THEMES if key == "theme" else [],
        )
    return call


COLUMNS = [
    {"key": "nom", "label": "Nom", "label_en": "Name", "kind": "text"},
    {"key": "montant", "label": "Montant", "label_en": "Amount", "kind": "amount"},
    {"key": "parts", "label": "Parts", "label_en": "Shares", "kind": "number"},
    {"key": "jour", "label": "Jour", "label_en": "Day", "kind": "date"},
]
AMONG = [
    {"key": "in", "label": "Dedans", "label_en": "Inside"},
    {"key": "out", "label": "Dehors", "label_en": "Outside"},
    {"key": "both", "label": "Les deux", "label_en": ""},
]


def rich_call(**fields):
    """Return an open call whose questions depend on each other and may close it."""
    call = CallFactory(**fields)
    asked = [
        {"key": "titre", "kind": "text", "fills": "title", "is_required": True},
        {
            "key": "situation",
            "kind": "choice",
            "choices": AMONG,
            "refuses": {
                "verb": "is",
                "values": ["out"],
                "reason": "Le projet doit être dedans.",
                "reason_en": "The project must be inside.",
            },
        },
        {
            "key": "distance",
            "kind": "number",
            "is_required": True,
            "shown_if": {
                "question": "situation",
                "verb": "is",
                "values": ["out", "both"],
            },
            "refuses": {"verb": "at_least", "values": ["50"], "reason": "Trop loin."},
        },
        {"key": "appuis", "kind": "many", "choices": AMONG},
        {"key": "plan", "kind": "group", "columns": COLUMNS, "limit": 3},
        {"key": "accord", "kind": "box"},
    ]
    for position, words in enumerate(asked, 1):
        QuestionFactory(call=call, position=position, **words)
    return call


def answered(dossier, **values):
    """Answer questions of a dossier by their keys, with clean values."""
    for key, value in values.items():
        question = dossier.call.questions.get(key=key)
        AnswerFactory(dossier=dossier, question=question, value=value)
    return dossier


def upload(name="plan.pdf", content=b"%PDF-1.7 plan"):
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content)


class DossierFactory(DjangoModelFactory):
    """A draft with its holder; traits bring it to a later state."""

    class Meta:
        model = Dossier
        skip_postgeneration_save = True

    class Params:
        handed_in = factory.Trait(
            status=Dossier.Status.SUBMITTED,
            submitted_at=NOW,
            # Far from the numbers that tests write and that deposits are given.
            receipt=factory.Sequence(lambda n: f"2026-{n + 5001}"),
        )
        to_complete = factory.Trait(handed_in=True, status=Dossier.Status.TO_COMPLETE)
        admissible = factory.Trait(handed_in=True, status=Dossier.Status.ADMISSIBLE)
        inadmissible = factory.Trait(handed_in=True, status=Dossier.Status.INADMISSIBLE)
        examined = factory.Trait(handed_in=True, status=Dossier.Status.EXAMINATION)
        deliberated = factory.Trait(handed_in=True, status=Dossier.Status.DELIBERATION)
        decided = factory.Trait(handed_in=True, status=Dossier.Status.DECIDED)
        withdrawn = factory.Trait(status=Dossier.Status.WITHDRAWN, withdrawn_at=NOW)

    call = factory.SubFactory(CallFactory)
    code = factory.Sequence(lambda n: f"ABC{n:03}")
    status = Dossier.Status.DRAFT
    title = factory.Sequence(lambda n: f"Projet {n}")
    opened_at = OPENS + timedelta(days=1)

    @factory.post_generation
    def holder(self, create, extracted, **kwargs):
        if create and extracted:
            DossierMemberFactory(dossier=self, person=extracted)


class DossierMemberFactory(DjangoModelFactory):
    class Meta:
        model = DossierMember

    class Params:
        collaborator = factory.Trait(part=DossierMember.Part.COLLABORATOR)

    dossier = factory.SubFactory(DossierFactory)
    person = factory.SubFactory(PERSON)
    part = DossierMember.Part.HOLDER
    since = OPENS + timedelta(days=1)


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = Answer

    dossier = factory.SubFactory(DossierFactory)
    question = factory.SubFactory(
        QuestionFactory, call=factory.SelfAttribute("..dossier.call")
    )
    value = "Une réponse."
    updated_at = OPENS + timedelta(days=2)
    updated_by = factory.SubFactory(PERSON)


class CompletionRequestFactory(DjangoModelFactory):
    class Meta:
        model = CompletionRequest

    dossier = factory.SubFactory(DossierFactory, to_complete=True)
    message = "Précisez le plan de financement."
    due_on = date(2026, 4, 15)
    asked_by = factory.SubFactory(PERSON)
    asked_at = NOW + timedelta(days=1)


class AdmissibilityFactory(DjangoModelFactory):
    class Meta:
        model = Admissibility

    dossier = factory.SubFactory(DossierFactory, admissible=True)
    is_admissible = True
    ruled_by = factory.SubFactory(PERSON)
    ruled_at = NOW + timedelta(days=2)


class AnalysisReportFactory(DjangoModelFactory):
    class Meta:
        model = AnalysisReport

    dossier = factory.SubFactory(DossierFactory, examined=True)
    context = "Le contexte."
    strengths = "Les forces."
    cautions = "Les points de vigilance."
    for_committees = "À débattre."
    written_by = factory.SubFactory(PERSON)
    updated_at = NOW + timedelta(days=3)
    finished_at = NOW + timedelta(days=3)


class OpinionFactory(DjangoModelFactory):
    class Meta:
        model = Opinion

    dossier = factory.SubFactory(DossierFactory, examined=True)
    committee = "partners"
    stance = Opinion.Stance.FAVOURABLE
    text = "Un projet utile."
    given_on = date(2026, 5, 4)
    recorded_by = factory.SubFactory(PERSON)
    recorded_at = NOW + timedelta(days=50)


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    class Params:
        published = factory.Trait(published_at=NOW + timedelta(days=80))

    dossier = factory.SubFactory(DossierFactory, deliberated=True)
    outcome = "labelled"
    reasons = "Le projet répond aux critères."
    act_reference = "2026-42"
    decided_on = date(2026, 5, 28)
    prepared_by = factory.SubFactory(PERSON)
    prepared_at = NOW + timedelta(days=75)


class ReservationFactory(DjangoModelFactory):
    class Meta:
        model = Reservation

    decision = factory.SubFactory(DecisionFactory, outcome="to_be_matured")
    text = "Confirmer le foncier."
    owner = "Le porteur"


def a_draft(person, **fields):
    """Return an empty draft of somebody, in a call that asks everything."""
    return DossierFactory(call=full_call(), title="", holder=person, **fields)


def ready(person, **fields):
    """Return a draft with nothing missing."""
    return answered(a_draft(person, **fields), titre="La fosse qui rit")


def withdrawal_letter(dossier, at=NOW):
    """Return a letter about a dossier that waits to be released."""
    envelope = Envelope(
        "programme/withdrawn", dossier, f"withdrawn/{dossier.pk}", {"dossier": dossier}
    )
    return post(envelope, to=Recipient("a@example.org"), at=at, hold=True)
