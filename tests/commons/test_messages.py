"""`terril messages`: sentences gathered, translations kept."""

import io
import json

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.core.management import call_command

from terril.site.commons.management.commands import messages
from terril.site.commons.management.commands.messages import Sentence

TEMPLATE = """
<p title="{% translate "Open" context "verb" %}">{% translate "It's here" %}</p>
  {% blocktranslate count n=items|length %}One item{% plural %}{{ n }} items{% endblocktranslate %}
{% blocktranslate trimmed %}
    Two
    lines
{% endblocktranslate %}
{% include "x.html" with title=_("Title") only %} it's {{ x|default:_('none') }}
"""
SOURCE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
A = _("A long "
      "sentence")
B = ngettext("%(n)s day", "%(n)s days", 2)
C = pgettext("verb", "Open")
D = other("not a sentence")
"""


@pytest.fixture
def root(tmp_path, settings):
    """Return a small package with its templates and no catalogue yet."""
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "0001.py").write_text('_("history")')
    (tmp_path / "rules.py").write_text(SOURCE)
    (tmp_path / "site" / "templates" / "people").mkdir(parents=True)
    (tmp_path / "site" / "templates" / "people" / "page.html").write_text(TEMPLATE)
    settings.PACKAGE = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return tmp_path


def french(root):
    path = root / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    known = read_po(io.BytesIO(path.read_bytes()))
    return {one.id: one.string for one in known if one.id and one.string}


def test_sentences_of_sources_and_templates_are_gathered(root):
    found = messages.sentences(root)

    assert found == [
        Sentence("%(n)s day", "%(n)s days"),
        Sentence("A long sentence"),
        Sentence("It's here"),
        Sentence("One item", "%(n)s items"),
        Sentence("Open", context="verb"),
        Sentence("Title"),
        Sentence("Two lines"),
        Sentence("none"),
    ]


def test_the_catalogue_takes_what_is_merged_and_keeps_what_was_known(root, capsys):
    first, second = root / "first.json", root / "second.json"
    first.write_text(json.dumps({"Title": "Titre", "verb\u0004Open": "Ouvrir"}))
    second.write_text(json.dumps({"One item": ["Un objet", "%(n)s objets"]}))

    call_command("messages", "--merge", first)
    call_command("messages", "--merge", second)

    known = french(root)
    assert known["Title"] == "Titre"
    assert known["Open"] == "Ouvrir"
    assert known["One item", "%(n)s items"] == ("Un objet", "%(n)s objets")
    assert "8 sentences, 5 without French." in capsys.readouterr().out


def test_a_sentence_no_longer_said_leaves_the_catalogue(root):
    call_command("messages", "--merge", write(root, {"Title": "Titre"}))

    (root / "site" / "templates" / "people" / "page.html").write_text("")
    call_command("messages")

    assert "Title" not in french(root)


def test_english_says_what_the_sources_say(root):
    call_command("messages")

    with (root / "locale" / "en" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        english = read_mo(file)
    assert english.get("Title").string == "Title"
    assert english.get("One item").string == ["One item", "%(n)s items"]


def test_check_refuses_a_catalogue_that_is_late_or_incomplete(root, capsys):
    with pytest.raises(SystemExit):
        call_command("messages", "--check")

    assert "No French for: Title" in capsys.readouterr().err
    assert not (root / "locale").exists()


def test_check_accepts_a_catalogue_in_step(root):
    whole = {one.key: one.msgid for one in messages.sentences(root)}
    call_command("messages", "--merge", write(root, whole))

    call_command("messages", "--check")

    again = (root / "locale" / "fr" / "LC_MESSAGES" / "django.mo").read_bytes()
    call_command("messages")
    assert (root / "locale/fr/LC_MESSAGES/django.mo").read_bytes() == again


def write(root, texts):
    path = root / "french.json"
    path.write_text(json.dumps(texts))
    return path
