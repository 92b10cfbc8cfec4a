"""Files of marks as people save them, and the word that reads them."""

import json
from pathlib import Path

import numpy as np
import pytest

from terril.choice.calibration import CalibrationRefused, calibrate, read_marks
from terril.choice.calibration.words import main
from tests.choice.calibration_juries import drawn

HEAD = "dossier,reader,criterion,mark\n"


@pytest.fixture
def file(tmp_path):
    """Return a function that writes a file and returns its path."""

    def written(text, encoding="utf-8"):
        path = tmp_path / "marks.csv"
        path.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        return path

    return written


def refused(path):
    with pytest.raises(CalibrationRefused) as refusal:
        read_marks(path)
    return refusal.value.reason


def test_marks_are_read_with_their_names_in_order(file):
    found = read_marks(file(HEAD + "b,y,c1,4\na,x,c1,2.5\na,x,c2,\n\n a ,y,c1,-1e1\n"))

    assert (found.dossiers, found.readers) == (("a", "b"), ("x", "y"))
    assert found.criteria == ("c1", "c2")
    assert found.dossier.tolist() == [0, 0, 1]
    assert found.reader.tolist() == [0, 1, 1]
    assert found.criterion.tolist() == [0, 0, 0]
    assert found.value.tolist() == [2.5, -10.0, 4.0]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("dossier;reader;criterion;mark\na;x;c;2,5\nb;x;c;3\n", "utf-8-sig"),
        ("dossier;reader;criterion;mark\r\na;x;c;2.5\r\nb;x;c;3,0\r\n", "utf-8"),
        (' Mark ,READER,"criterion",dossier\n"2,5",x,c,a\n+3.,x,c,b\n', "utf-8"),
        ("reader;dossier;mark;criterion\nx;a;25e-1;c\n\nx;b; 3 ;c", "utf-8-sig"),
    ],
)
def test_files_of_several_habits_say_the_same(file, text, encoding):
    found = read_marks(file(text, encoding))

    assert (found.dossiers, found.readers, found.criteria) == (
        ("a", "b"),
        ("x",),
        ("c",),
    )
    assert found.value.tolist() == [2.5, 3.0]


def test_an_accent_written_two_ways_is_one_name(file):
    found = read_marks(file(HEAD + "Béthune,x,c,1\nBe\u0301thune,y,c,2\n"))

    assert found.dossiers == ("Béthune",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + "a,x,c,1\na,y,c,abc\nb,x,c,1 000\n", ["2 times", "line 3: “abc”"]),
        (HEAD + "a,x,c,inf\n", ["not a number", "once", "line 2: “inf”"]),
        (HEAD + "\na,x,c,NaN\n", ["line 3: “NaN”"]),
        (HEAD + "a,x,c,1e999\n", ["too large", "line 2: “1e999”"]),
        (HEAD + "a,x,c,1_0\n", ["line 2: “1_0”"]),
        (HEAD + "a,x,c,٣\n", ["line 2: “٣”"]),
        (HEAD + "a,x,c,1\na,,c,1\n", ["an empty reader", "line 3: “”"]),
        (HEAD + " ,x,c,1\n", ["an empty dossier", "line 2"]),
        (HEAD + "a,x,,1\n", ["an empty criterion", "line 2"]),
        (HEAD + "a,x,c,2,5\n", ["Line 2 has 5 cells", "has 4", "semicolons"]),
        (HEAD + "a,x,c,1\n\na,x\n", ["Line 4 has 2 cells"]),
        (
            HEAD + 'a,x,c,1\n"b\n",x,c,1\na,x,c,\nb,x,c,2\nb,x,c,1\n',
            ["Marked twice", "3 times", "line 5 repeats 2", "line 6 repeats 3"],
        ),
        ("dossier,reader,mark\na,x,1\n", ["lacks criterion"]),
        ("", ["lacks dossier, reader, criterion, mark"]),
        ("dossier,reader,reader,criterion,mark\n", ["repeats reader"]),
        (
            "dossier,reader,criterion,mark,note,\n",
            ["Unknown columns: note, number 6."],
        ),
        (HEAD + 'a,x,"c"d,1\n', ["not a readable CSV"]),
        ((HEAD + "Béthune,x,c,1\n").encode("latin-1"), ["not written in UTF-8"]),
        ((HEAD + "a,x,c,1\n").encode("utf-16"), ["not written in UTF-8"]),
    ],
)
def test_what_is_wrong_in_a_file_is_named(file, text, told):
    reason = refused(file(text))

    assert [part for part in told if part not in reason] == []


@pytest.mark.parametrize("text", [HEAD + "a,x,c,1\na,y,c,abc\n", HEAD])
def test_many_lines_are_read_in_parts(file, monkeypatch, text):
    monkeypatch.setattr("terril.choice.calibration.reading.TOGETHER", 1)
    path = file(HEAD + "a,x,c,1\n\n\nb,x,c,2\n")

    assert read_marks(path).value.tolist() == [1.0, 2.0]


