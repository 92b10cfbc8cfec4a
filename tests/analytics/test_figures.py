"""Figures of the release that ships, held against the originals by hand."""

from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from terril.analytics.answers import FigureRefused, Question
from terril.analytics.build import build
from terril.analytics.figures import WrongUse, figure
from terril.analytics.geography.addresses import UnknownPlace
from terril.analytics.geography.atlas import atlas
from terril.analytics.releases import SHIPPED, Release
from terril.analytics.store import Store
from terril.analytics.telling import in_words, told, told_refusal
from tests.factories.releases import originals

RATE = "unemployment_rate"


def asked(key, place, period, **options):
    return figure(Release(SHIPPED), atlas(), Question(key, place, period, **options))


def answer(*words, **options):
    return told(asked(*words, **options))


def refused(*words, **options):
    with pytest.raises(FigureRefused) as caught:
        asked(*words, **options)
    return caught.value


def printed(text):
    """Write a figure with the narrow and hard spaces that French asks for."""
    return text.replace("_", "\u202f").replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("key", "place", "period", "value", "written"),
    [
        (RATE, "ze:3215", "2003-T1", "13", "13,0~%"),
        (RATE, "ze:3215", "2022-T3", "10", "10,0~%"),
        (RATE, "ze:3215", "2022", "10.125", "10,1~%"),
        (RATE, "ze:3205", "2012", "12.15", "12,2~%"),
        (RATE, "ze:3205", "2012:2022", "-3.75", "−3,8~points"),
        (RATE, "ze:3205", "2012-T4:2022-T4", "-4.4", "−4,4~points"),
        (RATE, "fr:metro", "2012:2022", "-2.325", "−2,3~points"),
        (RATE, "dep:62", "2012:2022", "-4.675", "−4,7~points"),
        ("population_municipal", "com:62498", "2023", "32920", "32_920~habitants"),
        ("population_total", "com:62498", "2023", "33122", "33_122~habitants"),
        ("population_municipal", "com:62498", "2018:2023", "1314", "+1_314~habitants"),
        ("communes_count", "dep:62", "2026", "887", "887~communes"),
        ("communes_count", "dep:62", "2024:2026", "-3", "−3~communes"),
        ("communes_count", "territory:pma", "2026", "150", "150~communes"),
        ("poverty_rate", "com:62498", "2019", "31", "31~%"),
        ("poverty_intensity", "com:62498", "2019", "0.204", "0,204"),
        ("relance_industrial_companies", "dep:62", "2022", "197", "197~entreprises"),
        ("relance_industrial_companies", "fr", "2022-12", "8972", "8_972~entreprises"),
        ("charge_points", "dep:62", "2019-T3", "416", "416~bornes"),
    ],
)
def test_a_figure_is_that_of_the_original_file(key, place, period, value, written):
    found = answer(key, place, period)

    assert (found["value"], found["printed"]) == (value, printed(written))
    assert found["status"] == "official"
    assert found["sources"]
    assert found["formula"]


def test_a_figure_tells_the_file_the_sheet_and_the_line_it_was_read_at():
    found = answer(RATE, "ze:3215", "2022-T3")

    (read,) = found["inputs"]
    (source,) = found["sources"]
    assert (read["file"], read["sheet"], read["line"]) == (
        "chomage-zone-t1-2003-t3-2023.xlsx",
        "sheet txcho_ze",
        read["line"],
    )
    assert source["files"][0]["sha256"].startswith("5f9aa9cc3be7d91d")
    assert source["licence"] == "Licence Ouverte 2.0"
    assert "'3215'" in found["sql"]


def test_the_mean_of_a_year_says_that_it_is_one():
    found = answer(RATE, "ze:3215", "2022")

    assert found["formula"] == (
        "moyenne des quatre trimestres de 2022 : (10,1 + 10,5 + 10,0 + 9,9) / 4"
    )


def test_a_difference_that_rounding_would_change_is_told():
    found = answer(RATE, "dep:62", "2012:2022")

    assert found["rounded_difference"] == printed("−4,6~points")
    assert any(
        "la différence des valeurs arrondies" in one for one in found["warnings"]
    )
    assert "rounded_difference" not in answer(RATE, "fr:metro", "2012:2022")


