"""Bundles: the same bytes, no name, no trap, and a result computed again."""

import ast
import json
import random
import runpy
import subprocess
import sys
import zipfile
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from terril.choice import bundle, cli
from terril.choice.bundle import anonymous, archive, verify
from terril.choice.bundle.words import main as make, recount as recount_word
from terril.choice.errors import ChoiceError

BALLOTS = """Serre;Fournil;Atelier
Très bien;Bien;Passable
Bien;;À rejeter
À rejeter;Passable;Bien
"""
PROFILE = "project,Good,Fair,Poor\nSerre,5,3,2\nFournil,3,5,2\nAtelier,3,5,2\n"
TIES = "project,C1:high\nFournil,2\nAtelier,3\n"


@pytest.fixture
def write(tmp_path):
    """Return a function that bundles a tally of a text, and gives the path."""

    def written(text, *words, name="ballots.csv", word="tally"):
        source = tmp_path / name
        source.write_text(text, encoding="utf-8")
        path = tmp_path / "out.zip"
        spoken = tuple(str(source) if one == "@" else one for one in words)
        request = bundle.Request(word, spoken, b"the regime", "regle.txt")
        bundle.write(path, request, numbers=random.Random(5))
        return path

    return written


def changed(path, **members):
    """Write a bundle again with some members changed (None: taken out); a seal each."""
    with zipfile.ZipFile(path) as old:
        files = {one: old.read(one) for one in old.namelist()}
    for name, raw in members.items():
        files[name.replace("__", "/").replace("_", ".")] = raw
    with zipfile.ZipFile(path, "w") as new:
        for name, raw in files.items():
            if raw is not None:
                new.writestr(name, raw)
    return path


def resealed(path, **members):
    """Change members and their digests: what a careful forger does."""
    changed(path, **members)
    with zipfile.ZipFile(path) as old:
        told = json.loads(old.read("manifest.json"))
        for name in told["files"]:
            told["files"][name] = bundle.manifest.digest(old.read(name))
    return changed(path, manifest_json=json.dumps(told).encode())


def forged(path, change):
    """Change the result of a bundle, and seal it again."""
    with zipfile.ZipFile(path) as old:
        result = json.loads(old.read("result.json"))
    change(result)
    return resealed(path, result_json=json.dumps(result).encode())


MADE = [
    (BALLOTS, "@", "--blank", "worst"),
    (BALLOTS, "@", "--blank", "apart"),
    (BALLOTS, "@", "--blank", "worst", "--tie-break", "draw", "--seed", "7"),
    (BALLOTS, "@", "--blank", "worst", "--method", "score"),
    (BALLOTS, "@", "--method", "approval", "--approved", "Passable"),
    ("# ranks\nA,B,C\n1,2,3\n2,1,3\n1,3,2\n", "@", "--method", "score"),
    ("# ranks\nA,B,C\n1,2,3\n2,1,3\n1,3,2\n", "@"),
    ("A,B\n1,0\n1,\n", "@", "--method", "approval"),
    ("A,B\n0,0\n0,\n", "@", "--method", "approval"),
    (PROFILE, "--profile", "@"),
    (PROFILE, "--profile", "@", "--tie-break", "draw", "--seed", "2026"),
    (PROFILE, "--profile", "@", "--method", "approval", "--approved", "Fair"),
    (PROFILE, "--profile", "@", "--method", "score", "--points", "9,5,0"),
    ("p;A;B\nX;33,3;66,7\nY;50,0;50,1\n", "--profile", "@", "--blank", "worst"),
    ("p,A,B\nX,1,2\nY,2,2\n", "--profile", "@", "--blank", "worst"),
]


@pytest.mark.parametrize("made", MADE)
def test_a_bundle_is_recounted_and_verified(write, capsys, made):
    text, *words = made

    path = write(text, *words)

    found = bundle.recount(path)
    assert (found.verdict, found.reasons, found.exit_code) == ("same", (), 0)
    assert verify.main([str(path)]) == 0
    assert capsys.readouterr().out.startswith("ok: the digests of 5 files\nok: the ")


