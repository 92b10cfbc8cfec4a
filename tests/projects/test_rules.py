"""What the register allows, how it is filtered and searched."""

from datetime import date

import pytest

from terril.site.programme.regimes import Outcome, Text
from terril.site.projects.models import Project
from terril.site.projects.rules import filters, history, labels, search
from terril.site.projects.rules.filters import Filters
from tests.factories.programme import DecisionFactory
from tests.factories.projects import ProjectFactory

TODAY = date(2026, 6, 15)
LABELLED = Outcome("labelled", "labellisé", "labelled", is_labelled=True)
REFUSED = Outcome("refused", "non retenu", "not retained")


# ---- filters


def test_an_address_is_read_and_written_back_the_same():
    params = {
        "q": "école",
        "theme": "energy",
        "epci": "200072460",
        "edition": "2022",
        "etat": "retire",
        "annee": "2022",
        "distinction": "label",
        "tri": "nom",
    }

    asked = filters.read(params)

    assert asked == Filters(
        "école", "energy", "200072460", "2022", "retire", "2022", "label", "nom"
    )
    assert asked.query == (
        "q=%C3%A9cole&theme=energy&epci=200072460&edition=2022&etat=retire"
        "&annee=2022&distinction=label&tri=nom"
    )


@pytest.mark.parametrize(
    "params",
    [
        {"theme": "alchemy"},
        {"etat": "labelled"},
        {"annee": "22"},
        {"annee": "٢٠٢٢"},
        {"epci": "'; --"},
        {"distinction": "prix"},
        {"tri": "-pk"},
        {"q": "  \0 "},
        {"autre": "chose"},
        {},
    ],
)
def test_what_means_nothing_filters_nothing(params):
    asked = filters.read(params)

    assert asked.is_empty
    assert asked.query == ""


def test_the_unknown_can_be_asked_for():
    asked = filters.read({"annee": "inconnue", "epci": "inconnue"})

    assert (asked.year, asked.epci) == ("inconnue", "inconnue")


def test_the_words_are_cut_before_they_cost_anything():
    assert filters.read({"q": "a" * 5_000}).words == "a" * 120


def test_one_filter_can_be_taken_away():
    asked = Filters(theme="energy", year="2022")

    assert asked.without("theme") == "?annee=2022"


def test_an_order_alone_is_no_filter():
    assert Filters(sort="nom").is_empty
    assert not Filters(words="bois").is_empty


# ---- search

TEXTS = {
    1: "foret urbaine de lens\nlens renaturation un bois plante",
    2: "mine de soleil\nloos en gohelle energie panneaux sur les toits de lens",
    3: "terril viticole d haillicourt\nhaillicourt vigne 2011",
    4: "cohabitat\nharnes logements",
}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lens", [1, 2]),
        ("soleil", [2]),
        ("solei", [2]),
        ("soliel", [2]),
        ("viticoel haillicourt", [3]),
        ("foret de lens", [1]),
        ("habitat", [4]),
        ("2011", [3]),
        ("2012", []),
        ("ln", []),
        ("lens harnes", []),
        ("de la", []),
        ("de", [1, 2]),
        ("sol", [2]),
        ("sal", []),
    ],
)
def test_words_are_found_in_spite_of_small_mistakes(words, found):
    assert search.ranked(TEXTS, words) == found


def test_the_name_counts_more_than_the_rest():
    texts = {1: "autre chose\nlens", 2: "lens\nrien"}

    assert search.ranked(texts, "lens") == [2, 1]


# ---- numbers, codes, addresses


def test_a_number_says_the_call_and_the_rank():
    assert labels.number_of("2026", 3) == "2026-L03"
    assert labels.number_of("2026-exemple", 112) == "2026-exemple-L112"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("L’école à Nœux", "l-ecole-a-noeux"),
        ("Projet", "projet-3"),
        ("!!!", "projet-3"),
        ("Carte", "carte-2"),
        ("Publier", "publier-2"),
        ("x" * 200, "x" * 70),
    ],
)
def test_an_address_is_free_and_never_a_word_of_the_site(title, slug):
    assert labels.free_slug(title, {"projet", "projet-2"}) == slug


@pytest.mark.parametrize("typed", ["abcd-efgh jklm", "ABCDEFGHJKLM", " abcdefghjklm\n"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert labels.canonical(typed) == "ABCDEFGHJKLM"


def test_a_code_is_written_in_fours():
    assert labels.in_fours("ABCDEFGHJKLM") == "ABCD-EFGH-JKLM"
    assert labels.in_fours("ab12cd", " ") == "ab12 cd"


@pytest.mark.parametrize(
    ("on", "years", "until"),
    [
        (date(2026, 5, 28), 3, date(2029, 5, 28)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2026, 5, 28), None, None),
    ],
)
def test_a_label_lasts_what_its_regime_says(on, years, until):
    assert labels.same_day_years_later(on, years) == until


# ---- refusals


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("is_published", "outcome", "is_registered", "refusal"),
    [
        (False, LABELLED, False, labels.NotPublished),
        (True, REFUSED, False, labels.NotLabelled),
        (True, LABELLED, True, labels.AlreadyRegistered),
    ],
)
def test_registration_is_refused(is_published, outcome, is_registered, refusal):
    decision = DecisionFactory(published=is_published)
    if is_registered:
        ProjectFactory(decided=True, decision=decision)

    with pytest.raises(refusal) as caught:
        labels.check_registration(decision, outcome)

    assert str(caught.value)
    assert str(caught.value.next_step)


