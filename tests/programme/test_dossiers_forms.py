"""The form of a dossier: every kind of input, good and bad, and nothing lost."""

import pytest
from django.http import QueryDict
from django.utils import translation

from terril.site.programme.forms.dossiers import (
    DossierForm,
    InvitationForm,
    Sent,
    seen_of,
)
from terril.site.programme.models import Answer, Question
from terril.site.programme.queries.answers import answers_of
from terril.site.programme.queries.asked import questions_of
from terril.site.programme.queries.pages import writing_page
from terril.site.programme.rules.answers import fingerprint
from tests.factories.people import OrganisationFactory
from tests.factories.places import PlaceFactory
from tests.factories.programme import (
    DossierFactory,
    QuestionFactory,
    answered,
    full_call,
)

pytestmark = pytest.mark.django_db
SIRET = "20007246000013"
NEW = f"0.{fingerprint(None)}"


@pytest.fixture(autouse=True)
def _sentences_as_they_are_written():
    with translation.override("en"):
        yield


def a_dossier(**values):
    return answered(DossierFactory(call=full_call()), **values)


def sent(**inputs):
    """Return a form as a browser sends it, each answer never saved before."""
    data = QueryDict(mutable=True)
    for name, value in inputs.items():
        data.setlist(name, value if isinstance(value, list) else [value])
        data[f"{name.removesuffix('_latitude').removesuffix('_siret')}__seen"] = NEW
    return data


def form_of(dossier, data=None, **options):
    found = Sent(data, **options) if data is not None else None
    return DossierForm.for_call(questions_of(dossier.call), answers_of(dossier), found)


def read(dossier, **inputs):
    """Return what one input is read as, and why it is refused if it is."""
    form = form_of(dossier, sent(**inputs))
    (given,) = form.given()
    return given.value, form.refusal_of(given.question.key)


@pytest.mark.parametrize(
    ("inputs", "value"),
    [
        ({"titre": "  Un titre "}, "Un titre"),
        ({"titre": "Un titre\r\n\r\nPayez ici"}, "Un titre Payez ici"),
        ({"titre": ""}, None),
        ({"resume": "Une ligne\r\nune autre"}, "Une ligne\nune autre"),
        ({"theme": "food"}, "food"),
        ({"theme": ""}, None),
        ({"budget": "12 500,50 €"}, "12500.50"),
        ({"budget": "12\u202f500,50\u00a0€"}, "12500.50"),
        ({"budget": "12500.5"}, "12500.5"),
        ({"budget": "0"}, "0"),
        ({"budget": ""}, None),
        ({"debut": "31/05/2026"}, "2026-05-31"),
        ({"debut": "2026-05-31"}, "2026-05-31"),
        ({"debut": "31 mai 2026"}, "2026-05-31"),
        ({"debut": "1er mai 2026"}, "2026-05-01"),
        ({"debut": ""}, None),
        ({"commune": ""}, None),
        ({"lieu_latitude": "", "lieu_longitude": ""}, None),
        (
            {"lieu_latitude": "50,43", "lieu_longitude": "2.83"},
            {"latitude": 50.43, "longitude": 2.83},
        ),
        ({"structure_siret": "", "structure_name": ""}, None),
        (
            {"structure_siret": "200 072 460 00013", "structure_name": "CABBALR"},
            {"siret": SIRET, "name": "CABBALR"},
        ),
    ],
)
def test_form_reads_what_people_type(inputs, value):
    form = form_of(a_dossier(), sent(**inputs))

    given = next(one for one in form.given() if one.question.key in next(iter(inputs)))

    assert given.value == value
    assert form.errors == {}


