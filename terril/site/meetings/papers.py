"""What is printed of a meeting: the facts recorded here, with their proof."""

from django.conf import settings
from django.utils.translation import get_language, gettext as _

from terril.site.commons.templatetags.format import second
from terril.site.meetings.models import Meeting
from terril.site.meetings.queries import Proof


def minutes(
    meeting: Meeting, proof: Proof, *, agenda: list[str], publisher: str
) -> dict[str, object]:
    """Return the sheet that goes with the minutes of a meeting."""
    head = _("Head of the journal when it was marked, line %(line)s")
    facts = [
        _fact(_("Body"), str(meeting.body)),
        _fact(_("Met on"), second(meeting.starts_at)),
        _fact(_("Place"), meeting.place or _("not known")),
        _fact(_("Reference of the minutes"), meeting.reference or _("not known")),
        _fact(_("On the agenda"), ", ".join(agenda) or _("not known")),
        _fact(_("Marked as held"), second(meeting.held_at)),
        _fact(head % {"line": proof.line}, proof.head, is_digest=True),
    ]
    notes = [
        _(
            "The words of the minutes are kept under their reference; this sheet says "
            "what is recorded here."
        ),
        _(
            "The head of the journal proves that the meeting was recorded then, and "
            "that no line was changed since."
        ),
    ]
    return {
        "title": _("Minutes: %(body)s") % {"body": meeting.body},
        "author": publisher,
        "kicker": publisher,
        "language": get_language() or "fr",
        "footer": " · ".join(filter(None, (publisher, meeting.reference))),
        "example": _("Example: this meeting is fictional.") if settings.DEMO else "",
        "facts": facts,
        "notes": notes,
    }


def _fact(term: str, value: str, *, is_digest: bool = False) -> dict[str, object]:
    return {"term": term, "value": value, "is_digest": is_digest}
