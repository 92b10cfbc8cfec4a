"""What is printed of a dossier: plain data for the templates of documents."""

from django.utils.translation import get_language, gettext as _

from terril.site.commons.templatetags.format import file_size, moment, second
from terril.site.programme.models import Dossier
from terril.site.programme.queries.answers import Line, Part
from terril.site.programme.queries.story import Receipt


def _instant_of(dossier: Dossier) -> str:
    """Say where the instant of a deposit comes from."""
    if dossier.entered_at:
        return _(
            "Deposited on paper, entered by %(by)s on %(moment)s."
            " The instant of deposit is that of the receipt on paper."
        ) % {"by": dossier.entered_by, "moment": moment(dossier.entered_at)}
    return _("The instant is that at which the server had received the whole request.")


def receipt(dossier: Dossier, proof: Receipt, *, publisher: str) -> dict[str, object]:
    """Return the receipt of a deposit."""
    head = _("Head of the journal at the deposit, line %(line)s") % {"line": proof.line}
    facts = [
        _fact(_("Number"), proof.number),
        _fact(_("Handed in"), second(proof.at)),
        _fact(_("Project"), str(dossier)),
        _fact(_("Call"), str(dossier.call)),
        _fact(_("Organisation"), str(dossier.organisation or _("none given"))),
        _fact(_("Digest of the content (SHA-256)"), proof.content, is_digest=True),
        _fact(head, proof.head, is_digest=True),
    ]
    notes = [
        _instant_of(dossier),
        _(
            "The digest changes if a single sign of the dossier or of its files "
            "changes. The head of the journal proves that the deposit was recorded "
            "then, and not later."
        ),
    ]
    page = _page(dossier, _("Receipt of deposit"), publisher)
    return page | {"facts": facts, "notes": notes}


def dossier(
    dossier: Dossier, parts: list[Part], *, publisher: str
) -> dict[str, object]:
    """Return the whole content of a dossier."""
    handed_in = second(dossier.submitted_at) if dossier.submitted_at else ""
    facts = [
        _fact(_("Call"), str(dossier.call)),
        _fact(_("Number"), dossier.receipt or _("not handed in")),
        _fact(_("Handed in"), handed_in or _("not handed in: this is a draft")),
    ]
    page = _page(dossier, str(dossier), publisher)
    return page | {
        "kicker": _("Dossier %(code)s") % {"code": dossier.receipt or dossier.code},
        "facts": facts,
        "parts": [
            {"name": part.name, "lines": [_line(line) for line in part.lines]}
            for part in parts
        ],
    }


def _page(dossier: Dossier, title: str, publisher: str) -> dict[str, object]:
    example = _("Example: this dossier is fictional.") if dossier.is_example else ""
    return {
        "title": title,
        "author": publisher,
        "kicker": publisher,
        "language": get_language() or "fr",
        "footer": " · ".join(
            part for part in (publisher, dossier.receipt or dossier.code) if part
        ),
        "example": example,
    }


def _fact(term: str, value: str, *, is_digest: bool = False) -> dict[str, object]:
    return {"term": term, "value": value, "is_digest": is_digest}


def _line(line: Line) -> dict[str, object]:
    files = [f"{one.name} ({file_size(one.size)})" for one in line.files]
    words = line.words or _("(no answer)")
    if line.is_wrong:
        words = _("%(words)s (to be corrected)") % {"words": words}
    return {"label": line.label, "words": words, "files": files}
