"""Verdicts: the arithmetic, the text against itself, figures, and the search."""

import random
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from terril.analytics.printing import number, rounded
from terril.analytics.quantities import quantities
from terril.analytics.releases import SHIPPED, Release
from terril.analytics.verdicts import CODES, Grounds, Reading, check
from terril.analytics.verdicts.binding import Observatory
from terril.analytics.verdicts.context import periods
from terril.analytics.verdicts.holding import gap, hold, truncated, with_suffix
from terril.analytics.verdicts.ledger import Ledger, entries, ledger
from terril.analytics.verdicts.places import gazetteer
from terril.analytics.verdicts.search import MOST, chance, quarters_of, search

PLACES = gazetteer("territory:pma")
FORUM = Path(__file__).with_name("forum.txt").read_text(encoding="utf-8")


def reading(value, place="dep:62", period="2022", **more):
    """Return the unemployment rate of a place, in some edition."""
    told = {
        "indicator": "unemployment_rate",
        "label": f"{place} {period}",
        "unit": "percent",
        "edition": "e1",
        "published_on": "2023-01-01",
        **more,
    }
    low, high = value if isinstance(value, tuple) else (value, value)
    return Reading(
        place=place, period=period, low=Decimal(low), high=Decimal(high), **told
    )


@dataclass
class Memory:
    """Readings in memory, in the order they were loaded."""

    loaded: list = field(default_factory=list)

    def readings(self, indicator, place, period):
        return [
            one
            for one in self.loaded
            if (one.indicator, one.place, one.period) == (indicator, place, period)
        ]

    def refusal(self, indicator, place, period):
        return "rien"

    def periods(self, indicator):
        return sorted({one.period for one in self.loaded if one.indicator == indicator})


def one_of(text):
    """Return the only quantity of a text."""
    (found,) = quantities(text)
    return found


def judged(text, *loaded, **more):
    """Return the verdicts of a text, in order."""
    return [
        one.verdict for one in check(text, Grounds(Memory([*loaded]), PLACES, **more))
    ]


@pytest.mark.parametrize(
    ("text", "value", "code", "reason"),
    [
        ("Le taux est de 8,4 %.", "8.351", "exact", "valeur retrouvée à la précision"),
        ("Le taux est de 8,4 %.", "8.45", "compatible", "l’intervalle que disent"),
        ("Le taux est de 8,4 %.", "8.49", "compatible", "troncature"),
        ("Le taux est de 8,4 %.", "8.5", "gap", "écart de −0,1\u00a0%"),
        ("Le taux est de 8,4 %.", "8.2", "gap", "écart de +0,2\u00a0%"),
        ("Le taux est d’environ 8 %.", "8.4", "exact", "valeur retrouvée"),
        ("Le taux est d’environ 80 %.", "83", "compatible", "« environ » le permet"),
        ("Le taux est de près de 8 %.", "7.7", "exact", "valeur retrouvée"),
        ("Le taux est de près de 8 %.", "8.2", "gap", "écart de −0,2\u00a0%"),
        ("Le taux dépasse 25 %.", "24.7", "gap", "écart de +0,3\u00a0%"),
        ("Le taux dépasse 25 %.", "28", "compatible", "« plus de » le permet"),
        ("Un habitant sur trois vote.", "0.35", "compatible", "l’intervalle"),
        ("Le taux est entre 10 et 12 %.", "11", "compatible", "dans la fourchette"),
        ("Le taux est entre 10 et 12 %.", "13", "gap", "écart de −1\u00a0%"),
        ("Le taux est entre 10 et 12 %.", "9", "gap", "écart de +1\u00a0%"),
    ],
)
def test_a_number_is_held_to_what_is_computed(text, value, code, reason):
    found = hold(one_of(text), reading(value))

    assert (found.code, found.reason[: len(reason)]) == (code, reason)


