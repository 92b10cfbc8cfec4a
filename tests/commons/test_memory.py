import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from terril.site.commons import memory


def test_remembered_computes_each_time_outside_of_a_page():
    computed = []

    memory.remembered("figure", lambda: computed.append(1))
    memory.remembered("figure", lambda: computed.append(1))

    assert computed == [1, 1]


def test_remembered_computes_once_under_one_stamp():
    token = memory.current.set(memory.shelf("one-stamp"))

    first = memory.remembered("figure", lambda: [1])
    second = memory.remembered("figure", lambda: [2])
    memory.current.reset(token)

    assert (first, second) == ([1], [1])


def test_remembered_forgets_when_the_stamp_changes():
    token = memory.current.set(memory.shelf("before"))
    before = memory.remembered("number", lambda: 1)
    memory.current.set(memory.shelf("after"))

    after = memory.remembered("number", lambda: 2)
    memory.current.reset(token)

    assert (before, after) == (1, 2)


def test_remembered_keeps_languages_apart():
    token = memory.current.set(memory.shelf("two-languages"))
    with translation.override("fr"):
        french = memory.remembered("word", lambda: "dossier")

    with translation.override("en"):
        english = memory.remembered("word", lambda: "file")
    memory.current.reset(token)

    assert (french, english) == ("dossier", "file")


def test_remembered_keeps_what_is_nothing():
    token = memory.current.set(memory.shelf("nothing"))
    computed = []

    memory.remembered("none", lambda: computed.append(1))
    memory.remembered("none", lambda: computed.append(1))
    memory.current.reset(token)

    assert computed == [1]


def _drawn(number):
    template = Template(
        '{% load memory %}{% remembered "part" %}{{ number }}{% endremembered %}'
    )
    return template.render(Context({"number": number}))


def test_remembered_fragment_is_drawn_once_under_one_stamp():
    token = memory.current.set(memory.shelf("fragment"))

    drawn = [_drawn(1), _drawn(2)]
    memory.current.reset(token)

    assert drawn == ["1", "1"]


def test_remembered_fragment_is_drawn_each_time_outside_of_a_page():
    assert [_drawn(1), _drawn(2)] == ["1", "2"]


def test_remembered_fragment_needs_a_key():
    with pytest.raises(TemplateSyntaxError, match="needs a key"):
        Template("{% load memory %}{% remembered %}{% endremembered %}")


def a_shelf(room):
    """Return a shelf with room for so much, entries of one-letter keys beside."""
    return memory.Shelf("narrow", room=room + 2 * (memory.ENTRY + 1))


def test_a_shelf_lets_go_of_what_is_asked_for_least():
    shelf = a_shelf(room=10)
    for key in ("a", "b"):
        shelf.put(key, key, weight=5)
    shelf.get("a")

    shelf.put("c", "c", weight=5)

    assert [shelf.get(key) for key in "abc"] == [("a",), None, ("c",)]
    assert shelf.weight == shelf.room


def test_a_shelf_weighs_once_what_is_put_twice():
    shelf = a_shelf(room=10)

    shelf.put("a", 1, weight=8)
    shelf.put("a", 2, weight=6)

    assert (shelf.get("a"), shelf.weight) == ((2,), 6 + memory.ENTRY + 1)


def test_a_shelf_keeps_nothing_that_is_larger_than_it():
    shelf = a_shelf(room=10)

    shelf.put("a", "huge", weight=shelf.room)

    assert (shelf.get("a"), shelf.weight) == (None, 0)


def test_a_long_key_takes_its_own_room():
    shelf = a_shelf(room=0)

    shelf.put("k" * shelf.room, None, weight=0)

    assert shelf.weight == 0


def test_a_new_stamp_has_a_shelf_of_its_own_and_the_old_one_still_serves():
    old = memory.shelf("monday")
    old.put("day", "monday", weight=6)

    new = memory.shelf("tuesday")

    assert memory.shelf("tuesday") is new
    assert (old.get("day"), new.get("day")) == (("monday",), None)
    assert memory.shelf("monday") is not old


@pytest.mark.parametrize(
    ("thing", "weight"),
    [
        ("four", 4),
        (b"three", 5),
        (None, 0),
        ([1, 2], 2 * memory.ROW),
        (7, memory.WHOLE),
    ],
)
def test_texts_weigh_what_they_are_lists_by_their_rows(thing, weight):
    assert memory.weigh(thing) == weight


def test_what_things_hold_weighs_too():
    held = type("Held", (), {})()
    held.text = "x" * 500

    heavy = "x" * 5_000
    assert memory.weigh([heavy]) == memory.ROW + 5_000
    assert memory.weigh({"a": heavy}) == 2 * memory.ROW + 5_001
    assert memory.weigh([[heavy, heavy]]) == memory.ROW + 10_000
    assert memory.weigh(held) == memory.WHOLE + 500
