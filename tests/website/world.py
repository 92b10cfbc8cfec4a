"""A small territory with one call, a label and a holder: what pages show."""

from datetime import timedelta

from tests.factories.people import OrganisationFactory
from tests.factories.places import (
    EpciFactory,
    MembershipFactory,
    OutlineFactory,
    PlaceFactory,
    PopulationFactory,
    TerritoryFactory,
    TerritoryMemberFactory,
)
from tests.factories.programme import NOW, CallFactory
from tests.factories.projects import ProjectFactory


def territory():
    """Return a territory of one EPCI and two communes, outlined and counted."""
    epci = EpciFactory(name="CA de Lens-Liévin", code="246200364")
    kept = TerritoryFactory()
    TerritoryMemberFactory(territory=kept, place=epci)
    for code, name in (("62498", "Lens"), ("62510", "Liévin")):
        commune = PlaceFactory(code=code, name=name)
        MembershipFactory(child=commune, parent=epci)
        PopulationFactory(place=commune)
    OutlineFactory(place=epci)
    return kept


def labels(count=1, **fields):
    """Return labels of one past edition, with their public holder."""
    call = CallFactory(
        code="2022",
        title="Label 2022",
        opens_at=None,
        closes_at=None,
        published_at=None,
        regime=None,
        is_example=False,
        sources=["https://example.org/2022"],
    )
    holder = OrganisationFactory(name="Ville de Lens", is_public=True)
    return [
        ProjectFactory(
            call=call,
            holder=holder,
            name=f"Forêt urbaine {rank}",
            longitude=2.85,
            latitude=50.45,
            **fields,
        )
        for rank in range(count)
    ]


def calls(count=1, **fields):
    """Return calls open at the usual instant."""
    return [
        CallFactory(
            code=f"2026-{rank}",
            title="Appel à l’essai",
            closes_at=NOW + timedelta(days=17 + rank),
            **fields,
        )
        for rank in range(count)
    ]