@pytest.mark.parametrize(
    ("options", "edition", "value"),
    [
        ({}, "unemployment_workbooks/2025T3", "8.1"),
        ({"as_of": "2025-12-19"}, "unemployment_series/2023-12-20", "8.2"),
        ({"as_of": "2023-12-20"}, "unemployment_series/2023-12-20", "8.2"),
        ({"edition": "2023-12-20"}, "unemployment_series/2023-12-20", "8.2"),
        (
            {"edition": "unemployment_workbooks/2025T3"},
            "unemployment_workbooks/2025T3",
            "8.1",
        ),
    ],
)
def test_the_edition_is_the_latest_known_on_the_day_asked(options, edition, value):
    found = answer(RATE, "dep:62", "2022-T3", **options)

    assert (found["edition"], found["value"]) == (edition, value)


def test_an_edition_that_is_pinned_says_what_it_said_then():
    values = {
        edition: answer(RATE, "dep:62", "2021-T1", edition=edition)["value"]
        for edition in ("2021T4", "2023-12-20", "2025T3")
    }

    assert values == {"2021T4": "9.1", "2023-12-20": "9.2", "2025T3": "9.2"}


def test_an_older_edition_answers_for_a_day_before_the_others():
    found = answer(RATE, "dep:62", "2021-T4", as_of="2022-06-30")

    assert found["edition"] == "unemployment_workbooks/2021T4"
    assert any("enregistré le 2022-03-29" in one for one in found["warnings"])


def test_no_edition_answers_for_a_day_before_all_of_them():
    refusal = refused(RATE, "dep:62", "2021-T4", as_of="2022-01-01")

    assert "aucune édition n’était publiée le 2022-01-01" in refusal.reason
    assert "2022-03-29" in refusal.reason


def test_an_edition_that_lacks_the_place_is_refused_with_those_that_have_it():
    refusal = refused(RATE, "reg:32", "2021-T4", edition="2025T3")

    assert refusal.proposals == (
        "unemployment_series/2023-12-20",
        "unemployment_workbooks/2021T4",
    )


def test_a_period_that_only_an_older_edition_gives_is_told_so():
    found = answer("population_municipal", "com:62498", "2020")

    assert found["edition"] == "populations_by_year/2023"
    assert any("populations/2023, plus récente" in one for one in found["warnings"])


def test_a_semi_final_value_is_told_so():
    found = answer(RATE, "reg:32", "2023-T3")

    assert any("semi-définitive" in one for one in found["warnings"])


def test_a_year_without_all_its_quarters_has_no_mean():
    refusal = refused(RATE, "ze:3215", "2023")

    assert "n’a que 3 de ses 4 trimestres" in refusal.reason


@pytest.mark.parametrize("period", ["1982-T1", "2002", "2030-T1", "2022-03"])
def test_a_period_that_no_edition_gives_is_refused_with_what_there_is(period):
    refusal = refused(RATE, "ze:3215", period)

    assert refusal.status == "absent"
    assert "cette édition va de 2003-T1 à 2023-T3" in refusal.reason


def test_metropolitan_france_never_stands_for_france_without_mayotte():
    assert answer(RATE, "fr:metro", "2012-T4")["value"] == "9.8"

    refusal = refused(RATE, "fr:hors-mayotte", "2012:2022")

    assert "cette édition va de 2014-T1 à 2023-T3" in refusal.reason


def test_the_whole_of_france_is_refused_with_the_two_that_are_published():
    assert refused(RATE, "fr", "2022").proposals == ("fr:metro", "fr:hors-mayotte")


def test_a_commune_has_no_rate_of_its_own_and_is_told_its_zone():
    refusal = refused(RATE, "com:62498", "2022")

    assert refusal.proposals == ("ze:3215",)


def test_a_year_of_a_monthly_count_is_its_last_month():
    found = answer("relance_industrial_companies", "dep:62", "2022")

    assert "celle de décembre 2022" in found["formula"]
    assert any("de 2022-01 à 2022-02" in one for one in found["warnings"])


def test_a_year_cut_short_says_which_month_was_its_last():
    found = answer("apprenticeship_contracts", "dep:62", "2022")

    assert found["warnings"][0] == "la dernière valeur de 2022 est celle d’octobre 2022"
    refusal = refused("apprenticeship_contracts", "dep:62", "2030")
    assert "aucune valeur n’est connue pour 2030" in refusal.reason


