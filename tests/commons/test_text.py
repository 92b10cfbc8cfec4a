"""Folding for search, short codes."""

import re

import pytest

from terril.site.commons.text import ALPHABET, code, fold, one_line


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Béthune", "bethune"),
        ("Hénin-Beaumont", "henin beaumont"),
        ("L’Écopôle", "l ecopole"),
        ("  Cœur   de ville ", "coeur de ville"),
        ("STRASSE ß", "strasse ss"),
        ("Æther", "aether"),
        ("Fosse 9-9bis", "fosse 9 9bis"),
        ("…", ""),
    ],
)
def test_fold_keeps_plain_letters_and_figures(text, folded):
    assert fold(text) == folded


def test_fold_twice_changes_nothing():
    once = fold("Noyelles-sous-Lens, l’été")

    assert fold(once) == once


def test_code_uses_no_letter_taken_for_another():
    codes = [code() for _ in range(200)]

    assert all(re.fullmatch(f"[{ALPHABET}]{{6}}", one) for one in codes)
    assert not set("01OI") & set(ALPHABET)


def test_code_is_as_long_as_asked_and_never_twice_the_same():
    codes = [code(12) for _ in range(200)]

    assert {len(one) for one in codes} == {12}
    assert len(set(codes)) == 200


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" Un titre ", "Un titre"),
        ("Un titre\r\n\r\nPayez ici", "Un titre Payez ici"),
        ("\x07\u2029\u202e", ""),
        ("10\u00a0000\u202f€  d’été 👩‍🌾", "10\u00a0000\u202f€  d’été 👩‍🌾"),
    ],
)
def test_one_line_keeps_words_and_their_spaces(text, line):
    assert one_line(text) == line