@pytest.mark.django_db
def test_a_published_label_may_be_registered():
    labels.check_registration(DecisionFactory(published=True), LABELLED)


def test_what_was_confirmed_is_what_is_published():
    labels.check_confirmed("abc", "abc")
    with pytest.raises(labels.PlanChanged):
        labels.check_confirmed("abc", "abd")


@pytest.mark.parametrize(
    ("project", "on", "reason", "refusal"),
    [
        (Project(state="ended"), TODAY, "x", labels.NoLongerStanding),
        (Project(state="withdrawn"), TODAY, "x", labels.NoLongerStanding),
        (Project(), date(2026, 6, 16), "x", labels.DayRefused),
        (Project(labelled_on=TODAY), date(2026, 6, 14), "x", labels.DayRefused),
        (Project(), TODAY, "  ", labels.ReasonMissing),
    ],
)
def test_the_end_of_a_label_is_refused(project, on, reason, refusal):
    with pytest.raises(refusal):
        labels.check_end_of_label(project, on=on, today=TODAY, reason=reason)


def test_a_label_may_end_today():
    project = Project(labelled_on=TODAY)

    labels.check_end_of_label(project, on=TODAY, today=TODAY, reason="Terme échu.")


def test_a_withdrawal_needs_its_act():
    labels.check_act("2027-3")
    with pytest.raises(labels.ReasonMissing):
        labels.check_act(" ")


@pytest.mark.parametrize(
    ("name", "point", "field"),
    [
        ("  ", (None, None), "name"),
        ("Nom", (2.8, None), "latitude"),
        ("Nom", (None, 50.4), "latitude"),
        ("Nom", (200.0, 50.4), "longitude"),
        ("Nom", (2.8, 95.0), "longitude"),
    ],
)
def test_a_correction_is_refused_at_its_field(name, point, field):
    with pytest.raises(labels.CorrectionRefused) as caught:
        labels.check_correction(name, point)

    assert list(caught.value.fields) == [field]


@pytest.mark.parametrize("point", [(None, None), (2.8, 50.4)])
def test_a_correction_may_have_a_point_or_none(point):
    labels.check_correction("Nom", point)


@pytest.mark.parametrize(
    ("sentence", "source", "on", "field"),
    [
        (" ", "https://example.org", TODAY, "sentence"),
        ("Ouverture.", "", TODAY, "source"),
        ("Ouverture.", "https://example.org", date(2026, 6, 16), "on"),
    ],
)
def test_an_event_is_refused_at_its_field(sentence, source, on, field):
    with pytest.raises(labels.EventRefused) as caught:
        labels.check_event(sentence, source, on, TODAY)

    assert list(caught.value.fields) == [field]


def test_an_event_of_today_with_a_source_is_welcome():
    labels.check_event("Ouverture.", "https://example.org", TODAY, TODAY)


# ---- history


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "french", "english"),
    [
        (
            Text("Comité", "Committee"),
            "Le label est décerné par l’instance « Comité » (acte\u00a0: 2026-42).",
            "The label is awarded by the body “Committee” (act: 2026-42).",
        ),
        (
            Text(""),
            "Le label est décerné (acte\u00a0: 2026-42).",
            "The label is awarded (act: 2026-42).",
        ),
    ],
)
def test_history_tells_the_award_in_both_languages(body, french, english):
    told = history.labelled(body, DecisionFactory())

    assert told == history.Told(date(2026, 5, 28), french, english)


def test_history_tells_the_end_with_or_without_an_act():
    assert history.ended(TODAY, "").sentence == "Le label prend fin."
    assert history.ended(TODAY, "7").sentence_en == "The label ends (act: 7)."
    assert (
        history.withdrawn(TODAY, "7").sentence == "Le label est retiré (acte\u00a0: 7)."
    )


def test_search_reads_the_name_first_then_all_the_rest():
    project = Project(
        name="Forêt", number="C-01", summary="Un bois", summary_en="A wood", theme=""
    )

    assert history.search_text(project, ["Béthune"]) == (
        "foret\nc 01 bethune un bois a wood"
    )


@pytest.mark.parametrize(
    ("state", "until", "day", "found"),
    [
        ("labelled", None, TODAY, "labelled"),
        ("labelled", TODAY, TODAY, "labelled"),
        ("labelled", date(2026, 6, 14), TODAY, "ended"),
        ("withdrawn", date(2026, 6, 14), TODAY, "withdrawn"),
        ("ended", None, TODAY, "ended"),
    ],
)
def test_a_validity_runs_out_by_itself(state, until, day, found):
    assert Project(state=state, valid_until=until).state_on(day) == found