def test_the_territory_has_an_estimate_over_every_zone_that_holds_one_of_its_communes():
    found = answer(RATE, "territory:pma", "2022")

    coverage = found["coverage"]
    zones = {one["place"]: one["weight"] for one in coverage["parts"]}
    assert found["status"] == "proxy"
    assert {"ze:3205", "ze:3215"} < set(zones)
    assert sum(zones.values()) == coverage["population"] == coverage["covered"]
    assert coverage["share"] == "1.0000"
    assert coverage["weights"].startswith("population municipale 2020")
    assert coverage["words"] == "estimation du pôle, non officielle"
    assert coverage["words"] in found["warnings"]
    weighed = sum(Decimal(one["value"]) * one["weight"] for one in coverage["parts"])
    assert Decimal(found["value"]) == weighed / coverage["population"]
    assert found["printed"] == printed("9,4~%")
    assert "populations_by_year/2023" in found["edition"]


def test_an_estimate_lies_between_its_two_extremes_and_says_them():
    found = answer(RATE, "territory:pma", "2012:2022")

    coverage = found["coverage"]
    values = [Decimal(one["change"]) for one in coverage["parts"]]
    assert min(values) == Decimal(coverage["lowest"]["change"])
    assert max(values) == Decimal(coverage["highest"]["change"])
    assert min(values) <= Decimal(found["value"]) <= max(values)
    assert any(one.startswith("entre ses parties, de −") for one in found["warnings"])
    assert found["printed"] == printed("−4,9~points")


def test_an_estimate_says_how_much_of_each_zone_is_inside():
    coverage = answer(RATE, "territory:pma", "2022-T3")["coverage"]

    shares = {one["place"]: Decimal(one["share_inside"]) for one in coverage["parts"]}
    assert shares["ze:3215"] > Decimal("0.9")
    assert min(shares.values()) < Decimal("0.1")


def test_a_union_of_small_communes_is_an_estimate_over_those_that_are_published():
    found = answer("poverty_rate", "epci:246200364", "2019")

    coverage = found["coverage"]
    assert found["status"] == "proxy"
    assert coverage["words"] == "estimation non officielle"
    assert len(coverage["parts"]) + len(coverage["without"]) == 36
    assert coverage["share"] == "0.9686"
    assert "8 parties n’ont pas de taux publié" in found["warnings"]


def test_a_union_that_is_mostly_secret_has_no_estimate():
    refusal = refused("poverty_rate_40", "epci:200069672", "2019")

    assert refusal.status == "refused"
    assert "trop peu pour une estimation" in refusal.reason


def test_an_estimate_as_it_was_known_needs_a_population_of_then():
    refusal = refused("poverty_rate", "epci:246200364", "2019", as_of="2022-01-16")

    assert "aucune édition n’était publiée" in refusal.reason


@pytest.mark.parametrize(
    ("key", "place"),
    [("poverty_rate", "com:62003"), ("poverty_rate_40", "com:01014")],
)
def test_a_secret_cell_is_a_status_never_a_zero(key, place):
    refusal = refused(key, place, "2019")

    assert refusal.status == "secret"
    assert "secret statistique" in refusal.reason


def test_a_commune_outside_the_field_is_absent_not_secret():
    refusal = refused("poverty_rate", "com:97101", "2019")

    assert refusal.status == "absent"


@pytest.mark.parametrize(
    ("key", "place", "reason"),
    [
        ("poor_median_income", "dep:62", "Des médianes ne s’additionnent pas"),
        ("relance_industrial_companies", "territory:pma", "plusieurs parties"),
        ("poverty_intensity", "dep:62", "n’ont pas le même dénominateur"),
        ("charge_points", "epci:246200364", "publié pour"),
        ("communes_count", "com:62498", "ne compte pas de communes"),
    ],
)
def test_what_would_lie_is_refused_with_the_reason(key, place, reason):
    period = "2026" if key == "communes_count" else "2019"

    assert reason in refused(key, place, period).reason


@pytest.mark.parametrize(
    ("place", "period", "value", "members"),
    [
        ("epci:246200364", "2022", "242591", 36),
        ("dep:62", "2023", "1457905", 887),
        ("territory:pma", "2018:2023", "-2137", 150),
    ],
)
def test_a_population_of_a_union_is_the_sum_of_its_communes(
    place, period, value, members
):
    found = answer("population_municipal", place, period)

    assert (found["value"], found["status"]) == (value, "official")
    assert found["coverage"]["members"] == found["coverage"]["present"] == members
    assert "périmètre actuel rétropolé" in found["coverage"]["perimeter"]


