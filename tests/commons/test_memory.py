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
    token = memory.current.set("one-stamp")

    first = memory.remembered("figure", lambda: [1])
    second = memory.remembered("figure", lambda: [2])
    memory.current.reset(token)

    assert (first, second) == ([1], [1])


def test_remembered_forgets_when_the_stamp_changes():
    token = memory.current.set("before")
    before = memory.remembered("number", lambda: 1)
    memory.current.set("after")

    after = memory.remembered("number", lambda: 2)
    memory.current.reset(token)

    assert (before, after) == (1, 2)


def test_remembered_keeps_languages_apart():
    token = memory.current.set("two-languages")
    with translation.override("fr"):
        french = memory.remembered("word", lambda: "dossier")

    with translation.override("en"):
        english = memory.remembered("word", lambda: "file")
    memory.current.reset(token)

    assert (french, english) == ("dossier", "file")


def test_remembered_keeps_what_is_nothing():
    token = memory.current.set("nothing")
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
    token = memory.current.set("fragment")

    drawn = [_drawn(1), _drawn(2)]
    memory.current.reset(token)

    assert drawn == ["1", "1"]


def test_remembered_fragment_is_drawn_each_time_outside_of_a_page():
    assert [_drawn(1), _drawn(2)] == ["1", "2"]


def test_remembered_fragment_needs_a_key():
    with pytest.raises(TemplateSyntaxError, match="needs a key"):
        Template("{% load memory %}{% remembered %}{% endremembered %}")
