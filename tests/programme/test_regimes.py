"""Regimes: the texts that ship, how they are read, what is refused, how they are sealed."""

import json
from copy import deepcopy

import pytest
from django.utils import translation

from terril.site.people.models import Person
from terril.site.programme import actions, regimes
from terril.site.programme.models import Regime
from terril.site.programme.regimes import RegimeRefused, Text
from terril.site.programme.rules.calls import AlreadyPublished
from tests.factories.people import PersonFactory
from tests.factories.programme import RegimeFactory


@pytest.fixture(autouse=True)
def _sentences_as_they_are_written():
    with translation.override("en"):
        yield


def text(**changes):
    whole = deepcopy(regimes.template("euralens-2022"))
    whole.update(changes)
    return whole


@pytest.mark.parametrize("key", regimes.TEMPLATES)
def test_the_texts_that_ship_are_read_whole_in_both_languages(key):
    regime = regimes.read(regimes.template(key))

    named = [*regime.stages, *regime.committees, *regime.criteria, *regime.outcomes]
    assert [one.key for one in named if not one.name_en] == []
    assert [one.fr for one in regime.unknowns if not one.en] == []
    assert regime.duration_years is None


def test_the_rules_since_2022_say_what_is_known_proposed_and_unknown():
    regime = regimes.read(regimes.template("euralens-2022"))

    assert regime.committee_keys == ["partners", "youth", "experts"]
    assert {one.key: one.is_proposal for one in regime.outcomes} == {
        "labelled": False,
        "to_be_matured": True,
        "refused": True,
    }
    assert (bool(regime.deciding_body), bool(regime.deciding_body_proposal)) == (
        False,
        True,
    )


def test_the_rules_of_the_association_had_two_committees_and_an_assembly():
    regime = regimes.read(regimes.template("euralens-2012"))

    assert regime.committee_keys == ["partners", "experts"]
    assert "Assemblée générale" in regime.deciding_body.fr


def without(key):
    whole = text()
    del whole[key]
    return whole


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ([], "A regime is an object in JSON, between braces."),
        (without("committees"), "“committees” is missing."),
        (text(colour="red"), "“colour” is not a part of a regime."),
        (text(title="Label"), "“title” is a sentence in French and English."),
        (text(title={"fr": ""}), "“title” is empty in French."),
        (text(stages={}), "“stages” is a list."),
        (text(committees=[]), "“committees” lists nothing."),
        (
            text(committees=[{"key": "a", "name": "A"}, {"key": "a", "name": "B"}]),
            "“a” stands twice in “committees”.",
        ),
        (
            text(committees=[{"key": "a"}]),
            "Each line of “committees” has a key and a name.",
        ),
        (
            text(committees=[{"key": "a", "name": "A", "weight": 3}]),
            "“weight” means nothing in “committees”.",
        ),
        (text(outcomes=[{"key": "no", "name": "Non"}]), "No outcome awards the label."),
        (
            text(
                outcomes=[
                    {"key": "y", "name": "Y", "is_labelled": True, "comes_back": True}
                ]
            ),
            "The outcome “y” both awards the label and comes back.",
        ),
        (text(sources=["a book"]), "“a book” is not the address of a source."),
        (
            text(duration_years=0),
            "“duration_years” is a number of years, or null where none is known.",
        ),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_with_what_to_mend(broken, sentence):
    with pytest.raises(RegimeRefused) as refusal:
        regimes.read(broken)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda one: one.outcome("gold"), "This regime has no outcome “gold”."),
        (lambda one: one.committee("king"), "This regime has no committee “king”."),
    ],
)
def test_what_a_regime_does_not_name_is_refused(ask, sentence):
    with pytest.raises(RegimeRefused) as refusal:
        ask(regimes.read(text()))

    assert str(refusal.value) == sentence


