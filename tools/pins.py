"""Compile `requirements/*.txt`: every package, every platform, every fingerprint.

No index is named in them: whoever installs brings their own.
"""

import re
import subprocess
import sys
from pathlib import Path

FOLDER = Path("requirements")
HEADER = "# Compiled by `make pins` from pyproject.toml. Do not edit.\n"
INDEX = re.compile(r"https?://|--(extra-)?index-url|--find-links|--trusted-host")
# The pins of run hold for the others: one version of a package everywhere.
WHAT = {
    "run": ["pyproject.toml"],
    "build": ["--group", "build", "-c", "requirements/run.txt"],
    "test": ["--group", "test", "-c", "requirements/run.txt"],
    "lint": ["--group", "lint", "-c", "requirements/run.txt"],
}


def main() -> None:
    """Compile each list in turn."""
    options = ["--upgrade"] if "--upgrade" in sys.argv else []
    FOLDER.mkdir(exist_ok=True)
    for name, source in WHAT.items():
        compile_pins(name, [*source, *options])


def compile_pins(name: str, words: list[str]) -> None:
    """Compile one list, and make sure that it names no index."""
    path = FOLDER / f"{name}.txt"
    command = [sys.executable, "-m", "uv", "pip", "compile", *words]
    command += ["--universal", "--python-version", "3.11", "--generate-hashes"]
    command += ["--no-header", "--no-annotate", "--quiet", "--no-config"]
    subprocess.run([*command, "--output-file", str(path)], check=True)
    text = path.read_text(encoding="utf-8").removeprefix(HEADER)
    if INDEX.search(text):
        sys.exit(f"{path} names an index: {INDEX.search(text)}")
    path.write_text(HEADER + text, encoding="utf-8")
    print(f"{path}: {text.count('==')} packages")


if __name__ == "__main__":
    main()
