"""French and English complete, nothing fuzzy, and in our voice."""

import io
import re

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.core.management import call_command

from tests.house.reading import SITE

PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|{\w*}")


def folder(language):
    return SITE / "locale" / language / "LC_MESSAGES"


def catalogue(language):
    """Return the sentences of a language, the header left aside."""
    text = (folder(language) / "django.po").read_bytes()
    return [one for one in read_po(io.BytesIO(text)) if one.id]


def words(text):
    """Return the forms of a sentence: one, or the singular and the plural."""
    return list(text) if isinstance(text, (list, tuple)) else [text]


def key(one):
    """Return what tells a sentence from all others."""
    context = one.context
    # Babel reads the context of a compiled sentence as bytes.
    return context.decode() if isinstance(context, bytes) else context, *words(one.id)


def test_catalogues_are_in_step_with_what_the_interface_says():
    call_command("messages", "--check")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_is_translated_and_none_is_fuzzy(language):
    lacking = [
        one.id for one in catalogue(language) if one.fuzzy or not all(words(one.string))
    ]

    assert lacking == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_compiled_catalogue_says_the_same(language):
    written = {key(one): words(one.string) for one in catalogue(language)}

    with (folder(language) / "django.mo").open("rb") as file:
        compiled = {key(one): words(one.string) for one in read_mo(file) if one.id}
    assert compiled == written


def test_french_keeps_what_is_put_into_its_sentences():
    different = [
        one.id
        for one in catalogue("fr")
        if set(PLACES.findall(" ".join(words(one.string))))
        != set(PLACES.findall(" ".join(words(one.id))))
    ]

    assert different == []


def test_the_voice_is_calm():
    loud = re.compile(r"!|succès|\bclique[zr]\b ici", re.IGNORECASE)

    found = [
        one.id for one in catalogue("fr") if loud.search(" ".join(words(one.string)))
    ]
    assert found == []