def test_a_bundle_is_the_same_bytes_each_time(write):
    first = write(BALLOTS, "@", "--blank", "worst").read_bytes()
    again = write(BALLOTS, "@", "--blank", "worst").read_bytes()

    assert first == again


def test_a_bundle_holds_the_regime_and_no_ballot(write):
    path = write(BALLOTS, "@", "--blank", "worst")

    found = bundle.read(path)

    assert list(found.files) == [
        "manifest.json",
        "README",
        "regime/regime.txt",
        "inputs/profile.csv",
        "result.json",
        "verify.py",
    ]
    assert found.files["regime/regime.txt"] == b"the regime"
    assert (
        found.files["inputs/profile.csv"].decode().splitlines()[1]
        == "Serre,1,1,0,0,0,1"
    )
    assert found.altered == []
    assert found.result["ranking"] == [["Serre"], ["Fournil"], ["Atelier"]] or (
        found.result["ranking"] == [["Serre"], ["Atelier", "Fournil"]]
    )


def test_a_table_of_ties_travels_with_the_profile(write, tmp_path):
    ties = tmp_path / "ties.csv"
    ties.write_text(TIES)

    path = write(PROFILE, "--profile", "@", "--tie-break", str(ties))

    found = bundle.read(path)
    assert found.manifest.inputs == ("inputs/1.csv", "inputs/2.csv")
    assert found.result["ranking"] == [["Serre"], ["Atelier"], ["Fournil"]]
    assert verify.main([str(path)]) == 0


def test_a_changed_file_is_not_the_same(write, capsys):
    path = changed(
        write(PROFILE, "--profile", "@"), inputs__1_csv=PROFILE[:-2].encode()
    )

    found = bundle.recount(path)

    assert found.exit_code == 1
    assert found.reasons[0] == "inputs/1.csv is not the file that was sealed"
    assert verify.main([str(path)]) == 1
    assert capsys.readouterr().out == (
        "WRONG: inputs/1.csv is not the file that was sealed\n"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda result: result["ranking"].reverse(),
        lambda result: result["projects"][0]["gauge"].update(above_exact="4/10"),
        lambda result: result["projects"][0]["counts"].update(Good=6),
        lambda result: result["projects"][0].update(majority_grade="Good"),
        lambda result: result["projects"].pop(),
        lambda result: result["grades"].reverse(),
        lambda result: result.update(ranking=[["Serre", "Fournil", "Atelier"]]),
    ],
    ids=["order", "gauge", "counts", "grade", "projects", "grades", "ties"],
)
def test_a_forged_result_is_not_the_same(write, capsys, change):
    path = forged(write(PROFILE, "--profile", "@"), change)

    found = bundle.recount(path)

    assert found.verdict == "different"
    assert found.differences
    assert verify.main([str(path)]) == 1


def test_a_forged_sum_is_not_the_same(write):
    path = forged(
        write(PROFILE, "--profile", "@", "--method", "score"),
        lambda result: result["projects"][0].update(total_exact="14"),
    )

    assert bundle.recount(path).exit_code == 1
    assert verify.main([str(path)]) == 1


def test_an_input_that_gives_another_result_is_not_the_same(write):
    other = PROFILE.replace("5,3,2\nF", "4,4,2\nF").encode()
    path = changed(write(PROFILE, "--profile", "@"), inputs__1_csv=other)

    found = bundle.recount(path)

    assert found.exit_code == 1
    assert "result.projects[0].counts.Good" in [one.where for one in found.differences]


