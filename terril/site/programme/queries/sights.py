"""What of a dossier somebody may read: all of it, or what their committee sees."""

from dataclasses import replace

from terril.site.commons.addresses import address
from terril.site.commons.models import Document
from terril.site.people import roles
from terril.site.programme.models import Dossier, Question
from terril.site.programme.queries.answers import Line, Part, content
from terril.site.programme.queries.readers import Reader
from terril.site.programme.regimes import SIGHTS
from terril.site.programme.rules.editions import regime_of

WHOLE, ANSWERS, SHEET = SIGHTS


def sight_of(dossier: Dossier, by: Reader) -> str:
    """Return how much somebody sees: a member, the most of what their committees do."""
    # A member of no named committee reads for all of them.
    if by.role != roles.MEMBER or not by.committees or dossier.call.regime is None:
        return WHOLE
    seen = [one.sees for one in regime_of(dossier.call).committees if by.shows(one.key)]
    return min(seen, key=list(SIGHTS).index, default=SHEET)


def parts_seen(dossier: Dossier, by: Reader) -> list[Part]:
    """Return the content of a dossier as somebody may read it."""
    sight = sight_of(dossier, by)
    if sight == WHOLE:
        return content(dossier)
    kept = (
        replace(part, lines=[one for one in part.lines if _is_seen(one, sight)])
        for part in content(dossier)
    )
    return [part for part in kept if part.lines]


def file_seen(dossier: Dossier, key: int, by: Reader) -> Document | None:
    """Return a file of a dossier that one may see; no other file exists."""
    if sight_of(dossier, by) != WHOLE:
        return None
    kept = Document.objects.filter(about=address(dossier), removed_at=None)
    return kept.filter(pk=key).first()


def _is_seen(line: Line, sight: str) -> bool:
    if sight == SHEET:
        return bool(line.question.fills)
    return line.question.kind != Question.Kind.FILES