def test_a_wide_range_confirms_nothing():
    quantity = one_of("Le taux est de 8 %.")

    wide, narrow = (
        hold(quantity, reading(("7", "9"))),
        hold(quantity, reading(("8", "9"))),
    )
    same, crossing = reading(("8.1", "8.2")), hold(quantity, reading(("-1", "1")))
    assert (wide.code, wide.reason) == ("unverifiable", "fourchette trop large")
    assert (narrow.code, narrow.reason) == (
        "compatible",
        "arrondi des données d’entrée",
    )
    assert crossing.code == "unverifiable"
    assert hold(quantity, same).code == "exact"


def test_rounded_inputs_widen_what_was_computed():
    quantity = one_of("Le taux est de 8,4 %.")

    found = hold(quantity, reading("8.52", slack=Decimal("0.1")))
    assert (found.code, found.reason) == ("compatible", "arrondi des données d’entrée")


def test_the_gap_of_an_open_range_is_taken_from_its_end():
    quantity = one_of("Le taux dépasse 25 %.")

    assert gap(quantity, reading("20").interval) == 5
    assert truncated(Decimal("-2.57"), Decimal("0.1")) == Decimal("-2.5")
    assert truncated(Decimal("0.04"), Decimal("0.1")) == 0


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("1439800000", "EUR", "1\u202f439,8\u00a0M€"),
        ("-5.1", "points", "−5,1\u00a0points"),
        ("5", "count", "5"),
    ],
)
def test_gaps_are_printed_in_french(value, unit, text):
    assert with_suffix(Decimal(value), unit) == text


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("80 projets sur les 200, soit 40 %.", ["exact"]),
        ("80 projets sur les 200, soit 42 %.", ["gap"]),
        ("12 des 58 labels, soit 21 %.", ["exact"]),
        ("3 des 7 écoles, soit 50 %.", ["compatible"]),
        ("Un tiers des 200 projets, soit 66 projets.", ["compatible"]),
        ("Un tiers des 200 projets, soit 90 projets.", ["gap"]),
        ("15 % des 200 projets, soit 30 projets.", ["exact"]),
        ("Le taux passe de 15,6 % à 10,5 %, soit 5,1 points.", ["exact"]),
        ("Le taux passe de 15,6 % à 10,5 %, soit 5 points.", ["exact"]),
        ("Le taux passe de 15,6 % à 10,5 %, soit 5,2 points.", ["compatible"]),
        ("Le taux passe de 15,6 % à 10,5 %, soit 6 points.", ["gap"]),
        ("Le label récompense 3 projets : Alpha, Beta et Gamma.", ["exact"]),
        ("Le label récompense 4 projets : Alpha, Beta et Gamma.", ["gap"]),
        ("Il y a 58 labels, dont 40 labels de ville et 30 labels ruraux.", ["gap"]),
        ("Il y a 58 labels, dont 60 labels de ville.", ["gap"]),
        ("En dix ans, entre 2012 et 2022, tout a changé.", ["exact"]),
        ("En neuf ans, entre 2012 et 2022, tout a changé.", ["gap"]),
    ],
)
def test_a_text_is_held_to_itself_first(text, codes):
    found = [
        one.verdict.code
        for one in check(text, Grounds(Memory(), PLACES))
        if one.verdict.code != "unverifiable"
    ]

    assert found == codes


@pytest.mark.parametrize(
    "text",
    [
        "80 projets sur les 200 communes, soit 40 %.",
        "Il y a 58 labels, dont 12 labels de ville et 3 communes.",
        "Il y a plus de 58 labels, dont 60 labels de ville.",
        "Le taux passe de plus de 15 % à 10 %.",
        "Les parts sont de 15 % et 10 %, soit 5 points.",
        "Entre 10 et 12 % des 200 projets, soit 22 projets.",
        "Plus de 80 des 200 projets, soit 90 %.",
        "Un tiers des 200 projets, soit 66 communes.",
        "Plus d’un tiers des 200 projets, soit 90 projets.",
        "Le taux va de 10-12 % à 15 %, soit 5 points.",
    ],
)
def test_numbers_that_do_not_belong_together_are_not_compared(text):
    assert {one.code for one in judged(text)} == {"unverifiable"}


