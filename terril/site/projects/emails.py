"""Letters about a label, to those who hold it."""

from datetime import datetime

from terril.site.commons.outbox import Envelope, Recipient, post
from terril.site.people.models import Person
from terril.site.programme.models import DossierMember
from terril.site.projects.models import Project


def label_withdrawn(project: Project, reason: str, *, at: datetime) -> None:
    """Tell the holders that the label is withdrawn, and why."""
    _post("projects/label_withdrawn", project, reason, at)


def label_ended(project: Project, reason: str, *, at: datetime) -> None:
    """Tell the holders that the label has ended, and why."""
    _post("projects/label_ended", project, reason, at)


def _post(template: str, project: Project, reason: str, at: datetime) -> None:
    for person in _holders(project):
        envelope = Envelope(
            template,
            about=project,
            key=f"{template}/{project.pk}/{person.pk}",
            context={"project": project, "reason": reason},
        )
        to = Recipient(person.email or "", person.full_name, person.language)
        post(envelope, to=to, at=at)


def _holders(project: Project) -> list[Person]:
    """Return who carried the dossier; a label known by sources has nobody here."""
    if project.decision is None:
        return []
    members = project.decision.dossier.members.filter(part=DossierMember.Part.HOLDER)
    return [member.person for member in members.select_related("person")]