def test_a_changed_input_that_means_nothing_any_more_is_not_the_same(write):
    path = changed(write(PROFILE, "--profile", "@"), inputs__1_csv=b"nothing")

    found = bundle.recount(path)

    assert found.exit_code == 1
    assert len(found.reasons) == 2


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"manifest_json": None}, "“manifest.json” is missing"),
        ({"result_json": None}, "“result.json” is missing"),
        ({"inputs__1_csv": None}, "“inputs/1.csv” is missing"),
        ({"more_txt": b"more"}, "“more.txt” is not in the manifest"),
        ({"manifest_json": b"{"}, "“manifest.json” is not JSON"),
        ({"manifest_json": b"[]"}, "“manifest.json” does not hold an object"),
        ({"manifest_json": b"{}"}, "the format is unknown: None None"),
        (
            {"manifest_json": b'{"format": "terril-bundle", "format_version": 1}'},
            "the manifest does not say what it must",
        ),
        ({"result_json": b"[]"}, "“result.json” does not hold an object"),
    ],
)
def test_nothing_is_concluded_from_a_bundle_that_lacks_something(
    write, members, reason
):
    path = changed(write(PROFILE, "--profile", "@"), **members)

    found = bundle.recount(path)

    assert found.exit_code == 2
    assert reason in found.reasons[0]


def spoken(path, **told):
    """Change what the manifest tells."""
    with zipfile.ZipFile(path) as old:
        manifest = json.loads(old.read("manifest.json")) | told
    return changed(path, manifest_json=json.dumps(manifest).encode())


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"word": "sing"}, "no bundle holds “sing”"),
        ({"words": ["--json"]}, "may not say “--json”"),
        ({"words": ["--profile", "/etc/passwd"]}, "is not a file of the bundle"),
        ({"words": ["--profile=../../x"]}, "is not a file of the bundle"),
        ({"words": ["--blank", "sometimes"]}, "“tally” refuses the input"),
        ({"words": []}, "“tally” refuses the input"),
    ],
)
def test_a_bundle_says_only_what_a_bundle_may_say(write, told, reason):
    path = spoken(write(PROFILE, "--profile", "@"), **told)

    found = bundle.recount(path)

    assert found.exit_code == 2
    assert reason in found.reasons[-1]


def trapped(path, *members):
    """Write a ZIP with members made by hand."""
    with zipfile.ZipFile(path, "w") as new:
        for member, raw, kind in members:
            new.writestr(member, raw, kind)
    return path


def linked():
    member = zipfile.ZipInfo("link")
    member.external_attr = 0o120777 << 16
    return member


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ([("../../out", b"", 0)], "a name leads out of the bundle"),
        ([("/etc/out", b"", 0)], "a name leads out of the bundle"),
        ([("a\\b", b"", 0)], "a name leads out of the bundle"),
        ([("inputs/", b"", 0)], "a name leads out of the bundle"),
        ([("one", b"1", 0), ("one", b"2", 0)], "a file is there twice"),
        ([("one", b"1", 0), ("ONE", b"2", 0)], "a file is there twice"),
        ([(linked(), b"one", 0)], "a link or a device is no file"),
        ([("bomb", b"0" * (9 << 20), 8)], "a file swells too much"),
        ([(f"f{at}", b"", 0) for at in range(65)], "65 files are too many"),
    ],
)
def test_a_trap_is_refused_before_it_is_opened(tmp_path, members, reason):
    path = trapped(tmp_path / "trap.zip", *members)

    with pytest.raises(bundle.BundleError) as refused:
        bundle.read(path)

    assert reason in str(refused.value)


def test_a_bundle_too_large_is_refused(tmp_path, monkeypatch):
    path = trapped(
        tmp_path / "large.zip", ("one", b"1" * 100, 0), ("two", b"1" * 100, 0)
    )
    reasons = []

    for name, limit in (("MAX_FILE", 50), ("MAX_ALL", 150), ("MAX_ALL", 500)):
        with monkeypatch.context() as patch:
            patch.setattr(archive, name, limit)
            patch.setattr(archive, "_spot", lambda *_: None)
            reasons.append(bundle.recount(path).reasons[0])

    assert reasons[0].startswith("a file is larger than 256 MB (“one”)")
    assert reasons[1] == "the file is too large for a bundle."
    assert "“manifest.json” is missing" in reasons[2]
    with monkeypatch.context() as patch:
        patch.setattr(archive, "MAX_ALL", path.stat().st_size)
        packed = trapped(tmp_path / "packed.zip", ("one", b"1" * 4000, 8))
        assert bundle.recount(packed).reasons[0].endswith("more than 512 MB.")