STATED = "Le taux de chômage du Pas-de-Calais était de 8,4 % au T3 2022."


def test_a_stated_figure_is_confirmed():
    (found,) = check(
        STATED, Grounds(Memory([reading("8.4", period="2022-T3")]), PLACES)
    )

    assert found.proposal.indicator == "unemployment_rate"
    assert (found.proposal.place, found.proposal.period) == ("dep:62", "2022-T3")
    assert found.verdict.code == "exact"


def test_the_newest_edition_is_held_to_and_older_ones_are_searched():
    old = reading("8.4", period="2022-T3", published_on="2022-12-01", edition="e0")
    new = reading("8.9", period="2022-T3")

    (found,) = judged(STATED, old, new)

    assert (found.code, found.computed.edition) == ("other_edition", "e0")
    assert found.tried == 2


def test_another_perimeter_is_searched():
    here, there = reading("8.9", period="2022-T3"), reading("8.4", "reg:32", "2022-T3")

    (found,) = judged(STATED, here, there)

    assert (found.code, found.computed.place) == ("other_perimeter", "reg:32")


def test_a_gap_says_how_many_were_tried():
    (found,) = judged(STATED, reading("9.4", period="2022-T3"))

    assert (found.code, found.tried) == ("gap", 1)


def test_what_was_exact_when_published_is_stale():
    old = reading("8.4", period="2022-T3", published_on="2022-12-01", edition="e0")
    new = reading("8.9", period="2022-T3", published_on="2024-01-01")

    (then,) = judged(STATED, old, new, published_on="2023-01-01")
    (still,) = judged(STATED, old, published_on="2023-01-01")
    (never,) = judged(STATED, old, new, published_on="2021-01-01")
    assert then.code == "stale"
    assert then.reason == "exact selon l’édition e0, plus selon la dernière"
    assert (still.code, never.code) == ("exact", "other_edition")


def test_readings_that_disagree_are_shown_and_not_chosen():
    text = "Le taux de chômage du Pas-de-Calais était de 8,4 % en 2022."
    year, quarter = reading("8.4"), reading("9.0", period="2022-T1")

    (both,) = judged(text, year, quarter)
    (agreed,) = judged(text, year, reading("8.4", period="2022-T1"))
    assert (both.code, both.missing) == ("unverifiable", ("définition",))
    assert [one.period for one in both.readings] == ["2022", "2022-T1"]
    assert agreed.code == "exact"


def test_what_the_text_does_not_say_is_missing_and_every_reading_is_shown():
    text = "Le taux de chômage était de 8,4 %."
    loaded = [reading("8.4"), reading("8.6", period="2021"), reading("9", "reg:32")]

    (found,) = judged(text, *loaded)

    assert (found.code, found.missing) == ("unverifiable", ("lieu", "période"))
    assert {one.label for one in found.readings} == {one.label for one in loaded}
    assert "1 lecture(s) sur 3" in found.reason


def test_points_without_two_years_have_no_definition():
    (found,) = judged("Le chômage du Pas-de-Calais perd 5 points en 2022.")

    assert found.missing == ("définition",)


def test_both_numbers_of_a_pair_share_its_two_years():
    text = "Le chômage perd 5 points, dit-on en 2023, ou 3 points entre 2012 et 2022."

    first, second = check(text, Grounds(Memory(), PLACES))

    assert (first.proposal.period, second.proposal.period) == ("2023", "2012:2022")


def test_a_change_holds_for_the_whole_sentence():
    text = "En 2023, on le dit : entre 2012 et 2022, 12 ans, le chômage perd 5 points."

    *_, found = check(text, Grounds(Memory(), PLACES))

    assert found.proposal.period == "2012:2022"


