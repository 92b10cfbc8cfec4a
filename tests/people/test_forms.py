"""Fields that read what people write."""

import pytest
from django.forms import ValidationError
from django.utils import translation

from terril.site.people.forms import CommuneField, MandateForm, OrganisationForm
from tests.factories.people import OrganisationFactory
from tests.factories.places import PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("written", ["62498", "62498 Lens", "Lens", "lens", "LENS "])
def test_commune_is_read_by_code_or_name(written):
    lens = PlaceFactory(code="62498", name="Lens")
    PlaceFactory(code="62499", name="Lens-Nord")

    assert CommuneField().clean(written) == lens


def test_commune_may_be_left_out():
    assert CommuneField(required=False).clean("") is None


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2498", "leading zero"),
        ("99999", "No commune bears this name or code"),
        ("Nulle-Part", "No commune bears this name or code"),
        ("Saint", "Saint-Omer (62765), Saint-Pol (62767)"),
    ],
)
def test_commune_says_what_it_cannot_read(written, words):
    translation.activate("en")
    PlaceFactory(code="62765", name="Saint-Omer")
    PlaceFactory(code="62767", name="Saint-Pol")

    with pytest.raises(ValidationError) as caught:
        CommuneField().clean(written)

    assert words in caught.value.messages[0]


def test_organisation_form_shows_what_is_known():
    commune = PlaceFactory(code="62498", name="Lens")
    organisation = OrganisationFactory(commune=commune, siren="356000000")

    form = OrganisationForm(organisation=organisation)

    assert (form["commune"].value(), form["siren"].value()) == ("62498", "356000000")


def test_mandate_form_settles_the_side_of_its_page():
    organisation = OrganisationFactory()

    form = MandateForm().fixed("organisation", organisation)

    assert form["organisation"].is_hidden
    assert form["organisation"].value() == organisation.pk
