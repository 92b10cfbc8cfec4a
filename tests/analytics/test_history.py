import pytest

from terril.analytics import DataError
from terril.analytics.geography import Event, Side, history

NOTHING = Side("", "", "", "")


def com(code, name, kind="COM"):
    return Side(kind, code, name, "0")


def event(kind, on, before, after):
    return Event(kind, on, before, after)


def today(*sides):
    return {side.code: side for side in sides}


def told(found):
    return [(one.code, one.since, one.until, one.name) for one in found]


BETHUNE, VERQUIGNEUL = com("62119", "Béthune"), com("62847", "Verquigneul")
MERGED = [
    event("33", "1990-12-10", VERQUIGNEUL, BETHUNE),
    event("33", "1990-12-10", BETHUNE, BETHUNE),
    event("33", "1990-12-10", VERQUIGNEUL, com("62847", "Verquigneul", "COMA")),
]
APART = [
    event("21", "2008-01-01", BETHUNE, VERQUIGNEUL),
    event("21", "2008-01-01", BETHUNE, BETHUNE),
    event("21", "2008-01-01", com("62847", "Verquigneul", "COMA"), VERQUIGNEUL),
]


def test_a_code_used_again_is_another_existence():
    found = history([*APART, *MERGED], today(BETHUNE, VERQUIGNEUL))

    assert told(found) == [
        ("62119", "1943-01-01", "", "Béthune"),
        ("62847", "1943-01-01", "1990-12-10", "Verquigneul"),
        ("62847", "2008-01-01", "", "Verquigneul"),
    ]


def test_a_day_is_in_an_existence_from_its_first_day_to_the_eve_of_its_end():
    found = history([*MERGED, *APART], today(BETHUNE, VERQUIGNEUL))

    days = ["1990-12-09", "1990-12-10", "2007-12-31", "2008-01-01"]

    assert [found.on("62847", day) is not None for day in days] == [
        True,
        False,
        False,
        True,
    ]
    assert found.codes_on("2000-01-01") == {"62119"}
    assert found.on("99999", "2000-01-01") is None


def test_successors_follow_the_movements():
    found = history([*MERGED, *APART], today(BETHUNE, VERQUIGNEUL))

    assert found.successors("62847", "1980-01-01", "2000-01-01") == {"62119"}
    assert found.successors("62847", "1980-01-01", "2026-01-01") == {"62119"}
    assert found.successors("62119", "2000-01-01", "2026-01-01") == {"62119"}
    assert found.successors("99999", "2000-01-01", "2026-01-01") == set()


def test_successors_pass_over_a_new_name_and_stop_where_a_commune_ends():
    old, new, heir = (
        com("62486", "Lambres"),
        com("62486", "Lambres-lez-Aire"),
        com("62001", "Aire"),
    )
    alone = com("97123", "Saint-Barthélemy")
    events = [
        event("10", "1990-01-01", old, new),
        event("31", "2000-01-01", new, heir),
        event("30", "2007-02-23", alone, NOTHING),
    ]

    found = history(events, today(heir))

    assert found.successors("62486", "1980-01-01", "2026-01-01") == {"62001"}
    assert found.successors("97123", "1980-01-01", "2026-01-01") == set()


def test_a_new_name_is_the_same_commune():
    old, new = com("62486", "Lambres"), com("62486", "Lambres-lez-Aire")

    found = history([event("10", "2026-01-01", old, new)], today(new))

    (only,) = found
    assert (only.name, only.former_names) == (
        "Lambres-lez-Aire",
        (("Lambres", "0", "2026-01-01"),),
    )
    assert found.links[0].before == found.links[0].after


def test_a_commune_nouvelle_is_another_commune_under_the_code_of_its_chef_lieu():
    hesdin, marconne = com("62447", "Hesdin"), com("62549", "Marconne")
    forest = com("62447", "Hesdin-la-Forêt")
    events = [
        event("32", "2025-01-01", hesdin, com("62447", "Hesdin", "COMD")),
        event("32", "2025-01-01", hesdin, forest),
        event("32", "2025-01-01", marconne, forest),
    ]

    found = history(events, today(forest))

    assert told(found) == [
        ("62447", "1943-01-01", "2025-01-01", "Hesdin"),
        ("62447", "2025-01-01", "", "Hesdin-la-Forêt"),
        ("62549", "1943-01-01", "2025-01-01", "Marconne"),
    ]


