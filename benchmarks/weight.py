"""What a first visit weighs over the wire: a page, and every file of ours it fetches."""

import gzip
import re
import urllib.request
from urllib.parse import urljoin

FILES = re.compile(r'(?:href|src)="(/static/[^"]+)"')
MODULES = re.compile(r'(?:import|from)\s+"(\./[\w-]+\.js)"')


def weight(url: str) -> int:
    """Return the bytes of a page, of its files, and of the modules they bring."""
    page, total = _fetch(url)
    waiting = [urljoin(url, path) for path in FILES.findall(page)]
    seen: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address not in seen:
            seen.add(address)
            text, size = _fetch(address)
            total += size
            waiting += [urljoin(address, name) for name in MODULES.findall(text)]
    return total


def _fetch(url: str) -> tuple[str, int]:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        packed = answer.read()
        is_packed = answer.headers.get("Content-Encoding") == "gzip"
    body = gzip.decompress(packed) if is_packed else packed
    return body.decode(errors="ignore"), len(packed)