def test_a_fall_is_compared_without_its_sign():
    text = "Le chômage du Pas-de-Calais a perdu 5 points entre 2012 et 2022."
    fall = reading("-5.2", period="2012:2022", unit="points")

    (found,) = judged(text, fall)

    assert (found.code, found.computed.low) == ("exact", Decimal("5.2"))


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Une baisse de 5 % du chômage du Pas-de-Calais entre 2012 et 2022.", "unité"),
        ("Il y a 12 étangs.", "indicateur"),
        ("Le chômage du Pas-de-Calais était de 5 % en 2022.", "source"),
    ],
)
def test_errors_of_unit_and_unknown_figures_are_not_judged(text, missing):
    (found,) = judged(text)

    assert (found.code, found.missing) == ("unverifiable", (missing,))


def test_the_paragraph_may_tell_what_its_sentence_does_not():
    (found,) = check("Le chômage baisse. Il est de 9 %.", Grounds(Memory(), PLACES))
    (other,) = check(
        "Le chômage baisse.\nLa part est de 9 %.", Grounds(Memory(), PLACES)
    )

    assert (found.proposal.indicator, other.proposal.indicator) == (
        "unemployment_rate",
        "",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("au T3 2022", ["2022-T3"]),
        ("au troisième trimestre 2022", ["2022-T3"]),
        ("in 2022-Q3", ["2022-T3"]),
        ("entre 2012 et 2022, puis en 2023", ["2012:2022", "2023"]),
        ("depuis 2020 et France 2030", ["2020:"]),
        ("2012 % de 20221", ["2012"]),
    ],
)
def test_periods_are_read(text, told):
    assert [one.meaning for one in periods(text)] == told


def test_a_period_said_before_et_que_belongs_to_something_else():
    text = "Elle existe depuis 2018 et qu’elle compte 150 communes en 2022."

    (found,) = check(text, Grounds(Memory(), PLACES))

    assert found.proposal.period == "2022"


def test_communes_are_named_with_a_capital():
    lens, lentil = (
        check(f"À {name}, 31 606 habitants en 2021.", Grounds(Memory(), PLACES))[0]
        for name in ("Lens", "lens")
    )

    assert (lens.proposal.place, lentil.proposal.place) == ("com:62498", "")


def test_a_search_is_bounded_and_warns_of_chance():
    quantity = one_of("Le taux est de 8 %.")
    near = [reading(str(8 + rank / 10), period="2022") for rank in range(10)]

    class Endless(Memory):
        def readings(self, indicator, place, period):
            return [reading("8")] * 150

    (checked,) = check(STATED, Grounds(Memory(), PLACES))
    trial = search(quantity, checked.proposal, Endless(), ["dep:62", "reg:32"])
    assert (trial.tried, len(trial.matches)) == (MOST, MOST)
    assert trial.warning == ""
    assert chance(quantity, near).startswith("10 lectures essayées : le hasard seul")
    assert chance(one_of("Plus de 8 %."), near).endswith("environ 10")
    assert chance(quantity, [reading("1"), reading("99")]) == ""
    assert chance(quantity, [reading("1")]) == ""


def test_quarters_are_those_of_years_only():
    assert quarters_of("2022") == ["2022-T1", "2022-T2", "2022-T3", "2022-T4"]
    assert quarters_of("2012:2022")[3] == "2012-T4:2022-T4"
    assert [quarters_of(one) for one in ("2022-T3", "2020:", "")] == [[], [], []]


# The ledger and the registers.


def test_every_line_of_the_ledger_has_a_source_and_a_range_or_says_none():
    for one in entries():
        assert one.source.startswith("https://")
        assert one.ends is None or one.ends[0] <= one.ends[1]


def test_totals_add_no_alternatives_no_losses_and_nothing_public():
    found = ledger().total("investment")

    assert (found.low, found.high) == (Decimal(1439800000), Decimal(2624800000))
    assert ledger().total("investment", 2024).high == 90000000


