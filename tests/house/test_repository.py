"""What the repository says of itself, and what it never says."""

import re
import subprocess
import tomllib

import pytest
import yaml

import terril
from tests.house.reading import ROOT

# Written in pieces: this file is read as well.
HOSTS = ["py" + "pi.org", "python" + "hosted", "npm" + "js", "debian" + ".org"]
PLACES = re.compile(r"(?<![\w.])/(work|farm|tmp/(brief|bash_jobs))/")
INDEX = re.compile(r"--(extra-)?index-url|--find-links|--trusted-host|https?://")
PINS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]


def files():
    """Return the text files that git knows, or those of the folder without git."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.is_file() and b"\0" not in path.read_bytes()[:8000]:
            yield path


def test_no_package_registry_and_no_workplace_is_named():
    address = re.compile(rf"https?://[^\s\"')>]*({'|'.join(map(re.escape, HOSTS))})")

    found = [
        path.relative_to(ROOT).as_posix()
        for path in files()
        for text in [path.read_text(encoding="utf-8", errors="replace")]
        if address.search(text) or PLACES.search(text)
    ]
    assert found == []


@pytest.mark.parametrize("path", PINS, ids=lambda path: path.stem)
def test_pins_have_fingerprints_and_name_no_index(path):
    text = path.read_text(encoding="utf-8")

    pins = re.findall(
        r"^([\w.-]+==\S+).*\\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n?)+)",
        text,
        re.MULTILINE,
    )
    assert INDEX.search(text) is None
    assert len(pins) == text.count("==") - text.count("== '")
    assert pins


def test_the_lists_of_pins_are_the_four_of_the_house():
    assert [path.stem for path in PINS] == ["build", "lint", "run", "test"]


def test_every_dependency_is_pinned():
    pinned = set(
        re.findall(r"^([\w.-]+)==", "".join(p.read_text() for p in PINS), re.MULTILINE)
    )
    wanted = [
        re.split(r"[\[<>=~! ]", name)[0].lower()
        for group in [
            PROJECT["dependencies"],
            *tomllib.loads((ROOT / "pyproject.toml").read_text())[
                "dependency-groups"
            ].values(),
        ]
        for name in group
    ]

    assert [name for name in wanted if name.replace("_", "-") not in pinned] == []


def test_every_dependency_says_why_it_is_there():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    declared = text[: text.index("[tool.")]
    lists = re.findall(r"= \[\n((?:  \"[a-z][^\n]*\n)+)\]", declared)

    lines = [line for block in lists for line in block.splitlines()]
    assert len(lines) > 30
    assert [line for line in lines if not re.search(r",\s+# \S", line)] == []


def test_the_licence_is_the_same_everywhere():
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    text = " ".join((ROOT / "LICENSE").read_text(encoding="utf-8").split())

    assert PROJECT["license"] == code["legal"]["license"] == "EUPL-1.2"
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2 EUPL ©")
    assert "jurisdiction of the Court of Justice of the European Union" in text


def test_the_version_is_the_same_everywhere():
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert PROJECT["version"] == terril.__version__ == code["softwareVersion"]
    assert f"## [{terril.__version__}]" in changelog


def test_publiccode_holds_what_its_standard_asks():
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))

    asked = {
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    }
    assert asked <= set(code)
    assert code["developmentStatus"] in {"concept", "development", "beta", "stable"}
    assert code["localisation"] == {
        "localisationReady": True,
        "availableLanguages": ["fr", "en"],
    }
    for language in ("fr", "en"):
        told = code["description"][language]
        assert 150 <= len(told["longDescription"]) <= 10000
        assert len(told["shortDescription"]) <= 150
        assert told["features"]


def test_ci_runs_the_test_of_the_readme():
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