@pytest.mark.parametrize("raw", [b"", b"no zip", b"PK\x05\x06" + bytes(18)[:10]])
def test_what_is_no_zip_is_not_concluded_from(tmp_path, raw):
    path = tmp_path / "out.zip"
    path.write_bytes(raw)

    assert bundle.recount(path).exit_code == 2
    assert verify.main([str(path)]) == 2


def test_a_corrupt_member_is_not_concluded_from(write):
    path = write(PROFILE, "--profile", "@")
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"Serre,5", b"Serre,6"))

    assert bundle.recount(path).exit_code == 2
    assert verify.main([str(path)]) == 2


def test_a_file_that_is_not_there_is_not_concluded_from(tmp_path):
    assert bundle.recount(tmp_path / "nowhere.zip").exit_code == 2


def test_a_member_that_lies_on_its_size_is_refused(tmp_path):
    path = trapped(tmp_path / "lie.zip", ("one", b"1" * 10, 0))
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (12).to_bytes(4, "little")
    path.write_bytes(raw)

    with pytest.raises(bundle.BundleError, match=r"size it says|sound ZIP"):
        bundle.read(path)


def test_a_name_that_no_bundle_holds_is_not_packed():
    with pytest.raises(bundle.BundleError, match="is not a name"):
        archive.packed({"../out": b""})


def test_an_input_that_is_not_there_is_refused(tmp_path):
    request = bundle.Request("tally", ("--profile", str(tmp_path / "no.csv")), b"")

    with pytest.raises(bundle.BundleError, match=r"no\.csv: it cannot be read"):
        bundle.write(tmp_path / "out.zip", request, numbers=random.Random(1))


def test_a_tally_without_ballots_is_refused(tmp_path):
    with pytest.raises(bundle.BundleError, match="no ballots and no profile"):
        bundle.write(
            tmp_path / "out.zip",
            bundle.Request("tally", (), b""),
            numbers=random.Random(1),
        )


# --- other parts of the library ------------------------------------------------------


@pytest.fixture
def parts(monkeypatch):
    """Plug a part in, by name: it reads its input and divides by three."""

    def main(words):
        value = len(Path(words[0]).read_text(encoding="utf-8")) / 3
        print(json.dumps({"third": value, "rank": 1}))  # noqa: T201
        return 0

    module = ModuleType("terril.choice.dividing.words")
    module.main = main
    monkeypatch.setitem(sys.modules, "terril.choice.dividing", ModuleType("dividing"))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    for word in ("calibrate", "assign", "select"):
        monkeypatch.setitem(cli.WORDS, word, ("dividing", ""))


MARKS = (
    "note,reader,dossier,mark,criterion\n"
    "x,Ada Exemple,D1,12,sense\ny,Bob Exemple,D1,,sense\nz,Ada Exemple,D2,9,sense\n"
)
INSTANCE = {
    "title": "a name that nobody asked for",
    "dossiers": [{"id": "D1", "demand": 1, "disciplines": [], "holder": "Exemple"}],
    "readers": [{"id": "Ada", "name": "Ada Exemple", "min": 0, "max": 2}, {"id": 7}],
    "fit": [[1, 2]],
    "conflicts": [["D1", 7]],
    "apart": [["Ada", 7]],
    "fixed": [["D1", "Ada"]],
    "seed": 3,
}