def test_a_text_is_not_held_to_what_began_after_it():
    text = "Depuis 2020, 9 M€ investis ici."

    (then,) = judged(text, published_on="2022-12-01")
    (now,) = judged(text)

    assert then.computed.high < now.computed.high
    assert then.computed.high == ledger().known_in("2022").total("investment").high


def test_a_total_does_not_depend_on_the_order_of_its_lines():
    lines = list(entries())
    random.Random(3).shuffle(lines)

    assert Ledger(lines).total("jobs") == ledger().total("jobs")


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        ("L’usine de Naturopera coûte 14 M€.", "exact", "valeur retrouvée"),
        ("L’usine de Naturopera coûte 20 M€.", "gap", "écart de +6\u00a0M€"),
        ("Usleep a annoncé 70 emplois.", "exact", "valeur retrouvée"),
        ("Usleep a recruté 70 emplois.", "gap", "statut : ce nombre est celui"),
        ("Usleep a recruté 900 emplois.", "unverifiable", "statut"),
        ("La gigafactory ACC a créé 2000 emplois.", "gap", "statut : ce nombre"),
        ("La gigafactory ACC a créé 300 emplois.", "unverifiable", "fourchette trop"),
        ("La gigafactory ACC a créé 9 emplois.", "unverifiable", "fourchette trop"),
        ("Depuis 2020, 4 000 emplois créés ici.", "unverifiable", "fourchette trop"),
        ("Depuis 2020, 9 M€ investis ici.", "unverifiable", "fourchette trop large"),
        ("Depuis 2024, 80 M€ investis ici.", "gap", "écart de −10\u00a0M€"),
        ("Depuis 2024, 90 M€ investis ici.", "unverifiable", "valeur retrouvée"),
        ("Au total 58 labels déjà.", "unverifiable", "le registre public n’en nomme"),
        ("Au total 20 labels déjà.", "unverifiable", "le registre public n’en nomme"),
        ("Le label 2022 honore 8 projets.", "unverifiable", "le registre public ne"),
        ("Le label 2022 honore 9 projets.", "gap", "écart de +1\u00a0projets"),
        ("L’édition 2023 du label honore 5 projets.", "exact", "valeur retrouvée"),
        ("L’édition 2019 du label honore 5 projets.", "unverifiable", "édition"),
        ("France 2030 aide 80 projets.", "unverifiable", "aucune liste ouverte"),
    ],
)
def test_what_is_documented_is_held_to_the_ledger_and_registers(text, code, reason):
    found = judged(text)[-1]

    assert (found.code, found.reason[: len(reason)]) == (code, reason)


def test_a_number_said_again_under_other_words_is_told():
    text = (
        "Naturopera coûte 14 M€.\nNaturopera coûte près de 14 M€ annoncés.\n"
        "Usleep a annoncé 70 emplois. Il y a 12 étangs, plus de 12 étangs."
    )

    first, second, *others = [one.warning for one in judged(text)]

    told = "le même nombre est dit ailleurs dans le texte : "
    assert first == f"{told}« près de » et « annoncés »"
    assert second == f"{told}sans réserve ni statut"
    assert others == ["", "", ""]


# The text of the forum.


def test_every_number_of_the_forum_is_found_and_nothing_else():
    found = [one.text for one in quantities(FORUM)]

    assert found == [
        "2,5 milliards d’euros",
        "8 projets",
        "58 projets",
        "trois communautés",
        "2,5 milliards d’euros",
        "4 000 emplois",
        "2 milliards d’euros",
        "2000 emplois",
        "80 projets",
        "200",
        "dix ans",
        "5 points",
        "3 points",
    ]


@pytest.fixture(scope="module")
def observatory():
    """Return the figures that ship."""
    return Observatory(Release(SHIPPED))