def test_a_commune_nouvelle_that_grows_stays_the_same():
    valromey, ruffieu = com("01187", "Haut Valromey"), com("01330", "Ruffieu")
    events = [
        event("32", "2025-01-01", valromey, valromey),
        event("32", "2025-01-01", ruffieu, valromey),
        event("32", "2025-01-01", ruffieu, com("01330", "Ruffieu", "COMD")),
    ]

    found = history(events, today(valromey))

    assert told(found) == [
        ("01187", "1943-01-01", "", "Haut Valromey"),
        ("01330", "1943-01-01", "2025-01-01", "Ruffieu"),
    ]


def test_a_commune_nouvelle_divided_ends_under_the_code_of_its_chef_lieu():
    whole = com("15141", "Neussargues en Pinatelle")
    old, celles = com("15141", "Neussargues-Moissac"), com("15031", "Celles")
    events = [
        event("32", "2016-12-01", old, com("15141", "Neussargues-Moissac", "COMD")),
        event("32", "2016-12-01", old, whole),
        event("32", "2016-12-01", celles, whole),
        event("21", "2025-01-01", com("15141", "Neussargues-Moissac", "COMD"), old),
        event("21", "2025-01-01", whole, old),
        event("21", "2025-01-01", whole, celles),
    ]

    found = history(events, today(old, celles))

    assert [row for row in told(found) if row[0] == "15141"] == [
        ("15141", "1943-01-01", "2016-12-01", "Neussargues-Moissac"),
        ("15141", "2016-12-01", "2025-01-01", "Neussargues en Pinatelle"),
        ("15141", "2025-01-01", "", "Neussargues-Moissac"),
    ]


def test_a_commune_born_and_gone_the_same_day_is_passed_over():
    old, brief = com("49144", "Freigné"), com("44225", "Freigné")
    valley, saint = com("44180", "Vallons"), com("44180", "Saint-Mars")
    events = [
        event("41", "2018-01-01", old, brief),
        event("32", "2018-01-01", brief, valley),
        event("32", "2018-01-01", saint, valley),
    ]

    found = history(events, today(valley))

    assert "44225" not in found.existences
    assert found.successors("49144", "2017-01-01", "2026-01-01") == {"44180"}


def test_a_creation_and_a_suppression_may_have_one_side_only():
    acoua, saint = com("97601", "Acoua"), com("97123", "Saint-Barthélemy")
    events = [
        event("20", "2011-03-31", NOTHING, acoua),
        event("30", "2007-02-23", saint, NOTHING),
    ]

    found = history(events, today(acoua))

    assert told(found) == [
        ("97123", "1943-01-01", "2007-02-23", "Saint-Barthélemy"),
        ("97601", "2011-03-31", "", "Acoua"),
    ]


def test_a_commune_without_movement_has_existed_since_the_dawn_of_the_file():
    found = history([], today(com("62498", "Lens")))

    assert told(found) == [("62498", "1943-01-01", "", "Lens")]


@pytest.mark.parametrize(
    ("events", "now", "problem"),
    [
        (MERGED, [BETHUNE, VERQUIGNEUL], "the movements do not lead to today's list of communes"),
        (MERGED, [com("62119", "Autre")], "the movements do not lead to today's list of communes"),
        (
            [*MERGED, event("31", "1995-01-01", VERQUIGNEUL, BETHUNE)],
            [BETHUNE],
            "a commune which no longer exists moves",
        ),
    ],
)  # fmt: skip
def test_movements_that_do_not_lead_to_today_are_refused(events, now, problem):
    with pytest.raises(DataError) as caught:
        history(events, today(*now))

    assert caught.value.problem == problem
