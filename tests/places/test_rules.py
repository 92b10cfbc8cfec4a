import pytest
from hypothesis import given, strategies as st

from terril.site.commons.text import fold
from terril.site.places import rules
from terril.site.places.rules import check_commune_code, check_features, search_name


@pytest.mark.parametrize(
    ("text", "code"),
    [("62498", "62498"), (" 2a004 ", "2A004"), ("01004", "01004"), ("97601", "97601")],
)
def test_a_commune_code_is_returned_as_it_is_written(text, code):
    assert check_commune_code(text) == code


def test_a_commune_code_that_lost_its_zero_is_refused_with_its_repair():
    with pytest.raises(rules.CodeLostItsZero) as caught:
        check_commune_code("1004")

    assert "1004" in str(caught.value)
    assert "01004" in str(caught.value.next_step)


@pytest.mark.parametrize("text", ["", "624988", "Lens", "6 498", "2C004", "١٢٣٤٥"])
def test_what_is_not_a_commune_code_is_refused(text):
    with pytest.raises(rules.NotACommuneCode):
        check_commune_code(text)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Béthune", "bethune"),
        ("L'Abergement-Clémenciat", "abergement clemenciat"),
        ("Nœux-les-Mines", "noeux les mines"),
        ("St-Omer", "saint omer"),
        ("Les Îles", "iles"),
        ("Le", "le"),
        ("Aux Aussat", "aussat"),
        ("Ste Marie", "sainte marie"),
    ],
)
def test_a_name_is_searched_without_accents_hyphens_nor_article(name, folded):
    assert search_name(name) == folded


@given(st.text())
def test_folding_leaves_only_plain_words_and_is_done_once(text):
    folded = fold(text)

    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert fold(folded) == folded
    assert "  " not in folded


@given(st.sampled_from(["Béthune", "Nœux", "Hénin-Beaumont", "Vendin-le-Vieil"]))
def test_a_name_in_capitals_is_found_like_the_name(name):
    assert search_name(name.upper()) == search_name(name)


def feature(code="62498", geometry=None):
    ring = [[2.8, 50.4], [2.9, 50.4], [2.9, 50.5], [2.8, 50.4]]
    drawn = {"type": "Polygon", "coordinates": [ring]} if geometry is None else geometry
    return {"type": "Feature", "properties": {"code": code}, "geometry": drawn}


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.mark.parametrize("code", ["62498", 62498], ids=["text", "number"])
def test_a_collection_of_outlines_is_accepted(code):
    assert check_features(collection(feature(code))) == [feature(code)]


MULTI = {"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]]]}


def test_an_outline_in_several_pieces_is_accepted():
    assert len(check_features(collection(feature(geometry=MULTI)))) == 1


def polygon(coordinates):
    return feature(geometry={"type": "Polygon", "coordinates": coordinates})


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ([], "FeatureCollection"),
        (feature(), "FeatureCollection"),
        ({"type": "FeatureCollection"}, "FeatureCollection"),
        (collection(), "no outline"),
        (collection("x"), "no property"),
        (collection({"type": "Feature"}), "no property"),
        (collection(feature(None)), "no property"),
        (collection(feature([])), "no property"),
        (collection(feature("Lens")), "not a commune code"),
        (collection(feature(1004)), "lost its leading zero"),
        (collection(feature(geometry=[])), "not a polygon"),
        (collection(feature(geometry={"type": "Point", "coordinates": [0, 0]})), "not a polygon"),
        (collection(polygon([])), "not a polygon"),
        (collection(polygon([[[0, 0], [1, 0], [0, 0]]])), "not a polygon"),
        (collection(polygon([[[0, 0], [1], [1, 1], [0, 0]]])), "not a polygon"),
        (collection(polygon([[[0, 0], ["1", 0], [1, 1], [0, 0]]])), "not a polygon"),
        (collection(polygon([[[0, 0], [1e300, 0], [1, 1], [0, 0]]])), "not a polygon"),
        (collection(polygon("abcd")), "not a polygon"),
    ],
)  # fmt: skip
def test_a_file_that_holds_no_outline_is_refused(document, sentence, english):
    with pytest.raises(
        (rules.NotOutlines, rules.CodeLostItsZero, rules.NotACommuneCode)
    ) as caught:
        check_features(document)

    assert sentence in str(caught.value)
    assert str(caught.value.next_step)


def test_coordinates_that_are_not_degrees_are_refused():
    with pytest.raises(rules.NotOutlines):
        rules.check_inside_the_world([[(68_000_000_000, 700_000_000)]])


def test_degrees_are_accepted():
    assert rules.check_inside_the_world([[(280_000, 5_040_000)]]) is None
