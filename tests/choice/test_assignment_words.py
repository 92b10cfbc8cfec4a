"""The words of the command: what they read, refuse and answer."""

import json

import numpy as np
import pytest

from terril.choice.assignment import Instance, assign, instance_of, printed, words
from terril.choice.instances import BadInstance


def example(**more):
    """Return an instance of JSON: two dossiers, three readers."""
    return {
        "dossiers": [
            {"id": "D1", "demand": 2, "disciplines": ["law"]},
            {"id": "D2", "demand": 1},
        ],
        "readers": [
            {"id": "E1", "min": 1, "max": 2, "disciplines": ["law"]},
            {"id": "E2", "max": 2},
            {"id": "E3"},
        ],
        "fit": [[1, 2, 3], [3, 2, 1]],
        **more,
    }


def answer(**more):
    """Return the answer to the example, as JSON has it."""
    instance = instance_of(example(**more))
    return printed(instance, assign(instance))


def test_assign_answers_with_the_keys_of_its_contract():
    found = answer(seed=3)

    assert found == {
        "assignment": [["D1", "E1"], ["D1", "E3"], ["D2", "E1"]],
        "objective": 7.0,
        "bound": 7.0,
        "gap": 0.0,
        "min_dossier_fit": 3.0,
        "min_dossier_bound": 3.0,
        "loads": {"E1": 2, "E2": 0, "E3": 1},
        "fits": {"D1": 4.0, "D2": 3.0},
        "unmet": [],
        "linking": {"pieces": 1, "cost": 0.0, "one_piece": 0.0},
        "method": "flow",
        "seed": 3,
    }


def test_assign_writes_json_or_lines(tmp_path, capsys):
    path = tmp_path / "instance.json"
    path.write_text(json.dumps(example(conflicts=[["D2", "E1"], ["D1", "E1"]])))

    codes = [words.main([str(path), "--json"]), words.main([str(path), "--linked"])]

    told, *lines = capsys.readouterr().out.splitlines()
    assert codes == [0, 0]
    assert json.loads(told)["unmet"][0]["constraint"] == "conflict"
    assert lines[:2] == ["D1: E2, E3", "D2: E2"]
    assert lines[-2].startswith("unmet: D1 has no reader of law: all who have it are")


def test_assign_leaves_with_2_when_the_instance_means_nothing(tmp_path, capsys):
    path = tmp_path / "instance.json"
    path.write_text(json.dumps(example(fit=[[1, 2, 3]])))

    code = words.main([str(path)])

    assert code == 2
    assert capsys.readouterr().err == (
        "`fit` has 1 rows for 2 dossiers: one row a dossier.\n"
    )


@pytest.mark.parametrize(
    ("text", "sentence"), [("[1]", "must hold an object"), ("{", "is not JSON")]
)
def test_assign_reads_json_objects_only(tmp_path, capsys, text, sentence):
    path = tmp_path / "instance.json"
    path.write_text(text)

    code = words.main([str(path)])

    assert code == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weights": 1}, "The instance: `weights` unknown"),
        ({"dossiers": [{"id": "D1"}]}, "`dossiers`, item 1: `demand` must be a whole"),
        ({"dossiers": [{"id": ""}]}, "`dossiers`, item 1: `id` must be a text"),
        ({"dossiers": [{"id": True}]}, "`dossiers`, item 1: `id` must be a text"),
        (
            {"dossiers": [{"id": "D1", "demand": 1, "disciplines": "law"}]},
            "`dossiers`, item 1: `disciplines` must be a list of texts.",
        ),
        ({"dossiers": [{"id": "D1", "demand": 1}] * 2}, "Two dossiers have the id"),
        ({"readers": [{"id": "E1", "min": 3, "max": 2}] * 1}, "`fit` of dossier 'D1'"),
        ({"readers": [{"id": "E1"}] * 3}, "Two readers have the id 'E1'."),
        ({"fit": [[1, 2], [1, 2]]}, "`fit` of dossier 'D1': a list of 3 numbers"),
        ({"fit": [[1, 2, "3"]] * 2}, "`fit` must hold numbers only."),
        ({"fit": [[1, 2, None]] * 2}, "`fit` must hold numbers only."),
        ({"fit": [[1, 2, float("nan")]] * 2}, "`fit` of dossier 'D1' and reader 'E3'"),
        ({"conflicts": [["D1", "E9"]]}, "`conflicts`, item 1: 'E9' is the id of"),
        ({"conflicts": [["D1"]]}, "`conflicts`, item 1: a pair of ids is expected."),
        ({"conflicts": [["D1", ["E1"]]]}, "`conflicts`, item 1: ['E1'] is the id"),
        ({"conflicts": {}}, "`conflicts`: a list is expected."),
        ({"apart": [["E1", "E1"]]}, "`apart`: 'E1' cannot be kept apart from itself."),
        ({"seed": -1}, "The instance: `seed` must be a whole number, 0 or more."),
    ],
)
def test_assign_names_what_is_wrong_with_an_instance(change, sentence):
    with pytest.raises(BadInstance) as refusal:
        instance_of(example(**change))

    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize("key", ["dossiers", "readers", "fit"])
def test_assign_names_what_is_missing(key):
    given = example()
    del given[key]

    with pytest.raises(BadInstance, match=f"`{key}` is missing."):
        instance_of(given)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"fit": None}, "`fit` must have 2 rows"),
        ({"demand": -1}, "Dossier 'D1': `demand` is negative."),
        ({"lower": 4}, "Reader 'E1': `min` 4 and `max` 2"),
        ({"conflicts": [[0, 9]]}, "`conflicts` points at a dossier or a reader"),
        ({"conflicts": [0]}, "`conflicts` must be a list of pairs."),
    ],
)
def test_an_instance_is_checked_when_it_is_made(change, sentence):
    good = vars(instance_of(example()))
    first, *others = good["dossiers"]
    one, *more = good["readers"]
    made = {
        **good,
        "dossiers": (
            type(first)("D1", change.get("demand", 2), first.disciplines),
            *others,
        ),
        "readers": (type(one)("E1", change.get("lower", 1), 2), *more),
    }
    if "fit" in change:
        made["fit"] = np.zeros((1, 3))
    if "conflicts" in change:
        made["conflicts"] = np.array(change["conflicts"])

    with pytest.raises(BadInstance) as refusal:
        Instance(**made)

    assert str(refusal.value).startswith(sentence)


def test_assign_understands_that_there_is_nobody():
    found = assign(instance_of({"dossiers": [], "readers": [], "fit": []}))

    assert found.pairs.tolist() == []
    assert found.unmet == ()
    assert found.min_dossier_fit == 0
