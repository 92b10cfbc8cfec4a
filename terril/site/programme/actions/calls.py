"""Verbs of regimes, calls and their questions."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.text import slugify

from terril.site.commons import journal
from terril.site.people.models import Person
from terril.site.programme import regimes
from terril.site.programme.models import Call, Question, Regime, RegimeChange
from terril.site.programme.queries.calls import keys_used
from terril.site.programme.queries.locks import lock
from terril.site.programme.rules import calls as rules
from terril.site.programme.rules.calls import Reason
from terril.site.programme.rules.conditions import dependents
from terril.site.programme.themes import THEMES


@dataclass(frozen=True)
class CallDraft:
    """What an agent writes of a call."""

    code: str
    title: str
    regime: Regime
    title_en: str = ""
    summary: str = ""
    summary_en: str = ""
    years: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    is_example: bool = False


@dataclass(frozen=True)
class QuestionDraft:
    """What an agent writes of a question."""

    section: str
    kind: str
    label: str
    section_en: str = ""
    label_en: str = ""
    help: str = ""
    help_en: str = ""
    example: str = ""
    example_en: str = ""
    fills: str = ""
    is_required: bool = False
    limit: int | None = None
    counts_words: bool = False
    choices: list[dict[str, str]] = field(default_factory=list)
    columns: list[dict[str, str]] = field(default_factory=list)
    shown_if: dict[str, Any] = field(default_factory=dict)
    refuses: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def create_regime(
    key: str, text: dict[str, Any], *, by: Person, at: datetime
) -> Regime:
    """Begin a regime from a text; it is a draft until it is published."""
    read = regimes.read(text)
    regime = Regime.objects.create(key=key, title=read.title.fr, text=text)
    journal.record("regime.created", about=regime, by=by, at=at)
    return regime


@transaction.atomic
def write_regime(
    regime: Regime, text: dict[str, Any], *, by: Person, at: datetime
) -> None:
    """Change the text of a draft."""
    lock(regime)
    rules.check_regime_is_draft(regime)
    read = regimes.read(text)

    regime.title, regime.text = read.title.fr, text
    regime.save(update_fields=["title", "text"])

    journal.record("regime.changed", about=regime, by=by, at=at)


@transaction.atomic
def publish_regime(regime: Regime, *, by: Person, at: datetime) -> None:
    """Freeze the text and seal it with its digest."""
    lock(regime)
    rules.check_regime(regime)

    regime.digest, regime.published_at = regimes.digest_of(regime.text), at
    regime.save(update_fields=["digest", "published_at"])

    note = f"sha256 {regime.digest}"
    journal.record("regime.published", about=regime, by=by, at=at, note=note)


@transaction.atomic
def create_call(draft: CallDraft, *, by: Person, at: datetime) -> Call:
    """Prepare an edition, with the questions that ship with the software."""
    last = Call.objects.aggregate(last=Max("rank"))["last"] or 0
    call = Call.objects.create(rank=last + 1, **_fields(draft))
    Question.objects.bulk_create(
        Question(call=call, position=position, **_with_choices(text))
        for position, text in enumerate(regimes.template_questions(), start=1)
    )
    journal.record("call.created", about=call, by=by, at=at)
    return call


@transaction.atomic
def change_call(call: Call, draft: CallDraft, *, by: Person, at: datetime) -> None:
    """Change what a draft says of itself; its code is its address and stays."""
    lock(call)
    rules.check_call_is_draft(call)

    changed = {name: value for name, value in _fields(draft).items() if name != "code"}
    for name, value in changed.items():
        setattr(call, name, value)
    call.save(update_fields=list(changed))

    journal.record("call.changed", about=call, by=by, at=at)


@transaction.atomic
def publish_call(call: Call, *, by: Person, at: datetime) -> None:
    """Give the call its public page; it opens and closes by its dates."""
    lock(call)
    rules.check_publication(call, call.questions.all(), at=at)

    call.published_at = at
    call.save(update_fields=["published_at"])

    journal.record("call.published", about=call, by=by, at=at)


@transaction.atomic
def replace_regime(
    call: Call, regime: Regime, reason: Reason, *, by: Person, at: datetime
) -> None:
    """Give a published call new rules, and say why to everybody."""
    lock(call)
    before = rules.check_replacement(call, regime, reason, keys_used(call))

    RegimeChange.objects.create(
        call=call,
        before=before,
        after=regime,
        reason=reason.text.strip(),
        reason_en=reason.text_en.strip(),
        changed_at=at,
    )
    call.regime = regime
    call.save(update_fields=["regime"])

    note = f"{regime.key}: {reason.text.strip()}"
    journal.record("call.regime_replaced", about=call, by=by, at=at, note=note)


@transaction.atomic
def add_question(
    call: Call, draft: QuestionDraft, *, by: Person, at: datetime
) -> Question:
    """Ask one more thing, at the end."""
    lock(call)
    rules.check_call_is_draft(call)

    last = call.questions.aggregate(last=Max("position"))["last"] or 0
    question = Question.objects.create(
        call=call,
        key=_free_key(call, draft.label),
        position=last + 1,
        **asdict(draft),
    )

    journal.record("question.added", about=call, by=by, at=at, note=question.label)
    return question


@transaction.atomic
def change_question(
    question: Question, draft: QuestionDraft, *, by: Person, at: datetime
) -> None:
    """Ask it otherwise."""
    lock(question.call)
    rules.check_call_is_draft(question.call)
    others = dependents(question, question.call.questions.all())
    rules.check_dependents(question, draft.kind, draft.choices, others)

    for name, value in asdict(draft).items():
        setattr(question, name, value)
    question.save(update_fields=list(asdict(draft)))

    call, note = question.call, question.label
    journal.record("question.changed", about=call, by=by, at=at, note=note)


@transaction.atomic
def move_question(question: Question, step: int, *, by: Person, at: datetime) -> None:
    """Ask it earlier (below zero) or later, by so many places."""
    call = question.call
    lock(call)
    rules.check_call_is_draft(call)
    asked = list(call.questions.order_by("position", "pk"))
    target = asked.index(question) + step
    rules.check_place(target, len(asked))

    asked.remove(question)
    asked.insert(target, question)
    rules.check_order(asked)
    for position, one in enumerate(asked, start=1):
        one.position = position
    Question.objects.bulk_update(asked, ["position"])

    note = question.label
    journal.record("question.moved", about=call, by=by, at=at, note=note)


@transaction.atomic
def remove_question(question: Question, *, by: Person, at: datetime) -> None:
    """Ask it no more."""
    call = question.call
    lock(call)
    rules.check_call_is_draft(call)
    rules.check_alone(question, dependents(question, call.questions.all()))

    question.delete()

    note = question.label
    journal.record("question.removed", about=call, by=by, at=at, note=note)


def _fields(draft: CallDraft) -> dict[str, Any]:
    # `asdict` would copy the regime itself.
    return {name: getattr(draft, name) for name in CallDraft.__dataclass_fields__}


def _with_choices(text: dict[str, Any]) -> dict[str, Any]:
    return text | {"choices": _themes()} if text.get("choices") == "themes" else text


def _themes() -> list[dict[str, str]]:
    labels = {}
    for language in ("fr", "en"):
        with translation.override(language):
            labels[language] = {key: str(name) for key, name in THEMES.items()}
    return [
        {"key": key, "label": labels["fr"][key], "label_en": labels["en"][key]}
        for key in THEMES
    ]


def _free_key(call: Call, label: str) -> str:
    wanted = slugify(label)[:32].strip("-") or "question"
    taken = set(call.questions.values_list("key", flat=True))
    keys = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))]
    return next(key for key in keys if key not in taken)
