"""Prepare the folder: check the machine, make `.venv`, install the hashed pins.

Run by `make` with whatever Python is at hand, so this file keeps to the standard
library and must be *read* by a Python older than the one it asks for.
"""

import argparse
import errno
import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV, VAR = ROOT / ".venv", ROOT / "var"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
NEWER = ["python3.13", "python3.12", "python3.11", "python3.14"]
ROOM_NEEDED = 700 * 1000 * 1000
PINS = {
    "run": ["build", "run"],
    "all": ["build", "run", "test", "lint"],
}
NO_ROOM = "The disk is full. Free about 1 GB, then run the same command again."
FOREIGN = """A downloaded package is not the one this version was built with: it was refused.
Run again; if it persists, the package index or a proxy on the way alters files."""
NOT_TRUSTED = """The package index could not be trusted: its certificate is not known here.
Behind a proxy that signs traffic, set PIP_CERT to its certificate."""
NOT_WRITTEN = "A file could not be written under .venv. Check who owns this folder."
NO_NETWORK = """The packages could not be downloaded: the package index did not answer.
Check the network. Behind a proxy, set HTTPS_PROXY; with a mirror of your own, set
PIP_INDEX_URL. Then run the same command again: it takes up where it stopped."""
# What pip says, and what it means for the person who reads it.
CAUSES = {
    "No space left on device": NO_ROOM,
    "DO NOT MATCH THE HASHES": FOREIGN,
    "CERTIFICATE_VERIFY_FAILED": NOT_TRUSTED,
    "SSLError": NOT_TRUSTED,
    "Permission denied": NOT_WRITTEN,
    "Read-only file system": NOT_WRITTEN,
    "No matching distribution": NO_NETWORK,
    "Failed to establish a new connection": NO_NETWORK,
    "Temporary failure in name resolution": NO_NETWORK,
    "timed out": NO_NETWORK,
    "ProxyError": NO_NETWORK,
    "Connection re": NO_NETWORK,
    "Max retries": NO_NETWORK,
    "HTTP error": NO_NETWORK,
}


class Stop(Exception):
    """Nothing more can be done; the sentence says what the person can do."""


def main():
    """Do what is asked, or say why not and what to do."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("word", choices=["demo", "run", "all"])
    words.add_argument("--port", default="8000")
    words.add_argument("--reset", action="store_true")
    try:
        prepare(words.parse_args())
    except Stop as stop:
        sys.exit("\n" + str(stop))
    except KeyboardInterrupt:
        sys.exit("\nStopped. Run the same command again to go on.")
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            sys.exit("\n" + NO_ROOM)
        raise


def prepare(asked):
    """Check, install, and hand over."""
    check_python()
    os.chdir(str(ROOT))
    check_folder()
    if asked.word == "demo":
        check_port(asked.port)
    with Lock():
        install("all" if asked.word == "all" else "run")
    if asked.word == "demo":
        serve_demo(asked.port, asked.reset)


def check_python():
    """Go on with a Python that is new enough, or say how to get one."""
    if sys.version_info < OLDEST:
        for name in NEWER:
            found = shutil.which(name)
            if found:
                os.execv(found, [found, *sys.argv])
        mine = ".".join(map(str, sys.version_info[:3]))
        raise Stop(
            f"Terril needs Python 3.11 or newer; `{sys.executable}` is {mine}.\n"
            "Install a newer one (Debian 12, Ubuntu 24.04: apt install python3"
            " python3-venv),\nor name one you have: make demo PYTHON=/path/to/python3.12"
        )
    try:
        import ensurepip  # noqa: F401, PLC0415 -- Debian may leave them out
        import venv  # noqa: F401, PLC0415
    except ImportError:
        wanted = "python{}.{}-venv".format(*sys.version_info[:2])
        raise Stop(
            "This Python cannot make virtual environments: its venv module is missing.\n"
            f"On Debian or Ubuntu: apt install {wanted}"
        ) from None


def check_folder():
    """Make sure that the folder may be written and that there is room."""
    try:
        for folder in (VAR, VENV):
            folder.mkdir(exist_ok=True)
            probe = folder / f".probe-{os.getpid()}"
            probe.touch()
            probe.unlink()
    except OSError as problem:
        if problem.errno == errno.ENOSPC:
            raise
        raise Stop(
            f"{ROOT} cannot be written here ({problem.strerror}).\n"
            "Terril keeps its packages in .venv and its data in var/: copy the folder to"
            " a place\nyou may write to, or give yourself the right to write, then run"
            " again."
        ) from None
    free = shutil.disk_usage(str(ROOT)).free
    if free < ROOM_NEEDED and not (VENV / "ready-run").exists():
        raise Stop(
            f"Only {free // 1000000} MB are left on this disk;"
            f" {ROOM_NEEDED // 1000000} MB are needed.\n"
            "Free some room, then run the same command again."
        )


def check_port(text):
    """Refuse a port that is not one, or that somebody holds."""
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stop(f"“{text}” is not a port. For example: make demo PORT=8001")
    try:
        listen(int(text))
    except OSError as problem:
        free = next((p for p in range(8001, 8100) if may_listen(p)), 8001)
        if problem.errno == errno.EACCES:
            why = f"Port {text} is reserved to the system."
        else:
            why = (
                f"Port {text} is already in use, perhaps by another demonstration: look"
                f" at http://127.0.0.1:{text}"
            )
        raise Stop(f"{why}\nChoose another port: make demo PORT={free}") from None


def listen(port):
    """Take a port of this machine, and let it go."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", port))


