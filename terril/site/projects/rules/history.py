"""The words of a public history, written in both languages at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from terril.site.commons.text import fold
from terril.site.programme.models import Decision
from terril.site.programme.regimes import Text
from terril.site.projects.models import Project


@dataclass(frozen=True)
class Told:
    """One event, ready to be written in the public history."""

    on: date
    sentence: str
    sentence_en: str


def labelled(body: Text, decision: Decision) -> Told:
    """Say that the label was awarded, by whom when it is known, and by which act."""
    act = decision.act_reference
    act_fr, act_en = (f" (acte\u00a0: {act})", f" (act: {act})") if act else ("", "")
    by_fr = f" par l’instance « {body.fr} »" if body else ""
    by_en = f" by the body “{body.en or body.fr}”" if body else ""
    return Told(
        decision.decided_on,
        f"Le label est décerné{by_fr}{act_fr}.",
        f"The label is awarded{by_en}{act_en}.",
    )


def withdrawn(on: date, act: str) -> Told:
    return Told(
        on,
        f"Le label est retiré (acte\u00a0: {act}).",
        f"The label is withdrawn (act: {act}).",
    )


def ended(on: date, act: str) -> Told:
    """Say that the label has ended; an act is not always needed."""
    reference_fr, reference_en = (
        (f" (acte\u00a0: {act})", f" (act: {act})") if act else ("", "")
    )
    return Told(
        on, f"Le label prend fin{reference_fr}.", f"The label ends{reference_en}."
    )


def search_text(project: Project, place_names: Iterable[str]) -> str:
    """Return what search reads: the folded name, then all the rest."""
    holder = project.holder.name if project.holder else ""
    theme = str(project.get_theme_display()) if project.theme else ""
    rest = [project.number, *place_names, holder, theme, project.theme]
    text = " ".join([*rest, project.summary, project.summary_en])
    return f"{fold(project.name)}\n{fold(text)}"
