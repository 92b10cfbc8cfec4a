"""The words of the command about places: their JSON, their French, their exits."""

import json

import pytest

from terril.analytics.commands import carry, place
from terril.analytics.geography import Link, atlas
from terril.analytics.geography.french import contracted, day_in_words, listed
from terril.analytics.geography.sentences import in_french
from terril.analytics.geography.story import KINDS, Life, story


def said(capsys, word, *words):
    """Return how a word leaves, what it prints and what it says beside."""
    left = word.main([str(one) for one in words])
    out, beside = capsys.readouterr()
    return left, out, beside


def told(capsys, word, *words):
    left, out, _beside = said(capsys, word, *words, "--json")
    return left, json.loads(out)


def test_a_commune_tells_its_whole_story_in_words(capsys):
    left, text, _ = said(capsys, place, "com:62847")

    assert left == 0
    assert text.splitlines()[0] == "Verquigneul (com:62847), commune"
    assert "  10 décembre 1990 : Fusionne dans Béthune. [fusion-association]" in text
    assert (
        "  1er janvier 2008 : Redevient une commune à part entière, séparée de "
        "Béthune. [rétablissement]"
    ) in text
    assert "CA de Béthune-Bruay, Artois-Lys Romane (epci:200072460, 2025)" in text
    assert "Population municipale 2023 : 1\u202f978." in text


def test_a_day_on_which_a_commune_did_not_exist_says_whose_it_was(capsys):
    left, text, _ = said(capsys, place, "com:62847", "--on", "2007-12-31")

    assert left == 0
    assert text.splitlines()[1] == (
        "Le 31 décembre 2007, ce lieu n’existait pas ; son territoire relevait de "
        "Béthune (com:62119)."
    )


def test_the_json_of_a_commune_holds_what_it_came_from_and_became(capsys):
    left, found = told(capsys, place, "com:62847", "--on", "2007-12-31")

    assert left == 0
    assert (found["place"], found["on"], found["exists"]) == (
        "com:62847",
        "2007-12-31",
        False,
    )
    assert [one["place"] for one in found["part_of"]] == ["com:62119"]
    assert found["validity"] == [
        {
            "since": "1943-01-01",
            "is_start_known": False,
            "until": "1990-12-10",
            "name": "Verquigneul",
        },
        {
            "since": "2008-01-01",
            "is_start_known": True,
            "until": None,
            "name": "Verquigneul",
        },
    ]
    assert found["became"] == [
        {
            "place": "com:62119",
            "name": "Béthune",
            "on": "1990-12-10",
            "kind": "33",
            "kind_name": "fusion-association",
        }
    ]
    assert [(one["place"], one["on"]) for one in found["came_from"]] == [
        ("com:62119", "2008-01-01")
    ]
    assert [step["places"] for step in found["story"]] == [["com:62119"], ["com:62119"]]


def test_names_are_told_with_the_days_they_were_borne(capsys):
    _, found = told(capsys, place, "com:62486")

    assert found["names"] == [
        {"name": "Lambres", "since": "1943-01-01", "until": "2026-01-01"},
        {"name": "Lambres-lez-Aire", "since": "2026-01-01", "until": None},
    ]
    text = said(capsys, place, "com:62486")[1]
    assert "Autres noms : Lambres (jusqu’au 1er janvier 2026)." in text


def test_a_place_is_called_as_it_was_that_day(capsys):
    text = said(capsys, place, "com:62486", "--on", "2000-01-01")[1]
    members = told(capsys, place, "dep:62", "--on", "2000-01-01")[1]["members"]

    assert text.splitlines()[0] == "Lambres (com:62486), commune"
    assert "Autres noms : Lambres-lez-Aire (depuis le 1er janvier 2026)." in text
    assert {"place": "com:62486", "name": "Lambres", "vintage": None} in members


