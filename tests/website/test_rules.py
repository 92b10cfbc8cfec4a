"""Matching words, marking them, claiming accessibility."""

from dataclasses import replace
from datetime import date

import pytest

from terril.site.people import roles
from terril.site.website.rules import audit, matching
from terril.site.website.rules.changes import may_read
from terril.site.website.rules.marking import extract, marked
from terril.site.website.rules.matching import Entry, Index

FOREST = Entry("project", "Forêt urbaine de Lens", "/foret/", "Un bois planté.")
HOSPITAL = Entry("project", "Hôpital de l’Artois", "/hopital/", "Une forêt de lits.")
SCHOOL = Entry("organisation", "École d’Œuvre", "/ecole/", extra="62498 Lens")
INDEX = Index.of([FOREST, HOSPITAL, SCHOOL])


def names(query):
    return [found.entry.name for found in matching.search(INDEX, query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("foret", ["Forêt urbaine de Lens", "Hôpital de l’Artois"]),
        ("FORÊT urbaine", ["Forêt urbaine de Lens"]),
        ("l'hopital", ["Hôpital de l’Artois"]),
        ("lhopital", ["Hôpital de l’Artois"]),
        ("hopitla", ["Hôpital de l’Artois"]),
        ("hôpitl de l’artoi", ["Hôpital de l’Artois"]),
        ("œuvre", ["École d’Œuvre"]),
        ("oeuvre", ["École d’Œuvre"]),
        ("624", ["École d’Œuvre"]),
        ("lens", ["Forêt urbaine de Lens", "École d’Œuvre"]),
        ("foret hopital", ["Hôpital de l’Artois"]),
        ("foret absente", []),
        ("xyz", []),
        ("", []),
        ("de la", []),
    ],
)
def test_search_forgives_accents_elisions_and_typing_errors(query, expected):
    assert names(query) == expected


def test_search_asks_of_silent_words_only_when_there_are_no_others():
    assert matching.words_of("la forêt de l’Artois") == ["foret", "artois"]
    assert matching.words_of("de la") == ["de", "la"]


def test_suggestions_are_the_names_that_look_most_alike():
    assert matching.suggestions(INDEX, "forrett urbbaine") == ["Forêt urbaine de Lens"]


def test_marked_escapes_everything_but_its_own_marks():
    text = "<b>Forêt</b> & l’Hôpital"

    shown = marked(text, frozenset({"foret"}))

    assert shown == "&lt;b&gt;<mark>Forêt</mark>&lt;/b&gt; &amp; l’Hôpital"


def test_extract_shows_the_text_round_the_first_word_found():
    text = f"{'avant ' * 60}forêt {'après ' * 60}"

    shown = extract(text, frozenset({"foret"}))

    assert shown.startswith("… avant")
    assert shown.endswith("après …")
    assert shown.count("<mark>forêt</mark>") == 1
    assert len(shown) < 220


def test_extract_of_a_short_text_is_the_whole():
    assert extract("Un bois.", frozenset()) == "Un bois."


FILED_AS = (
    '{"on": "2025-03-01", "auditor": "Une experte", "reference": "RGAA 4.1.2",'
    ' "conform": %d, "non_conform": %d, "not_applicable": %d}'
)
FILED = audit.Audit(date(2025, 3, 1), "Une experte", "RGAA 4.1.2", 40, 20, 46)


@pytest.mark.parametrize(
    ("filed", "today", "words"),
    [
        (None, date(2026, 3, 16), "not compliant"),
        (FILED, date(2026, 3, 16), "partly compliant"),
        (FILED, date(2028, 2, 29), "partly compliant"),
        (FILED, date(2028, 3, 1), "not compliant"),
        (replace(FILED, conform=20, non_conform=40), date(2026, 1, 1), "not compliant"),
        (
            replace(FILED, conform=60, non_conform=0),
            date(2026, 1, 1),
            "fully compliant",
        ),
    ],
)
def test_nothing_is_claimed_without_a_valid_audit(filed, today, words, settings):
    settings.LANGUAGE_CODE = "en"

    assert str(audit.level(filed, today)) == words


def test_an_audit_is_read_from_what_a_person_filed(tmp_path):
    path = tmp_path / "audit.json"
    path.write_text(FILED_AS % (40, 20, 46))

    assert audit.read(path) == FILED


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "{}",
        FILED_AS % (1, 1, 1),
        FILED_AS % (0, 0, 106),
    ],
)
def test_an_audit_that_does_not_add_up_is_refused(tmp_path, text):
    path = tmp_path / "audit.json"
    path.write_text(text)

    with pytest.raises(audit.AuditUnreadable):
        audit.read(path)


@pytest.mark.parametrize(
    ("role", "verb", "expected"),
    [
        (roles.HOLDER, "dossier.admitted", True),
        (roles.HOLDER, "dossier.decided", True),
        (roles.HOLDER, "dossier.presented", False),
        (roles.HOLDER, "decision.prepared", False),
        (roles.COLLABORATOR, "dossier.report_finished", False),
        (roles.MEMBER, "dossier.presented", True),
        (roles.MEMBER, "dossier.completion_asked", False),
        (roles.AGENT, "decision.prepared", True),
    ],
)
def test_a_desk_tells_each_role_what_it_may_read(role, verb, expected):
    assert may_read(role, verb) is expected
