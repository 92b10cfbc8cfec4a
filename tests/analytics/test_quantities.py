"""Numbers in prose: what is found, what is left aside, and the intervals."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from benchmarks.quantities import TARGETS, lines, ours, score
from terril.analytics.quantities import Interval, quantities
from terril.analytics.quantities.intervals import last_digit, widened
from terril.analytics.quantities.model import QUALIFIERS, STATUS_WORDS, UNITS
from terril.analytics.quantities.numerals import read_figures, read_words
from terril.analytics.quantities.sentences import language_of


def said(text, language=""):
    """Return what is found in a text: its words, value and unit."""
    return [
        (one.text, None if one.value is None else float(one.value), one.unit)
        for one in quantities(text, language)
    ]


@pytest.mark.parametrize("name", ["ours", "unseen"])
def test_sets_of_sentences_are_read_as_well_as_promised(name):
    result = score(lines(name), ours)

    assert min(result.precision, result.recall) >= TARGETS[name]
    assert result.with_interval / result.given >= TARGETS[name]


@pytest.mark.parametrize("name", ["ours", "unseen"])
def test_sets_speak_of_known_units_and_words(name):
    told = [one for line in lines(name) for one in line["quantities"]]

    assert {one["unit"] for one in told} <= set(UNITS)
    assert {one["qualifier"] for one in told} <= set(QUALIFIERS)
    assert {one["status_word"] for one in told} <= set(STATUS_WORDS)


def test_our_set_is_half_french_and_large_enough():
    french = len(lines("ours", "fr"))

    assert len(lines("ours")) >= 150
    assert french - len(lines("ours", "en")) in range(-5, 6)


@pytest.mark.parametrize(
    "text",
    [
        "Le Label 2022 et France 2030, en terminale 2, salle 12.",
        "Né en 2016, il date du 3 mars 2021 et du 8-Mai-1945.",
        "Au 2e trimestre 2024, au T3 2022, à 9h15 ou 14 h 30.",
        "Contact : 03 21 00 00 00, 12 bis, rue de la Gare, 62300 Lens.",
        "Le SIREN 200 060 358, dossier n° 2012-019, article 78.",
        "La 10e édition, l’A21, la Rev3, la Covid-19 et le CO2.",
        "Entre 2012 et 2022, puis de 2018 à 2020, dans les années 1990.",
        "The 4th edition, on 14 June 2024, at 6:30 pm, in room 12.",
        "See https://example.org/2024/12 and page 14 of version 3.11.",
        "Des dizaines de classes et plusieurs centaines d’élèves.",
        "Un terril, une école : un à un. Trois-Rivières et Les Quatre Vents.",
        "1. Introduction",
        "À deux pas, deux-roues interdits ; second to none.",
        "Un bâtiment neuf à Lens.",
        "L’A1 est fermée entre les sorties 17 et 18, la fosse 11/19 aussi.",
        "L’usine tourne 7 jours sur 7 et 24/7, née le 3/12/1954.",
        "Meetings on 20 Sept 2018, 19 Oct 2018 and from 1 to 8 April 2016.",
        "Class of 2023, Horizon 2020 projects and the 2021 census.",
    ],
)
def test_dates_names_and_ordinals_are_no_quantities(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Il y a deux cent cinquante emplois.", 250, "jobs"),
        ("Il y a quatre-vingt-dix-sept communes.", 97, "communes"),
        ("Il y a cent quatre-vingts projets.", 180, "projects"),
        ("Ils sont vingt et un salariés.", 21, "people"),
        ("Cela coûte deux cents millions d’euros.", 2e8, "EUR"),
        ("Cela coûte deux millions cinq cent mille euros.", 2500000, "EUR"),
        ("Cela coûte un milliard d’euros.", 1e9, "EUR"),
        ("Cela coûte un demi-milliard d’euros.", 5e8, "EUR"),
        ("Cela coûte un demi-point.", 0.5, "points"),
        ("Une trentaine de communes.", 30, "communes"),
        ("Deux douzaines d’entreprises.", 24, "companies"),
        ("They hired one hundred and twenty people.", 120, "people"),
        ("They hired half a dozen people.", 6, "people"),
        ("They hired two dozen people.", 24, "people"),
        ("It costs a million euros.", 1e6, "EUR"),
        ("It costs €1.3bn in all.", 1.3e9, "EUR"),
        ("A three-year plan was voted.", 3, "years"),
        ("The rate rose by half a percentage point.", 0.5, "points"),
        ("Le réseau livre 24 GWh.", 24e6, "kWh"),
        ("On trie 512 kg de papier.", 0.512, "tonnes"),
        ("Le parc couvre 2 km² de bois.", 200, "hectares"),
        ("La température gagne +1,5 point.", 1.5, "points"),
        ("L’emploi varie de −2,5 % sur un an.", -2.5, "percent"),
        ("Deux fois moins de déchets qu’avant.", 0.5, "times"),
        ("Le double des déchets de 2019.", 2, "times"),
        ("It is a threefold rise of the bill.", 3, "times"),
        ("Un quart du parc date de 1950.", 0.25, "ratio"),
        ("Two thirds of the pupils cycle.", 2 / 3, "ratio"),
        ("Une baisse de moitié.", 0.5, "ratio"),
        ("2/3 des élèves sont boursiers.", 2 / 3, "ratio"),
        ("Membership jumped by a third to a peak.", 1 / 3, "ratio"),
        ("Le budget atteint 2,4 millions, dit-on.", 2.4e6, "EUR"),
        ("La ville compte 2,4 millions, dit-on.", 2.4e6, "count"),
        ("On compte 80 points de charge.", 80, "count"),
        ("The region spent $2.5m on it.", 2.5e6, "count"),
    ],
)
def test_numbers_in_words_and_units_are_read(text, value, unit):
    (found,) = quantities(text)

    assert (float(found.value), found.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("text", "language", "value", "note"),
    [
        ("1.000,50", "fr", "1000.50", ""),
        ("1,000.50", "en", "1000.50", ""),
        ("1.000,50", "en", "1000.50", "separators of another language"),
        ("1,000.50", "fr", "1000.50", "separators of another language"),
        ("1.250", "fr", "1250", ""),
        ("1,250", "fr", "1.250", ""),
        ("1,250", "en", "1250", ""),
        ("1.250", "en", "1.250", ""),
        ("0,125", "en", "0.125", ""),
        ("1.234.567", "en", "1234567", ""),
        ("12\u202f345,6", "fr", "12345.6", ""),
    ],
)
def test_separators_are_read_by_language(text, language, value, note):
    found = read_figures(text, language)

    assert (found.value, found.note) == (Decimal(value), note)


@pytest.mark.parametrize("text", ["12,50.3,1", "1.2.3", "1.50,000.2"])
def test_separators_that_contradict_each_other_are_no_number(text):
    assert read_figures(text, "fr") is None
    assert said(f"Il y a {text} euros.") == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("entre 250 et 300 emplois", 250, 300),
        ("de 10 à 12 millions d’euros", 10e6, 12e6),
        ("10-12 %", 10, 12),
        ("une part comprise entre 10 % et 12 %", 10, 12),
        ("€1.5 to €2 million", 1.5e6, 2e6),
        ("ranging from 18 to 22% of homes", 18, 22),
        ("15 à 20 000 spectateurs", 15000, 20000),
        ("Ils seront entre 40 et 45 à venir.", 40, 45),
    ],
)
def test_ranges_are_one_quantity(text, low, high):
    (found,) = quantities(text)

    assert found.value is None
    assert (float(found.interval.low), float(found.interval.high)) == (low, high)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Le taux passe de 12 à 9 %.", [12, 9]),
        ("Le taux passe de 9 à 12 %.", [9, 12]),
        ("The rate went from 9 to 12 per cent.", [9, 12]),
        ("L’aide passe de 8 à 8,5 millions d’euros.", [8e6, 8.5e6]),
        ("772 des 786 anciens salariés.", [772, 786]),
        ("80 projets sur les 200 retenus.", [80, 200]),
        ("Of the 786 former employees, 772 found work.", [786, 772]),
        ("8 projets en 2022 et 5 en 2023.", [8, 5]),
        ("Trois lycées sur cinq communes.", [3, 5]),
        ("Three schools in five towns.", [3, 5]),
        ("On passe de 1 à 3 classes.", [1, 3]),
        ("On trie 14 500 tonnes, contre 16 200 en 2021.", [14500, 16200]),
        ("Seven of the thirty-six municipalities voted.", [7, 36]),
        ("En 2022, 80 projets sur 200 France 2030 dans la région.", [80, 200]),
        ("Ils étaient une trentaine à une cinquantaine d’élèves.", [30, 50]),
    ],
)
def test_pairs_are_two_quantities(text, values):
    assert [float(one.value) for one in quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "language", "qualifier"),
    [
        ("environ 40 entreprises", "fr", "about"),
        ("40 entreprises environ", "fr", "about"),
        ("près de 40 entreprises", "fr", "nearly"),
        ("plus d’une trentaine d’entreprises", "fr", "more_than"),
        ("40 entreprises ou plus", "fr", "at_least"),
        ("jusqu’à 40 entreprises", "fr", "at_most"),
        ("40 firms at most", "en", "at_most"),
        ("no more than 40 firms", "en", "at_most"),
        ("fewer than 40 firms were there, less than 9", "en", "less_than"),
    ],
)
def test_qualifiers_are_read(text, language, qualifier):
    assert quantities(text, language)[-1].qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("4 000 emplois annoncés", "announced"),
        ("The committee heard 80 people.", ""),
        ("The council committed 80 M€ to it.", "committed"),
        ("L’usine a recruté 27 puis 30 opérateurs.", "recruited"),
        ("Le groupe créera 50 emplois.", "planned"),
        ("Worth 15 million euros, it will create 80 jobs.", "planned"),
        ("It lost 50 jobs; others were created.", "lost"),
        ("2 Md€ engagés pour 4 000 emplois.", ""),
        ("Elle est attendue, avec ses 2000 emplois.", ""),
        ("Le taux annoncé est de 5 %.", ""),
    ],
)
def test_status_words_are_part_of_the_claim(text, status):
    assert quantities(text)[-1].status_word == status


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [
        ("", "39.5", "40.5"),
        ("about", "35", "45"),
        ("nearly", "38.00", "40"),
        ("more_than", "40", None),
        ("at_most", None, "40"),
    ],
)
def test_intervals_are_widened_by_their_qualifier(qualifier, low, high):
    found = widened(Decimal(40), Decimal("0.5"), qualifier)

    assert found == Interval(low and Decimal(low), high and Decimal(high))


def test_an_open_interval_meets_what_it_reaches():
    more, less = Interval(Decimal(40), None), Interval(None, Decimal(30))

    assert more.is_open()
    assert not Interval(Decimal(1), Decimal(2)).is_open()
    assert not more.meets(less)
    assert more.meets(Interval(Decimal(1), Decimal(40)))


def test_zero_has_a_last_digit():
    assert last_digit(Decimal(0)) == 1


def test_sentences_end_at_full_stops_but_not_after_short_words():
    text = "M. Durand a 12 vaches. Elle a 3 chevaux.\n\nL’art. 5 vaut 2 points."

    starts = {text[one.sentence.start :][:4] for one in quantities(text)}
    assert starts == {"M. D", "Elle", "L’ar"}


def test_empty_lines_are_no_sentences():
    (found,) = quantities("\n\nIl y a 12 belles vieilles grandes hautes tours.")

    assert (found.sentence.start, found.unit) == (2, "count")
    assert quantities("   ") == []


@pytest.mark.parametrize("text", ["12 km, " * 1000, "a" * 5000 + " 12 km"])
def test_a_list_that_never_ends_is_read_in_pieces(text):
    found = quantities(text)

    assert len(found) == text.count("km")
    assert max(one.sentence.end - one.sentence.start for one in found) <= 2000


def test_languages_are_told_by_their_small_words():
    assert [language_of(text) for text in ("le chat", "the cat", "chat")] == [
        "fr",
        "en",
        "",
    ]


def test_the_offsets_are_those_of_the_text():
    text = "Bonjour.\nPrès de 2,5 milliards d’euros, soit 4 000 emplois."

    for one in quantities(text):
        assert text[one.span.start : one.span.end] == one.text


@given(st.integers(2, 999_999_999))
def test_a_whole_number_is_read_as_it_is_written_in_french(number):
    written = f"{number:,}".replace(",", "\u202f")

    (found,) = quantities(f"La ville compte {written} habitants.", "fr")

    assert found.value == number
    assert found.interval == Interval(number - Decimal("0.5"), number + Decimal("0.5"))


@given(st.decimals(0, 10_000, places=2))
def test_a_decimal_is_read_as_it_is_written_in_english(number):
    (found,) = quantities(f"The rate is {number:,.2f} %.", "en")

    assert found.value == number
    assert found.step == Decimal("0.01")


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text):
    for one in quantities(text):
        assert text[one.span.start : one.span.end] == one.text


def test_words_without_a_number_are_zero():
    assert read_words("deux", "fr").value == 2
    assert read_words("mille", "fr").value == 1000