def test_readers_of_marks_become_numbers(parts, tmp_path):
    source = tmp_path / "marks.csv"
    source.write_text(MARKS)
    request = bundle.Request("calibrate", (str(source), "--top", "1"), b"")

    written = bundle.write(tmp_path / "out.zip", request, numbers=random.Random(5))

    held = bundle.read(tmp_path / "out.zip").files["inputs/1.csv"].decode()
    key = written.key
    assert sorted(key.values()) == ["R1", "R2"]
    assert held.splitlines() == [
        "dossier,reader,criterion,mark",
        f"D1,{key['Ada Exemple']},sense,12",
        f"D1,{key['Bob Exemple']},sense,",
        f"D2,{key['Ada Exemple']},sense,9",
    ]


def test_numbers_of_readers_do_not_follow_the_list():
    names = [f"reader {at}" for at in range(50)]

    key = anonymous.numbered(names, random.Random(1))

    assert sorted(key.values()) == sorted(f"R{at}" for at in range(1, 51))
    assert list(key.values()) != [f"R{at}" for at in range(1, 51)]


def test_an_instance_keeps_what_is_asked_for_and_no_name():
    raw, key = anonymous.instance(json.dumps(INSTANCE).encode(), random.Random(5))

    told = json.loads(raw)
    ada, other = key["Ada"], key["7"]
    assert told == {
        "dossiers": [{"id": "D1", "demand": 1, "disciplines": []}],
        "readers": [{"id": ada, "min": 0, "max": 2}, {"id": other}],
        "fit": [[1, 2]],
        "conflicts": [["D1", other]],
        "apart": [[ada, other]],
        "fixed": [["D1", ada]],
        "seed": 3,
    }


@pytest.mark.parametrize(
    ("rename", "raw", "reason"),
    [
        (anonymous.marks, b"dossier,reader\n", "marks have the columns"),
        (anonymous.marks, b"", "marks have the columns"),
        (anonymous.marks, b"ada@example.org", "an e-mail address"),
        (anonymous.instance, b"[", "it is not JSON"),
        (anonymous.instance, b"[]", "it is not an object"),
        (anonymous.instance, b"{}", "it is no instance"),
        (
            anonymous.instance,
            b'{"readers": [{"id": 1}], "dossiers": [], "fixed": [[1,2]]}',
            "it is no instance",
        ),
    ],
)
def test_an_input_that_cannot_lose_its_names_is_refused(rename, raw, reason):
    with pytest.raises(bundle.BundleError, match=reason):
        rename(raw, random.Random(1))


@pytest.mark.parametrize("raw", [b'{"a": [{"Name": 1}]}', b'{"a": "ada@example.org"}'])
def test_a_selection_with_persons_in_it_is_refused(parts, write, raw):
    with pytest.raises(bundle.BundleError, match="no name is published"):
        write(raw.decode(), "@", name="instance.json", word="select")


def test_a_selection_is_bundled_as_it_is(parts, write):
    path = write('{"projects": [{"id": "P1"}]}', "@", name="set.json", word="select")

    assert bundle.recount(path).exit_code == 0
    assert verify.main([str(path)]) == 0


def test_one_file_is_expected_of_an_assignment(parts, tmp_path):
    with pytest.raises(bundle.BundleError, match="one file is expected, 0 are given"):
        bundle.write(
            tmp_path / "o.zip",
            bundle.Request("assign", (), b""),
            numbers=random.Random(1),
        )


def test_another_result_under_other_versions_is_not_concluded_from(
    parts, write, capsys
):
    path = write('{"projects": []}', "@", name="set.json", word="select")
    same = forged(path, lambda result: result.update(third=result["third"] + 1e-9))
    verdicts = [bundle.recount(same).verdict]

    other = forged(path, lambda result: result.update(third=result["third"] + 0.1))
    verdicts.append(bundle.recount(other).verdict)
    told = bundle.read(other).manifest.versions
    elsewhere = spoken(other, versions={**told, "numpy": "1.0"})
    found = bundle.recount(elsewhere)

    assert verdicts == ["same", "different"]
    assert found.verdict == "unknown"
    assert found.reasons[0] == "1 values differ, result.third first"
    assert "numpy 1.0 there" in found.reasons[1]