@pytest.mark.parametrize(
    ("where", "parents", "members", "communes"),
    [
        ("com:62498", ["epci:246200364", "ze:3215", "dep:62", "reg:32", "territory:pma", "fr"], 0, 0),
        ("epci:246200364", ["dep:62", "reg:32", "territory:pma", "fr"], 36, 36),
        ("ze:3215", ["dep:62", "reg:32", "fr"], 58, 58),
        ("territory:pma", ["dep:62", "reg:32", "fr"], 3, 150),
        ("dep:62", ["reg:32", "fr"], 887, 887),
        ("reg:32", ["fr"], 5, 3_782),
        ("fr:metro", [], 13, 34_746),
    ],
)  # fmt: skip
def test_a_place_tells_what_is_above_and_below_it(
    capsys, where, parents, members, communes
):
    left, found = told(capsys, place, where)

    assert left == 0
    assert [one["place"] for one in found["parents"] if one["place"] != "fr"] == [
        one for one in parents if one != "fr"
    ]
    assert (len(found["members"]), len(found["communes"])) == (members, communes)
    assert found["sources"]


def test_an_epci_tells_who_held_its_communes_before_and_after(capsys):
    gone = said(capsys, place, "epci:200012060")[1]
    born = told(capsys, place, "epci:200089456")[1]

    assert "Ensuite, ses communes étaient dans : CC Terre d'Émeraude" in gone
    assert [one["place"] for one in born["came_from"]] == [
        "epci:200035665",
        "epci:242700623",
    ]
    assert born["came_from"][0]["kind_name"] is None


def test_an_epci_on_a_day_after_its_end_has_no_member(capsys):
    left, found = told(capsys, place, "epci:200012060", "--on", "2022-01-01")
    text = said(capsys, place, "epci:200012060", "--on", "2022-01-01")[1]

    assert (left, found["exists"], found["members"]) == (0, False, [])
    assert "Le 1er janvier 2022, ce lieu n’existait pas." in text


def test_a_commune_not_yet_there_tells_where_it_was_to_come_from(capsys):
    _, found = told(capsys, place, "com:95637", "--on", "1960-01-01")

    assert [one["place"] for one in found["part_of"]] == ["com:78637"]


@pytest.mark.parametrize(
    ("day", "epci"),
    [
        ("2010-06-01", ("epci:241800325", "2019")),
        ("2020-06-01", ("epci:200090561", "2020")),
        ("2026-01-01", ("epci:200000933", "2025")),
    ],
)
def test_the_epci_of_a_commune_is_that_of_the_nearest_vintage(capsys, day, epci):
    _, found = told(capsys, place, "com:18159", "--on", day)

    parent = found["parents"][0]
    assert (parent["place"], parent["vintage"]) == epci


def test_a_territory_of_another_file_tells_its_members_of_the_day(capsys, file):
    members = [
        {"place": "epci:246200364", "since": "2017-01-01"},
        {"place": "dep:59", "since": "2017-01-01", "until": "2020-01-01"},
    ]
    known = {"name": "Ici", "short_name": "Ici", "since": "2017-01-01"}
    path = file(json.dumps({"ici": known | {"members": members}}), "known.json")

    _, found = told(capsys, place, "territory:ici", "--territories", path)

    assert [one["place"] for one in found["members"]] == ["epci:246200364"]
    assert len(found["communes"]) == 36


def test_few_members_are_named_and_many_are_counted(capsys):
    few = said(capsys, place, "territory:pma")[1]
    many = said(capsys, place, "dep:62")[1]

    assert "Membres : 3, CA de Béthune-Bruay" in few
    assert "Membres : 887." in many
    assert "Communes : 887 (périmètre de l’époque" in many


def test_a_quiet_commune_has_no_movement(capsys):
    assert "Aucun mouvement connu depuis 1943." in said(capsys, place, "com:62498")[1]


def test_no_place_is_refused_with_a_proposal(capsys):
    left, found = told(capsys, place, "com:1004")

    assert left == 1
    assert found == {
        "place": "com:1004",
        "refused": "the code lost its leading zero",
        "proposal": "com:01004",
    }
    left, out, beside = said(capsys, place, "com:1004")
    assert (left, out) == (1, "")
    assert beside == (
        "« com:1004 » : le code a perdu son zéro de tête. Peut-être com:01004 ?\n"
    )


@pytest.mark.parametrize(
    "words",
    [[], ["com:62498", "--on", "hier"], ["com:62498", "--on", "20260101"]],
)
def test_a_wrong_use_of_place_leaves_with_two(capsys, words):
    with pytest.raises(SystemExit) as left:
        place.main(words)

    assert left.value.code == 2


