"""The gallery of components, the colours of a territory, the frame, what is drawn."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from terril.site.commons.errors import Refused
from terril.site.website.forms import GalleryForm
from terril.site.website.navigation import Link, nearest
from terril.site.website.views.components import catalogue
from tests.factories.places import TerritoryFactory

TOKENS = re.compile(r"(--[\w-]+):")


def drawn(name, **given):
    """Draw a component in English."""
    with translation.override("en"):
        return render_to_string(f"_components/{name}.html", given)


@pytest.mark.django_db
def test_the_gallery_shows_every_component(client):
    TerritoryFactory()

    text = client.get(reverse("components")).content.decode()

    shown = re.findall(r'<article class="specimen" id="([\w-]+)"', text)
    assert shown == list(catalogue())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("colours", "rule"),
    [
        ({"accent": "#1c4f86"}, b":root{--territory-accent:#1c4f86}"),
        ({"accent": "red}body{display:none"}, b""),
        ({}, b""),
    ],
)
def test_a_theme_holds_a_colour_and_nothing_else(client, colours, rule):
    TerritoryFactory(colours=colours)

    response = client.get(reverse("theme"))

    assert (response.content, response["Content-Type"]) == (
        rule,
        "text/css; charset=utf-8",
    )


@pytest.mark.django_db
def test_a_site_without_a_territory_has_no_colour_of_its_own(client):
    assert client.get(reverse("theme")).content == b""


def test_nearest_is_the_longest_address_above_a_path():
    ways = [Link("Register", "/projets/"), Link("Map", "/projets/carte/")]

    assert nearest(ways, "/projets/carte/") == "/projets/carte/"
    assert nearest(ways, "/projets/jardin/") == "/projets/"
    assert nearest(ways, "/ailleurs/") == ""


def test_a_figure_carries_its_proof():
    text = drawn(
        "figure",
        id="proof",
        value="12",
        sentence="Twelve labels.",
        source="the register",
        formula="lines counted",
    )

    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()
    assert words == (
        "12 (proof) Twelve labels. Value 12 Source the register Formula lines counted"
    )
    assert 'popovertarget="proof"' in text


def test_a_field_is_tied_to_its_help_and_its_errors():
    with translation.override("en"):
        text = str(GalleryForm({"title": ""})["title"].as_field_group())

    described = re.search(r'aria-describedby="([^"]+)"', text)
    assert described[1].split() == ["id_title_helptext", "id_title_error"]
    assert 'id="id_title_helptext"' in text
    assert 'id="id_title_error"' in text
    assert 'aria-invalid="true"' in text
    assert "(required)" in text


def test_errors_are_listed_with_links_to_their_fields():
    text = drawn("error-summary", form=GalleryForm({"summary": "Short."}))

    assert re.findall(r'href="#([\w-]+)"', text) == ["id_title", "id_is_true"]
    assert "2 things to mend" in text


def test_a_refusal_says_what_happened_and_what_to_do():
    refusal = Refused("This call is closed.", next_step="Look at the calendar.")

    text = render_to_string("409.html#refusal", {"refusal": refusal})

    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()
    assert words == "This call is closed. Look at the calendar."


def test_both_dark_schemes_hold_the_same_colours(settings):
    css = (settings.SITE / "static/css/tokens.css").read_text(encoding="utf-8")

    system = re.search(
        r":root:not\(\[data-scheme=\"light\"\]\) {(.*?)}", css, re.DOTALL
    )
    chosen = re.search(r":root\[data-scheme=\"dark\"\] {(.*?)}", css, re.DOTALL)
    assert system[1].split() == chosen[1].split()


def test_every_custom_property_that_is_used_is_defined(settings):
    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted((settings.SITE / "static/css").glob("*.css"))
    ]
    text = "\n".join(texts)

    used = set(re.findall(r"var\((--[\w-]+)\)", text))
    assert sorted(used - set(TOKENS.findall(text))) == []


def luminance(colour):
    """Return the relative luminance of a colour, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return how much two colours stand apart, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_stand_apart_enough(settings, scheme):
    css = (settings.SITE / "static/css/tokens.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", css.split("@media")[0]))
    if scheme == "dark":
        later = css.split('[data-scheme="dark"]')[1]
        colours |= dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", later))

    grounds = ["--paper", "--sheet", "--sunken"]
    washes = ["--brick-wash", "--green-wash", "--blue-wash", "--ochre-wash"]
    texts = ["--ink", "--ink-2", "--brick", "--green", "--blue", "--blue-2", "--ochre"]
    pairs = {(text, ground, 4.5) for text in texts for ground in grounds}
    pairs |= {("--ink", wash, 7) for wash in washes}
    pairs |= {("--on-solid", solid, 4.5) for solid in ("--brick", "--brick-2")}
    pairs |= {("--on-night", "--night", 7), ("--on-night-2", "--night", 4.5)}
    pairs |= {(mark, "--paper", 3) for mark in ("--line-2", "--green-mark", "--focus")}
    weak = {
        (one, other, round(contrast(colours[one], colours[other]), 2))
        for one, other, least in pairs
        if contrast(colours[one], colours[other]) < least
    }
    assert weak == set()