def test_a_text_reads_in_the_language_of_the_reader():
    both, alone = Text("Appel", "Call"), Text("Appel")

    assert (str(both), str(alone)) == ("Call", "Appel")
    with translation.override("fr"):
        assert str(both) == "Appel"


def test_the_digest_is_that_of_the_content_whatever_the_order():
    whole = text()
    turned = dict(reversed(list(whole.items())))

    assert regimes.digest_of(whole) == regimes.digest_of(turned)
    assert regimes.digest_of(whole) != regimes.digest_of(text(duration_years=3))


@pytest.mark.django_db
def test_publishing_a_regime_seals_its_text(at):
    agent = PersonFactory()
    regime = actions.create_regime("mine", text(), by=agent, at=at)
    actions.write_regime(regime, text(duration_years=5), by=agent, at=at)

    actions.publish_regime(regime, by=agent, at=at)

    kept = Regime.objects.get(key="mine")
    assert kept.published_at == at
    assert kept.digest == regimes.digest_of(text(duration_years=5))
    assert regimes.read(kept.text).duration_years == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    "act",
    [
        lambda regime, by, at: actions.publish_regime(regime, by=by, at=at),
        lambda regime, by, at: actions.write_regime(regime, text(), by=by, at=at),
    ],
    ids=["publish", "write"],
)
def test_a_published_regime_no_longer_changes(act, at):
    regime = RegimeFactory()

    with pytest.raises(AlreadyPublished):
        act(regime, PersonFactory(), at)

    assert Person.objects.count() == 1
    assert Regime.objects.get().digest == regime.digest


@pytest.mark.django_db
def test_the_public_page_of_a_regime_shows_its_seal_its_proposals_and_its_unknowns(
    client, at
):
    regime = RegimeFactory(text=text(), key="euralens-2022")

    page = client.get(f"/en/programme/regimes/{regime.key}/").content.decode()

    assert regime.digest in page
    assert page.count("proposal of this software") == 7
    assert "The body that decides since 2022" in page
    assert "https://polemetropolitainartois.fr/label-euralens" in page


@pytest.mark.django_db
def test_the_text_of_a_draft_does_not_exist_for_the_public(client):
    draft = RegimeFactory(draft=True)

    assert client.get(f"/programme/regimes/{draft.key}/").status_code == 404
    assert draft.title not in client.get("/programme/regimes/").content.decode()


@pytest.mark.django_db
def test_the_team_copies_a_text_changes_it_and_publishes_it(sign_in):
    client = sign_in(PersonFactory(roles=["agent"]), "agent")
    made = client.post(
        "/programme/instruction/regimes/copier/",
        {"source": "template/euralens-2012", "key": "essai"},
    )
    again = client.post(
        "/programme/instruction/regimes/copier/",
        {"source": "regime/essai", "key": "essai"},
    )

    shown = client.get("/programme/instruction/regimes/").content.decode()
    copied = text(duration_years=3)
    source = f"{made['Location']}texte/"
    client.post(source, {"text": json.dumps(copied)})
    other = {"source": "regime/essai", "key": "autre"}
    client.post("/programme/instruction/regimes/copier/", other)
    client.post(source, {"text": "{"})
    client.post(source, {"text": "{}"})
    published = client.post("/programme/instruction/regimes/essai/publier/")

    assert again.status_code == 200
    assert published["Location"] == "/programme/regimes/essai/"
    assert "/programme/instruction/regimes/essai/" in shown
    assert [one.text for one in Regime.objects.all()] == [copied, copied]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ('{"title": 1,\n}', "Line 2 is not JSON"),
        ("{}", "“title” is missing."),
    ],
)
def test_a_text_that_cannot_be_read_stays_on_the_screen(sign_in, typed, words):
    RegimeFactory(draft=True, key="essai")
    client = sign_in(PersonFactory(roles=["agent"]), "agent")

    page = client.post(
        "/en/programme/instruction/regimes/essai/texte/", {"text": typed}
    )

    assert words in page.content.decode()