@pytest.fixture
def file(tmp_path):
    """Write a file and return its path."""

    def written(text, name="counts.csv"):
        path = tmp_path / name
        path.write_bytes(text.encode())
        return path

    return written


def test_counts_are_carried_with_what_is_estimated(capsys, file):
    path = file("code,count\n62119,27072\n62498,3\n")

    left, found = told(capsys, carry, path, "--from", "2007", "--to", "2026")

    assert left == 0
    assert found["counts"] == [
        {"code": "62119", "count": 25186, "estimated": True},
        {"code": "62498", "count": 3, "estimated": False},
        {"code": "62847", "count": 1886, "estimated": True},
    ]
    assert found["unknown"] == []
    (split,) = found["splits"]
    assert (split["on"], split["code"], split["basis"]) == (
        "2008-01-01",
        "62119",
        "population 2019",
    )


def test_unknown_codes_stop_with_their_line_and_a_proposal(capsys, file):
    path = file("code,count\n62498,3\n1004,5\n62549,7\n")

    left, found = told(capsys, carry, path, "--from", "2026", "--to", "2020")

    assert (left, found["counts"]) == (1, [])
    assert found["refused"] == "some codes are no communes on 2026-01-01"
    assert [
        (one["line"], one["code"], one["proposal"]) for one in found["unknown"]
    ] == [
        (3, "1004", "01004"),
        (4, "62549", "62447"),
    ]
    beside = said(capsys, carry, path, "--from", "2026", "--to", "2020")[2]
    assert "Ligne 3 : code 1004" in beside
    assert "Peut-être 01004." in beside


def test_a_line_that_cannot_be_counted_stops_as_well(capsys, file):
    path = file("code,count\n62498,-3\n")

    left, found = told(capsys, carry, path, "--from", "2026", "--to", "2020")

    assert (left, found["counts"]) == (1, [])
    assert [one["line"] for one in found["problems"]] == [2]
    left, out, beside = said(capsys, carry, path, "--from", "2026", "--to", "2020")
    assert (left, out) == (1, "")
    assert "Refusé" in beside
    assert "Ligne 2 : un effectif n’est pas négatif (« 62498,-3 »)." in beside


def test_what_no_share_places_is_refused_or_left_apart(capsys, file):
    path = file("code,count\n27701,30\n97123,2\n62498,1\n")
    words = (path, "--from", "1982", "--to", "1980")

    left, refused = told(capsys, carry, *words)
    kept, found = told(capsys, carry, *words, "--leave-unplaced")

    assert (left, refused["counts"]) == (1, [])
    assert "declare shares" in refused["refused"]
    assert kept == 0
    assert {one["code"] for one in found["counts"]} == {"62498", "97123"}
    (stray,) = found["unplaced"]
    assert (stray["line"], stray["code"], stray["count"]) == (2, "27701", 30)
    assert len(stray["among"]) == 8
    beside = said(capsys, carry, path, "--from", "2000", "--to", "2026")[2]
    assert "97123 : 2 sans place (elle n’est pas dans la géographie" in beside


def test_shares_may_be_declared_in_a_file(capsys, file):
    path = file("code,count\n62119,1000\n")
    shares = file("whole,part,share\n62119,62119,0.9\n62119,62847,1/10\n", "s.csv")

    left, found = told(
        capsys, carry, path, "--from", "2007", "--to", "2026", "--shares", shares
    )

    assert left == 0
    assert found["counts"] == [
        {"code": "62119", "count": 900, "estimated": False},
        {"code": "62847", "count": 100, "estimated": False},
    ]


def test_shares_that_meet_no_split_are_said(capsys, file):
    path = file("code,count\n62498,1000\n")
    shares = file("whole,part,share\n62498,62498,0.9\n62498,62001,0.1\n", "s.csv")

    _, found = told(
        capsys, carry, path, "--from", "2007", "--to", "2026", "--shares", shares
    )

    assert found["notes"] == [
        "the shares declared for 62498 were not used: no such split"
    ]


