"""The editor of a regime, what its rules change, what each role reads of it."""

from copy import deepcopy

import pytest
from django.urls import reverse
from django.utils import translation

from terril.site.people import roles
from terril.site.people.models import Organisation
from terril.site.programme import actions, regimes
from terril.site.programme.forms.regimes import RegimeForm
from terril.site.programme.models import Regime, RegimeChange
from terril.site.programme.queries.answers import completeness
from terril.site.programme.queries.calls import regime_page
from terril.site.programme.queries.readers import Reader
from terril.site.programme.queries.sights import file_seen, parts_seen
from terril.site.programme.regimes import RegimeRefused
from terril.site.programme.rules.calls import (
    AlreadyPublished,
    Reason,
    RegimeNotReplaced,
)
from terril.site.programme.rules.decisions import (
    DecisionDraft,
    DecisionIncomplete,
    check_decision,
)
from tests.factories.people import OrganisationFactory, PersonFactory, RoleGrantFactory
from tests.factories.places import (
    EpciFactory,
    MembershipFactory,
    PlaceFactory,
    TerritoryMemberFactory,
)
from tests.factories.programme import (
    NOW,
    REGIME,
    CallFactory,
    DecisionFactory,
    DossierFactory,
    OpinionFactory,
    RegimeFactory,
    answered,
    full_call,
    upload,
)

SIRET = "20007246000013"


@pytest.fixture(autouse=True)
def _sentences_as_they_are_written():
    with translation.override("en"):
        yield


def inputs_of(text, **changes):
    """Return what a browser sends of the form of a text, with some changes."""
    form = RegimeForm.of(text)
    sent = {}
    for name, field in form.fields.items():
        value = form.initial.get(name)
        if hasattr(field.widget, "spread"):
            sent |= field.widget.spread(name, value)
        elif isinstance(value, bool):
            sent |= {name: "on"} if value else {}
        elif value is not None:
            sent[name] = value
    ticked = {key: one for key, one in sent.items() if one not in ("", None)}
    return {key: one for key, one in (ticked | changes).items() if one is not None}


def a_text(**changes):
    return deepcopy(REGIME) | changes


def written(text, **changes):
    form = RegimeForm.of(text, inputs_of(text, **changes))
    return form.text() if form.is_valid() else form.errors


@pytest.mark.parametrize("key", regimes.TEMPLATES)
def test_a_text_goes_through_the_editor_unharmed(key):
    text = regimes.template(key)

    again = written(text)

    assert regimes.read(again) == regimes.read(text)


def test_every_rule_is_written_and_read_again():
    text = a_text(
        eligibility={"is_inside": True, "is_member": True, "kinds": ["association"]},
        scale=[{"value": 2, "word": "bien"}, {"value": 1, "word": "peu"}],
        criteria=[{"key": "use", "name": "Utilité", "weight": 3, "floor": 1}],
        publicity={"fr": "Au Forum.", "en": "At the Forum."},
        retention_months=24,
        duration_years=5,
        sources=["https://example.org/regles"],
        unknowns=[{"fr": "Le poids.", "en": "The weight."}],
    )
    text["stages"][0] |= {"starts_on": "2026-03-01", "ends_on": "2026-05-31"}
    text["committees"][1]["sees"] = "sheet"

    assert regimes.read(written(text)) == regimes.read(text)


def test_a_new_line_gets_a_key_and_lines_follow_their_order():
    text = a_text()

    again = written(
        text,
        committees_3_name="Habitants",
        committees_3_order="0",
        committees_4_name="Habitants",
        committees_4_sees="answers",
    )

    assert [one["key"] for one in again["committees"]] == [
        "habitants",
        "partners",
        "youth",
        "experts",
        "habitants-2",
    ]
    assert again["committees"][4]["sees"] == "answers"