def test_a_sum_of_total_populations_says_that_it_counts_some_people_twice():
    found = answer("population_total", "epci:246200364", "2022")

    assert any("compte deux fois" in one for one in found["warnings"])


def test_a_sum_without_all_its_communes_is_partial_and_says_which_lack():
    found = answer("population_municipal", "reg:06", "2022")

    coverage = found["coverage"]
    assert coverage["present"] == coverage["members"]
    whole = answer("population_municipal", "dep:85", "2020")
    assert whole["status"] == "partial"
    assert whole["coverage"]["missing"] == ["com:85113"]
    assert any("communes sur" in one for one in whole["warnings"])


def test_a_sum_of_nothing_is_refused():
    assert (
        "aucune commune n’a de valeur"
        in refused("population_municipal", "dep:976", "2023").reason
    )


def test_a_population_of_a_year_that_no_edition_gives_is_refused():
    assert (
        "cette édition va de 2023 à 2023"
        in refused("population_municipal", "dep:62", "2010").reason
    )


@pytest.mark.parametrize(
    ("period", "reason"),
    [
        ("2022-T1", "au 1er janvier d’une année"),
        ("1900", "va de 1943 à 2026"),
        ("2030", "va de 1943 à 2026"),
    ],
)
def test_communes_are_counted_on_the_first_of_january_of_years_at_hand(period, reason):
    assert reason in refused("communes_count", "dep:62", period).reason


def test_an_unknown_key_is_a_wrong_use_with_near_keys():
    with pytest.raises(WrongUse, match="no indicator bears the key") as caught:
        asked("unemploymnt_rate", "dep:62", "2022")

    assert caught.value.proposals[0] == RATE


def test_a_period_badly_written_is_a_wrong_use():
    with pytest.raises(WrongUse, match="a period is written"):
        asked(RATE, "dep:62", "2022-Q3")


def test_an_unknown_place_is_told_with_what_was_meant():
    with pytest.raises(UnknownPlace) as caught:
        asked(RATE, "dep:6", "2022")

    assert caught.value.proposal == "dep:06"


def test_a_figure_may_be_printed_with_other_decimals():
    assert answer(RATE, "ze:3215", "2022", decimals=2)["printed"] == printed("10,13~%")


def test_a_figure_is_told_in_words():
    text = in_words(answer(RATE, "ze:3205", "2022"))

    assert text.splitlines()[0] == printed(
        "Taux de chômage localisé, Béthune, 2022 : 8,4~%"
    )
    assert "Source : Insee" in text


def test_a_refusal_is_told_in_words_with_what_could_be_asked():
    question = Question(RATE, "com:62498", "2022")

    text = in_words(told_refusal(question, refused(RATE, "com:62498", "2022")))

    assert text.splitlines()[-1] == "  ze:3215"


@settings(max_examples=12, deadline=None)
@given(st.integers(2003, 2021), st.integers(1, 21))
def test_a_change_is_that_of_the_exact_values(start, length):
    end = min(start + length, 2022)

    change = answer(RATE, "ze:3215", f"{start}:{end}")["value"]

    ends = [
        Decimal(answer(RATE, "ze:3215", str(year))["value"]) for year in (start, end)
    ]
    assert Decimal(change) == ends[1] - ends[0]


def test_an_estimate_without_any_population_to_weigh_it_is_refused(tmp_path):
    made = Store(tmp_path / "releases").write(
        build(originals(tmp_path / "files", "unemployment_zones"))
    )

    with pytest.raises(FigureRefused, match="aucune population n’est connue"):
        figure(made, atlas(), Question(RATE, "territory:pma", "2014-T2"))


@pytest.mark.parametrize(
    ("key", "place", "period", "value"),
    [
        ("action_coeur_de_ville", "territory:pma", "2026", "4"),
        ("petites_villes_de_demain", "territory:pma", "2026", "7"),
        ("action_coeur_de_ville", "com:62498", "2026", "1"),
        ("action_coeur_de_ville", "com:62003", "2026", "0"),
        ("priority_districts", "territory:pma", "2024", "46"),
        ("brownfield_sites", "territory:pma", "2026", "303"),
        ("brownfield_sites", "epci:246200364", "2026", "99"),
        ("industry_territories", "epci:246200364", "2018", "1"),
    ],
)
def test_programmes_of_the_territory_are_counted(key, place, period, value):
    found = answer(key, place, period)

    assert (found["value"], found["status"]) == (value, "official")