@pytest.mark.parametrize(
    ("inputs", "raw", "says"),
    [
        ({"titre": "a" * 251}, "a" * 251, "take 1 character out."),
        ({"resume": "é" * 5_000_000}, "é" * 5_000_000, "take 4,999,400 characters out"),
        ({"theme": "espace"}, "espace", "espace is not one of the available choices"),
        ({"budget": "douze"}, "douze", "“douze” is not an amount."),
        ({"budget": "-5"}, "-5", "greater than or equal to 0"),
        ({"debut": "31/02/2026"}, "31/02/2026", "This date is not understood."),
        ({"debut": "bientôt"}, "bientôt", "This date is not understood."),
        ({"commune": "1004"}, "1004", "it has probably lost its leading zero."),
        ({"commune": "99999"}, "99999", "No commune has the code “99999” today."),
        ({"commune": "Atlantide"}, "Atlantide", "No commune is called “Atlantide”."),
        (
            {"lieu_latitude": "nord", "lieu_longitude": "2"},
            ["nord", "2"],
            "“nord” is not a number of degrees.",
        ),
        (
            {"lieu_latitude": "50.43", "lieu_longitude": ""},
            ["50.43", ""],
            "one of them is missing",
        ),
        (
            {"lieu_latitude": "48.1", "lieu_longitude": "-40"},
            ["48.1", "-40"],
            "This place is not in France.",
        ),
        (
            {"structure_siret": "", "structure_name": "Sans numéro"},
            ["", "Sans numéro"],
            "The SIRET is missing.",
        ),
        (
            {"structure_siret": "2000724600001", "structure_name": "CABBALR"},
            ["2000724600001", "CABBALR"],
            "this one has 13",
        ),
        (
            {"structure_siret": "20007246000014", "structure_name": "CABBALR"},
            ["20007246000014", "CABBALR"],
            "one of the last 5 digits",
        ),
        (
            {"structure_siret": "20007246100013", "structure_name": "CABBALR"},
            ["20007246100013", "CABBALR"],
            "are not a SIREN",
        ),
        (
            {"structure_siret": "2000724600001A", "structure_name": "CABBALR"},
            ["2000724600001A", "CABBALR"],
            "Only digits are expected",
        ),
        (
            {"structure_siret": "35600000000002", "structure_name": "La Poste"},
            ["35600000000002", "La Poste"],
            "La Poste",
        ),
        (
            {"structure_siret": SIRET, "structure_name": ""},
            [SIRET, ""],
            "Write the name of the organisation too.",
        ),
    ],
)
def test_form_refuses_each_bad_input_by_its_own_sentence_and_loses_nothing(
    inputs, raw, says
):
    form = form_of(a_dossier(), sent(**inputs))

    (key,) = form.errors
    given = next(one for one in form.given() if one.question.key == key)

    assert given.value == {"raw": raw}
    assert says in form.refusal_of(key)


def test_form_keeps_no_null_character_which_postgresql_refuses():
    value, _refusal = read(a_dossier(), budget="dou\x00ze\r\n")

    assert value == {"raw": "douze"}


@pytest.mark.parametrize("typed", ["Lens", "lens", "62498", "Lens (62498)", " 62498 "])
def test_form_knows_a_commune_by_name_code_or_both(typed):
    PlaceFactory(code="62498", name="Lens")

    assert read(a_dossier(), commune=typed) == ({"code": "62498", "name": "Lens"}, "")


def test_form_refuses_the_code_of_a_commune_that_is_gone():
    PlaceFactory(code="62498", name="Lens", is_gone=True)

    value, refusal = read(a_dossier(), commune="62498")

    assert value == {"raw": "62498"}
    assert refusal.startswith("No commune has the code “62498” today.")


def test_form_proposes_the_communes_that_share_a_name_and_takes_the_one_chosen():
    near = PlaceFactory(code="62752", name="Saint-Martin")
    far = PlaceFactory(code="32389", name="Saint-Martin")
    dossier = a_dossier()
    form = form_of(dossier, sent(commune="Saint-Martin"))
    sections = list(form.sections(writing_page(dossier)))
    asked = next(a for s in sections for a in s.asked if a.question.key == "commune")

    chosen = read(dossier, commune=["Saint-Martin", "62752"])

    assert asked.candidates == [far, near]
    assert chosen == ({"code": "62752", "name": "Saint-Martin"}, "")


def test_form_proposes_what_a_name_looks_like():
    lens = PlaceFactory(code="38209", name="Lens-Lestang")
    dossier = a_dossier()
    form = form_of(dossier, sent(commune="Lens"))

    assert "No commune is called exactly “Lens”." in form.refusal_of("commune")
    assert form.fields["commune"].candidates == [lens]


def test_form_takes_the_name_of_the_directory_for_a_known_siret():
    OrganisationFactory(siret=SIRET, name="CABBALR")
    form = form_of(a_dossier(), sent(structure_siret=SIRET, structure_name="autre nom"))

    given = next(one for one in form.given() if one.question.key == "structure")

    assert given.value == {"siret": SIRET, "name": "CABBALR"}


