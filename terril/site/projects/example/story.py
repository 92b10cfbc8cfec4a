"""The steps of one fictional dossier, each at its instant."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from terril.site.people.actions import accept_invitation
from terril.site.people.models import Person
from terril.site.people.seed import example_organisation
from terril.site.places import queries as places
from terril.site.programme import actions as programme
from terril.site.programme.models import Call, Dossier
from terril.site.programme.queries.dossiers import invitations_to_write
from terril.site.programme.rules.answers import Given
from terril.site.programme.rules.decisions import DecisionDraft, ReservationDraft
from terril.site.programme.rules.examination import OpinionDraft, ReportDraft
from terril.site.projects.example.texts import read

Verb = Callable[[datetime], object]
WORDS = read("words")
DECIDED = ("labelled", "to_be_matured", "refused")
# How many committees have spoken when a dossier stands here.
HEARD = {"examination": 2, "deliberation": 3, **dict.fromkeys(DECIDED, 3)}


@dataclass(frozen=True)
class Step:
    """One thing that somebody does at an instant."""

    at: datetime
    do: Verb


class Story:
    """A dossier and those who act on it, from its draft to where it stands."""

    def __init__(
        self, call: Call, text: dict[str, Any], people: dict[str, Person], now: datetime
    ) -> None:
        self.call, self.text, self.people, self.now = call, text, people, now
        self.holder = people[text["holder"]]
        self.code = ""

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.get(code=self.code)

    def steps(self) -> Iterator[Step]:
        """Give the steps that lead to the goal of the story, in order."""
        goal, start = (
            self.text["goal"],
            self.now - timedelta(days=self.text["days_ago"]),
        )
        verbs: list[Verb] = [self.open]
        if goal != "draft":
            verbs.append(self.submit)
        verbs += ENDS.get(goal, ENDS["beyond"])(self)
        for rank, verb in enumerate(verbs):
            yield Step(start + timedelta(days=3 * rank, minutes=17 * rank), verb)

    def open(self, at: datetime) -> None:
        """Open the draft, answer the questions, and name who carries it."""
        opened = programme.open_dossier(self.call, by=self.holder, at=at)
        self.code = opened.code
        questions = {one.key: one for one in self.call.questions.all()}
        answers = dict(self.text["answers"])
        commune = places.commune(answers["commune"])
        if commune:
            answers["commune"] = {"code": commune.code, "name": commune.name}
        given = [Given(questions[key], value) for key, value in answers.items()]
        programme.answer(opened, given, by=self.holder, at=at)
        organisation = example_organisation(
            self.text["organisation"], self.text["kind"], at=at
        )
        Dossier.objects.filter(pk=opened.pk).update(organisation=organisation)
        if self.text["goal"] == "draft":
            self._share(opened, at)

    def submit(self, at: datetime) -> None:
        programme.submit(self.dossier, by=self.holder, at=at)

    def ask(self, at: datetime) -> None:
        due_on = timezone.localdate(self.now) + timedelta(days=15)
        programme.ask_completion(
            self.dossier, WORDS["completion"], due_on, by=self.people["agent"], at=at
        )

    def dismiss(self, at: datetime) -> None:
        programme.dismiss(
            self.dossier,
            ["other"],
            WORDS["dismissal"],
            by=self.people["agent"],
            at=at,
        )

    def admit(self, at: datetime) -> None:
        programme.admit(self.dossier, by=self.people["agent"], at=at)

    def withdraw(self, at: datetime) -> None:
        programme.withdraw(self.dossier, by=self.holder, at=at)

    def report(self, at: datetime) -> None:
        agent = self.people["agent2"]
        programme.examine(self.dossier, by=agent, at=at)
        draft = ReportDraft(**WORDS["report"])
        programme.write_report(self.dossier, draft, by=agent, at=at)
        programme.finish_report(self.dossier, by=agent, at=at)

    def opinions(self, at: datetime) -> None:
        heard = list(WORDS["opinions"].items())[: HEARD[self.text["goal"]]]
        for committee, (stance, text) in heard:
            draft = OpinionDraft(committee, stance, text, timezone.localdate(at))
            programme.record_opinion(
                self.dossier, draft, by=self.people["secretaire"], at=at
            )

    def present(self, at: datetime) -> None:
        programme.present(self.dossier, by=self.people["secretaire"], at=at)

    def decide(self, at: datetime) -> None:
        goal, on = self.text["goal"], timezone.localdate(at)
        conditions = WORDS["reservations"] if goal == "to_be_matured" else []
        draft = DecisionDraft(
            outcome=goal,
            reasons=WORDS["decisions"][goal],
            act_reference=f"Délibération d’exemple {on.year}-07",
            decided_on=on,
            reservations=[_condition(one, on) for one in conditions],
        )
        programme.prepare_decision(
            self.dossier, draft, by=self.people["secretaire"], at=at
        )

    def _share(self, opened: Dossier, at: datetime) -> None:
        friend = self.people["collaborateur"]
        programme.invite_collaborator(opened, friend.email or "", by=self.holder, at=at)
        for link in invitations_to_write(opened):
            accept_invitation(link, by=friend, at=at)


def _condition(text: list[Any], on: date) -> ReservationDraft:
    what, owner, days = text
    return ReservationDraft(what, owner, on + timedelta(days=days))


def _beyond(story: Story) -> list[Verb]:
    verbs: list[Verb] = [story.admit, story.report, story.opinions]
    goal = story.text["goal"]
    if goal != "examination":
        verbs.append(story.present)
    if goal in DECIDED:
        verbs.append(story.decide)
    return verbs


ENDS: dict[str, Callable[[Story], list[Verb]]] = {
    "draft": lambda _: [],
    "submitted": lambda _: [],
    "to_complete": lambda story: [story.ask],
    "inadmissible": lambda story: [story.dismiss],
    "admissible": lambda story: [story.admit],
    "withdrawn": lambda story: [story.withdraw],
    "beyond": _beyond,
}
