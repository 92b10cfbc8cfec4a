"""Every read of the register, and what it costs."""

from datetime import date

import pytest
from django.utils import translation

from terril.site.projects import queries
from terril.site.projects.models import Project
from terril.site.projects.queries.register import LONGEST_TEXT
from terril.site.projects.rules.filters import Filters, read
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.places import EpciFactory, PlaceFactory
from tests.factories.programme import CallFactory, DecisionFactory, DossierFactory
from tests.factories.projects import EventFactory, ProjectFactory, SourceFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


def names(params, on=TODAY):
    page = queries.register_page(read(params), params.get("page", ""), on=on)
    return [row.name for row in page.rows]


# ---- the register


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_costs_the_same_for_one_and_three(
    count, django_assert_num_queries
):
    for _ in range(count):
        ProjectFactory(places=[PlaceFactory()], call=CallFactory())

    with django_assert_num_queries(6):
        page = queries.register_page(Filters(), "", on=TODAY)
        offered = page.options

    assert page.count == count
    assert len(offered.editions) == count + 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_one_more_reading(count, django_assert_num_queries):
    ProjectFactory.create_batch(count, places=[PlaceFactory()], name="Un verger")

    with django_assert_num_queries(4):
        page = queries.register_page(Filters(words="verger"), "", on=TODAY)

    assert page.count == count


def test_each_filter_narrows_the_register():
    epci = EpciFactory(code="200072460")
    call = CallFactory(code="2022")
    wood = ProjectFactory(
        name="Bois", theme="renaturation", epci=epci, call=call, year=2022
    )
    sun = ProjectFactory(name="Soleil", theme="energy", withdrawn=True, year=2023)
    hope = ProjectFactory(name="Espoir", theme="health", espoirs=True)

    assert names({"theme": "renaturation"}) == [wood.name]
    assert names({"epci": "200072460"}) == [wood.name]
    assert names({"edition": "2022"}) == [wood.name]
    assert names({"etat": "retire"}) == [sun.name]
    assert names({"annee": "2023"}) == [sun.name]
    assert names({"distinction": "espoirs"}) == [hope.name]
    assert names({"annee": "inconnue"}) == [hope.name]
    assert names({"epci": "inconnue", "tri": "nom"}) == [hope.name, sun.name]
    assert names({"edition": "inconnue", "tri": "nom"}) == [hope.name, sun.name]
    assert names({"theme": "energy", "annee": "2022"}) == []


def test_a_validity_that_runs_out_changes_the_state_without_a_clerk():
    project = ProjectFactory(decided=True, valid_until=date(2026, 6, 30))

    assert names({"etat": "labellise"}) == [project.name]
    assert names({"etat": "termine"}) == []
    assert names({"etat": "labellise"}, on=date(2026, 7, 1)) == []
    assert names({"etat": "termine"}, on=date(2026, 7, 1)) == [project.name]
    page = queries.register_page(Filters(), "", on=date(2026, 7, 1))
    assert [row.state for row in page.rows] == ["ended"]


def test_a_search_forgives_and_puts_the_best_first():
    ProjectFactory(name="Verger", summary="Des pommiers")
    ProjectFactory(name="Jardin", summary="Un verger au fond")
    ProjectFactory(name="Piscine", summary="De l’eau")

    assert names({"q": "vergr"}) == ["Verger", "Jardin"]
    assert names({"q": "verger", "tri": "nom"}) == ["Jardin", "Verger"]
    assert names({"q": "montgolfière"}) == []


def test_the_newest_edition_comes_first_and_the_unknown_last():
    old, new = CallFactory(rank=401), CallFactory(rank=402)
    ProjectFactory(name="A sans édition")
    ProjectFactory(name="B ancien", call=old)
    ProjectFactory(name="C récent", call=new)

    assert names({}) == ["C récent", "B ancien", "A sans édition"]
    assert names({"tri": "ancien"}) == ["B ancien", "C récent", "A sans édition"]


