"""Until a decision is published nobody reads it, whatever address they try."""

import re
from itertools import product

import pytest
from django.urls import URLResolver, get_resolver
from django.utils import translation

from terril.site.commons.models import Letter
from terril.site.people import roles
from terril.site.programme import actions
from terril.site.programme.models import Decision, Dossier
from terril.site.programme.queries.desks import (
    decisions_to_prepare,
    decisions_to_publish,
)
from terril.site.programme.queries.letters import letters_at_distance
from tests.factories.people import PersonFactory
from tests.factories.places import TerritoryFactory
from tests.factories.programme import (
    NOW,
    REGIME,
    CallFactory,
    DecisionFactory,
    DossierFactory,
    DossierMemberFactory,
    OpinionFactory,
    RegimeFactory,
    ReservationFactory,
)

pytestmark = pytest.mark.django_db
# Words that stand nowhere but in the decision.
SECRETS = ("zqreasons", "zqact", "zqland", "zqowner", "The decision on your dossier")


@pytest.fixture
def dossier(territory):
    """Return a dossier whose decision is prepared, with its letter in draft."""
    call = CallFactory(
        code="2026", regime=RegimeFactory(key="rules", text=dict(REGIME))
    )
    holder = PersonFactory(roles=["holder"], language="en")
    found = DossierFactory(deliberated=True, call=call, code="ABCDEF", holder=holder)
    OpinionFactory(dossier=found)
    decision = DecisionFactory(
        dossier=found, outcome="refused", reasons="zqreasons", act_reference="zqact"
    )
    ReservationFactory(decision=decision, text="zqland", owner="zqowner")
    actions.compose_letters(call, by=holder, at=NOW)
    return found


@pytest.fixture
def territory():
    return TerritoryFactory()


def patterns(resolver, start=""):
    """Return every address of the site as Django writes it: `dossiers/%(code)s/`."""
    for one in resolver.url_patterns:
        text = start + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, text)
        else:
            yield text


def addresses():
    """Return the addresses, with whatever may stand in their gaps."""
    known = {"code": ["2026", "ABCDEF"], "key": ["rules", "1"], "committee": ["youth"]}
    for text in patterns(get_resolver()):
        gaps = re.findall(r"<(?:\w+:)?(\w+)>", text)
        for values in product(*(known.get(gap, ["1"]) for gap in gaps)):
            path = text
            for value in values:
                path = re.sub(r"<[^>]+>", value, path, count=1)
            yield "/" + re.sub(r"[\^$\\]", "", path)


READERS = {
    "stranger": None,
    "holder": "holder",
    "collaborator": "collaborator",
    "member": "member:partners",
    "observer": "observer",
    "administrator": "administrator",
}


@pytest.fixture(autouse=True)
def _addresses_in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("reader", READERS)
def test_no_address_betrays_a_decision_that_is_prepared(
    reader, dossier, client, sign_in
):
    _signed(reader, dossier, sign_in)
    client.raise_request_exception = False
    found = {path: _read(client, path) for path in sorted(set(addresses()))}

    assert [status for status, _ in found.values()].count(200) > 10
    assert {path: words for path, (_, words) in found.items() if words} == {}


CANDIDATES = ["agent", "secretary", "member:partners", "observer", "administrator"]


@pytest.mark.parametrize("key", CANDIDATES)
def test_whoever_is_a_candidate_of_the_call_reads_no_secret_of_others(
    key, dossier, client, sign_in
):
    person = PersonFactory(roles=[key])
    DossierFactory(call=dossier.call, holder=person, deliberated=True, code="GHIJKL")
    sign_in(person, key.partition(":")[0])
    other = dossier.decision.prepared_by
    actions.send_letters([Letter.objects.get().pk], by=other, at=NOW)
    client.raise_request_exception = False

    found = {path: _read(client, path) for path in sorted(set(addresses()))}

    assert [status for status, _ in found.values()].count(200) > 10
    assert {path: words for path, (_, words) in found.items() if words} == {}