def test_a_name_of_signs_alone_gets_a_key_too():
    again = written(a_text(), stages_1_name="…")

    assert [one["key"] for one in again["stages"]] == ["call", "part"]


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"title": None}, "__all__", "“title” is empty in French."),
        ({"criteria_0_weight": "deux"}, "criteria", "“Weight” is a whole number."),
        ({"criteria_0_weight": "0"}, "__all__", "The weight of “Utilité”"),
        ({"criteria_0_floor": "3"}, "__all__", "The floor of “Utilité”"),
        ({"scale_0_value": "1", "scale_0_word": "bien"}, "__all__", "at least two"),
        ({"scale_0_word": "bien"}, "__all__", "A line of “scale” is not whole."),
        (
            {
                "scale_0_value": "1",
                "scale_0_word": "bien",
                "scale_1_value": "1",
                "scale_1_word": "peu",
            },
            "__all__",
            "Two levels of the scale have the same value.",
        ),
        ({"stages_0_starts_on": "bientôt"}, "__all__", "A day of “Appel”"),
        (
            {"stages_0_starts_on": "2026-05-01", "stages_0_ends_on": "2026-04-01"},
            "__all__",
            "“Appel” ends before it starts.",
        ),
        ({"committees_0_sees": "tout"}, "__all__", "What “Partenaires” may read"),
        ({"duration_years": "0"}, "duration_years", "greater than or equal to 1"),
    ],
)
def test_what_is_amiss_is_said(changes, field, says):
    assert says in str(written(a_text(), **changes)[field])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"eligibility": {"age": 3}}, "“eligibility” holds only: is_inside"),
        ({"eligibility": {"kinds": ["club"]}}, "“club” is not a kind"),
        (
            {"scale": [{"value": "1", "word": "a"}]},
            "“value” is not written as it should be",
        ),
        ({"retention_months": 0}, "is a number of months"),
    ],
)
def test_a_text_pasted_with_rules_amiss_is_refused(changes, says):
    with pytest.raises(RegimeRefused, match=says):
        regimes.read(a_text(**changes))


@pytest.mark.django_db
def test_an_agent_writes_previews_and_publishes_without_code(sign_in):
    draft = RegimeFactory(draft=True, key="essai")
    client = sign_in(PersonFactory(roles=["agent"]), "agent")
    edit = reverse("regime_edit", args=["essai"])
    sent = inputs_of(
        draft.text, retention_months="24", committees_1_sees="sheet", kinds="company"
    )

    page = client.get(edit).content.decode()
    refused = client.post(edit, sent | {"retention_months": "-1"})
    client.post(edit, sent)
    preview = client.get(reverse("regime_preview", args=["essai"])).content.decode()
    client.post(reverse("regime_publish", args=["essai"]))
    public = client.get(reverse("regime", args=["essai"])).content.decode()

    assert page.count('class="card-lines"') > 5
    assert "greater than or equal to 1" in refused.content.decode()
    assert "the project sheet only" in preview
    assert "24 months after the decision" in public
    assert "The organisation is one of these: company" in public


@pytest.mark.django_db
def test_the_public_reads_what_changed_since_the_edition_before():
    old = RegimeFactory(key="old")
    new = a_text(who_may_apply={"fr": "Tous.", "en": "Everyone."}, duration_years=5)
    new["committees"] = new["committees"][:2]
    new["criteria"].append({"key": "beauty", "name": "Beauté", "name_en": "Beauty"})
    recent = RegimeFactory(key="new", text=new)
    CallFactory(code="a", rank=1, regime=old)
    CallFactory(code="b", rank=2, regime=recent)

    page = regime_page(recent)

    assert page.before == old
    assert [(str(one.part), one.before, one.after) for one in page.changes] == [
        ("Who may apply", "Any organisation of the territory.", "Everyone."),
        ("How long the label lasts", "not known", "5"),
        ("Committee", "Experts", ""),
        ("Criterion", "", "Beauty"),
    ]
    assert (regime_page(old).before, regime_page(old).changes) == (None, [])


@pytest.mark.django_db
def test_a_regime_without_an_edition_is_held_against_the_last_rules():
    old = RegimeFactory(key="old")
    CallFactory(code="a", rank=1, regime=old)

    assert regime_page(RegimeFactory(key="next")).before == old