def test_a_long_register_is_cut_in_pages():
    for rank in range(45):
        ProjectFactory(name=f"Projet {rank:02}")

    page = queries.register_page(read({"tri": "nom"}), "3", on=TODAY)
    beyond = queries.register_page(read({"tri": "nom"}), "99", on=TODAY)

    assert [row.name for row in page.rows] == [f"Projet {n}" for n in range(40, 45)]
    assert beyond.page.number == 3
    assert page.count == 45


def test_a_row_says_all_a_list_needs():
    epci = EpciFactory(name="CA du Nord")
    project = ProjectFactory(
        name="Bois",
        summary="Un bois.",
        summary_en="A wood.",
        call=CallFactory(title="Appel", title_en="The call"),
        holder=OrganisationFactory(name="Les Amis"),
        places=[PlaceFactory(name="Lens"), PlaceFactory(name="Avion")],
        epci=epci,
        longitude=2.8,
        latitude=50.4,
        is_at_commune=True,
    )

    (row,) = queries.register_page(Filters(), "", on=TODAY).rows

    assert (row.text, row.edition, row.holder) == ("A wood.", "The call", "Les Amis")
    assert row.places == "Avion, Lens"
    assert row.point == (2.8, 50.4)
    assert row.url == project.get_absolute_url()
    assert row.meta.startswith("Avion, Lens · The call · ")
    assert row.meta.endswith(" · Les Amis")
    assert not row.has_marks
    with translation.override("fr"):
        (row,) = queries.register_page(Filters(), "", on=TODAY).rows
    assert (row.text, row.edition) == ("Un bois.", "Appel")


def test_a_row_without_a_commune_says_its_epci_or_nothing():
    ProjectFactory(name="A", epci=EpciFactory(name="CA du Nord"))
    ProjectFactory(name="B")

    page = queries.register_page(read({"tri": "nom"}), "", on=TODAY)

    assert [row.places for row in page.rows] == ["CA du Nord", ""]
    assert page.rows[1].meta.startswith("place not known · edition not known")
    assert [row.point for row in page.rows] == [None, None]


def test_a_long_summary_is_cut_between_words():
    ProjectFactory(summary="mot " * 100)

    (row,) = queries.register_page(Filters(), "", on=TODAY).rows

    assert len(row.text) <= LONGEST_TEXT + 2
    assert row.text.endswith("mot …")


def test_a_row_is_marked_when_it_is_special():
    ProjectFactory(name="A", is_example=True)
    ProjectFactory(name="B", espoirs=True)
    ProjectFactory(name="C", ended=True)

    page = queries.register_page(read({"tri": "nom"}), "", on=TODAY)

    assert [row.has_marks for row in page.rows] == [True, True, True]
    assert [row.icon for row in page.rows] == ["cone", "cone-half", "cone-ring"]
    assert page.examples == 1


def test_filters_offer_only_what_the_register_holds():
    EpciFactory()
    CallFactory()
    epci, call = EpciFactory(name="CA du Nord"), CallFactory(code="2022")
    ProjectFactory(epci=epci, call=call, year=2022)

    offered = queries.options()

    assert offered.epcis == [(epci.code, "CA du Nord")]
    assert [code for code, _ in offered.editions] == ["2022", "inconnue"]
    assert [year for year, _ in offered.years] == ["2022", "inconnue"]
    assert [word for word, _ in offered.states] == ["labellise", "termine", "retire"]
    assert [key for key, _ in offered.distinctions] == ["label", "espoirs"]
    assert [key for key, _ in offered.sorts] == ["nom", "ancien"]
    assert len(offered.themes) == 10


def test_the_latest_laureates_are_those_of_the_newest_editions():
    old, new = CallFactory(rank=401), CallFactory(rank=402)
    ProjectFactory(name="Ancien", call=old)
    ProjectFactory(name="Récent", call=new)
    ProjectFactory(name="Sans édition")

    found = queries.latest_projects(2, on=TODAY)

    assert [row.name for row in found] == ["Récent", "Ancien"]