def test_the_forum_is_judged_honestly(observatory):
    checked = check(FORUM, Grounds(observatory, PLACES))

    told = {one.quantity.text: one for one in checked}
    assert {one.proposal.indicator for one in checked} == {
        *("investment", "jobs", "labels_given", "programme_laureates"),
        *("unemployment_rate", ""),
    }
    assert told["2000 emplois"].verdict.code == "gap"
    assert told["trois communautés"].verdict.code == "exact"
    assert told["dix ans"].verdict.code == "exact"
    assert told["58 projets"].verdict.reason.endswith("annoncé après l’édition 2022")
    assert told["80 projets"].verdict.readings[0].low == 40
    assert told["4 000 emplois"].verdict.reason.endswith("de ce qui est documenté")
    assert told["5 points"].verdict.missing == ("lieu",)
    assert len(told["5 points"].verdict.readings) == 25
    assert told["3 points"].proposal.place == "fr:metro"
    assert {one.place for one in told["3 points"].verdict.readings} == {"fr:metro"}
    assert told["3 points"].verdict.code == "unverifiable"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Le taux de chômage du Pas-de-Calais était de 8,1 % au T3 2022.", "exact"),
        ("Le territoire réunit 150 communes.", "exact"),
        ("Lens comptait 32 618 habitants en 2021.", "exact"),
        ("France Relance a aidé 197 entreprises dans le Pas-de-Calais.", "exact"),
        ("Le territoire réunissait 150 communes en 1990.", "unverifiable"),
        ("Le taux de pauvreté du territoire est de 99 % en 2050.", "unverifiable"),
    ],
)
def test_figures_that_ship_confirm_what_is_true(observatory, text, code):
    (found,) = check(text, Grounds(observatory, PLACES))

    assert found.verdict.code == code
    assert found.verdict.reason


def test_a_shelf_gives_all_places_when_none_is_named(observatory):
    rows = observatory._opened().rows("unemployment_rate", "country", [])

    assert {place for places in rows.values() for place in places} >= {"metro"}
    assert observatory._opened().sql == ""


def test_a_territory_is_not_counted_before_it_existed(observatory):
    found = observatory.refusal("communes_count", "territory:pma", "1990")

    assert found.startswith("ce territoire n’existait pas en 1990")
    assert observatory.readings("communes_count", "territory:nowhere", "2022") == []
    assert observatory.readings("nothing", "dep:62", "2022") == []
    assert observatory.periods("nothing") == ()


# What holds whatever the numbers.


@given(st.decimals(-50, 50, places=6), st.integers(0, 3))
def test_the_printed_number_of_a_figure_is_exact_against_itself(value, decimals):
    printed = number(value, decimals)

    found = one_of(f"Le taux est de {printed} %.")

    assert hold(found, reading(value)).code == "exact"


@given(st.decimals(0, 90, places=6), st.integers(0, 3), st.integers(-9, 9))
def test_a_number_moved_beyond_its_precision_is_never_exact(value, decimals, moved):
    wrong = rounded(value, decimals) + Decimal(moved or 1).scaleb(-decimals)

    found = one_of(f"Le taux est de {number(wrong, decimals)} %.")

    assert hold(found, reading(value)).code != "exact"


@given(st.permutations(range(6)))
def test_verdicts_do_not_depend_on_the_order_of_loading(order):
    loaded = [
        reading("8.4", period="2022-T3", published_on="2022-12-01", edition="e0"),
        reading("8.9", period="2022-T3"),
        reading("8.9", period="2022-T3", edition="e2"),
        reading("8.4", "reg:32", "2022-T3"),
        reading("8.4", "ze:3215", "2022-T3"),
        reading("7.1", "fr:metro", "2022-T3"),
    ]

    shuffled = judged(STATED, *(loaded[rank] for rank in order))

    assert shuffled == judged(STATED, *loaded)


def test_verdicts_have_their_names_in_french():
    assert set(CODES) == {
        *("exact", "compatible", "other_edition", "other_perimeter"),
        *("gap", "unverifiable", "stale"),
    }