def an_eligible(eligibility):
    """Return a call whose rules say who may apply."""
    regime = RegimeFactory(text=a_text(eligibility=eligibility))
    return full_call(regime=regime)


def reasons(call, **values):
    dossier = answered(DossierFactory(call=call), **values)
    return [(one.anchor, one.text) for one in completeness(dossier).reasons]


@pytest.mark.django_db
def test_rules_on_place_close_the_call_to_projects_outside():
    epci = EpciFactory()
    TerritoryMemberFactory(place=epci)
    MembershipFactory(child=PlaceFactory(code="62498", name="Lens"), parent=epci)
    call = an_eligible({"is_inside": True})

    assert reasons(call) == []
    assert reasons(call, commune={"code": "62498", "name": "Lens"}) == []
    assert reasons(call, commune={"code": "59350", "name": "Lille"}) == [
        ("q-commune", "These rules are for projects of the territory.")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("eligibility", "holder", "expected"),
    [
        ({"kinds": ["association"]}, {"kind": "association"}, []),
        ({"kinds": ["association"]}, {"kind": "unknown"}, []),
        (
            {"kinds": ["association"]},
            {"kind": "company"},
            ["These rules are not for this kind of organisation."],
        ),
        ({"is_member": True}, {"is_member": True}, []),
        (
            {"is_member": True},
            {"kind": "company"},
            ["These rules are for members of the institution."],
        ),
    ],
)
def test_rules_on_organisations(eligibility, holder, expected):
    OrganisationFactory(siret=SIRET, **holder)
    call = an_eligible(eligibility)

    found = reasons(call, structure={"siret": SIRET, "name": "X"})

    assert [text for _anchor, text in found] == expected
    assert reasons(call) == []


@pytest.mark.django_db
def test_an_outcome_may_need_neither_reasons_nor_act():
    free = a_text()
    free["outcomes"][0] |= {"needs_reasons": False, "needs_act": False}
    dossier = DossierFactory(deliberated=True)
    draft = DecisionDraft("labelled", "", "", NOW.date())
    asked = {"existing": None, "at": NOW}

    check_decision(dossier, draft, regime=regimes.read(free), **asked)
    with pytest.raises(DecisionIncomplete):
        check_decision(dossier, draft, regime=regimes.read(a_text()), **asked)


def a_reader(role, committee=None):
    person = PersonFactory()
    if committee:
        RoleGrantFactory(person=person, role="member", committee=committee)
    return Reader(person, role, NOW.date())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sees", "lines", "file"),
    [
        ("everything", ["titre", "resume", "budget", "pieces"], True),
        ("answers", ["titre", "resume", "budget"], False),
        ("sheet", ["titre", "resume"], False),
    ],
)
def test_a_committee_reads_what_its_rules_let_it(sees, lines, file, at):
    text = a_text()
    text["committees"][1]["sees"] = sees
    call = full_call(regime=RegimeFactory(text=text))
    asked = ("titre", "resume", "budget", "pieces")
    call.questions.exclude(key__in=asked).delete()
    dossier = DossierFactory(call=call)
    question = call.questions.get(key="pieces")
    actions.attach(dossier, question, [upload()], by=PersonFactory(), at=at)
    (key,) = dossier.answers.get(question=question).value

    youth = a_reader(roles.MEMBER, "youth")
    found = [
        line.question.key for part in parts_seen(dossier, youth) for line in part.lines
    ]

    assert found == lines
    assert (file_seen(dossier, key, youth) is not None) is file
    others = [a_reader(roles.AGENT), a_reader(roles.MEMBER)]
    assert [file_seen(dossier, key, one) is not None for one in others] == [True, True]


