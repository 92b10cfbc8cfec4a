"""Two names of one person in one dossier: the holder stays its holder."""

import pytest

from terril.site.people import actions
from tests.factories.people import PersonFactory
from tests.factories.programme import DossierFactory, DossierMemberFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_holder", [True, False])
def test_whoever_held_a_dossier_holds_it_still(is_holder, at):
    entry, account = PersonFactory(without_account=True), PersonFactory()
    holder, other = (entry, account) if is_holder else (account, entry)
    dossier = DossierFactory(holder=holder)
    DossierMemberFactory(dossier=dossier, person=other, collaborator=True)

    actions.join(entry, account, by=account, at=at)

    kept = [(one.person, one.part) for one in dossier.members.all()]
    assert kept == [(account, "holder")]