def test_form_shows_what_was_saved_and_reads_it_back_unchanged():
    PlaceFactory(code="62498", name="Lens")
    values = {
        "titre": "Un titre",
        "theme": "food",
        "budget": "12500.50",
        "debut": "2026-05-31",
        "commune": {"code": "62498", "name": "Lens"},
        "lieu": {"latitude": 50.43, "longitude": 2.83},
        "structure": {"siret": SIRET, "name": "CABBALR"},
        "resume": {"raw": "a" * 700},
    }
    dossier = a_dossier(**values)

    shown = form_of(dossier)
    again = QueryDict(mutable=True)
    again.update(shown.data)
    again.update({f"{key}__seen": "1." for key in values})
    given = form_of(dossier, again).given()

    assert {one.question.key: one.value for one in given} == values
    assert list(shown.errors) == ["resume"]


def test_form_gives_only_what_was_sent():
    dossier = a_dossier(budget="10")

    given = form_of(dossier, sent(titre="Un titre")).given()

    assert [(one.question.key, one.revision) for one in given] == [("titre", 0)]


@pytest.mark.parametrize(
    ("seen", "revision", "is_untouched"),
    [
        (f"3.{fingerprint('Un titre')}", 3, True),
        (f"3.{fingerprint('Autre')}", 3, False),
        ("²³.x", 0, False),
        ("", 0, False),
    ],
)
def test_form_reads_the_version_that_was_seen(seen, revision, is_untouched):
    data = sent(titre="Un titre")
    data["titre__seen"] = seen

    (given,) = form_of(a_dossier(), data).given()

    assert (given.revision, given.is_untouched) == (revision, is_untouched)


def test_form_after_a_conflict_shows_mine_there_and_what_is_saved_elsewhere():
    dossier = a_dossier(titre="Le leur", budget="20")
    data = sent(titre="Le mien", budget="10")
    page = writing_page(dossier)

    form = form_of(dossier, data, keys=frozenset({"titre"}))

    asked = {a.question.key: a for s in form.sections(page) for a in s.asked}
    assert (form.data["titre"], form.data["budget"]) == ("Le mien", "20")
    assert asked["titre"].seen == seen_of(Answer.objects.get(question__key="titre"))


def test_form_after_a_sign_in_shows_what_was_typed_on_the_version_it_was_typed_on():
    dossier = a_dossier(titre="Le leur")
    data = sent(titre="Le mien")

    form = form_of(dossier, data, is_again=True)

    asked = {
        a.question.key: a for s in form.sections(writing_page(dossier)) for a in s.asked
    }
    assert form.data["titre"] == "Le mien"
    assert (asked["titre"].seen, asked["budget"].seen) == (NEW, NEW)


def test_form_offers_many_choices_in_a_list_and_few_as_buttons():
    call = full_call()
    many = [{"key": f"k{n}", "label": f"Choix {n}"} for n in range(7)]
    QuestionFactory(call=call, key="beaucoup", kind=Question.Kind.CHOICE, choices=many)
    form = form_of(DossierFactory(call=call))

    widgets = [type(form.fields[key].widget).__name__ for key in ("theme", "beaucoup")]

    assert widgets == ["RadioSelect", "Select"]
    assert form.fields["beaucoup"].choices[0][0] == ""


def test_form_marks_what_is_required_and_still_takes_it_empty():
    form = form_of(a_dossier(), sent(titre=""))

    assert form.fields["titre"].required is True
    assert form.errors == {}
    assert "required" not in str(form["titre"])


@pytest.mark.parametrize("email", ["", "ada", "ada@", f"{'a' * 60}@{'b.' * 100}fr"])
def test_invitation_form_wants_an_address(email):
    assert list(InvitationForm({"email": email}).errors) == ["email"]


def test_form_reads_a_version_that_is_too_long_to_be_one():
    data = sent(titre="Un titre")
    data["titre__seen"] = "9" * 5000

    (given,) = form_of(a_dossier(), data).given()

    assert given.revision == 0


def test_form_takes_zero_characters_out_of_a_text():
    value, refusal = read(a_dossier(), titre="Un\0 titre")

    assert (value, refusal) == ("Un titre", "")
