"""Selections against every other set, and what they say of quotas."""

import json
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

from terril.choice.instances import BadInstance
from terril.choice.selection import (
    Candidate,
    Count,
    Instance,
    counting,
    instance_of,
    programme,
    select,
    words,
)
from tests.choice.strategies import selections


def sets_of(instance, without=None):
    """Yield the score of every set that keeps every rule but one."""
    for chosen in combinations(instance.candidates, instance.size):
        held = {
            quota.name: sum(
                one.categories.get(quota.dimension) == quota.value for one in chosen
            )
            for quota in instance.quotas
        }
        keeps = all(
            quota.lower <= held[quota.name] <= (quota.upper or held[quota.name])
            if quota.upper != 0
            else held[quota.name] == 0
            for quota in instance.quotas
            if quota.name != without
        )
        is_cheap = (
            instance.budget is None
            or without == "budget"
            or sum(one.cost for one in chosen) <= instance.budget
        )
        if keeps and is_cheap:
            yield sum(one.score for one in chosen)


@settings(max_examples=100, deadline=None)
@given(selections())
def test_select_is_the_best_of_all_sets(instance):
    found = select(instance)

    scores = list(sets_of(instance))
    assert bool(found.conflict) == (not scores)
    if scores:
        assert found.score == max(scores)
        assert found.count == Count(scores.count(max(scores)), is_exact=True)
        for price in found.prices:
            best = max(sets_of(instance, without=price.rule))
            assert price.score_without == best
            assert price.price == best - found.score


@settings(max_examples=100, deadline=None)
@given(selections())
def test_select_names_rules_none_of_which_is_superfluous(instance):
    found = select(instance)

    for name in found.conflict:
        others = [one for one in found.conflict if one != name]
        kept = Instance(
            instance.candidates,
            instance.size if "k" in others else 0,
            tuple(one for one in instance.quotas if one.name in others),
            instance.budget if "budget" in others else None,
        )
        if "k" in others:
            assert select(kept).conflict == ()


def example(**more):
    """Return an instance of JSON: four candidates of two territories."""
    marks = {"a": 9, "b": 8, "c": 7, "d": 1}
    return {
        "candidates": [
            {
                "id": name,
                "score": score,
                "cost": 10,
                "categories": {"territory": "Arras" if name < "d" else "Lens"},
            }
            for name, score in marks.items()
        ],
        "k": 2,
        **more,
    }


def test_select_prices_a_quota():
    quota = {"dimension": "territory", "value": "Lens", "min": 1}

    found = select(instance_of(example(quotas=[quota])))

    assert found.chosen == (0, 3)
    assert [vars(price) for price in found.prices] == [
        {"rule": "territory=Lens", "score_without": 17.0, "price": 7.0}
    ]


def test_select_counts_sets_that_are_as_good_by_other_ways():
    marks = [(10.0, 2.0), (5.0, 1.0), (5.0, 1.0), (4.0, 0.0), (0.0, 0.0)]
    candidates = tuple(Candidate(place, *one, {}) for place, one in enumerate(marks))

    found = select(Instance(candidates, 3, budget=2.0))

    assert found.score == 14
    assert found.count == Count(2, is_exact=True)


def test_select_counts_at_least_when_states_are_too_many(monkeypatch):
    monkeypatch.setattr(counting, "STATES", 1)
    candidates = tuple(Candidate(place, 1.0, 0.0, {}) for place in range(6))

    found = select(Instance(candidates, 3))

    assert found.count == Count(20, is_exact=False)


def test_select_refuses_to_answer_without_a_proof(monkeypatch):
    monkeypatch.setattr(programme, "NODES", 0)
    draw = np.random.default_rng(0)
    weights = draw.integers(100, 200, 60).astype(float)
    candidates = tuple(
        Candidate(place, one + 5.5, one, {}) for place, one in enumerate(weights)
    )

    with pytest.raises(programme.Unsolved, match="No proof"):
        select(Instance(candidates, 30, budget=4444.5))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"k": -1}, "The instance: `k` must be a whole number, 0 or more."),
        ({"k": None}, "The instance: `k` must be a whole number, 0 or more."),
        ({"budget": "x"}, "The instance: `budget` must be a finite number."),
        ({"budget": True}, "The instance: `budget` must be a finite number."),
        ({"quota": []}, "The instance: `quota` unknown; the keys are budget"),
        ({"quotas": {}}, "`quotas`: a list is expected."),
        ({"quotas": [1]}, "`quotas`, item 1: an object is expected."),
        ({"quotas": [{"value": "x"}]}, "`quotas`, item 1: `dimension` must be a text."),
        (
            {"quotas": [{"dimension": "x", "value": "y"}]},
            "`quotas`, item 1: a `min`, a `max` or both are expected.",
        ),
        (
            {"quotas": [{"dimension": "x", "value": "y", "min": 2, "max": 1}]},
            "Quota x=y: `min` 2 is above `max` 1.",
        ),
        (
            {"quotas": [{"dimension": "x", "value": "y", "max": 1}] * 2},
            "Two quotas have the id 'x=y'.",
        ),
        (
            {"candidates": [{"id": "a", "score": 1, "categories": {"x": 1}}]},
            "`candidates`, item 1: `categories` must give a text to each dimension.",
        ),
        (
            {"candidates": [{"id": "a", "score": 1, "cost": -1}]},
            "`candidates`, item 1: `cost` is negative.",
        ),
    ],
)
def test_select_names_what_is_wrong_with_an_instance(change, sentence):
    with pytest.raises(BadInstance) as refusal:
        instance_of(example(**change))

    assert str(refusal.value).startswith(sentence)


def test_select_answers_in_json_and_in_lines(tmp_path, capsys):
    path = tmp_path / "instance.json"
    path.write_text(json.dumps(example(budget=20)))

    codes = [words.main([str(path), "--json"]), words.main([str(path)])]

    answer, *lines = capsys.readouterr().out.splitlines()
    assert codes == [0, 0]
    assert json.loads(answer) == {
        "selected": ["a", "b"],
        "score": 17.0,
        "cost": 20.0,
        "prices": [{"rule": "budget", "score_without": 17.0, "price": 0.0}],
        "others_as_good": 0,
        "is_exact_count": True,
        "infeasible": [],
    }
    assert lines == [
        "a, b",
        "score 17.000000, cost 20.00",
        "budget costs 0.000000",
        "0 other sets are as good",
    ]


def test_select_names_quotas_that_cannot_be_kept(tmp_path, capsys):
    path = tmp_path / "instance.json"
    quota = {"dimension": "territory", "value": "Lens", "min": 2}
    path.write_text(json.dumps(example(quotas=[quota])))

    code = words.main([str(path)])

    told = capsys.readouterr().out
    assert code == 0
    assert told == "No 2 candidates keep these rules together: territory=Lens.\n"


def test_select_leaves_with_2_when_the_instance_means_nothing(tmp_path, capsys):
    code = words.main([str(tmp_path / "absent.json")])

    assert code == 2
    assert "absent.json cannot be read" in capsys.readouterr().err
