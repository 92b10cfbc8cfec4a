"""Load a server with wrk and read the figures."""

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

from benchmarks.serving import Server

CONNECTIONS = 16
# A new query on each request, so that no page is answered from memory; a star in the
# path is one of a thousand things, in turn.
FRESH = """
local n = math.random(1, 1000000000)
request = function()
  n = n + 1
  return wrk.format(nil, (PATH:gsub("*", n % 1000)) .. "fresh=" .. n)
end
"""
# What came back is read by one thread, so its globals are those of the whole load.
DONE = """
bad = 0
local watched
setup = function(thread) watched = thread end
done = function(summary, latency, requests)
  local failed = watched:get("bad") + summary.errors.status + summary.errors.connect
    + summary.errors.read + summary.errors.timeout
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests,
    summary.duration, failed, latency:percentile(50), latency:percentile(95),
    summary.bytes))
end
"""


@dataclass(frozen=True)
class Page:
    """An address to load; fresh ones are never asked for twice."""

    path: str
    headers: dict[str, str] = field(default_factory=dict)
    is_fresh: bool = False
    # More requests than one address, in the words of wrk.
    script: str = ""

    @property
    def words(self) -> str:
        """Return the script that wrk runs."""
        mark = "&" if "?" in self.path else "?"
        fresh = f'PATH = "{self.path}{mark}"\n{FRESH}' if self.is_fresh else ""
        return DONE + fresh + self.script


@dataclass(frozen=True)
class Figures:
    """What one load gave: requests a second, milliseconds, errors, bytes each."""

    per_second: float
    p50: float
    p95: float
    errors: int
    weight: int
    # Milliseconds of processor that the server took for each request.
    processor: float


def wrk() -> str:
    """Return the path of wrk, or say how to have it."""
    found = shutil.which("wrk")
    if found is None:
        sys.exit(
            "The load generator wrk is missing: install the package “wrk”. It takes "
            "little from the cores that the server shares with it."
        )
    return found


def load(server: Server, page: Page, *, seconds: int) -> Figures:
    """Load a page from 16 connections and return the figures."""
    before = server.processor()
    count, lasted, bad, p50, p95, size = _run(server, page, seconds)
    taken = server.processor() - before
    return Figures(
        per_second=count / (lasted / 1e6),
        p50=p50 / 1000,
        p95=p95 / 1000,
        errors=bad,
        weight=size // max(count, 1),
        processor=taken * 1000 / max(count, 1),
    )


def _run(server: Server, page: Page, seconds: int) -> tuple[int, ...]:
    url = server.address + page.path.replace("*", "1")
    words = [wrk(), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s"]
    for name, value in page.headers.items():
        words += ["-H", f"{name}: {value}"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as lua:
        lua.write(page.words)
        lua.flush()
        done = subprocess.run(
            [*words, "-s", lua.name, url], capture_output=True, text=True, check=True
        )
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", done.stdout)
    if found is None:
        sys.exit(f"wrk said nothing of {url}: {done.stdout}{done.stderr}")
    return tuple(map(int, found.groups()))