def written(file, lines):
    told = [f"{one.dossier},{one.reader},{one.criterion},{one.value}" for one in lines]
    return str(file(HEAD + "\n".join(told)))


def said(capsys, *words):
    status = main(words)
    out, err = capsys.readouterr()
    return status, out, err


def test_calibrate_answers_in_the_published_words(file, capsys):
    path = written(file, drawn(2))

    words = (path, "--top", "3", "--seed", "7", "--json")
    status, out, err = said(capsys, *words)

    told = json.loads(out)
    found = calibrate(read_marks(Path(path)), top=3, seed=7)
    assert (status, err) == (0, "")
    assert list(told) == ["dossiers", "readers", "variance"]
    first = found.dossiers[0]
    assert told["dossiers"][0] == {
        "dossier": first.dossier,
        "raw": first.raw,
        "calibrated": first.calibrated,
        "rank_raw": first.rank_raw,
        "rank_calibrated": 1,
        "rank_low": first.rank_low,
        "rank_high": first.rank_high,
        "p_top": first.p_top,
    }
    assert told["readers"] == [
        {"reader": one.reader, "severity": one.severity} for one in found.readers
    ]
    assert told["variance"] == {
        "dossier": found.variance.dossier,
        "reader": found.variance.reader,
        "noise": found.variance.noise,
    }


def test_details_add_what_hides_behind(file, capsys):
    status, out, _ = said(capsys, written(file, drawn(2)), "--details")

    told = json.loads(out)
    assert status == 0
    assert list(told)[3:] == ["criteria", "influence", "disagreement"]
    assert told["criteria"][0]["criterion"] == "overall"
    assert told["criteria"][0]["dossiers"] == told["dossiers"]
    assert {one["reader"] for one in told["influence"]} == {f"r{at}" for at in range(5)}
    assert len(told["disagreement"]) == 12


def test_details_say_why_a_criterion_has_none(file, capsys):
    path = written(file, [*drawn(2), drawn(2)[0]._replace(criterion="alone")])

    _, out, _ = said(capsys, path, "--details")

    assert "1 dossiers" in json.loads(out)["criteria"][0]["refused"]


def test_a_table_shows_both_rankings(file, capsys):
    lines = [
        f"{d},{r},c,{v}"
        for d, v in zip("abcd", (5, 3, 3, 1), strict=True)
        for r in "xy"
    ]

    status, out, _ = said(capsys, str(file(HEAD + "\n".join(lines))), "--top", "2")

    shown = [line.split() for line in out.splitlines()]
    assert status == 0
    assert shown[0][-2:] == ["P(first", "2)"]
    assert [row[0] for row in shown[1:5]] == ["1", "2=", "2=", "4"]
    assert [row[2:4] for row in shown[1:5]] == [
        *(["1", "a"], ["2=", "b"], ["2=", "c"], ["4", "d"]),
    ]
    assert ["x", "+0.000"] in shown
    assert "“=” is a tie" in out


def test_a_refusal_has_a_status_and_a_reason(file, capsys):
    path = str(file(HEAD + "a,x,c,1\nb,x,c,2\nc,y,c,1\nd,y,c,2\n"))

    status, out, err = said(capsys, path, "--json")
    plain = said(capsys, path)

    assert (status, err) == (1, "")
    assert list(json.loads(out)) == ["refused"]
    assert "disconnected" in json.loads(out)["refused"]
    assert (plain[0], plain[1]) == (1, "")
    assert plain[2].startswith("Refused. The readers and dossiers are disconnected")


def test_a_missing_file_is_wrong_use(tmp_path, capsys):
    status, out, err = said(capsys, str(tmp_path / "none.csv"))

    assert (status, out) == (2, "")
    assert err.endswith("none.csv: No such file or directory\n")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["m.csv", "--top", "0"],
        ["m.csv", "--top", "x"],
        ["m.csv", "--seed", "-1"],
        ["m.csv", "--seed", "1.5"],
    ],
)
def test_wrong_words_are_wrong_use(words, capsys):
    with pytest.raises(SystemExit) as left:
        main(words)

    assert left.value.code == 2
    assert "usage: terril choice calibrate" in capsys.readouterr().err


def test_help_says_the_statuses(capsys):
    with pytest.raises(SystemExit) as left:
        main(["--help"])

    assert left.value.code == 0
    told = capsys.readouterr().out
    assert "0 answered, 1 refused (the reason is told), 2 wrong use" in told


def test_numbers_stay_whole_in_json(file, capsys):
    chance = np.random.default_rng(0)
    lines = [f"d{d},r{r},c,{chance.random()}" for d in range(4) for r in range(3)]

    _, out, _ = said(capsys, str(file(HEAD + "\n".join(lines))), "--json")

    values = [float(line.split(",")[3]) for line in lines]
    raw = {one["dossier"]: one["raw"] for one in json.loads(out)["dossiers"]}
    assert raw["d0"] == pytest.approx(sum(values[:3]) / 3, rel=1e-15)