@pytest.mark.django_db
def test_new_rules_for_an_open_call_are_told_to_everybody(sign_in, time_machine):
    time_machine.move_to(NOW)
    holder = PersonFactory(roles=["holder"])
    call = full_call(code="2026")
    DossierFactory(call=call, holder=holder, code="AAAAAA")
    after = RegimeFactory(key="corrige", title="Règles corrigées")
    agent = sign_in(PersonFactory(roles=["agent"]), "agent")
    change = reverse("call_regime", args=["2026"])

    page = agent.get(change).content.decode()
    refused = agent.post(change, {"regime": after.pk, "reason": ""})
    agent.post(change, {"regime": after.pk, "reason": "Une date était fausse."})

    assert "Règles corrigées" in page
    assert refused.status_code == 200
    assert RegimeChange.objects.get().after == after
    assert (
        "Une date était fausse." in agent.get(call.get_absolute_url()).content.decode()
    )
    writer = sign_in(holder, "holder")
    written = writer.get("/programme/dossiers/AAAAAA/modifier/").content.decode()
    assert "Une date était fausse." in written


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("call", "regime", "reason", "says"),
    [
        ({"draft": True}, {}, "Car.", "This call is not published."),
        ({"unknown_dates": True}, {}, "Car.", "This call is not published."),
        ({}, {"draft": True}, "Car.", "These rules are not published yet."),
        ({}, None, "Car.", "These are the rules of this call already."),
        ({}, {}, "  ", "Say why the rules change"),
    ],
)
def test_rules_are_not_replaced_in_silence(call, regime, reason, says):
    found = CallFactory(**call)
    new = found.regime if regime is None else RegimeFactory(**regime)

    with pytest.raises(RegimeNotReplaced) as refusal:
        actions.replace_regime(found, new, Reason(reason), by=PersonFactory(), at=NOW)

    assert says in str(refusal.value)
    assert (RegimeChange.objects.count(), Regime.objects.count()) == (
        0,
        Regime.objects.count(),
    )


@pytest.mark.django_db
def test_an_organisation_is_no_member_unless_it_is_said():
    assert Organisation(name="X").is_member is False


@pytest.mark.django_db
def test_the_reason_is_read_in_the_language_of_the_reader():
    call, after = CallFactory(), RegimeFactory()
    why = Reason("Une erreur.", "A mistake.")
    actions.replace_regime(call, after, why, by=PersonFactory(), at=NOW)
    change = RegimeChange.objects.get()

    with translation.override("fr"):
        french = change.why
    assert (french, change.why, str(change)[-10:]) == (
        "Une erreur.",
        "A mistake.",
        "16/03/2026",
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"outcomes": [{"key": "yes", "name": 2024, "is_labelled": True}]},
        {"outcomes": [{"key": "yes", "name": "Oui", "is_labelled": "no"}]},
        {"stages": [{"key": ["a"], "name": "Appel"}]},
        {"stages": [{"key": "call", "name": "Appel", "note": 5}]},
        {"committees": [{"key": "a b/c", "name": "Comité"}]},
        {"committees": [{"key": "c", "name": "Comité", "sees": []}]},
        {"committees": [{"key": "c" * 41, "name": "Comité"}]},
        {"criteria": [{"key": "c", "name": "Critère", "floor": []}]},
        {"criteria": [{"key": "c", "name": "Critère", "weight": True}]},
        {"scale": [{"value": 1, "word": 5}, {"value": 2, "word": "bien"}]},
        {"eligibility": {"kinds": 5}},
        {"eligibility": {"kinds": [["a"]]}},
        {"eligibility": {"is_inside": 1}},
        {"title": {"fr": None}},
        {"title": {"fr": "\ud800"}},
        {"title": {"fr": "a" * 161}},
        {"sources": [5]},
        {"outcomes": [{"key": "o" * 21, "name": "Oui", "is_labelled": True}]},
    ],
)
def test_a_text_of_the_wrong_shape_is_refused_before_it_is_sealed(changes):
    with pytest.raises(RegimeRefused):
        regimes.read(a_text(**changes))


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["[" * 100_000, '{"title": ' + "9" * 10_000 + "}"])
def test_a_file_that_no_reader_bears_stays_on_the_screen(sign_in, typed):
    RegimeFactory(draft=True, key="essai")
    client = sign_in(PersonFactory(roles=["agent"]), "agent")

    page = client.post(reverse("regime_source", args=["essai"]), {"text": typed})

    assert page.status_code == 200
    assert b"errorlist" in page.content


