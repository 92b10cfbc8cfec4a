"""One question after another: first what can be covered, then how well it fits.

Each question is a flow of least cost; its face, all flows as good, is where the next
is asked, so that no weight has to be chosen between them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from terril.choice.assignment.flow import (
    LARGEST,
    Face,
    Solved,
    Unsolved,
    cheapest,
    settled,
)
from terril.choice.assignment.instance import Bools, Ints
from terril.choice.assignment.network import Kind, Network, arcs
from terril.choice.assignment.pricing import (
    Market,
    Scale,
    called_for,
    first_pairs,
    scale_of,
    tied,
    worth_left_out,
)
from terril.choice.assignment.problem import Problem

WIDTH = 16  # pairs a dossier begins with; as many are let in at a time
BITS, FEWEST = 36, 16  # of the whole cost of a pair: at first, and at last
TIES = 200_000  # pairs of no cost among which equals are drawn
LACKING = (Kind.READING, Kind.NEED, Kind.MINIMUM)


@dataclass(frozen=True)
class Draft:
    """A face, with its pairs: the last arcs, from `rows` (pairs,) to `columns`."""

    face: Face
    rows: Ints
    columns: Ints

    @property
    def before(self) -> int:
        """Count the arcs that are no pairs."""
        return len(self.face.sure) - len(self.rows)

    def with_pairs(self, network: Network, rows: Ints, columns: Ints) -> "Draft":
        """Return the same draft with more pairs."""
        tail, head = network.tails(rows, columns), columns + network.sides[0]
        return Draft(
            self.face.with_arcs(arcs(tail, head, 1, Kind.PAIR)),
            np.concatenate([self.rows, rows]),
            np.concatenate([self.columns, columns]),
        )

    def listed(self, sides: tuple[int, int]) -> Bools:
        """Say which pairs have an arc, as (n, m)."""
        listed = np.zeros(sides, dtype=np.bool_)
        listed[self.rows, self.columns] = True
        return listed

    def chosen(self, flow: Ints) -> Ints:
        """Return the pairs of a flow and those already decided, as (·, 2)."""
        taken = (self.face.sure + flow)[self.before :] > 0
        return np.stack([self.rows[taken], self.columns[taken]], axis=1)


@dataclass(frozen=True)
class Question:
    """What is to be least: a cost by kind of arc; `is_even` lets it grow by steps."""

    by_kind: Mapping[Kind, int]
    is_even: bool = False

    def costs(self, draft: Draft, market: Market) -> Ints:
        """Return what each arc costs (arcs,): by its kind, and a pair by its fit."""
        table = np.zeros(len(Kind), dtype=np.int64)
        for kind, cost in self.by_kind.items():
            table[kind] = cost
        found = table[draft.face.arcs.kind]
        if self.is_even:
            found *= 2 * draft.face.arcs.step - 1
        if market.scale is not None:
            fit = market.problem.fit[draft.rows, draft.columns]
            found[draft.before :] = market.scale.costs(fit)
        return found


# What is missing, in the order in which it must be least.
COVERAGE = (
    Question({Kind.READING: 1}),
    Question({Kind.READING: 1}, is_even=True),
    Question({Kind.NEED: 1}),
    Question({Kind.MINIMUM: 1}),
)


@dataclass(frozen=True)
class Answer:
    """A question answered over all pairs."""

    draft: Draft
    solved: Solved
    market: Market

    @property
    def lacking(self) -> int:
        """Count what is missing, whatever it is."""
        face = self.draft.face
        is_lack = np.isin(face.arcs.kind, LACKING)
        return int((face.sure + self.solved.flow)[is_lack].sum())


@dataclass(frozen=True)
class Fitted:
    """The best coverage, and with it the best fit: a draft of all equals, and one.

    `bound` is proven by `price` (nodes,), in `unit` a point: no assignment that
    covers as much has a better fit, begun readings not counted.
    """

    draft: Draft
    flow: Ints
    lacking: int
    bound: float
    price: Ints
    unit: float


def fitted(problem: Problem, network: Network, draw: np.random.Generator) -> Fitted:
    """Cover what can be covered, then find the best fit, over all pairs.

    What is missing is least in this order: readings (the fewest, then spread as
    evenly over dossiers as can be), disciplines, minimums of readers.
    """
    bits = BITS
    while True:
        try:
            return _fitted(problem, network, draw, bits)
        except Unsolved:
            # A large network leaves fewer bits to costs; the bound tells what is lost.
            bits -= 4
            if bits < FEWEST:
                raise


def _fitted(
    problem: Problem, network: Network, draw: np.random.Generator, bits: int
) -> Fitted:
    none = np.empty(0, dtype=np.int64)
    face = Face(network.supply, network.arcs, np.zeros_like(network.arcs.tail))
    draft = Draft(face, none, none).with_pairs(network, *first_pairs(problem, WIDTH))
    scale = scale_of(problem.fit, bits)
    market = Market(problem, network, scale)
    dear = Question(dict.fromkeys(LACKING, _dear(network, market)))
    answer = answered(dear, draft, market)
    if answer.lacking:
        draft, market = covered(answer.draft, replace(market, scale=None))
        answer = answered(Question({}), draft, replace(market, scale=scale))
    return _with_equals(answer, scale, draw)


def _dear(network: Network, market: Market) -> int:
    """Return a cost that nothing missing should be worth; it need not be enough.

    When nothing is missing at this cost, the flow is the best whatever the cost is;
    when something is, coverage is asked for itself.
    """
    fit = market.problem.fit
    spread = float(fit.max(initial=0) - fit.min(initial=0)) + float(
        np.abs(fit).max(initial=0)
    )
    unit = market.scale.unit if market.scale else 1.0
    wanted = int(spread * unit + 1) * (2 * min(network.sides) + 3)
    return min(wanted, LARGEST // (len(network.supply) + 1))


def covered(draft: Draft, market: Market) -> tuple[Draft, Market]:
    """Lack as little as can be, question after question."""
    for question in COVERAGE:
        answer = answered(question, draft, market)
        face = settled(answer.draft.face, answer.solved, is_whole=False)
        draft = replace(answer.draft, face=face)
        market = replace(market, earlier=(*market.earlier, answer.solved.price))
    return draft, market


def answered(question: Question, draft: Draft, market: Market) -> Answer:
    """Find the flow of least cost over all pairs, letting in those it calls for."""
    price = None
    while True:
        solved = cheapest(draft.face, question.costs(draft, market), price)
        listed = draft.listed(market.network.sides)
        rows, columns = called_for(market, solved.price, listed, WIDTH)
        if not len(rows):
            return Answer(draft, solved, market)
        draft, price = draft.with_pairs(market.network, rows, columns), solved.price


def _with_equals(answer: Answer, scale: Scale, draw: np.random.Generator) -> Fitted:
    """Prove the fit, then gather all pairs of no cost and what may still move."""
    draft, solved, market = answer.draft, answer.solved, answer.market
    listed = draft.listed(market.network.sides)
    bound = _bound(answer, scale) + worth_left_out(market, solved.price, listed, scale)
    rows, columns = tied(market, solved.price, listed, draw, TIES)
    draft, solved = (
        draft.with_pairs(market.network, rows, columns),
        solved.with_idle(len(rows)),
    )
    before = draft.face
    if not answer.lacking:
        is_lack = np.isin(before.arcs.kind, LACKING)
        room = np.where(is_lack, 0, before.arcs.room)
        before = replace(before, arcs=before.arcs._replace(room=room))
    face = settled(before, solved, is_whole=True)
    flow = before.sure + solved.flow - face.sure
    return Fitted(
        draft=replace(draft, face=face),
        flow=flow,
        lacking=answer.lacking,
        bound=bound,
        price=solved.price,
        unit=scale.unit,
    )


def _bound(answer: Answer, scale: Scale) -> float:
    """Return what prices prove of the fit, for what has an arc or is decided."""
    draft, price = answer.draft, answer.solved.price
    face, before = draft.face, draft.before
    fit = answer.market.problem.fit[draft.rows, draft.columns]
    over = -answer.solved.reduced / scale.unit
    gap = price[face.arcs.tail[before:]] - price[face.arcs.head[before:]]
    over[before:] = fit - gap / scale.unit
    held = np.flatnonzero(face.supply)
    return float(
        (price[held] / scale.unit * face.supply[held]).sum()
        + (np.maximum(over, 0) * face.arcs.room).sum()
        + (fit * face.sure[before:]).sum()
    )
