"""Who may apply, as the regime says: checked while one types, and at the deposit."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from terril.site.people.models import Organisation
from terril.site.programme.models import Question
from terril.site.programme.regimes import Eligibility
from terril.site.programme.rules.conditions import Ineligibility

F = Question.Fills


@dataclass(frozen=True)
class Applicant:
    """What is known of whom a dossier speaks for; None: not answered, or not known."""

    is_inside: bool | None = None
    organisation: Organisation | None = None

    @property
    def kind(self) -> str:
        """The kind of organisation, or nothing while it is not known."""
        kind = self.organisation.kind if self.organisation else ""
        return "" if kind == Organisation.Kind.UNKNOWN else kind


def reasons_against(
    eligibility: Eligibility, applicant: Applicant, questions: list[Question]
) -> list[Ineligibility]:
    """Return why a dossier may not apply; what is not known refuses nobody."""
    asked = {one.fills: one for one in questions if one.fills}
    found: dict[str, str] = {}
    if eligibility.is_inside and applicant.is_inside is False:
        found[F.COMMUNE] = _("These rules are for projects of the territory.")
    organisation = applicant.organisation
    if eligibility.is_member and organisation and not organisation.is_member:
        found[F.ORGANISATION] = _("These rules are for members of the institution.")
    if eligibility.kinds and applicant.kind and applicant.kind not in eligibility.kinds:
        found[F.ORGANISATION] = _("These rules are not for this kind of organisation.")
    return [
        Ineligibility(asked[key], why) for key, why in found.items() if key in asked
    ]
