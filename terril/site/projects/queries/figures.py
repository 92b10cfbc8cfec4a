"""Figures of the register, each with its proof."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _, ngettext

from terril.site.commons.memory import remembered
from terril.site.commons.templatetags.format import number
from terril.site.programme.models import Call
from terril.site.programme.queries.public import editions
from terril.site.projects.models import Project

Distinction = Project.Distinction


@dataclass(frozen=True)
class Proof:
    """What holds a public figure up: nobody has to trust a number."""

    sentence: str
    value: str
    edition: str
    sources: list[str]
    formula: str
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Coverage:
    """How many labels this register knows, among those that were announced."""

    known: int
    espoirs: int
    # The last total that a source printed, and the edition it speaks of.
    announced: int | None
    announced_call: Call | None
    # Laureates of the editions after that one, as sources count them.
    later: int
    later_calls: list[Call]
    # Labels of editions that no source counts: decided here.
    decided: int
    silent_calls: list[Call]

    @property
    def total(self) -> int | None:
        if self.announced is None:
            return None
        return self.announced + self.later + self.decided

    @property
    def sentence(self) -> str:
        return f"{self._known_words()}{self._total_words()}{self._espoirs_words()}"

    def _known_words(self) -> str:
        text = ngettext("%(n)s label known here", "%(n)s labels known here", self.known)
        return text % {"n": number(self.known)}

    def _total_words(self) -> str:
        if self.total is None:
            return ""
        parts = [_("%(n)s announced") % {"n": number(self.announced)}]
        parts += [number(n) for n in (self.later, self.decided) if n]
        sum_of = " + ".join(parts)
        return _(", of %(total)s (%(sum)s)") % {
            "total": number(self.total),
            "sum": sum_of,
        }

    def _espoirs_words(self) -> str:
        if not self.espoirs:
            return ""
        text = ngettext(
            "; %(n)s Label Espoirs apart", "; %(n)s Labels Espoirs apart", self.espoirs
        )
        return text % {"n": number(self.espoirs)}

    @property
    def proof(self) -> Proof:
        return Proof(
            sentence=self.sentence,
            value=f"{number(self.known)} / {number(self.total)}",
            edition=str(self.announced_call or ""),
            sources=self._sources(),
            formula=self._formula(),
            doubts=self._doubts(),
        )

    def _sources(self) -> list[str]:
        calls = [self.announced_call] if self.announced_call else []
        found = [url for call in [*calls, *self.later_calls] for url in call.sources]
        return list(dict.fromkeys(found))

    def _formula(self) -> str:
        if self.announced_call is None:
            return _("labels of this register, examples left out")
        terms = [
            _("%(n)s, total printed for %(edition)s")
            % {"n": number(self.announced), "edition": self.announced_call}
        ]
        terms += [
            _("%(n)s, laureates of %(edition)s")
            % {"n": number(call.stated_laureates), "edition": call}
            for call in self.later_calls
        ]
        if self.decided:
            terms.append(_("%(n)s decided here since") % {"n": number(self.decided)})
        return " + ".join(terms)

    def _doubts(self) -> list[str]:
        doubts = []
        if self.announced is not None:
            doubts.append(
                _("The total is as a source printed it; no list found confirms it.")
            )
        if self.espoirs:
            doubts.append(
                _("The Label Espoirs is counted apart: no source defines it.")
            )
        doubts += [
            _("No source gives the laureates of %(edition)s: the total may be larger.")
            % {"edition": call}
            for call in self.silent_calls
        ]
        return doubts


def coverage(at: date) -> Coverage:
    """Return how many labels are known among those announced, examples left out."""
    return remembered("projects.coverage", lambda: _coverage(at))


def _coverage(at: date) -> Coverage:
    known = _known()
    calls = _real_calls()
    latest = next((call for call in calls if call.stated_cumulated is not None), None)
    after = [call for call in calls if latest and call.rank > latest.rank]
    later = [call for call in after if call.stated_laureates is not None]
    mute = [call for call in after if call.stated_laureates is None]
    here = Project.objects.real().filter(distinction=Distinction.LABEL, call__in=mute)
    decided = {row["call"] for row in here.values("call")}
    return Coverage(
        known=known[Distinction.LABEL],
        espoirs=known[Distinction.ESPOIRS],
        announced=latest.stated_cumulated if latest else None,
        announced_call=latest,
        later=sum(call.stated_laureates or 0 for call in later),
        later_calls=later,
        decided=here.count(),
        silent_calls=[
            call for call in mute if call.pk not in decided and _is_over(call, at)
        ],
    )


def _known() -> dict[str, int]:
    counted = Project.objects.real().aggregate(
        **{key: Count("pk", filter=Q(distinction=key)) for key in Distinction.values}
    )
    return dict(counted)


def _real_calls() -> list[Call]:
    return list(Call.objects.filter(is_example=False).order_by("-rank"))


def _is_over(call: Call, at: date) -> bool:
    return call.closes_at is None or call.closes_at.date() < at


@dataclass(frozen=True)
class EditionLine:
    """An edition of the label, and how many of its labels are known here."""

    call: Call
    known: int


def edition_lines() -> list[EditionLine]:
    """Return the editions that may be shown, examples left out."""
    is_label = Q(projects__distinction=Distinction.LABEL, projects__is_example=False)
    found = editions().filter(is_example=False)
    counted = found.annotate(known=Count("projects", filter=is_label))
    return [EditionLine(call, call.known) for call in counted]


def counts() -> dict[str, int]:
    """Return how many projects the register holds, and how many are examples."""
    return Project.objects.aggregate(
        projects=Count("pk", filter=Q(is_example=False)),
        examples=Count("pk", filter=Q(is_example=True)),
    )