@pytest.mark.parametrize("shares", ["0.9", "-0.1", "x"])
def test_shares_that_do_not_add_up_are_a_wrong_use(capsys, file, shares):
    path = file("code,count\n62119,1000\n")
    wrong = file(f"whole,part,share\n62119,62119,{shares}\n", "s.csv")

    left, _, beside = said(
        capsys, carry, path, "--from", "2007", "--to", "2026", "--shares", wrong
    )

    assert left == 2
    assert beside.startswith("terril carry: ")


def test_without_json_counts_come_as_a_csv_and_the_rest_beside(capsys, file):
    path = file("code;count\n75101;1,5\n75102;2\n62119;10\n")

    left, out, beside = said(capsys, carry, path, "--from", "2007", "--to", "2026")

    assert left == 0
    assert out.splitlines()[0] == "code,count,estimated"
    assert "75056,3.5,0" in out.splitlines()
    assert "75056 : somme de 2 arrondissements sur 20." in beside
    assert (
        "1er janvier 2008, 62119 partagée : 62119 93,0\u00a0%, 62847 7,0\u00a0% "
        "(populations municipales de 2019)."
    ) in beside
    assert "Communes estimées : 2." in beside
    assert "Note : une virgule dans un effectif est lue comme sa décimale." in beside
    left, found = told(capsys, carry, path, "--from", "2007", "--to", "2026")
    assert found["counts"][-1] == {"code": "75056", "count": 3.5, "estimated": False}
    assert found["gathered"] == {"75056": ["75101", "75102"]}


def test_a_count_too_long_for_a_float_is_a_text(capsys, file):
    path = file("code,count\n62498,0.10000000000000000001\n")

    _, found = told(capsys, carry, path, "--from", "2026", "--to", "2026")

    assert found["counts"][0]["count"] == "0.10000000000000000001"


@pytest.mark.parametrize(
    ("text", "years"),
    [("nothing", ("2026", "2020")), ("code,count\n", ("1942", "2020"))],
)
def test_what_cannot_be_read_leaves_with_two(capsys, file, text, years):
    left, out, beside = said(
        capsys, carry, file(text), "--from", years[0], "--to", years[1]
    )

    assert (left, out) == (2, "")
    assert beside.startswith("terril carry: ")


def test_a_missing_file_leaves_with_two(capsys, tmp_path):
    words = (tmp_path / "none.csv", "--from", "2026", "--to", "2020")

    assert said(capsys, carry, *words)[0] == 2


def test_what_is_printed_is_in_french():
    says = {"a count is not below zero", "Write 12.", "no epci bears this code"}

    assert sorted(map(in_french, says)) == [
        "aucun lieu de cette maille ne porte ce code",
        "un effectif n’est pas négatif",
        "Écrire 12.",
    ]
    assert in_french("said nowhere") == "said nowhere"


def test_french_contracts_its_small_words():
    assert contracted("Prend la place de Arras.") == "Prend la place d’Arras."
    assert contracted("séparée de Le Havre.") == "séparée du Havre."
    assert contracted("séparée de Les Abymes.") == "séparée des Abymes."
    assert contracted("séparée de Houdain.") == "séparée de Houdain."
    assert listed(["A", "B", "C"]) == "A, B et C"
    assert listed(["A"]) == "A"
    assert day_in_words("2008-01-02") == "2 janvier 2008"


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("20", "B est créée à partir de son territoire.", "Mouvement depuis A."),
        ("31", "Mouvement vers B.", "A la rejoint."),
        (
            "99",
            "Mouvement de type 99, non connu ici, vers B.",
            "Mouvement de type 99, non connu ici, depuis A.",
        ),
    ],
)
def test_a_story_says_no_more_than_the_file_does(kind, left, right):
    one, other = ("62001", "1943-01-01"), ("62002", "1943-01-01")
    link = Link(kind, "1990-01-01", one, other, "A", "B")

    (out,) = story(Life(one), [link])
    (into,) = story(Life(other), [link])

    assert (out.said(), into.said()) == (left, right)
    assert out.named() == (KINDS[kind].french if kind in KINDS else kind)


def test_a_story_leaves_out_the_movements_of_others():
    links = atlas().movements[:50]

    assert story(Life(("62498", "1943-01-01")), links) == ()
    assert KINDS["33"].said("en", ()) == "merger-association"
