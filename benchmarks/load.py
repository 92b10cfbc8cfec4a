"""Load an address with wrk and read its figures; start and stop a server."""

import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# A new query on each request, so that nothing is answered from memory.
FRESH = """
local n = math.random(1, 1000000000)
request = function()
  n = n + 1
  return wrk.format(nil, PATH .. "fresh=" .. n)
end
"""
DONE = """
done = function(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.connect
    + summary.errors.read + summary.errors.timeout
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests,
    summary.duration, bad, latency:percentile(50), latency:percentile(95),
    summary.bytes))
end
"""


@dataclass(frozen=True)
class Figures:
    """What one load gave: requests a second, milliseconds, errors, bytes each."""

    per_second: float
    p50: float
    p95: float
    errors: int
    weight: int


def wrk() -> str:
    """Return the path of wrk, or say how to have it."""
    found = shutil.which("wrk")
    if found is None:
        sys.exit("The load generator wrk is missing: install the package “wrk”.")
    return found


def load(
    url: str, *, headers: dict[str, str], seconds: int, fresh: bool = False
) -> Figures:
    """Load one address from 16 connections and return the figures."""
    path = "/" + url.split("/", 3)[3]
    mark = "&" if "?" in path else "?"
    script = f'PATH = "{path}{mark}"\n' + (FRESH if fresh else "") + DONE
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as lua:
        lua.write(script)
        lua.flush()
        words = [wrk(), "-t1", "-c16", f"-d{seconds}s", "--timeout", "30s"]
        for name, value in headers.items():
            words += ["-H", f"{name}: {value}"]
        words += ["-s", lua.name, url]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", done.stdout)
    if found is None:
        sys.exit(f"wrk said nothing of {url}: {done.stdout}{done.stderr}")
    count, lasted, bad, p50, p95, size = map(int, found.groups())
    return Figures(
        per_second=count / (lasted / 1e6),
        p50=p50 / 1000,
        p95=p95 / 1000,
        errors=bad,
        weight=size // max(count, 1),
    )


def settle(url: str, *, headers: dict[str, str]) -> None:
    """Ask once and wait for the answer, so that nothing older is still queued."""
    request = urllib.request.Request(url, headers=headers)
    urllib.request.urlopen(request, timeout=300).close()


@contextmanager
def server(
    python: str, application: str, *, port: int, env: dict[str, str], folder: Path
) -> Iterator[str]:
    """Serve a WSGI application with two gunicorn workers; yield its address."""
    words = [python, "-m", "gunicorn", application, "-w", "2"]
    words += ["-b", f"127.0.0.1:{port}", "--log-level", "warning"]
    address = f"http://127.0.0.1:{port}"
    with (folder / f"server-{port}.log").open("w") as log:
        running = subprocess.Popen(words, env=env, cwd=folder, stdout=log, stderr=log)
        try:
            _wait(address, running)
            yield address
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