def test_an_organisation_shows_the_labels_it_holds():
    holder = OrganisationFactory()
    ProjectFactory(name="Le sien", holder=holder)
    ProjectFactory(name="Un autre", holder=OrganisationFactory())

    found = queries.projects_of(holder, on=TODAY)

    assert [row.name for row in found] == ["Le sien"]


# ---- the page of a project


def test_a_page_says_what_is_known_and_leaves_the_rest_empty():
    project = ProjectFactory(slug="bois", theme="")

    page = queries.project_page("bois", on=TODAY)

    assert page.name == project.name
    assert (page.edition, page.holder, page.epci) == (None, None, None)
    assert (page.places, page.events, page.sources) == ([], [], [])
    assert (page.theme, page.label.act_reference, page.longitude) == ("", "", None)
    assert not page.has_certificate


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_one_and_three(count, django_assert_num_queries):
    project = ProjectFactory(
        decided=True, places=PlaceFactory.create_batch(count), epci=EpciFactory()
    )
    SourceFactory.create_batch(count, project=project)
    EventFactory.create_batch(count, project=project)

    with django_assert_num_queries(4):
        page = queries.project_page(project.slug, on=TODAY)

    assert len(page.places) == len(page.sources) == len(page.events) == count


def test_a_project_decided_here_without_an_organisation_names_nobody():
    decided = ProjectFactory(decided=True, slug="bois", certificate="ABCDEFGHJKLM")
    ProjectFactory(slug="mine")

    pages = [queries.project_page(slug, on=TODAY) for slug in ("bois", "mine")]
    verified = queries.verification(decided.certificate, on=TODAY)

    words = "an inhabitant or a group, without an organisation"
    assert [(page.holder, page.holder_words) for page in pages] == [
        (None, words),
        (None, ""),
    ]
    assert verified.holder == words


def test_a_page_tells_the_label_the_holder_and_the_edition():
    holder = OrganisationFactory(siren="200060358", is_public=True)
    call = CallFactory(code="2026", title_en="Label 2026")
    project = ProjectFactory(decided=True, slug="bois", holder=holder, call=call)

    page = queries.project_page("bois", on=TODAY)

    assert page.label.act_reference == "2026-42"
    assert page.label.is_standing
    assert page.label.readable_code.replace("-", "") == project.certificate
    assert page.label.readable_head == " ".join(["ab12"] * 16)
    assert page.holder.name == holder.name
    assert page.holder.url == holder.get_absolute_url()
    assert page.edition.name == "Label 2026"
    assert page.edition.url.endswith("/projets/?edition=2026")
    assert page.as_dict()["label"]["certificate"] == project.certificate


def test_the_page_of_an_organisation_kept_private_is_not_linked():
    ProjectFactory(slug="bois", holder=OrganisationFactory(is_public=False))

    assert queries.project_page("bois", on=TODAY).holder.url == ""


def test_a_source_is_named_by_its_host():
    project = ProjectFactory()
    SourceFactory(project=project, url="https://example.org/a/b")

    (source,) = queries.project_page(project.slug, on=TODAY).sources

    assert (source.host, source.supports) == ("example.org", "the label")


def test_a_history_follows_the_years_that_sources_give():
    project = ProjectFactory()
    EventFactory(project=project, on=None, period="", sentence_en="undated")
    EventFactory(project=project, on=None, period="septembre 2025", sentence_en="third")
    EventFactory(project=project, on=date(2012, 9, 28), sentence_en="second")
    EventFactory(project=project, on=None, period="2011", sentence_en="first")

    events = queries.project_page(project.slug, on=TODAY).events

    assert [event.text for event in events] == ["first", "second", "third", "undated"]


def test_what_is_not_registered_has_no_page():
    assert queries.project_page("inconnu", on=TODAY) is None


# ---- verification


