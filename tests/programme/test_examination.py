"""The examination: rulings, report, opinions, and who reads what on the way."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from terril.site.commons import documents
from terril.site.commons.models import JournalNote, Letter
from terril.site.programme import actions
from terril.site.programme.models import (
    Admissibility,
    CompletionRequest,
    Dossier,
    Opinion,
)
from terril.site.programme.regimes import RegimeRefused
from terril.site.programme.rules import examination as rules
from terril.site.programme.rules.editions import RegimeUnknown
from terril.site.programme.rules.examination import OpinionDraft, ReportDraft
from terril.site.programme.rules.moves import MoveRefused
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.places import PlaceFactory
from tests.factories.programme import (
    NOW,
    AnalysisReportFactory,
    AnswerFactory,
    CallFactory,
    DecisionFactory,
    DossierFactory,
    OpinionFactory,
)

pytestmark = pytest.mark.django_db
S = Dossier.Status
WHOLE = ReportDraft("Contexte", "Forces", "Vigilance", "À débattre")


@pytest.fixture(autouse=True)
def _sentences_as_they_are_written():
    with translation.override("en"):
        yield


@pytest.fixture
def who():
    return {"by": PersonFactory(), "at": NOW}


def handed_in(**fields):
    return DossierFactory(handed_in=True, holder=PersonFactory(), **fields)


def examined(*, finished=True, **fields):
    dossier = DossierFactory(examined=True, holder=PersonFactory(), **fields)
    AnalysisReportFactory(
        dossier=dossier, **({} if finished else {"finished_at": None})
    )
    return dossier


def words(committee="partners", **changes):
    kept = {"stance": "favourable", "text": "Utile.", "given_on": date(2026, 3, 2)}
    return OpinionDraft(committee=committee, **(kept | changes))


def test_asking_for_more_gives_the_dossier_back_and_writes_to_its_holders(
    who, django_capture_on_commit_callbacks
):
    dossier = handed_in(receipt="2026-014")

    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_completion(dossier, "Le budget manque.", date(2026, 4, 1), **who)

    assert dossier.status == S.TO_COMPLETE
    assert CompletionRequest.objects.get().message == "Le budget manque."
    letter = mail.outbox[0]
    assert letter.to == [dossier.members.get().person.email]
    assert "[2026-014]" in letter.subject
    assert "Le budget manque." in letter.body


def test_a_letter_is_written_in_the_language_of_its_reader(who):
    dossier = DossierFactory(handed_in=True, holder=PersonFactory(language="en"))

    actions.ask_completion(dossier, "Budget?", date(2026, 4, 1), **who)

    letter = Letter.objects.get()
    assert "Please answer by 1 April 2026." in letter.body
    assert f"/en/programme/dossiers/{dossier.code}/" in letter.body


def test_an_admissible_dossier_is_examined_with_an_empty_report(who):
    dossier = handed_in()

    actions.admit(dossier, **who)
    report = actions.examine(dossier, **who)

    assert dossier.status == S.EXAMINATION
    assert Admissibility.objects.get().is_admissible
    assert (report.context, report.finished_at) == ("", None)


def test_a_dismissal_names_its_grounds_and_drafts_a_letter_that_a_person_sends(who):
    dossier = handed_in()

    actions.dismiss(dossier, ["outside", "other"], "Le projet est à Lille.", **who)

    assert dossier.status == S.INADMISSIBLE
    assert Admissibility.objects.get().grounds == ["outside", "other"]
    letter = Letter.objects.get()
    assert letter.status == Letter.Status.DRAFT
    assert "Le projet est à Lille." in letter.body


def test_a_report_is_written_then_finished(who):
    dossier = examined(finished=False)

    actions.write_report(dossier, WHOLE, **who)
    actions.finish_report(dossier, **who)

    dossier.report.refresh_from_db()
    assert (dossier.report.cautions, dossier.report.finished_at) == ("Vigilance", NOW)


def test_opinions_lie_side_by_side_until_the_last_lets_the_dossier_be_presented(who):
    dossier = examined()

    for committee in ("partners", "youth", "experts"):
        actions.record_opinion(dossier, words(committee), **who)
    actions.present(dossier, **who)

    assert dossier.status == S.DELIBERATION
    assert dossier.opinions.count() == 3


def test_a_corrected_opinion_keeps_the_first_words_in_the_journal(who):
    dossier = examined()
    actions.record_opinion(dossier, words(text="Oui."), **who)

    changed = words(text="Non.", stance="unfavourable", correction="erreur de saisie")
    actions.record_opinion(dossier, changed, **who)

    assert Opinion.objects.get().text == "Non."
    note = JournalNote.objects.get().text
    assert note == "erreur de saisie\n---\nfavourable, 2026-03-02: Oui."


@pytest.mark.parametrize(
    ("prepare", "act", "refusal", "sentence"),
    [
        pytest.param(
            handed_in,
            lambda one, **who: actions.ask_completion(one, " ", None, **who),
            rules.ReasonsMissing,
            "The message to the holder is empty.",
            id="asks nothing",
        ),
        pytest.param(
            handed_in,
            lambda one, **who: actions.ask_completion(one, "A", NOW.date(), **who),
            rules.DueDatePassed,
            "The date by which to answer is not after today.",
            id="asks for today",
        ),
        pytest.param(
            examined,
            lambda one, **who: actions.ask_completion(one, "A", None, **who),
            MoveRefused,
            "This dossier is “under examination”: that can no longer be done, or not yet.",
            id="asks too late",
        ),
        pytest.param(
            examined,
            actions.admit,
            MoveRefused,
            "This dossier is “under examination”: that can no longer be done, or not yet.",
            id="admits twice",
        ),
        pytest.param(
            handed_in,
            lambda one, **who: actions.dismiss(one, [], "Non.", **who),
            rules.ReasonsMissing,
            "A dossier is not dismissed without a reason.",
            id="dismisses without a ground",
        ),
        pytest.param(
            handed_in,
            lambda one, **who: actions.dismiss(one, ["other"], "", **who),
            rules.ReasonsMissing,
            "“Another reason” is ticked, but the explanation is empty.",
            id="dismisses for another reason untold",
        ),
        pytest.param(
            handed_in,
            actions.examine,
            MoveRefused,
            "This dossier is “submitted”: that can no longer be done, or not yet.",
            id="examines before ruling",
        ),
        pytest.param(
            handed_in,
            lambda one, **who: actions.write_report(one, WHOLE, **who),
            MoveRefused,
            "The report is written while a dossier is under examination.",
            id="reports too soon",
        ),
        pytest.param(
            examined,
            lambda one, **who: actions.write_report(one, WHOLE, **who),
            rules.ReportFinished,
            "This report is finished: the committees are reading it.",
            id="rewrites a finished report",
        ),
        pytest.param(
            lambda: DossierFactory(examined=True),
            actions.finish_report,
            rules.ReportUnfinished,
            "The report has an empty part.",
            id="finishes nothing",
        ),
        pytest.param(
            lambda: examined(finished=False),
            lambda one, **who: actions.record_opinion(one, words(), **who),
            rules.ReportUnfinished,
            "The analysis report of this dossier is not finished.",
            id="opines before the report",
        ),
        pytest.param(
            handed_in,
            lambda one, **who: actions.record_opinion(one, words(), **who),
            MoveRefused,
            "Opinions are recorded while a dossier is under examination.",
            id="opines too soon",
        ),
        pytest.param(
            examined,
            lambda one, **who: actions.record_opinion(one, words("king"), **who),
            RegimeRefused,
            "This regime has no committee “king”.",
            id="opines from nobody",
        ),
        pytest.param(
            examined,
            lambda one, **who: actions.record_opinion(one, words(text=" "), **who),
            rules.ReasonsMissing,
            "An opinion has a stance and a text.",
            id="opines without a word",
        ),
        pytest.param(
            examined,
            lambda one, **who: actions.record_opinion(
                one, words(given_on=date(2026, 12, 1)), **who
            ),
            rules.DateAhead,
            "The opinion is dated later than today.",
            id="opines tomorrow",
        ),
        pytest.param(
            lambda: OpinionFactory(dossier=examined()).dossier,
            lambda one, **who: actions.record_opinion(one, words(), **who),
            rules.OpinionChanged,
            "An opinion of this committee is already recorded.",
            id="opines twice",
        ),
        pytest.param(
            lambda: OpinionFactory(dossier=examined()).dossier,
            actions.present,
            rules.OpinionsMissing,
            "Opinions are missing: Youth, Experts.",
            id="presents too soon",
        ),
        pytest.param(
            lambda: examined(call=CallFactory(unknown_dates=True)),
            actions.present,
            RegimeUnknown,
            "The rules of this edition are not known.",
            id="presents without rules",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    prepare, act, refusal, sentence, who
):
    dossier = prepare()
    before = (dossier.status, Opinion.objects.count(), Letter.objects.count())

    with pytest.raises(refusal) as refused:
        act(dossier, **who)

    assert str(refused.value) == sentence
    dossier.refresh_from_db()
    assert (dossier.status, Opinion.objects.count(), Letter.objects.count()) == before


@pytest.fixture
def agent(sign_in):
    return sign_in(PersonFactory(roles=["agent"]), "agent")


@pytest.fixture
def secretary(sign_in):
    return sign_in(PersonFactory(roles=["secretary"]), "secretary")


def page_of(client, dossier, more=""):
    return client.get(f"/en/programme/instruction/dossiers/{dossier.code}/{more}")


def test_an_agent_leads_a_dossier_from_deposit_to_the_committees(agent):
    dossier = handed_in()
    start = f"/programme/instruction/dossiers/{dossier.code}/"
    report = {"context": "C", "strengths": "S", "cautions": "V", "for_committees": "P"}

    agent.post(f"{start}admettre/")
    agent.post(f"{start}instruire/")
    agent.post(f"{start}rapport/", report)
    agent.post(f"{start}rapport/terminer/")
    page = page_of(agent, dossier).content.decode()

    dossier.refresh_from_db()
    assert dossier.status == S.EXAMINATION
    assert dossier.report.finished_at is not None
    assert str(dossier.members.get().person) in page
    assert "dossier found admissible" in page
    assert "analysis report finished" in page


def test_an_agent_asks_for_more_then_dismisses_from_the_page(agent):
    asked, dismissed = handed_in(), handed_in()
    desk = "/programme/instruction/dossiers/"

    shown = agent.get(f"{desk}{asked.code}/complements/")
    agent.post(f"{desk}{asked.code}/complements/", {"message": "Le plan manque."})
    agent.post(f"{desk}{dismissed.code}/ecarter/", {"grounds": ["outside"]})
    page = page_of(agent, dismissed).content.decode()

    assert shown.status_code == 200
    assert [one.status for one in Dossier.objects.order_by("pk")] == [
        S.TO_COMPLETE,
        S.INADMISSIBLE,
    ]
    assert "The project is outside the territory." in page


def test_a_refusal_is_a_page_that_says_what_to_do(agent):
    dossier = handed_in()

    page = agent.post(
        f"/en/programme/instruction/dossiers/{dossier.code}/ecarter/", {"reasons": ""}
    )

    assert page.status_code == 409
    assert "Tick at least one reason" in page.content.decode()


def test_a_secretary_records_corrects_and_presents(secretary):
    dossier = examined()
    start = f"/programme/instruction/dossiers/{dossier.code}/"
    typed = {"stance": "reserved", "text": "À suivre.", "given_on": "2 mars 2026"}

    for committee in ("partners", "youth", "experts"):
        secretary.post(f"{start}avis/{committee}/", typed)
    again = typed | {"stance": "favourable", "correction": "relecture"}
    secretary.post(f"{start}avis/youth/", again)
    secretary.post(f"{start}presenter/")

    stances = list(dossier.opinions.order_by("pk").values_list("stance", flat=True))
    assert stances == ["reserved", "favourable", "reserved"]
    assert Dossier.objects.get().status == S.DELIBERATION


def test_a_member_reads_the_opinion_of_their_committee_and_no_other(sign_in):
    member = sign_in(PersonFactory(roles=["member:youth"]), "member")
    dossier = examined()
    OpinionFactory(dossier=dossier, committee="partners", text="Avis des partenaires.")
    OpinionFactory(dossier=dossier, committee="youth", text="Avis des jeunes.")

    page = page_of(member, dossier).content.decode()

    assert "Avis des jeunes." in page
    assert "Avis des partenaires." not in page
    assert "Journal of the dossier" not in page


@pytest.mark.parametrize(
    "fields",
    [{"handed_in": True}, {"admissible": True}, {"inadmissible": True}],
    ids=["submitted", "admissible", "inadmissible"],
)
def test_a_dossier_before_the_committees_does_not_exist_for_a_member(sign_in, fields):
    member = sign_in(PersonFactory(roles=["member:youth"]), "member")

    page = page_of(member, DossierFactory(**fields))

    assert page.status_code == 404


def test_a_member_does_not_read_a_report_that_is_being_written(sign_in):
    member = sign_in(PersonFactory(roles=["member:youth"]), "member")
    dossier = examined(finished=False)

    page = page_of(member, dossier).content.decode()

    assert "Le contexte." not in page


def test_a_draft_does_not_exist_for_the_team(agent):
    assert page_of(agent, DossierFactory()).status_code == 404


LIST = "/en/programme/instruction/2026/"


def an_edition(count=1):
    call = CallFactory(code="2026")
    for rank in range(count):
        dossier = examined(call=call, title=f"Projet {rank}", theme="energy")
        OpinionFactory(dossier=dossier)
    return call


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(
    agent, django_assert_num_queries, count
):
    an_edition(count)

    with django_assert_num_queries(15):
        page = agent.get(LIST)
    with django_assert_num_queries(7):
        again = agent.get(LIST)

    assert page.content.decode().count('scope="row"') == count
    assert again.content.decode().count('scope="row"') == count


def test_the_list_remembered_for_one_agent_is_not_given_to_another(sign_in):
    call = CallFactory(code="2026")
    first, second = PersonFactory(roles=["agent"]), PersonFactory(roles=["agent"])
    DossierFactory(handed_in=True, call=call, holder=second, title="Du second")
    DossierFactory(
        handed_in=True, call=call, holder=PersonFactory(), title="D'ailleurs"
    )

    seen = [
        sign_in(person, "agent").get(LIST).content.decode().count('scope="row"')
        for person in (first, second)
    ]

    assert seen == [2, 1]


def test_the_list_tells_state_theme_opinions_and_what_is_missing(agent):
    an_edition()

    page = agent.get(LIST).content.decode()

    for told in ("is-examination", "energy", "1/3", "Youth, Experts", "Camille"):
        assert told in page


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("", ["A", "B", "C"]),
        ("?state=submitted", ["A", "B"]),
        ("?theme=food", ["B"]),
        ("?q=2026-003", ["C"]),
        ("?q=zzz", []),
        ("?sort=-title", ["C", "B", "A"]),
        ("?sort=-receipt&state=submitted", ["B", "A"]),
        ("?state=nonsense&sort=nonsense", ["A", "B", "C"]),
    ],
)
def test_filters_and_order_live_in_the_address(agent, asked, titles):
    call = CallFactory(code="2026")
    for rank, (title, theme) in enumerate(
        [("A", "energy"), ("B", "food"), ("C", "energy")], 1
    ):
        status = S.EXAMINATION if title == "C" else S.SUBMITTED
        receipt = f"2026-{rank:03}"
        DossierFactory(
            handed_in=True,
            call=call,
            title=f"Projet {title}",
            theme=theme,
            status=status,
            receipt=receipt,
        )

    rows = agent.get(f"{LIST}{asked}").context["found"]["edition"].rows

    assert [row.title[-1] for row in rows] == titles


def test_what_a_dossier_waits_for_is_said_by_its_state(agent):
    call = CallFactory(code="2026")
    who = {"by": PersonFactory(), "at": NOW}
    asked = DossierFactory(handed_in=True, call=call)
    actions.ask_completion(asked, "Le plan.", date(2026, 4, 1), **who)
    actions.ask_completion(DossierFactory(handed_in=True, call=call), "A", None, **who)
    for state in ("handed_in", "admissible", "examined", "deliberated", "decided"):
        DossierFactory(call=call, **{state: True})

    rows = agent.get(LIST).context["found"]["edition"].rows

    assert [row.missing for row in rows] == [
        "completion, due 01/04/2026",
        "completion",
        "ruling on admissibility",
        "examination",
        "analysis report",
        "decision",
        "",
    ]


def test_a_member_reads_deliberation_as_examination(sign_in):
    member = sign_in(PersonFactory(roles=["member:youth"]), "member")
    call = CallFactory(code="2026")
    DossierFactory(deliberated=True, call=call)

    page = member.get(LIST)

    (row,) = page.context["found"]["edition"].rows
    assert (row.state, row.missing, row.expected) == ("examination", "", 1)
    assert "awaiting the decision" not in page.content.decode().partition("<tbody>")[2]


def test_the_list_is_taken_away_as_it_is_filtered(agent):
    an_edition(2)

    csv = agent.get(f"{LIST}export.csv?sort=-receipt")
    book = agent.get(f"{LIST}export.xlsx")
    other = agent.get(f"{LIST}export.docx")

    lines = csv.content.decode().splitlines()
    assert lines[0].startswith("\ufeffnumero;code;titre;etat")
    assert [line.split(";")[2] for line in lines[1:]] == ["Projet 1", "Projet 0"]
    assert 'filename="instruction-2026-excel.csv"' in csv["Content-Disposition"]
    assert book.content[:2] == b"PK"
    assert other.status_code == 404


def test_the_observer_reads_counts_and_neither_names_nor_secrets(sign_in):
    observer = sign_in(PersonFactory(roles=["observer"]), "observer")
    call = an_edition(2)
    DossierFactory(deliberated=True, call=call, title="Le secret")

    page = observer.get("/en/programme/etat/2026/")

    state = page.context["state"]
    assert state.handed_in == 3
    assert [(tally.key, tally.count) for tally in state.states] == [("examination", 3)]
    assert [tally.count for tally in state.opinions] == [2, 0, 0]
    assert state.outcomes == []
    assert "Le secret" not in page.content.decode()
    assert observer.get("/programme/etat/").status_code == 200
    assert observer.get(LIST).status_code == 403


def test_the_file_of_a_dossier_is_given_to_those_who_may_see_the_dossier(
    agent, sign_in
):
    dossier = handed_in()
    upload = SimpleUploadedFile("budget.csv", b"poste;montant\nachat;12\n")
    kept = documents.keep(upload, about=dossier, by=PersonFactory(), at=NOW)
    path = f"/programme/instruction/dossiers/{dossier.code}/fichiers/"

    given = agent.get(f"{path}{kept.pk}/")
    other = agent.get(f"{path}{kept.pk + 1}/")
    member = sign_in(PersonFactory(roles=["member:youth"]), "member")

    assert given["Content-Disposition"].startswith("attachment")
    assert other.status_code == 404
    assert member.get(f"{path}{kept.pk}/").status_code == 404
    given.close()


def test_each_page_of_the_examination_opens(agent):
    asked, dossier = handed_in(), examined(finished=False)
    start = "/programme/instruction/dossiers/"
    paths = [
        f"{start}{asked.code}/complements/",
        f"{start}{asked.code}/ecarter/",
        f"{start}{dossier.code}/rapport/",
        f"{start}{dossier.code}/",
        "/programme/instruction/",
    ]

    assert [agent.get(path).status_code for path in paths] == [200] * 5
    assert agent.get(start)["Location"] == "/programme/instruction/"


def test_the_page_tells_the_secretary_which_opinions_are_awaited(secretary):
    dossier = examined()

    page = page_of(secretary, dossier).content.decode()
    form = page_of(secretary, dossier, "avis/youth/").content.decode()

    assert "Record the opinion of each committee" in page
    assert page.count("not given yet") == 3
    assert "Opinion: Youth" in form


def test_an_edition_without_rules_has_neither_committees_nor_outcomes(agent):
    call = CallFactory(code="2026", unknown_dates=True)
    dossier = DossierFactory(handed_in=True, call=call)

    (row,) = agent.get(LIST).context["found"]["edition"].rows
    opened = page_of(agent, dossier).context["folder"]
    state = agent.get("/programme/etat/2026/").context["state"]

    assert (row.given, row.expected, opened.voices, state.opinions) == (0, 0, [], [])


def test_outcomes_are_counted_once_they_are_published(agent):
    call = CallFactory(code="2026")
    dossier = DossierFactory(decided=True, call=call)
    DecisionFactory(dossier=dossier, published=True)

    state = agent.get("/programme/etat/2026/").context["state"]

    assert [(one.key, one.count) for one in state.outcomes] == [
        ("labelled", 1),
        ("to_be_matured", 0),
        ("refused", 0),
    ]


def test_an_opinion_of_a_committee_that_is_no_longer_named_is_not_counted(agent):
    call = CallFactory(code="2026")
    OpinionFactory(dossier=examined(call=call), committee="former")

    (row,) = agent.get(LIST).context["found"]["edition"].rows

    assert (row.given, row.expected) == (0, 3)


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("receipt", "CBA"),
        ("title", "ABC"),
        ("state", "BCA"),
        ("theme", "CAB"),
        ("commune", "BAC"),
        ("holder", "ACB"),
        ("submitted", "CBA"),
    ],
)
def test_each_column_sorts_as_the_eye_does(agent, sort, titles):
    call = CallFactory(code="2026")
    told = [
        ("A", S.EXAMINATION, "energy", ("Liévin", "lievin"), "Alpha"),
        ("B", S.SUBMITTED, "mobility", ("Énigme", "enigme"), "Gamma"),
        ("C", S.ADMISSIBLE, "food", ("Lens", "zlens"), "Beta"),
    ]
    for rank, (title, status, theme, (name, search), holder) in enumerate(told):
        DossierFactory(
            handed_in=True,
            call=call,
            title=f"Projet {title}",
            status=status,
            theme=theme,
            commune=PlaceFactory(name=name, search_name=search),
            organisation=OrganisationFactory(name=holder),
            receipt=f"2026-{9 - rank}",
            submitted_at=NOW - timedelta(days=rank),
        )

    with translation.override("fr"):
        page = agent.get(f"{LIST[3:]}?sort={sort}")

    assert (
        "".join(row.title[-1] for row in page.context["found"]["edition"].rows)
        == titles
    )


def test_the_filter_keeps_what_was_asked_on_the_screen(agent):
    dossier = examined(call=CallFactory(code="2026"), commune=PlaceFactory(name="Lens"))

    page = agent.get(f"{LIST}?state=examination&commune={dossier.commune.code}")

    text = page.content.decode()
    assert '<option value="examination" selected>under examination</option>' in text
    assert f'<option value="{dossier.commune.code}" selected>Lens</option>' in text
    assert len(page.context["found"]["edition"].rows) == 1


def test_the_list_is_renewed_by_what_happens_and_by_what_a_holder_completes(agent):
    call = CallFactory(code="2026")
    who = {"by": PersonFactory(), "at": NOW}
    dossier = handed_in(call=call, title="Avant")
    first = agent.get(LIST).context["found"]["edition"].rows

    actions.ask_completion(dossier, "Le titre.", None, **who)
    asked = agent.get(LIST).context["found"]["edition"].rows
    Dossier.objects.update(title="Après")
    AnswerFactory(dossier=dossier, updated_at=NOW + timedelta(days=1))
    completed = agent.get(LIST).context["found"]["edition"].rows

    told = [(row.title, row.missing) for (row,) in (first, asked, completed)]
    assert told == [
        ("Avant", "ruling on admissibility"),
        ("Avant", "completion"),
        ("Après", "completion"),
    ]


def test_a_member_finds_nothing_by_a_state_they_do_not_know(sign_in):
    member = sign_in(PersonFactory(roles=["member:youth"]), "member")
    DossierFactory(deliberated=True, call=CallFactory(code="2026"))

    inner = member.get(f"{LIST}?state=deliberation").context["found"]["edition"].rows
    told = member.get(f"{LIST}?state=examination").context["found"]["edition"].rows

    assert (len(inner), len(told)) == (0, 1)
