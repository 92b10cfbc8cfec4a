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


def test_a_shelf_lets_go_of_what_is_asked_for_least():
    shelf = memory.Shelf("narrow", room=10)
    for key in ("first", "second"):
        shelf.put(key, key, weight=5)
    shelf.get("first")

    shelf.put("third", "third", weight=5)

    kept = [shelf.get(key) for key in ("first", "second", "third")]
    assert kept == [("first",), None, ("third",)]
    assert shelf.weight == 10


def test_a_shelf_weighs_once_what_is_put_twice():
    shelf = memory.Shelf("twice", room=10)

    shelf.put("thing", 1, weight=8)
    shelf.put("thing", 2, weight=6)

    assert (shelf.get("thing"), shelf.weight) == ((2,), 6)


def test_a_shelf_keeps_nothing_that_is_larger_than_it():
    shelf = memory.Shelf("small", room=10)

    shelf.put("huge", "huge", weight=11)

    assert (shelf.get("huge"), shelf.weight) == (None, 0)


def test_a_new_stamp_has_a_shelf_of_its_own_and_the_old_one_still_serves():
    old = memory.shelf("monday")
    old.put("day", "monday")

    new = memory.shelf("tuesday")

    assert memory.shelf("tuesday") is new
    assert (old.get("day"), new.get("day")) == (("monday",), None)
    assert memory.shelf("monday") is not old


@pytest.mark.parametrize(
    ("thing", "weight"),
    [("four", 4), (b"three", 5), (7, 2000), ([], 2000), ([1, 2], 4000)],
)
def test_texts_weigh_what_they_are_and_lists_by_their_rows(thing, weight):
    assert memory.weigh(thing) == weight
