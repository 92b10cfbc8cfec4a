"""The certificate of a label: what it says, and its door to the verification."""

import io
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext as _

from terril.site.commons import pdf as documents
from terril.site.commons.templatetags.format import day
from terril.site.places import queries as places
from terril.site.projects.models import Project
from terril.site.projects.queries import ProjectPage


def pdf(project: ProjectPage) -> bytes:
    """Return the certificate of a project decided here, tagged for screen readers."""
    return documents.render("certificate", content(project))


def content(project: ProjectPage) -> dict[str, Any]:
    """Return every word of a certificate, in the reader's language."""
    label, territory = project.label, places.territory()
    address = verification_address(label.certificate)
    return {
        "language": (get_language() or "fr")[:2],
        "title": _("Certificate: %(name)s") % {"name": project.name},
        "author": territory.name if territory else "Terril",
        "kicker": project.edition.name if project.edition else "",
        "sentence": _sentence(project),
        "name": project.name,
        "holder": _carried_by(project),
        "facts": _facts(project),
        "head_words": _("Head of the journal when the project was registered"),
        "head": label.readable_head,
        "qr": qr(address),
        "qr_words": _("QR code that leads to the verification of this certificate"),
        "verify": _("Verify this certificate"),
        "address": address.partition("://")[2],
        "code": label.readable_code,
        "band": _band(project),
    }


def _sentence(project: ProjectPage) -> str:
    if project.label.distinction == Project.Distinction.ESPOIRS:
        return _("The Label Espoirs is awarded to the project")
    return _("The label is awarded to the project")


def _carried_by(project: ProjectPage) -> str:
    lines = [project.holder.name if project.holder else ""]
    lines.append(", ".join(place.name for place in project.places))
    return " · ".join(line for line in lines if line)


def _facts(project: ProjectPage) -> list[dict[str, str]]:
    label = project.label
    facts = [
        (_("Number in the register"), project.number),
        (_("Act"), label.act_reference),
        (_("Decided on"), day(label.labelled_on)),
    ]
    if label.valid_until:
        facts.append((_("Valid until"), day(label.valid_until)))
    return [{"term": term, "value": value} for term, value in facts]


def _band(project: ProjectPage) -> str:
    """Return what must be read first: that it is fictional, or no longer holds."""
    label, said = project.label, []
    if project.is_example:
        said.append(_("Example: this project is fictional."))
    if label.withdrawn_on:
        said.append(_("Label withdrawn on %(day)s.") % {"day": day(label.withdrawn_on)})
    elif not label.is_standing:
        said.append(_("Label ended on %(day)s.") % {"day": day(label.valid_until)})
    return " ".join(said)


def verification_address(code: str) -> str:
    """Return the whole address where a certificate is verified."""
    return settings.SITE_URL + reverse("verification", args=[code])


def qr(address: str) -> str:
    """Return a QR code as SVG, without a border of its own."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m")
    code.save(drawn, kind="svg", border=0, dark="#1d2023", xmldecl=False)
    return drawn.getvalue().decode()