def test_a_part_that_is_not_here_is_not_concluded_from(parts, write, monkeypatch):
    path = write('{"projects": []}', "@", name="set.json", word="select")
    monkeypatch.setitem(cli.WORDS, "select", ("nowhere", ""))

    found = bundle.recount(path)

    assert found.exit_code == 2
    assert found.reasons[0].startswith("this Terril cannot compute “select”")


def test_every_word_of_a_bundle_is_a_word_of_the_command():
    kinds = import_module("terril.choice.bundle.kinds").KINDS

    assert set(kinds) == set(cli.WORDS) - {"bundle"}


# --- the script alone ----------------------------------------------------------------

READERS = {
    "dossiers": [{"id": "D1", "demand": 2}, {"id": "D2", "demand": 1}],
    "readers": [{"id": "R1"}, {"id": "R2"}],
    "conflicts": [["D2", "R2"]],
}
GIVEN = {
    "assignment": [["D1", "R1"], ["D1", "R2"], ["D2", "R1"]],
    "loads": {"R1": 2, "R2": 1},
    "unmet": [],
}


def checked(result, told=READERS):
    files = {"inputs/1.json": json.dumps(told).encode()}
    return verify.assignment(files, ["inputs/1.json"], GIVEN | result)


def test_the_script_checks_an_assignment():
    assert checked({}) == ["3 pairs, loads, conflicts and demands"]


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        ({"assignment": [["D1", "R1"], ["D1", "R1"]]}, "twice"),
        ({"assignment": [["D2", "R2"]]}, "a conflicted reader"),
        ({"assignment": [["D3", "R2"]]}, "not of this instance"),
        ({"loads": {"R1": 1, "R2": 1}}, "other loads"),
        ({"assignment": [["D1", "R1"]], "loads": {"R1": 1, "R2": 0}}, "lacks readers"),
    ],
)
def test_the_script_sees_a_wrong_assignment(result, reason):
    with pytest.raises(verify.Wrong, match=reason):
        checked(result)


def test_the_script_sees_that_nobody_approves():
    rows = {"Serre": [Fraction(4)]}

    assert verify.approved(rows, ["0"], []) == {"Serre": [Fraction(0), Fraction(4)]}


def test_the_script_checks_who_stands_in_a_calibration():
    files = {"inputs/1.csv": b"dossier,reader,criterion,mark\nD1,R1,c,3\n"}
    result = {"dossiers": [{"dossier": "D1"}], "readers": [{"reader": "R1"}]}

    done = verify.marks(files, ["inputs/1.csv"], result)
    result["readers"].append({"reader": "R2"})

    assert done == ["dossiers and readers; the estimates are not whole numbers"]
    with pytest.raises(verify.Wrong, match="a reader is not in the marks"):
        verify.marks(files, ["inputs/1.csv"], result)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_script_concludes_nothing_from_what_is_no_bundle(tmp_path, monkeypatch):
    double = trapped(tmp_path / "d.zip", ("one", b"1", 0), ("one", b"2", 0))
    codes = [verify.main([]), verify.main([str(double)])]
    monkeypatch.setattr(verify, "LIMIT", 1)
    codes.append(verify.main([str(double)]))

    assert codes == [2, 2, 2]


def test_the_script_is_read_by_python_3_9_and_needs_nothing(
    write, tmp_path, monkeypatch
):
    path = write(BALLOTS, "@", "--blank", "worst")
    with zipfile.ZipFile(path) as held:
        script = held.read("verify.py").decode()
    (tmp_path / "alone.py").write_text(script)

    tree = ast.parse(script, feature_version=(3, 9))
    names = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    }
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(tmp_path / "alone.py"), str(path)],
        capture_output=True,
        text=True,
        check=False,
    )

    monkeypatch.setattr(sys, "argv", ["verify.py", str(path)])
    with pytest.raises(SystemExit) as left:
        runpy.run_path(verify.__file__, run_name="__main__")

    assert left.value.code == 0
    assert names <= sys.stdlib_module_names
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1] == "ok: the majority-judgment of 3 projects"


