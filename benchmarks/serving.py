"""Start a server, stop it, and know how much of the processor it has taken."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """A server under load: where it is, and the process its workers come from."""

    address: str
    pid: int

    def processor(self) -> float:
        """Return the seconds of processor that it has taken with its workers.

        On a machine that others share, this says more than requests a second.
        """
        ticks = sum(_ticks(pid) for pid in _family(self.pid))
        return ticks / os.sysconf("SC_CLK_TCK")

    def settle(self, path: str, headers: dict[str, str]) -> None:
        """Ask once and wait for the answer, so that nothing older is still queued."""
        request = urllib.request.Request(self.address + path, headers=headers)
        urllib.request.urlopen(request, timeout=300).close()


def gunicorn(application: str, port: int) -> list[str]:
    """Return the words that serve a WSGI application with two workers."""
    words = ["-m", "gunicorn", application, "-w", "2", "--preload"]
    return [*words, "-b", f"127.0.0.1:{port}", "--log-level", "warning"]


@contextmanager
def server(
    words: list[str], *, port: int, env: dict[str, str], folder: Path
) -> Iterator[Server]:
    """Run a command that serves on a port, until the end of the block."""
    address = f"http://127.0.0.1:{port}"
    with (folder / f"server-{port}.log").open("w") as log:
        running = subprocess.Popen(words, env=env, cwd=folder, stdout=log, stderr=log)
        try:
            _wait(address, running)
            yield Server(address, running.pid)
        finally:
            running.terminate()
            running.wait(20)


def _wait(address: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(120):
        if running.poll() is not None:
            sys.exit("The server stopped at once: read its log in var/bench.")
        try:
            urllib.request.urlopen(address, timeout=20).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.25)
        else:
            return
    sys.exit("The server did not answer within 30 seconds.")


def _family(pid: int) -> list[int]:
    """Return a process and all that come from it, where the system tells."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return [pid]
    return [pid, *(one for child in text.split() for one in _family(int(child)))]


def _ticks(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    fields = text.rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
