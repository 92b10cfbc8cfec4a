"""`terril choice tally`: what it reads, what it refuses, what it prints."""

import json

import pytest

from terril.choice import tally
from terril.choice.errors import ChoiceError
from terril.choice.tally import counting
from terril.choice.tally.words import main

HEAD = "Serre,Fournil,Atelier"


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a file and gives its path."""

    def written(text, name="ballots.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


@pytest.fixture
def run(capsys):
    """Return a function that runs the word: its code, what it says, its complaint."""

    def ran(*words):
        code = main([str(word) for word in words])
        told = capsys.readouterr()
        return code, told.out, told.err

    return ran


def ranking(run, path, *words):
    code, out, err = run(path, *words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)["ranking"]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\nTrès bien,Bien,Passable\nBien,Bien,À rejeter\n",
        f"\ufeff{HEAD}\r\ntres bien , BIEN,passable\r\nbien,bien,a rejeter\r\n\r\n",
        "Serre;Fournil;Atelier\nTrès-bien;Bien;Passable\nBien;Bien;À rejeter",
        'Serre\tFournil\tAtelier\n"Très bien"\tBien\tPassable\nBien\tBien\tÀ rejeter\n',
        f"# grades: Bravo, Oui, Non, Jamais\n{HEAD}\nBravo,Oui,Non\nOui,Oui,Jamais\n",
        f"grades: Bravo > Oui > Non > Jamais\n{HEAD}\nBravo,Oui,Non\nOui,Oui,Jamais\n",
        f"grades,Excellent,Good,Fair,Poor\n{HEAD}\nGood,Fair,Poor\nFair,Fair,Poor\n",
        f"# numbers\n{HEAD}\n3,2,1\n2,2,0\n",
        f"# note (la plus haute gagne)\n{HEAD}\n3,2,1\n2,2,0\n",
        f"# notes prises en séance\n# grades given in May\n{HEAD}\n5,4,3\n4,4,0\n",
        f"# grade : Bravo, Oui, Non\n{HEAD}\nBravo,Oui,Non\nOui,Oui,Non\n",
        f"# ranks\n{HEAD}\n1,2,3\n1,1,3\n",
        f"ranks\n{HEAD}\n1,2,3\n1,1,3\n",
        f"grades\n{HEAD}\nA,B,C\nB,B,F\n",
        "# grades: 5;4,5;4;0\nSerre;Fournil;Atelier\n5;4,5;4\n4,5;4,5;0\n",
        f"# grades: 5,4,3,2,1,0\n{HEAD}\n5,4,3\n4,4,0\n",
        f"{HEAD}\n5,4,3\n4,4,0\n",
        f"{HEAD},\n5,4,3,\n4,4,0,\n",
        f"{HEAD}\n3,3,1\n3,2,1\n3,2,1\n",
        f"\n# a note\n{HEAD}\n5,4,3\n4,4,0\n",
    ],
)
def test_ballots_are_read_however_they_are_saved(write, run, text):
    assert ranking(run, write(text)) == [["Serre"], ["Fournil"], ["Atelier"]]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", None, "the file is empty"),
        ("\n\n", None, "the file is empty"),
        (f"{HEAD}\n", None, "there is no ballot"),
        ("A,,B\n1,2,3\n", 1, "column 2 has no name"),
        ("A,B, A\n1,2,3\n", 1, "the project “A” has two columns"),
        (f"{HEAD}\n5,4,0\n5,4\n", 3, "2 cells, 3 expected"),
        (f"{HEAD}\n5,4,0,9\n", 2, "4 cells, 3 expected"),
        (f"{HEAD}\n5,4,0\n\n5,4,0\n", 3, "the line is empty, and ballots follow"),
        (f"{HEAD},\n5,4,0,\n5,4,0,7\n", None, "“7” stands in a column that has no"),
        (f"{HEAD}\n5,4,0\n5,,0\n", 3, "the ballot says nothing of this project"),
        (f"# numbers\n{HEAD}\n5,4,0\n5,x,0\n", 4, "“x” is not a number"),
        (f"# ranks\n{HEAD}\n1,2,3\n1,2,4\n", 4, "“4” is not one of the grades"),
        (f"# grades: A,B\n{HEAD}\nA,B,A\nA,C,A\n", 4, "“C” is not one of the grades"),
        (f"{HEAD}\nSuper,Bof,Nul\n", None, "no known scale has the grades “Bof”"),
        (f"{HEAD}\nGood,Poor,Fair\nAcceptable,Good,Good\n", None, "no known scale has"),
        (f"{HEAD}\n1,2,3\n2,1,2\n3,1,1\n", None, "the numbers could be grades"),
        ("# grades: 0,1,2\nA\n1\n", None, "are numbers, not from best to worst"),
        ("# grades: Bien, bien\nA\nBien\n", None, "is not a list of grades"),
        (f'{HEAD}\n5,4,0\n5,"4,0\n', 3, "the row cannot be read"),
        (f"{HEAD}\n5,4,0\n5,\xe9,0\n".encode("latin-1"), 3, "the file is not UTF-8"),
        (
            f'{HEAD}\n"5",4,0\n5,\xe9,0\n'.encode("latin-1"),
            None,
            "the file is not UTF-8",
        ),
    ],
)
def test_what_is_no_ballot_is_refused_with_its_line(write, run, text, line, problem):
    code, out, err = run(write(text), "--json")

    refused = json.loads(out)["refused"]
    assert code == 1
    assert problem in err
    assert refused["line"] == line
    assert problem in refused["problem"]


@pytest.mark.parametrize(
    "name", ["grades,Serre", "grades;Serre;Four", "grades vertes", "grade"]
)
def test_a_project_may_be_called_grades(write, name):
    width = 1 + name.count(",") + name.count(";")
    rows = (";" if ";" in name else ",").join(["5"] * width)

    found = tally.read_ballots(write(f"{name}\n{rows}\n"))

    assert len(found.projects) == width
    assert found.projects[0].startswith("grade")


def test_a_file_that_is_not_there_is_refused(run, tmp_path):
    code, _, err = run(tmp_path / "nowhere.csv")

    assert (code, err) == (
        1,
        "nowhere.csv: it cannot be read: No such file or directory.\n",
    )


def test_a_profile_that_is_not_there_is_refused(run, tmp_path):
    code, out, err = run("--profile", tmp_path / "nowhere.csv")

    assert (code, out) == (1, "")
    assert err == "nowhere.csv: it cannot be read: No such file or directory.\n"


def test_one_file_is_tallied_at_a_time(run, write):
    code, _, err = run(write("A\n1\n"), "--profile", write("x", "p.csv"))

    assert code == 1
    assert err.startswith("one file of ballots or one profile is tallied.")


def test_the_result_is_printed_for_people(write, run):
    path = write(f"{HEAD}\n5,4,3\n4,4,0\n3,3,0\n")

    code, out, _ = run(path)

    assert code == 0
    assert out.splitlines() == [
        "  1  Serre     33.33 %  4−   33.33 %",
        "  2  Fournil    0.00 %  4−   33.33 %",
        "  3  Atelier   33.33 %  0+    0.00 %",
        "absent judgements: refuse",
    ]


def test_the_result_is_printed_for_programmes(write, run):
    _, out, _ = run(write(f"{HEAD}\n5,4,3\n4,4,0\n3,3,0\n"), "--json")

    found = json.loads(out)
    assert found["grades"] == ["5", "4", "3", "0"]
    assert found["decided_by"] == ["majority value", "majority grade"]
    assert found["projects"][0] == {
        "project": "Serre",
        "rank": 1,
        "counts": {"5": 1, "4": 1, "3": 1, "0": 0},
        "ballots": 3,
        "blanks": 0,
        "majority_grade": "4",
        "gauge": {
            "above": 1 / 3,
            "grade": "4-",
            "below": 1 / 3,
            "sign": "-",
            "above_exact": "1/3",
            "below_exact": "1/3",
        },
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--blank", "worst"], [["Fournil"], ["Serre"]]),
        (["--blank", "apart"], [["Serre"], ["Fournil"]]),
    ],
)
def test_absent_judgements_follow_the_rule_named(write, run, words, expected):
    text = "# grades: Bon, Moyen, Mauvais\nSerre,Fournil\nBon,Moyen\n-,Moyen\n,Moyen\n"

    assert ranking(run, write(text), *words) == expected


def test_numbers_do_not_say_what_the_worst_would_have_been(write, run):
    code, _, err = run(write("A,B\n5,4\n0,\n"), "--blank", "worst")

    assert code == 1
    assert "no line says which it is" in err


def test_a_project_that_nobody_judges_is_refused_apart(write, run):
    code, _, err = run(write("A,B\n5,\n0,\n"), "--blank", "apart")

    assert (code, err.split(".")[0]) == (1, "nobody judged “B”")


@pytest.mark.parametrize(
    "text",
    [
        "A,B,C\nx,,x\n,x,\nx,,\n",
        "A,B,C\n1,0,1\n0,1,0\n1,0,0\n",
        "A,B,C\noui,non,oui\nnon,oui,non\noui,,non\n",
        "A,B,C\n1,,1\n,1,\n1,,\n",
    ],
)
def test_an_approval_is_a_mark_a_one_or_a_yes(write, run, text):
    path = write(text)

    assert ranking(run, path, "--method", "approval") == [["A"], ["B", "C"]]


def test_nobody_may_be_approved(write, run):
    code, out, _ = run(write("A,B\n0,0\n0,\n"), "--method", "approval", "--json")

    found = json.loads(out)
    assert (code, found["ranking"]) == (0, [["A", "B"]])
    assert [one["total"] for one in found["projects"]] == [0, 0]


def test_an_approval_from_grades_names_the_last_that_approves(write, run):
    path = write("A,B\nBien,Passable\nPassable,Insuffisant\n")

    found = ranking(run, path, "--method", "approval", "--approved", "passable")
    refusals = [
        run(path, "--method", "approval")[2],
        run(path, "--method", "approval", "--approved", "Super")[2],
    ]

    assert found == [["A"], ["B"]]
    assert refusals[0].startswith("nothing says which of the grades approve")
    assert refusals[1] == "“Super” is not one of the grades.\n"


def test_a_score_is_the_mean_of_the_points(write, run):
    code, out, _ = run(write("A;B\n4,5;3\n5;3\n"), "--method", "score", "--json")

    found = json.loads(out)["projects"]
    assert code == 0
    assert [(one["project"], one["total"], one["mean"]) for one in found] == [
        ("A", 9.5, 4.75),
        ("B", 6, 3.0),
    ]
    assert found[0]["mean_exact"] == "19/4"


def test_a_score_of_ranks_counts_the_projects_left_behind(write, run):
    path = write("A,B,C\n1,2,3\n1,3,2\n2,1,3\n")

    code, out, _ = run(path, "--ranks", "--method", "score")

    assert code == 0
    assert out.splitlines()[:3] == [
        "  1  A  5 (mean 1.667)",
        "  2  B  3 (mean 1)",
        "  3  C  1 (mean 0.3333)",
    ]


def test_points_may_be_given(write, run):
    path = write("A,B\nBien,Passable\nÀ rejeter,Passable\n")

    found = ranking(run, path, "--method", "score", "--points", "9,8,7,6,5,4")
    short = run(path, "--method", "score", "--points", "9,8")
    odd = run(path, "--method", "score", "--points", "a,b")

    assert found == [["A", "B"]]
    assert short[2].startswith("2 points for 6 grades.")
    assert odd[2] == "“a,b” is not a list of numbers between commas.\n"


def test_the_command_prevails_over_the_file(write, run):
    path = write("A,B\n1,2\n2,1\n1,2\n")

    assert ranking(run, path, "--ranks") == [["A"], ["B"]]
    assert ranking(run, path, "--numbers") == [["B"], ["A"]]


PROFILE = "project,Good,Fair,Poor\nSerre,5,3,2\nFournil,3,5,2\n"


def test_a_profile_is_tallied_as_its_ballots(write, run):
    code, out, _ = run("--profile", write(PROFILE), "--json")

    assert (code, json.loads(out)["ranking"]) == (0, [["Serre"], ["Fournil"]])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p;Good;Fair;Poor\nA;33,3;33,3;33,3\nB;33,4;33,4;33,3\n", [["B"], ["A"]]),
        ("p,Good,Fair\nA,51 %,49 %\nB,50%,51%\n", [["A"], ["B"]]),
        ("# published\np,5,4,0\nA,1,1,0\n\nB,1,0,1\n", [["A"], ["B"]]),
    ],
)
def test_a_profile_may_hold_shares(write, run, text, expected):
    code, out, _ = run("--profile", write(text), "--json")

    assert (code, json.loads(out)["ranking"]) == (0, expected)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "there is no profile"),
        ("p,Good\nA,1,2\n", "3 cells, 2 expected"),
        ("p,Good,Fair\n,1,2\n", "3 cells, 3 expected"),
        ("p,Good,Fair\nA,1,-2\n", "“-2” is not a count"),
        ("p,Good,Fair\nA,1,x\n", "“x” is not a count"),
        ("p,Good,Good\nA,1,2\n", "the grade “Good” is there twice"),
        ("p,Good,Fair\nA,1,2\nA,1,2\n", "the project “A” is there twice"),
        ("p,Good,Fair\nA,1,\xe9\n".encode("latin-1"), "line 2: the file is not UTF-8"),
        ("p,Poor,Good\nA,1,2\n", "the grades do not stand from best to worst"),
        ("p,Super,Bof\nA,1,2\nB,2,2\n", "projects are judged by different numbers"),
        ("p,Good,Fair\nA,1,\xe9\n".encode("latin-1"), "the file is not UTF-8"),
        ("p,0,1,2\nA,1,2,3\n", "the grades do not stand from best to worst"),
        ("p,Good,Fair\nA,1,2\nB,1,1\n", "projects are judged by different numbers"),
        ("p,Good,Fair\nA,60.5,39.5\nB,50.0,30.0\n", "the shares of “A” add up to 100"),
        ("p,Good,Fair\nA,0,0\nB,0,0\n", "nobody judged “A”"),
    ],
)
def test_what_is_no_profile_is_refused(write, run, text, problem):
    code, _, err = run("--profile", write(text))

    assert code == 1
    assert problem in err


@pytest.mark.parametrize("blank", ["worst", "apart"])
def test_a_profile_of_unequal_numbers_follows_the_rule_named(write, run, blank):
    path = write("p,Good,Fair,Poor\nA,3,1,0\nB,4,4,0\n")

    code, out, _ = run("--profile", path, "--blank", blank, "--json")

    expected = {"worst": [["B"], ["A"]], "apart": [["A"], ["B"]]}[blank]
    assert (code, json.loads(out)["ranking"]) == (0, expected)


TIED = "project,Good,Fair\nA,1,1\nB,1,1\nC,1,1\nD,2,0\n"


def test_ties_stay_ties_unless_a_rule_is_named(write, run):
    code, out, _ = run("--profile", write(TIED))

    assert code == 0
    assert out.splitlines()[-1] == "still tied: A, B, C"


def test_ties_are_broken_by_the_rules_of_the_table_in_order(write, run):
    ties = write(
        "project;C1:high;deposit:low\nA;3,5;2026-02-01\nB;4;2026-01-03T09:00\n"
        "C;4;2026-01-02\n\nD;1;2026-01-01\n",
        "ties.csv",
    )

    words = ["--profile", write(TIED), "--tie-break", ties]
    found = json.loads(run(*words, "--json")[1])
    printed = run(*words)[1].splitlines()

    assert found["ranking"] == [["D"], ["C"], ["B"], ["A"]]
    assert found["decided_by"] == ["majority grade", "rule", "rule"]
    assert found["tie_break"] == {
        "rules": ["C1:high", "deposit:low"],
        "used": [
            {"rule": "C1:high", "tied": ["A", "B", "C"], "left": [["B", "C"], ["A"]]},
            {"rule": "deposit:low", "tied": ["B", "C"], "left": [["C"], ["B"]]},
        ],
    }
    assert printed[-2:] == [
        "tie broken by C1:high: B = C > A",
        "tie broken by deposit:low: C > B",
    ]


def test_ties_are_drawn_from_a_seed(write, run):
    words = ["--profile", write(TIED), "--tie-break", "draw", "--json"]

    first, again = (run(*words, "--seed", "2026-06-12")[1] for _ in range(2))
    refused = run(*words)

    assert first == again
    assert len(json.loads(first)["ranking"]) == 4
    assert json.loads(first)["tie_break"]["rules"] == ["draw with seed 2026-06-12"]
    assert refused[2] == "a draw needs a seed. Give --seed S.\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("project\nA\n", "no rule stands here"),
        ("project,C1\nA,1\n", "does not say which end wins"),
        ("project,C1:high\nA,1,2\n", "3 cells, 2 expected"),
        ("project,C1:high\nA,1\nA,2\n", "“A” is there twice"),
        ("project,C1:high\nA,soon\n", "“soon” is neither a number nor a date"),
        ("project,C1:high\nA,1\nB,2026-01-01\n", "mixes numbers and dates"),
        ("project,C1:high\nA,1\nB,2\n", "“C” ties, and the rule “C1:high” says"),
    ],
)
def test_a_table_of_ties_that_says_nothing_is_refused(write, run, text, problem):
    path = write(text, "ties.csv")

    code, _, err = run("--profile", write(TIED), "--tie-break", path)

    assert code == 1
    assert problem in err


def test_a_large_file_is_read_by_blocks(write, monkeypatch):
    monkeypatch.setattr(counting, "BLOCK", 1 << 12)
    monkeypatch.setattr(counting, "BATCH", 100)
    plain = "A,B\n" + "5,0\n" * 3000 + "5,\n" + "4,1\r\n" * 2000 + "3,3"
    quoted = plain + '\n"2",2'

    profiles = [tally.read_ballots(write(text)) for text in (plain, quoted)]

    assert profiles[0].grades == ("5", "4", "3", "1", "0")
    assert profiles[0].counts == ((3001, 2000, 1, 0, 0), (0, 0, 1, 2000, 3000))
    assert profiles[0].blanks == (0, 1)
    assert profiles[1].counts == (
        (3001, 2000, 1, 1, 0, 0),
        (0, 0, 1, 1, 2000, 3000),
    )


@pytest.mark.parametrize(
    "rows", ["5,0\n" * 10 + "0,5\n5;0\n", "5,0\n" * 10 + ",,,\n", "ß,ß\n" * 3]
)
def test_bytes_that_only_look_like_ballots_are_read_one_by_one(write, rows):
    with pytest.raises(ChoiceError):
        tally.read_ballots(write("A,B\n" + rows))


def test_more_texts_than_bytes_to_spare_are_read_one_by_one(write):
    grades = [f"grade {place}" for place in range(30)]
    text = f"# grades: {', '.join(grades)}\nA\n" + "\n".join(grades)

    found = tally.read_ballots(write(text))

    assert found.counts == ((1,) * 30,)


def test_a_profile_is_checked():
    with pytest.raises(ChoiceError, match="negative count"):
        tally.of(("good",), {"A": [-1]})
    with pytest.raises(ChoiceError, match="one count a grade and project"):
        tally.of(("good",), {"A": [1, 2]})
    with pytest.raises(ChoiceError, match="there is no project"):
        tally.of(("good",), {})
