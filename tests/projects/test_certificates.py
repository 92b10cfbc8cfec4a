"""The certificate: what it says, and whether everybody can read it."""

from datetime import date

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from terril.site.projects import certificates, queries
from tests.factories.people import OrganisationFactory
from tests.factories.places import PlaceFactory, TerritoryFactory
from tests.factories.programme import CallFactory
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


def words(**told):
    project = ProjectFactory(**({"decided": True} | told))
    return certificates.content(queries.project_page(project.slug, on=TODAY))


def test_a_certificate_says_what_was_awarded_to_whom_by_which_act():
    TerritoryFactory(name="Le Pôle")

    said = words(
        number="2026-L01",
        name="Forêt",
        certificate="ABCDEFGHJKLM",
        call=CallFactory(title_en="Label 2026"),
        holder=OrganisationFactory(name="Les Amis"),
        places=[PlaceFactory(name="Lens")],
    )

    assert (said["author"], said["kicker"]) == ("Le Pôle", "Label 2026")
    assert (said["name"], said["holder"]) == ("Forêt", "Les Amis · Lens")
    assert said["sentence"] == "The label is awarded to the project"
    assert [fact["value"] for fact in said["facts"]] == [
        "2026-L01",
        "2026-42",
        "28 May 2026",
    ]
    assert said["head"] == " ".join(["ab12"] * 16)
    assert said["code"] == "ABCD-EFGH-JKLM"
    assert said["address"] == "127.0.0.1:8000/en/verifier/ABCDEFGHJKLM/"
    assert said["qr"].startswith("<svg")
    assert said["band"] == ""


def test_what_is_unknown_is_left_out():
    said = words()

    assert (said["author"], said["kicker"], said["holder"]) == ("Terril", "", "")


@pytest.mark.parametrize(
    ("told", "band"),
    [
        ({"is_example": True}, "Example: this project is fictional."),
        ({"withdrawn": True}, "Label withdrawn on 15 January 2027."),
        ({"valid_until": date(2026, 6, 1)}, "Label ended on 1 June 2026."),
    ],
)
def test_a_band_says_first_what_must_be_read_first(told, band):
    assert words(**told)["band"] == band


def test_a_validity_and_an_espoirs_are_said():
    said = words(espoirs=True, valid_until=date(2029, 5, 28))

    assert said["sentence"] == "The Label Espoirs is awarded to the project"
    assert said["facts"][-1] == {"term": "Valid until", "value": "28 May 2029"}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "name", ["Forêt", "Un nom très long " * 14, "#set page()[$x$]"]
)
def test_a_certificate_is_tagged_and_stands_on_one_page(language, name):
    project = ProjectFactory(
        decided=True,
        name=name.strip(),
        is_example=True,
        valid_until=date(2029, 5, 28),
        holder=OrganisationFactory(name="Une association au nom long " * 2),
        places=PlaceFactory.create_batch(4),
    )

    with translation.override(language):
        pdf = certificates.pdf(queries.project_page(project.slug, on=TODAY))

    assert pdf.startswith(b"%PDF-")
    assert b"pdfuaid" in pdf
    assert b"/Type/Pages/Count 1/" in pdf


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_code_of_a_printed_certificate_leads_to_its_verification(language):
    project = ProjectFactory(decided=True, certificate="ABCDEFGHJKLM")
    with translation.override(language):
        pdf = certificates.pdf(queries.project_page(project.slug, on=TODAY))
        door = reverse("verification", args=["ABCDEFGHJKLM"])

    (code,) = zxingcpp.read_barcodes(printed(pdf))

    assert code.format == zxingcpp.BarcodeFormat.QRCode
    assert code.text == f"{settings.SITE_URL}{door}"


def printed(pdf):
    """Return the first page as a printer of 150 dots an inch sees it: grey points."""
    page = pypdfium2.PdfDocument(pdf)[0]
    bitmap = page.render(scale=150 / 72, grayscale=True)
    return memoryview(bytes(bitmap.buffer)).cast("B", (bitmap.height, bitmap.stride))
