"""Projects to be matured, as far as the regimes let the public know: not by default."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse

from terril.site.programme import regimes
from terril.site.programme.models import Call, Decision, Dossier
from terril.site.programme.queries.public import published_regimes


@dataclass(frozen=True)
class Maturing:
    """What is public of a project to be matured: never its text, nor its holder."""

    number: str
    name: str
    theme: str
    commune: str
    commune_code: str
    call: Call
    act_reference: str
    published_at: datetime
    reservation_count: int
    lifted_count: int
    is_example: bool

    @property
    def url(self) -> str:
        return f"{reverse('maturing')}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"n{self.number}"


def is_maturing_public() -> bool:
    """Tell whether the rules of some edition make public what has to mature."""
    return bool(_listed())


def projects_maturing() -> list[Maturing]:
    """Return the projects to be matured that everybody may know of, the latest first."""
    wanted = Q(pk__in=[])
    for regime, outcomes in _listed().items():
        wanted |= Q(dossier__call__regime=regime, outcome__in=outcomes)
    decided = Decision.objects.filter(wanted, published_at__isnull=False)
    decided = decided.filter(dossier__status=Dossier.Status.DECIDED)
    counted = decided.annotate(
        reservation_count=Count("reservations"),
        lifted_count=Count(
            "reservations", filter=Q(reservations__lifted_at__isnull=False)
        ),
    )
    found = counted.select_related("dossier__call", "dossier__commune")
    return [_maturing(one) for one in found.order_by("-published_at", "-pk")]


def _listed() -> dict[int, list[str]]:
    found = {
        one.pk: [
            outcome.key
            for outcome in regimes.read(one.text).outcomes
            if outcome.is_listed
        ]
        for one in published_regimes()
    }
    return {regime: outcomes for regime, outcomes in found.items() if outcomes}


def _maturing(decision: Decision) -> Maturing:
    dossier = decision.dossier
    return Maturing(
        number=dossier.receipt or dossier.code,
        name=str(dossier),
        theme=dossier.theme,
        commune=dossier.commune.name if dossier.commune else "",
        commune_code=dossier.commune.code if dossier.commune else "",
        call=dossier.call,
        act_reference=decision.act_reference,
        published_at=decision.published_at,  # type: ignore[arg-type]
        reservation_count=decision.reservation_count,  # type: ignore[attr-defined]
        lifted_count=decision.lifted_count,  # type: ignore[attr-defined]
        is_example=dossier.is_example,
    )