@pytest.mark.parametrize("role", [roles.AGENT, roles.SECRETARY])
def test_a_candidate_of_the_call_counts_no_secret_of_others(role, dossier):
    person, other = PersonFactory(), PersonFactory()
    DossierFactory(call=dossier.call, holder=person, deliberated=True)
    DossierFactory(call=dossier.call, deliberated=True)

    assert [decisions_to_publish(one, role).count() for one in (person, other)] == [
        0,
        1,
    ]
    assert [decisions_to_prepare(one, role).count() for one in (person, other)] == [
        0,
        2,
    ]
    assert [letters_at_distance(one, role).count() for one in (person, other)] == [0, 1]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "path",
    [
        "decisions/2026/",
        "decisions/2026/courriers/",
        "instruction/dossiers/ABCDEF/decision/",
        "instruction/dossiers/ABCDEF/reserves/%(reservation)s/",
    ],
)
def test_a_candidate_who_is_secretary_opens_no_decision_of_the_call(
    path, method, dossier, sign_in
):
    person = PersonFactory(roles=["secretary"])
    DossierFactory(call=dossier.call, holder=person)
    client = sign_in(person, "secretary")
    key = dossier.decision.reservations.get().pk

    answer = getattr(client, method)(f"/programme/{path}" % {"reservation": key})

    assert answer.status_code == 404
    assert dossier.decision.reservations.get().lifted_at is None


def test_a_candidate_reads_the_decisions_of_others_once_they_are_public(
    dossier, sign_in
):
    person = PersonFactory(roles=["secretary"])
    DossierFactory(call=dossier.call, holder=person)
    Dossier.objects.filter(pk=dossier.pk).update(status=Dossier.Status.DECIDED)
    Decision.objects.update(published_at=NOW)
    client = sign_in(person, "secretary")

    page = _content(client, "/en/programme/instruction/dossiers/ABCDEF/")

    assert {word for word in SECRETS[:4] if word in page} == set(SECRETS[:4])


def test_a_candidate_who_is_secretary_is_told_why_there_is_nothing_to_prepare(
    dossier, sign_in
):
    person = PersonFactory(roles=["secretary"])
    DossierFactory(call=dossier.call, holder=person)
    client = sign_in(person, "secretary")

    page = _content(client, "/en/programme/instruction/dossiers/ABCDEF/")

    assert "somebody else prepares its decisions" in page
    assert "Prepare the decision" not in page


def test_a_refused_dossier_appears_nowhere_in_public_once_published(dossier, client):
    Dossier.objects.update(title="zqtitle", status=Dossier.Status.DECIDED)
    Decision.objects.update(published_at=NOW)
    client.raise_request_exception = False

    found = {path: _content(client, path) for path in sorted(set(addresses()))}

    words = (*SECRETS, "zqtitle")
    told = [path for path, text in found.items() if any(one in text for one in words)]
    assert told == []


@pytest.mark.parametrize("reader", ["holder", "collaborator", "member"])
def test_those_who_may_see_the_dossier_read_that_it_is_under_examination(
    reader, dossier, client, sign_in
):
    _signed(reader, dossier, sign_in)
    path = "instruction/dossiers" if reader == "member" else "dossiers"

    page = _content(client, f"/en/programme/{path}/ABCDEF/")

    assert "under examination" in page
    assert "awaiting the decision" not in page


@pytest.mark.parametrize("role", ["agent", "secretary"])
def test_the_team_and_the_secretary_prepare_it(role, dossier, client, sign_in):
    sign_in(PersonFactory(roles=[role]), role)

    assert "zqact" in _content(client, "/en/programme/decisions/2026/")


def _signed(reader, dossier, sign_in):
    if reader == "holder":
        sign_in(dossier.members.get().person, "holder")
    elif READERS[reader]:
        key = READERS[reader]
        person = PersonFactory(roles=[key])
        if reader == "collaborator":
            DossierMemberFactory(dossier=dossier, person=person, collaborator=True)
        sign_in(person, key.partition(":")[0])


def _read(client, path):
    status, content = _answer(client, path)
    return status, [secret for secret in SECRETS if secret in content]


def _content(client, path):
    return _answer(client, path)[1]


def _answer(client, path):
    response = client.get(path)
    body = (
        b"".join(response.streaming_content) if response.streaming else response.content
    )
    return response.status_code, body.decode("utf-8", "replace")
