"""What is printed of a dossier, and that it is printed at all."""

import pytest
from django.utils import translation

from terril.site.commons import journal, pdf
from terril.site.programme import actions, papers
from terril.site.programme.queries.answers import content, content_digest
from terril.site.programme.queries.story import receipt_of
from tests.factories.people import PersonFactory
from tests.factories.programme import DossierFactory, answered, full_call, ready, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sentences_as_they_are_written():
    with translation.override("en"):
        yield


def facts_of(paper):
    return {fact["term"]: fact["value"] for fact in paper["facts"]}


def test_receipt_holds_number_instant_digest_and_head(at):
    person = PersonFactory(roles=["holder"])
    dossier = ready(person)
    actions.submit(dossier, by=person, at=at)

    paper = papers.receipt(dossier, receipt_of(dossier), publisher="Artois")

    facts = facts_of(paper)
    assert facts["Number"] == dossier.receipt
    assert facts["Handed in"] == "16 March 2026 at 10:00:00, Europe/Paris (UTC+01)"
    assert facts["Digest of the content (SHA-256)"] == content_digest(dossier)
    assert facts["Head of the journal at the deposit, line 1"] == journal.head()[1]
    assert paper["footer"] == f"Artois · {dossier.receipt}"
    assert pdf.render("receipt", paper).startswith(b"%PDF-")


def test_dossier_prints_every_answer_wrong_ones_and_files_too(at):
    person = PersonFactory(roles=["holder"])
    dossier = answered(
        DossierFactory(call=full_call(), holder=person, is_example=True),
        titre='Un titre #panic("non") *gras* \\',
        budget={"raw": "douze"},
    )
    question = dossier.call.questions.get(key="pieces")
    actions.attach(dossier, question, [upload("été.pdf")], by=person, at=at)

    paper = papers.dossier(dossier, content(dossier), publisher="")

    lines = {one["label"]: one for part in paper["parts"] for one in part["lines"]}
    assert lines["Label budget"]["words"] == "douze (to be corrected)"
    assert lines["Label resume"]["words"] == "(no answer)"
    assert lines["Label pieces"]["files"] == ["été.pdf (13\xa0B)"]
    assert paper["example"] == "Example: this dossier is fictional."
    assert facts_of(paper)["Handed in"] == "not handed in: this is a draft"
    assert pdf.render("dossier", paper).startswith(b"%PDF-")
