"""What public sources say of the label, loaded once."""

from datetime import UTC, date, datetime

import pytest

from terril.site.commons.models import JournalEntry
from terril.site.people.models import Organisation
from terril.site.places import tables
from terril.site.places.models import Place, Territory
from terril.site.programme.models import Call
from terril.site.projects import queries, seed
from terril.site.projects.models import Project
from terril.site.projects.rules.filters import read
from tests.factories.places import (
    DepartmentFactory,
    EpciFactory,
    MembershipFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
TODAY = date(2026, 6, 15)
CODES = [member.code for member in tables.territories()[seed.TERRITORY].members]


@pytest.fixture
def artois():
    """Lay the few places that the known projects are in."""
    DepartmentFactory()
    epcis = {code: EpciFactory(code=code, name=f"CA {code}") for code in CODES}
    codes = {code for one in seed._told("projects") for code in one["communes"]}
    for rank, code in enumerate(sorted(codes)):
        commune = PlaceFactory(code=code, longitude=2.5 + rank / 10, latitude=50.4)
        MembershipFactory(child=commune, parent=epcis["246200364"])


def test_the_register_covers_what_sources_name_and_no_more(artois):
    seed.load(at=AT)

    found = queries.coverage(TODAY)

    assert found.sentence == (
        "12 labels known here, of 63 (58 announced + 5); 1 Label Espoirs apart"
    )
    assert Territory.objects.get().key == "pma"
    assert Call.objects.count() == 8
    names = " ".join(Project.objects.values_list("name", flat=True))
    for unconfirmed in ("Hôpital", "Agora", "interprétation", "SNCF"):
        assert unconfirmed not in names


def test_what_is_unknown_stays_unknown(artois):
    seed.load(at=AT)

    mobility = queries.project_page("espace-mobilite-de-l-artois", on=TODAY)
    assert (mobility.places, mobility.epci, mobility.holder) == ([], None, None)
    assert mobility.longitude is None
    hope = queries.project_page("ptce-henin-carvin", on=TODAY)
    assert (hope.label.distinction, hope.epci.code) == ("espoirs", "246200299")
    assert hope.label.year == 2024
    park = queries.project_page(
        "pole-de-vie-du-parc-des-industries-artois-flandres", on=TODAY
    )
    assert [place.code for place in park.places] == ["62132", "62276"]
    assert park.is_at_commune
    assert Call.objects.get(code="2024").stated_laureates is None
    assert Project.objects.filter(certificate__isnull=False).count() == 0


def test_every_known_project_says_its_source_and_its_certainty(artois):
    seed.load(at=AT)

    for project in Project.objects.prefetch_related("sources"):
        assert project.sources.count() >= 1, project.name
        assert project.certainty != Project.Certainty.DECIDED
        assert project.summary, project.name
        assert project.summary_en, project.name
    unknown = queries.register_page(read({"annee": "inconnue"}), "", on=TODAY)
    assert unknown.count == 4


def test_loading_again_changes_nothing_that_was_corrected(artois):
    fresh = seed.load_known_projects(by=None, at=AT)
    Project.objects.filter(slug="mine-de-soleil").update(name="Corrigé")
    lines = JournalEntry.objects.count()

    again = seed.load_known_projects(by=None, at=AT)

    assert (fresh, again) == (13, 0)
    assert Project.objects.get(slug="mine-de-soleil").name == "Corrigé"
    assert JournalEntry.objects.count() == lines


def test_loading_twice_makes_one_territory(artois):
    seed.load(at=AT)
    seed.load(at=AT)

    assert Territory.objects.count() == 1


def test_an_organisation_already_known_is_not_written_twice(artois):
    seed.load(at=AT)

    codes = Organisation.objects.exclude(siren="").values_list("siren", flat=True)

    assert sorted(codes) == ["200060358", "200072460", "246200299", "246200364"]


def test_without_places_the_projects_wait(artois):
    Place.objects.filter(code="62498").delete()

    with pytest.raises(seed.PlacesMissing) as refusal:
        seed.load_known_projects(by=None, at=AT)

    assert "62498" in str(refusal.value)
    assert (Call.objects.count(), Project.objects.count()) == (0, 0)