def may_listen(port):
    """Tell whether a port is free."""
    try:
        listen(port)
    except OSError:
        return False
    return True


class Lock:
    """Let one `make` prepare at a time; the second waits, then finds all ready."""

    def __enter__(self):
        self.file = (VAR / "prepare.lock").open("w")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Another `make` is preparing this folder: waiting for it.")
            fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *problem):
        self.file.close()


def install(group):
    """Install the pins of a group, unless they already are."""
    stamp, mark = stamp_of(group), VENV / ("ready-" + group)
    whole = VENV / "ready-all"
    if group == "run" and whole.exists() and whole.read_text() == stamp_of("all"):
        return
    if mark.exists() and mark.read_text() == stamp and PYTHON.exists():
        return
    make_venv()
    names = PINS[group]
    files = [f"requirements/{name}.txt" for name in names]
    count = sum(len(pinned(name)) for name in files)
    say(f"Installing {count} packages, each checked against its fingerprint …")
    start = time.monotonic()
    pip(["--require-hashes", *[part for name in files for part in ("-r", name)]], count)
    pip(["--no-deps", "--no-index", "--no-build-isolation", "--editable", "."], 0)
    mark.write_text(stamp)
    say(f"  … done in {time.monotonic() - start:.0f} s")


def stamp_of(group):
    """Return a digest of all that the installation depends on."""
    digest = hashlib.sha256(str(ROOT).encode() + sys.version.encode())
    for name in PINS[group]:
        digest.update((ROOT / "requirements" / (name + ".txt")).read_bytes())
    digest.update((ROOT / "pyproject.toml").read_bytes())
    return digest.hexdigest()


def pinned(name):
    """Return the lines of a requirements file that name a package."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if "==" in line]


def make_venv():
    """Make `.venv`, or make it again when its Python is gone or too old."""
    if PYTHON.exists():
        wanted = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
        if subprocess.run([str(PYTHON), "-c", wanted], check=False).returncode == 0:
            return
    say("Making the virtual environment .venv …")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if made.returncode:
        text = made.stdout.decode(errors="replace").strip()
        raise Stop(cause_in(text) or f"The virtual environment was not made:\n{text}")


def pip(words, count):
    """Run pip, show how far it is, and explain what stopped it."""
    command = [str(PYTHON), "-m", "pip", "install", "--no-compile", "--no-input"]
    command += ["--disable-pip-version-check", "--progress-bar", "off"]
    command += ["--retries", "2", "--timeout", "30"]
    said = []
    with subprocess.Popen(
        command + words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running:
        for raw in running.stdout:
            line = raw.decode(errors="replace")
            said.append(line)
            show(sum(text.startswith("Collecting ") for text in said), count, line)
    if running.returncode:
        text = "".join(said)
        tail = "".join(said[-12:])
        raise Stop(cause_in(text) or f"The packages were not installed:\n{tail}")


def show(done, count, line):
    """Say how many packages have been found so far, when somebody watches."""
    if count and sys.stdout.isatty() and line.startswith("Collecting "):
        sys.stdout.write(f"\r  {done} / {count}   ")
        sys.stdout.flush()


def cause_in(text):
    """Return what pip's words mean for a person, when they are known."""
    return next((CAUSES[sign] for sign in CAUSES if sign in text), "")


def serve_demo(port, reset):
    """Hand over to `terril demo`."""
    words = [str(PYTHON), "-m", "terril", "demo", "--port", port]
    sys.stdout.flush()
    os.execv(words[0], words + ["--reset"] * reset)


def say(sentence):
    """Print one line at once."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