# --- words ---------------------------------------------------------------------------


@pytest.fixture
def files(tmp_path):
    (tmp_path / "ballots.csv").write_text(BALLOTS)
    (tmp_path / "marks.csv").write_text(MARKS)
    (tmp_path / "regime.json").write_text("{}")
    return tmp_path


def test_a_bundle_is_made_and_recounted_by_words(files, capsys):
    out = files / "out.zip"
    words = [str(out), "--regime", str(files / "regime.json")]
    tally = ["--", "tally", str(files / "ballots.csv"), "--blank", "worst"]

    made = make([*words, *tally])
    told = make([*words, "--json", *tally])
    lines = capsys.readouterr().out.splitlines()
    recounted = recount_word([str(out)])
    printed = capsys.readouterr().out

    assert (made, told, recounted) == (0, 0, 0)
    assert lines[0].startswith("out.zip: SHA-256 ")
    assert json.loads(lines[1])["sha256"] == lines[0].split()[-1]
    assert printed.splitlines()[0] == "The same result."
    assert printed.split()[-1] == lines[0].split()[-1]


def test_a_recount_tells_what_differs(write, capsys):
    path = forged(
        write(PROFILE, "--profile", "@"), lambda result: result["ranking"].reverse()
    )

    codes = [cli.main(["recount", str(path)]), recount_word([str(path), "--json"])]

    text, _, told = capsys.readouterr().out.partition("{")
    found = json.loads("{" + told)
    assert codes == [1, 1]
    assert text.splitlines()[0] == "Not the same result."
    assert "  result.ranking" in text
    assert (found["verdict"], found["exit"]) == ("different", 1)
    assert found["differences"][0]["where"].startswith("result.ranking")


def test_what_cannot_be_recounted_is_said(tmp_path, capsys):
    code = recount_word([str(tmp_path / "nowhere.zip")])

    assert code == 2
    assert capsys.readouterr().out.splitlines()[0] == "Nothing can be concluded."


def test_the_key_of_readers_is_kept_apart(parts, files):
    key = files / "key.csv"
    words = [str(files / "out.zip"), "--regime", str(files / "regime.json")]

    code = make(
        [*words, "--key", str(key), "--", "calibrate", str(files / "marks.csv")]
    )

    rows = key.read_text().splitlines()
    assert code == 0
    assert key.stat().st_mode & 0o777 == 0o600
    assert rows[0] == "reader,number"
    assert sorted(row.split(",")[0] for row in rows[1:]) == [
        "Ada Exemple",
        "Bob Exemple",
    ]


def test_a_bundle_that_cannot_be_made_is_refused(files, capsys):
    words = [str(files / "out.zip"), "--regime", str(files / "regime.json"), "--"]

    code = make([*words, "tally", str(files / "ballots.csv")])

    assert code == 1
    assert "the ballot says nothing of this project" in capsys.readouterr().err
    assert not (files / "out.zip").exists()


def test_results_are_compared_key_by_key():
    one = {"a": 1, "b": [1.0, 2], "c": True}

    found = bundle.differences(one, {"a": 2, "b": [1.0 + 1e-12, 2], "c": 1, "d": None})

    assert [one.where for one in found] == ["result.a", "result.c", "result.d"]
    assert bundle.differences(one, {**one, "b": [1, 2]}) == []
    assert bundle.differences(one, {**one, "d": 1}, is_newer=True) == []
    assert bundle.differences([1], [1, 2])[0].where == "result"
    assert bundle.differences("x" * 99, 1)[0].published.endswith("…")
    assert isinstance(bundle.BundleError("x"), ChoiceError)
