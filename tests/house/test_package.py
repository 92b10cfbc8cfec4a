"""The wheel: it carries all it needs, and works far from the checkout."""

import os
import shutil
import subprocess
import sys
from zipfile import ZipFile

import pytest

from tests.house.reading import PACKAGE, ROOT

LOOK = """
import django, terril
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
page = Client().get("/")
sheet = Client().get("/static/css/tokens.css")
print(terril.__file__, page.status_code, sheet.status_code, "</html>" in page.text)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel from a copy of the sources."""
    source = tmp_path_factory.mktemp("source")
    dust = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, source / "terril", ignore=dust)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    run(
        "pip",
        "wheel",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        ".",
        at=source,
    )
    return next(source.glob("*.whl"))


def run(module, *words, at, **names):
    """Run a module of Python somewhere, and return what it says."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        cwd=at,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **names},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_carries_everything_and_no_dust(wheel):
    carried = set(ZipFile(wheel).namelist())

    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted - carried == set()
    assert {
        name for name in carried if "__pycache__" in name or "tests" in name
    } == set()
    assert any(name.endswith("licenses/LICENSE") for name in carried)


def test_the_wheel_works_far_from_the_checkout(wheel, tmp_path):
    place = tmp_path / "installed"
    run(
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--target",
        place,
        wheel,
        at=tmp_path,
    )
    names = {
        "PYTHONPATH": str(place),
        "DJANGO_SETTINGS_MODULE": "terril.config.settings",
        "TERRIL_VAR": str(tmp_path / "var"),
        "SECRET_KEY": "far from home",
        "ALLOWED_HOSTS": "testserver",
        "PYTHONWARNINGS": "ignore",
    }

    checked = run("terril", "check", at=tmp_path, **names)
    script = tmp_path / "look.py"
    script.write_text(LOOK)
    seen = run("look", at=tmp_path, **names)

    assert "no issues" in checked
    assert seen.split() == [str(place / "terril/__init__.py"), "200", "200", "True"]
