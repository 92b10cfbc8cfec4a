"""What a first visit brings over the wire, the map aside."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests.website import world

pytestmark = pytest.mark.django_db
LIMIT = 120_000
ASSET = re.compile(r'(?:href|src)="/static/([^"?]+)"')
IMPORTED = re.compile(r'(?:import|from)\s+"\./([\w-]+\.js)"')


def with_imports(name):
    """Return a static file and the modules it brings along."""
    text = Path(finders.find(name)).read_text(errors="ignore")
    folder = name.rpartition("/")[0]
    brought = IMPORTED.findall(text) if name.endswith(".js") else []
    return {name}.union(*(with_imports(f"{folder}/{one}") for one in brought))


def weight_of(name):
    """Return the size of a static file as a server sends it, packed."""
    content = Path(finders.find(name)).read_bytes()
    return len(content if name.endswith(".woff2") else gzip.compress(content, 9))


@pytest.mark.parametrize("name", ["home", "register", "label"])
def test_a_first_visit_weighs_less_than_120_kilobytes(client, name):
    world.territory()
    world.calls()
    world.labels(20)
    response = client.get(reverse(name), headers={"accept-encoding": "gzip"})

    text = gzip.decompress(response.content).decode()
    assets = set().union(*(with_imports(asset) for asset in ASSET.findall(text)))

    weight = len(response.content) + sum(weight_of(asset) for asset in assets)
    assert weight < LIMIT
    assert len([asset for asset in assets if asset.endswith(".woff2")]) == 1


@pytest.mark.parametrize(
    ("name", "is_packed"),
    [
        ("css/components.css", True),
        ("js/menu.js", True),
        ("fonts/atkinson-hyperlegible-next.woff2", False),
    ],
)
def test_static_files_are_packed_when_nobody_has_done_it_before(
    client, name, is_packed
):
    response = client.get(f"/static/{name}", headers={"accept-encoding": "gzip"})

    body = b"".join(response.streaming_content)
    original = Path(finders.find(name)).read_bytes()
    assert response.has_header("Content-Encoding") is is_packed
    assert (gzip.decompress(body) if is_packed else body) == original
