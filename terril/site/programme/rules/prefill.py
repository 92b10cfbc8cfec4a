"""What a link may write in a dossier before its holder does."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from terril.site.commons.errors import Refused
from terril.site.programme.models import Question

K = Question.Kind
PREFIX = "champ_"
# Browsers and mail programs cut longer addresses.
LONGEST = 8_000
MOST_NAMED = 20
# Answers in two inputs, by what follows the key of the question.
PAIRS = {K.POINT: ("latitude", "longitude"), K.ORGANISATION: ("siret", "name")}
# A link carries no file, and a table has no single answer.
NEVER = (K.FILES, K.GROUP)


class LinkTooLong(Refused):
    """The link carries more than a browser passes on."""


def check_length(query: str) -> None:
    """Refuse a link longer than browsers and mail programs pass on."""
    if len(query) > LONGEST:
        raise LinkTooLong(
            _("This link is too long to be followed."),
            next_step=_("Begin on the page of the call, and copy the texts there."),
        )


def may_be_prefilled(question: Question) -> bool:
    """Tell whether a link may answer a question."""
    return question.kind not in NEVER


def inputs_of(question: Question) -> list[str]:
    """Return the names of the inputs that hold the answer to a question."""
    parts = PAIRS.get(Question.Kind(question.kind), ())
    return [f"{question.key}_{part}" for part in parts] or [question.key]


def unknown_among(names: Iterable[str], questions: Iterable[Question]) -> list[str]:
    """Return what a link would answer and nobody asks, shortened, and not too many."""
    known = {f"{PREFIX}{one}" for asked in questions for one in inputs_of(asked)}
    lost = [one for one in names if one.startswith(PREFIX) and one not in known]
    return [one.removeprefix(PREFIX)[:40] for one in lost[:MOST_NAMED]]
