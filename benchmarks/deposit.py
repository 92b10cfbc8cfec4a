"""Hand in many dossiers at once, over HTTP, as browsers do."""

import http.client
import re
import statistics
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.load import Figures


def deposit(port: int, codes: list[str], cookie: str, *, connections: int) -> Figures:
    """Hand in every draft from so many connections; return the figures."""
    work = _Work(port, cookie, _token(port, cookie, codes[0]), list(codes))
    began = time.perf_counter()
    threads = [threading.Thread(target=work.run) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lasted = time.perf_counter() - began
    ranks = statistics.quantiles(work.times, n=100)
    return Figures(
        per_second=len(work.times) / lasted,
        p50=ranks[49] * 1000,
        p95=ranks[94] * 1000,
        errors=work.errors,
        weight=0,
    )


@dataclass
class _Work:
    """What the connections share: the drafts left, and what was measured."""

    port: int
    cookie: str
    token: tuple[str, str]
    left: list[str]
    times: list[float] = field(default_factory=list)
    errors: int = 0

    def run(self) -> None:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while self.left:
            code = self.left.pop()
            began = time.perf_counter()
            status = _post(link, code, self.cookie, self.token)
            self.times.append(time.perf_counter() - began)
            self.errors += status != 302


def _token(port: int, cookie: str, code: str) -> tuple[str, str]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    link.request("GET", f"/programme/dossiers/{code}/", headers={"Cookie": cookie})
    answer = link.getresponse()
    page = answer.read().decode()
    kept = re.search(r"csrftoken=([^;]+)", answer.headers.get("Set-Cookie", ""))
    form = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if not (kept and form):
        raise SystemExit(f"No form on the page of dossier {code}: {answer.status}")
    return kept[1], form[1]


def _post(
    link: http.client.HTTPConnection, code: str, cookie: str, token: tuple[str, str]
) -> int:
    kept, form = token
    link.request(
        "POST",
        f"/programme/dossiers/{code}/deposer/",
        body=urlencode({"csrfmiddlewaretoken": form, "agree": "on"}),
        headers={
            "Cookie": f"{cookie}; csrftoken={kept}",
            "Content-Type": "application/x-www-form-urlencoded",
        },
    )
    answer = link.getresponse()
    answer.read()
    return answer.status
