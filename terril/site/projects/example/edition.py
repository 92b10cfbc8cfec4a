"""Lay the example edition down: a call, its dossiers, then what was published."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from terril.site.commons.models import Letter
from terril.site.people.models import Person
from terril.site.people.seed import example_people
from terril.site.programme import actions as programme, queries, regimes
from terril.site.programme.actions.calls import CallDraft
from terril.site.programme.models import Call, Decision, Regime
from terril.site.projects.actions import publish_and_register
from terril.site.projects.example.story import Story
from terril.site.projects.example.texts import read

REGIME = "euralens-2022"
OPENED_DAYS_AGO = 90
# A newcomer always has this long to hand a dossier in.
LEAST_DAYS_LEFT = 21


def load(at: datetime) -> None:
    """Make the example edition unless it is there, and publish what was decided."""
    people = example_people(at - timedelta(days=OPENED_DAYS_AGO + 10))
    call = Call.objects.filter(is_example=True).order_by("-rank").first()
    if call is None:
        with transaction.atomic():
            call = _edition(people, at)
    # Letters leave once the first part is committed; then labels may be published.
    with transaction.atomic():
        _publish(call, people["secretaire"], at)


def _edition(people: dict[str, Person], at: datetime) -> Call:
    call = _call(people["agent"], at)
    stories = [Story(call, text, people, at) for text in read("dossiers")]
    steps = [step for story in stories for step in story.steps()]
    for step in sorted(steps, key=lambda step: step.at):
        step.do(step.at)
    _tell(call, people["agent"], at - timedelta(days=3))
    return call


def _call(agent: Person, at: datetime) -> Call:
    begun = at - timedelta(days=OPENED_DAYS_AGO + 5)
    year = timezone.localdate(at).year
    draft = CallDraft(
        code=str(year),
        title=f"Label Euralens {year} (exemple)",
        title_en=f"Label Euralens {year} (example)",
        summary=(
            "Appel d’exemple : il montre le chemin d’un dossier, de l’appel au "
            "registre. Rien de ce qu’il contient n’est réel."
        ),
        summary_en=(
            "Example call: it shows the way of a dossier, from the call to the "
            "register. Nothing in it is real."
        ),
        years=str(year),
        regime=_regime(agent, begun),
        opens_at=morning(at - timedelta(days=OPENED_DAYS_AGO)),
        closes_at=closing(at),
        is_example=True,
    )
    call = programme.create_call(draft, by=agent, at=begun)
    programme.publish_call(call, by=agent, at=begun + timedelta(days=1))
    return call


def morning(at: datetime) -> datetime:
    """Return the nine o'clock that came last: no real call opens at 18:25."""
    nine = timezone.localtime(at).replace(hour=9, minute=0, second=0, microsecond=0)
    return nine if nine <= at else nine - timedelta(days=1)


def closing(at: datetime) -> datetime:
    """Return the last second of the year, or of a later month if that is too soon."""
    year = timezone.localdate(at).year
    closes_at = datetime.combine(
        date(year, 12, 31), time(23, 59, 59), tzinfo=timezone.get_current_timezone()
    )
    while closes_at - at < timedelta(days=LEAST_DAYS_LEFT):
        closes_at += timedelta(days=31)
    return closes_at


def _regime(agent: Person, at: datetime) -> Regime:
    found = Regime.objects.filter(key=REGIME).first()
    regime = found or programme.create_regime(
        REGIME, regimes.template(REGIME), by=agent, at=at
    )
    if not regime.published_at:
        programme.publish_regime(regime, by=agent, at=at)
    return regime


def _tell(call: Call, agent: Person, at: datetime) -> None:
    """Write the letters, and send theirs to those who are not retained."""
    programme.compose_letters(call, by=agent, at=at)
    untold = Decision.objects.filter(dossier__call=call).exclude(outcome="labelled")
    abouts = [f"programme.decision/{pk}" for pk in untold.values_list("pk", flat=True)]
    letters = Letter.objects.filter(about__in=abouts).values_list("pk", flat=True)
    programme.send_letters(letters, by=agent, at=at)


def _publish(call: Call, secretary: Person, at: datetime) -> None:
    for decision in queries.pending_decisions(call).select_related("dossier"):
        publish_and_register(decision.dossier, by=secretary, at=at - timedelta(days=1))