def test_a_certificate_is_verified_however_its_code_is_typed():
    project = ProjectFactory(decided=True, holder=OrganisationFactory(name="Les Amis"))
    typed = project.certificate.lower()

    found = queries.verification(f"{typed[:4]}-{typed[4:]}", on=TODAY)

    assert (found.number, found.holder) == (project.number, "Les Amis")
    assert found.label.is_standing
    assert found.printed_head == " ".join(["ab12"] * 16)


def test_a_certificate_says_that_its_label_ended_or_was_withdrawn():
    ended = ProjectFactory(ended=True)
    withdrawn = ProjectFactory(withdrawn=True)

    assert queries.verification(ended.certificate, on=TODAY).label.state == "ended"
    found = queries.verification(withdrawn.certificate, on=TODAY)
    assert found.label.withdrawn_on == date(2027, 1, 15)
    assert found.holder == "an inhabitant or a group, without an organisation"


@pytest.mark.parametrize("code", ["", "---", "ABCDEFGHJKLM"])
def test_a_code_that_was_never_issued_is_worth_nothing(code):
    ProjectFactory()

    assert queries.verification(code, on=TODAY) is None


# ---- the map


def test_the_map_and_its_list_share_the_projects():
    ProjectFactory(name="Ici", longitude=2.8, latitude=50.4, is_at_commune=True)
    ProjectFactory(name="Nulle part")

    found = queries.map_page(Filters(), on=TODAY)

    assert [row.name for row in found.map.located] == ["Ici"]
    assert [row.name for row in found.map.elsewhere] == ["Nulle part"]
    assert (found.map.count, found.map.at_commune) == (2, 1)