@pytest.mark.django_db
def test_a_sealed_regime_is_not_rewritten_by_whoever_read_it_before(at):
    agent = PersonFactory()
    regime = RegimeFactory(draft=True)
    read_before = Regime.objects.get(pk=regime.pk)
    actions.publish_regime(regime, by=agent, at=at)

    with pytest.raises(AlreadyPublished):
        actions.write_regime(read_before, a_text(duration_years=9), by=agent, at=at)

    assert Regime.objects.get().text == REGIME


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"key": "awarded"},
        {"is_public": False},
    ],
)
def test_new_rules_keep_what_was_decided_under_the_old(change, at):
    decision = DecisionFactory()
    text = a_text()
    text["outcomes"][0] |= change
    if "key" not in change:
        text["outcomes"].append({"key": "other", "name": "Autre", "is_labelled": True})
    after = RegimeFactory(text=text)

    with pytest.raises(RegimeNotReplaced) as refusal:
        actions.replace_regime(
            decision.dossier.call, after, Reason("Car."), by=PersonFactory(), at=at
        )

    assert "labelled" in str(refusal.value)


@pytest.mark.django_db
def test_new_rules_keep_the_committees_that_spoke(at):
    opinion = OpinionFactory()
    text = a_text(committees=[{"key": "youth", "name": "Jeunes"}])

    with pytest.raises(RegimeNotReplaced) as refusal:
        actions.replace_regime(
            opinion.dossier.call,
            RegimeFactory(text=text),
            Reason("Car."),
            by=PersonFactory(),
            at=at,
        )

    assert "partners" in str(refusal.value)


def test_a_new_outcome_needs_reasons_and_an_act_unless_it_is_said():
    form = RegimeForm.of(a_text())
    rank = len(REGIME["outcomes"])
    blank = form.fields["outcomes"].widget.blank
    began = form.fields["outcomes"].widget.spread("outcomes", [[]] * rank + [blank])
    new = {key: value for key, value in began.items() if value}

    again = written(a_text(), **new, **{f"outcomes_{rank}_name": "Ajourné"})

    assert again["outcomes"][-1]["key"] == "ajourne"
    assert again["outcomes"][-1]["needs_reasons"] is True
    assert again["outcomes"][-1]["needs_act"] is True
    assert len(written(a_text(), **new)["outcomes"]) == rank


def test_more_cards_than_a_list_takes_are_refused():
    many = {f"committees_{rank}_name": f"Comité {rank}" for rank in range(12)}

    assert "Committee: 10 at most." in str(written(a_text(), **many)["committees"])


@pytest.mark.django_db
def test_the_word_of_a_fixed_address_is_no_key(sign_in):
    client = sign_in(PersonFactory(roles=["agent"]), "agent")
    sent = {"source": "template/euralens-2022", "key": "copier"}

    page = client.post(reverse("regime_copy"), sent)

    assert page.status_code == 200
    assert Regime.objects.count() == 0


@pytest.mark.django_db
def test_a_decision_without_act_is_written_where_the_rules_ask_for_none(sign_in, at):
    free = a_text()
    free["outcomes"][0] |= {"needs_reasons": False, "needs_act": False}
    call = CallFactory(regime=RegimeFactory(text=free))
    dossier = DossierFactory(call=call, deliberated=True, code="DECIDE")
    client = sign_in(PersonFactory(roles=["secretary"]), "secretary")
    page = reverse("decision", args=["DECIDE"])
    rows = {"reserve-TOTAL_FORMS": "0", "reserve-INITIAL_FORMS": "0"}
    sent = rows | {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
    sent |= {"outcome": "labelled", "decided_on": "01/03/2026"}

    refused = client.post(page, sent | {"outcome": "refused"}).content.decode()
    client.post(page, sent)
    shown = client.get(reverse("examined_dossier", args=["DECIDE"])).content.decode()

    assert refused.count("errorlist") >= 2
    assert dossier.decision.act_reference == ""
    assert ">, <" not in shown
    assert "1 March 2026" in shown or "1er mars 2026" in shown
