"""The search box finds what the reader may see, and nothing else."""

import pytest
from django.utils import translation

from terril.site.people import roles
from terril.site.website.queries.search import answer_to
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.programme import DecisionFactory, DossierFactory
from tests.website import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def found(query, person=None, role=None, kind=""):
    """Return the kinds and names that answer, without their marks."""
    answer = answer_to(query, person=person, role=role, kind=kind)
    return {
        group.kind: [
            str(one.name).replace("<mark>", "").replace("</mark>", "")
            for one in group.results
        ]
        for group in answer.groups
    }


def test_one_box_finds_projects_organisations_places_calls_and_pages():
    world.territory()
    world.labels()
    world.calls()

    assert found("lens") == {
        "organisation": ["Ville de Lens"],
        "place": ["Lens", "CA de Lens-Liévin"],
        "project": ["Forêt urbaine 0"],
    }
    assert found("call 2026-0") == {"call": ["Call 2026-0"]}
    assert found("rgaa") == {"page": ["Accessibility"]}


def test_typing_errors_and_elisions_are_forgiven():
    world.labels()

    assert found("l'foret urbane") == {"project": ["Forêt urbaine 0"]}


def test_a_stranger_never_finds_a_dossier():
    DossierFactory(title="Projet secret", examined=True)

    assert found("secret") == {}


def test_a_holder_finds_their_dossier_and_never_anothers():
    holder = PersonFactory(roles=["holder"])
    DossierFactory(title="Le secret de Camille", holder=holder)
    DossierFactory(title="Le secret des autres")

    assert found("secret", holder, roles.HOLDER) == {
        "dossier": ["Le secret de Camille"]
    }


def test_a_collaborator_who_acts_in_no_role_finds_no_dossier():
    holder = PersonFactory()
    DossierFactory(title="Le secret de Camille", holder=holder)

    assert found("secret", holder, None) == {}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (roles.AGENT, ["Secret déposé", "Secret instruit"]),
        (roles.MEMBER, ["Secret instruit"]),
        (roles.SECRETARY, ["Secret instruit"]),
        (roles.OBSERVER, []),
        (roles.ADMINISTRATOR, []),
    ],
)
def test_each_role_finds_the_dossiers_it_may_see(role, expected):
    DossierFactory(title="Secret brouillon")
    DossierFactory(title="Secret déposé", handed_in=True)
    DossierFactory(title="Secret instruit", examined=True)

    kept = found("secret", PersonFactory(), role)

    assert kept == ({"dossier": expected} if expected else {})


def test_a_holder_is_not_told_that_the_body_is_about_to_decide():
    holder = PersonFactory(roles=["holder"])
    DossierFactory(title="Le four", deliberated=True, holder=holder)

    (group,) = answer_to("four", person=holder, role=roles.HOLDER).groups

    assert group.results[0].note.endswith("under examination")


def test_a_secret_decision_never_shows():
    DecisionFactory(
        dossier__title="Le four",
        outcome="refused",
        reasons="Motif introuvable",
        act_reference="ACTE-77",
    )
    agent = PersonFactory(roles=["agent"])

    kept = [
        found(words, agent, roles.AGENT)
        for words in ("introuvable", "refused", "ACTE-77", "not retained")
    ]

    assert kept == [{}, {}, {}, {}]


def test_a_private_organisation_is_not_found():
    OrganisationFactory(name="Association cachée")

    assert found("cachee") == {}


def test_a_dossier_is_found_by_its_receipt_and_leads_where_the_role_reads():
    holder = PersonFactory(roles=["holder"])
    dossier = DossierFactory(handed_in=True, title="Le four", holder=holder)

    own = answer_to(dossier.receipt, person=holder, role=roles.HOLDER)
    examined = answer_to(dossier.receipt, person=PersonFactory(), role=roles.AGENT)

    assert own.groups[0].results[0].url == f"/en/programme/dossiers/{dossier.code}/"
    assert examined.groups[0].results[0].url == (
        f"/en/programme/instruction/dossiers/{dossier.code}/"
    )


def test_a_long_group_is_cut_and_shown_whole_when_asked_for():
    world.labels(8)

    cut = answer_to("foret", person=None, role=None)
    whole = answer_to("foret", person=None, role=None, kind="project")

    assert (cut.count, cut.groups[0].hidden_count, len(cut.groups[0].results)) == (
        8,
        2,
        6,
    )
    assert (whole.kind, len(whole.groups[0].results)) == ("project", 8)


def test_an_unknown_kind_narrows_nothing():
    world.labels()

    answer = answer_to("foret", person=None, role=None, kind="nonsense")

    assert (answer.kind, answer.count) == ("", 1)


@pytest.mark.parametrize("query", ["", "   ", "!?", "' OR 1=1 --"])
def test_an_empty_or_odd_query_finds_nothing(query):
    world.labels()

    assert found(query) == {}


def test_nothing_found_suggests_names_that_look_alike():
    world.labels()

    answer = answer_to("forrett urbbaine", person=None, role=None)

    assert (answer.groups, answer.suggestions) == ([], ["Forêt urbaine 0"])


@pytest.mark.parametrize("count", [1, 3])
def test_search_asks_the_same_questions_whatever_the_number(
    count, django_assert_num_queries
):
    world.territory()
    world.labels(count)
    holder = PersonFactory(roles=["holder"])
    for _ in range(count):
        DossierFactory(title="Forêt", holder=holder)

    with django_assert_num_queries(9):
        answer_to("foret", person=holder, role=roles.HOLDER)


def test_a_committee_member_reads_one_state_until_the_decision_is_public():
    DossierFactory(title="Projet secret", deliberated=True)
    member = PersonFactory(roles=["member:experts"])

    answer = answer_to("secret", person=member, role=roles.MEMBER)

    [line] = answer.groups[0].results
    assert line.note.partition(" · ")[2] == "under examination"