def test_the_points_say_what_the_map_says():
    project = ProjectFactory(
        longitude=2.8,
        latitude=50.4,
        places=[PlaceFactory(name="Lens")],
        is_example=True,
    )
    ProjectFactory(theme="health")

    points = queries.map_features(Filters(theme="energy"), on=TODAY)

    (feature,) = points["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [2.8, 50.4]}
    assert feature["properties"] == {
        "name": project.name,
        "url": project.get_absolute_url(),
        "detail": "Lens, example",
        "is_example": True,
        "is_at_commune": False,
    }


def test_one_project_has_its_point_when_it_is_located():
    here = ProjectFactory(longitude=2.8, latitude=50.4)
    nowhere = ProjectFactory()

    assert len(queries.point_of(here.slug, on=TODAY)["features"]) == 1
    assert queries.point_of(nowhere.slug, on=TODAY) is None


# ---- coverage


def edition(rank, **told):
    return CallFactory(
        unknown_dates=True,
        is_example=False,
        rank=rank,
        code=str(2000 + rank),
        title_en=f"Edition {rank}",
        **told,
    )


def test_coverage_counts_what_is_known_among_what_was_announced():
    before = edition(501, stated_laureates=10)
    announced = edition(
        502, stated_cumulated=58, stated_laureates=8, sources=["https://example.org/a"]
    )
    after = edition(503, stated_laureates=5, sources=["https://example.org/b"])
    edition(504)
    ProjectFactory.create_batch(2, call=before)
    ProjectFactory(call=announced)
    ProjectFactory(call=after, espoirs=True)
    ProjectFactory(call=after, is_example=True)

    found = queries.coverage(TODAY)

    assert found.sentence == (
        "3 labels known here, of 63 (58 announced + 5); 1 Label Espoirs apart"
    )
    proof = found.proof
    assert (proof.value, proof.edition) == ("3 / 63", "Edition 502")
    assert proof.sources == ["https://example.org/a", "https://example.org/b"]
    assert proof.formula == (
        "58, total printed for Edition 502 + 5, laureates of Edition 503"
    )
    assert len(proof.doubts) == 3
    assert "Edition 504" in proof.doubts[2]


def test_coverage_adds_what_was_decided_here_since():
    edition(502, stated_cumulated=58)
    ours = edition(503)
    ProjectFactory(call=ours, decided=True)

    found = queries.coverage(TODAY)

    assert found.sentence == "1 label known here, of 59 (58 announced + 1)"
    assert found.proof.formula.endswith("1 decided here since")
    assert len(found.proof.doubts) == 1


def test_coverage_says_only_what_is_known_when_nothing_was_announced():
    ProjectFactory()
    CallFactory(stated_cumulated=900)

    found = queries.coverage(TODAY)

    assert (found.sentence, found.total) == ("1 label known here", None)
    assert found.proof.sources == []
    assert found.proof.doubts == []
    assert found.proof.formula == "labels of this register, examples left out"


def test_an_edition_still_open_is_not_a_doubt():
    edition(502, stated_cumulated=58)
    CallFactory(rank=503, is_example=False, closes_at="2026-12-01T12:00Z")

    assert len(queries.coverage(TODAY).proof.doubts) == 1


def test_editions_say_how_many_of_their_labels_are_known():
    call = edition(501, sources=["https://example.org/a"])
    edition(502)
    CallFactory(is_example=True)
    ProjectFactory(call=call)
    ProjectFactory(call=call, espoirs=True)

    (line,) = queries.edition_lines()

    assert (line.call, line.known) == (call, 1)


def test_examples_are_counted_apart():
    ProjectFactory()
    ProjectFactory(is_example=True)

    assert queries.counts() == {"projects": 1, "examples": 1}


# ---- decisions on their way


def test_a_published_label_waits_for_its_registration():
    waiting = DecisionFactory(published=True)
    DecisionFactory(published=True, outcome="refused")
    DecisionFactory()
    ProjectFactory(decided=True)

    assert queries.decisions_to_register() == [waiting]


def test_a_plan_counts_what_would_become_public():
    call = CallFactory()
    for outcome in ("labelled", "labelled", "refused"):
        dossier = DossierFactory(deliberated=True, call=call, title=outcome)
        DecisionFactory(dossier=dossier, outcome=outcome)
    DossierFactory(deliberated=True, call=call)

    plan = queries.plan_of(call)

    assert [(str(outcome), n) for outcome, n in plan.counts] == [
        ("labelled", 2),
        ("not retained", 1),
    ]
    assert (plan.to_register, plan.to_keep_silent, plan.undecided) == (2, 1, 1)
    assert plan.may_publish
    assert list(queries.calls_to_publish(PersonFactory())) == [call]


def test_a_plan_changes_its_fingerprint_with_any_decision():
    decision = DecisionFactory()
    before = queries.plan_of(decision.dossier.call).fingerprint
    decision.outcome = "refused"
    decision.save()

    assert queries.plan_of(decision.dossier.call).fingerprint != before


def test_a_plan_waits_for_those_who_must_be_told():
    dossier = DossierFactory(deliberated=True, holder=PersonFactory())
    DecisionFactory(dossier=dossier, outcome="refused")

    plan = queries.plan_of(dossier.call)

    assert plan.untold == [dossier.receipt]
    assert not plan.may_publish


def test_a_call_without_decisions_has_nothing_to_publish():
    call = CallFactory()

    plan = queries.plan_of(call)

    assert (plan.lines, plan.may_publish) == ([], False)
    assert list(queries.calls_to_publish(PersonFactory())) == []


def test_all_that_is_registered_is_public():
    project = ProjectFactory()

    assert list(queries.all_projects()) == [project]
    assert list(Project.objects.real()) == [project]


def test_the_map_and_the_files_follow_the_words_too():
    ProjectFactory(name="Verger", longitude=2.8, latitude=50.4)
    ProjectFactory(name="Piscine", longitude=2.9, latitude=50.4)

    found = queries.map_page(read({"q": "vergers"}), on=TODAY)
    ordered = queries.filtered(read({"q": "un", "tri": "nom"}), on=TODAY)

    assert [row.name for row in found.map.located] == ["Verger"]
    assert [project.name for project in ordered] == ["Piscine", "Verger"]
