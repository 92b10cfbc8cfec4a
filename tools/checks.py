"""The checks of the house: `make check`, `make test`, `make trials`, `make tidy`.

Each step prints how long it took; at the end stand what failed and what was
skipped, with the reason. In CI (CI=true) nothing may be skipped.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import browser
import postgres

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(sys.executable).parent
CODE = ["terril", "tests", "tools", "benchmarks"]
TEMPLATES = "terril/site/templates"
# What must be walked entirely: every line, both ways of every branch.
WHOLE = [
    "terril/analytics/*",
    "terril/choice/*",
    "terril/site/commons/*",
    *(
        f"terril/site/*/{module}{rest}"
        for module in ("rules", "queries", "actions")
        for rest in (".py", "/*")
    ),
]


@dataclass
class Run:
    """What has been done so far, what failed, what was skipped."""

    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    def step(self, name: str, words: list[str], **names: str) -> bool:
        """Run one step; its words are shown only when it fails."""
        return self._do(name, words, names, is_quiet=True)

    def suite(self, name: str, words: list[str], **names: str) -> bool:
        """Run tests before everybody's eyes, and remember what they skipped."""
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            passed = self._do(name, [*words, f"--junit-xml={report}"], names)
            self.skipped += [f"{name}: {text}" for text in skips_in(report)]
        return passed

    def skip(self, name: str, why: str) -> None:
        """Remember what could not be done here."""
        print(f"– {name}: skipped, {why}", flush=True)
        self.skipped.append(f"{name}: {why}")

    def _do(
        self,
        name: str,
        words: list[str],
        names: dict[str, str],
        *,
        is_quiet: bool = False,
    ) -> bool:
        print(f"· {name} …", end=" " if is_quiet else "\n", flush=True)
        start = time.monotonic()
        done = subprocess.run(
            words,
            cwd=ROOT,
            check=False,
            env=environment() | names,
            stdout=subprocess.PIPE if is_quiet else None,
            stderr=subprocess.STDOUT if is_quiet else None,
        )
        verdict = "FAILED" if done.returncode else "ok"
        print(f"{verdict}, {time.monotonic() - start:.1f} s", flush=True)
        if done.returncode:
            self.failed.append(name)
            print((done.stdout or b"").decode(errors="replace"), flush=True)
        return not done.returncode

    def end(self) -> None:
        """Say what failed and what was skipped, and leave accordingly."""
        print(f"\n{time.monotonic() - self.started:.0f} s in all.")
        is_ci = os.environ.get("CI", "") not in ("", "0", "false")
        for reason in self.skipped:
            print(f"skipped: {reason}")
        for name in self.failed:
            print(f"FAILED: {name}")
        if self.skipped and is_ci:
            print("In CI nothing may be skipped.")
        if self.failed or (self.skipped and is_ci):
            sys.exit(1)
        print("All is well." if not self.skipped else "The rest is well.")


def environment() -> dict[str, str]:
    """Return a plain environment: no real database, no debugging."""
    names = {**os.environ, "PYTHONWARNINGS": "error::SyntaxWarning"}
    names.pop("DATABASE_URL", None)
    return names | {
        "PATH": f"{HERE}{os.pathsep}{os.environ['PATH']}",
        "TERRIL_VAR": str(ROOT / "var" / "checks"),
        "SECRET_KEY": "only-for-checks-aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0-" * 2,
    }


def tool(name: str, *words: str) -> list[str]:
    """Return the command of a tool of `.venv`."""
    return [str(HERE / name), *words]


def terril(*words: str) -> list[str]:
    """Return a command of the site."""
    return [sys.executable, "-m", "terril", *words]


def templates(suffix: str = ".html") -> list[str]:
    """Return the paths of the templates."""
    return [str(path) for path in sorted((ROOT / TEMPLATES).rglob(f"*{suffix}"))]


def code() -> list[str]:
    """Return the folders of Python that exist."""
    return [name for name in CODE if (ROOT / name).exists()]


def check(run: Run) -> None:
    """Style, types, doors, migrations, translations."""
    run.step("style", tool("ruff", "check", *code()))
    run.step("shape of code", tool("ruff", "format", "--check", *code()))
    run.step("shape of templates", tool("djade", "--check", *templates()))
    run.step("templates", tool("djlint", "--lint", "--quiet", TEMPLATES))
    run.step("spelling", tool("typos"))
    run.step("types", tool("mypy"))
    run.step("doors", tool("lint-imports"))
    run.step("migrations", terril("makemigrations", "--check", "--dry-run"))
    run.step("translations", terril("messages", "--check"))
    run.step(
        "settings of production",
        terril("check", "--deploy", "--fail-level", "WARNING"),
        SITE_URL="https://terril.example.org",
    )


def tests(run: Run) -> None:
    """Check everything: the quick checks, both databases, a browser, what is walked."""
    check(run)
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    run.suite(
        "tests on SQLite", [*covered(), "-m", "not journey and not trial", *two()]
    )
    journeys(run)
    on_postgres(run, "not journey and not trial")
    coverage(run)


def journeys(run: Run) -> None:
    """Tell the stories in a real browser."""
    chromium = browser.find()
    if not chromium:
        run.skip("journeys", "no Chromium here, and none could be installed")
        return
    run.suite("journeys in a browser", [*covered(), "-m", "journey"], CHROMIUM=chromium)


# What opens no database is the same on both.
WITHOUT_DATABASE = ["choice", "analytics", "recipes"]


def on_postgres(run: Run, which: str) -> None:
    """Run the same tests on a real PostgreSQL, but those that open no database."""
    try:
        with postgres.running() as address:
            words = ["-m", "pytest", "-q", "-m", which, *two()]
            words += [f"--ignore=tests/{name}" for name in WITHOUT_DATABASE]
            run.suite(
                "tests on PostgreSQL", [sys.executable, *words], DATABASE_URL=address
            )
    except (FileNotFoundError, RuntimeError) as problem:
        run.skip("tests on PostgreSQL", str(problem))


def covered() -> list[str]:
    """Return the words that run tests and remember the lines they walk."""
    return [sys.executable, "-m", "coverage", "run", "-m", "pytest", "-q"]


def two() -> list[str]:
    """Return the words that share tests between the cores, two at least."""
    return ["-n", str(max(2, min(os.cpu_count() or 2, 8)))]


def coverage(run: Run) -> None:
    """Hold what was walked against what must be."""
    run.step("coverage, gathered", tool("coverage", "combine", "--quiet"))
    run.step("coverage of all", tool("coverage", "report"))
    whole = ["--fail-under=100", f"--include={','.join(WHOLE)}"]
    run.step("coverage of rules", tool("coverage", "report", *whole))


def trials(run: Run) -> None:
    """Do what is long, on both databases."""
    words = ["-m", "pytest", "-q", "-m", "trial"]
    run.suite("trials on SQLite", [sys.executable, *words])
    on_postgres(run, "trial")


def tidy(run: Run) -> None:
    """Put code and templates in order."""
    run.step("mistakes that mend themselves", tool("ruff", "check", "--fix", *code()))
    run.step("shape of code", tool("ruff", "format", *code()))
    run.step("shape of templates", tool("djade", *templates()))


def skips_in(report: Path) -> Iterator[str]:
    """Return why tests were skipped, each with its name."""
    if not report.exists():
        return
    for case in ET.parse(report).iter("testcase"):
        for skipped in case.iter("skipped"):
            yield f"{case.get('name')}, {skipped.get('message')}"


if __name__ == "__main__":
    doing = Run()
    {"check": check, "test": tests, "trials": trials, "tidy": tidy}[sys.argv[1]](doing)
    doing.end()
