"""`terril demo` and `terril serve`: from an empty folder to a page."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest
from django.core.management import CommandError, call_command

from terril.site.website.management.commands.demo import is_alive
from terril.site.website.management.server import check_port
from tests.house.reading import ROOT

PATIENCE = 240
# What the tests set for themselves, and a person does not.
LEFT_OUT = [
    "DJANGO_SETTINGS_MODULE",
    "EMAIL_URL",
    "SITE_URL",
    "STATIC_MANIFEST",
    "TERRIL_DEMO",
]


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def environment(folder, **names):
    plain = {**os.environ, "TERRIL_VAR": str(folder), "PYTHONWARNINGS": "ignore"}
    for name in LEFT_OUT:
        plain.pop(name, None)
    return plain | names


def terril(folder, *words, **names):
    """Run the command to its end, and return it with what it said."""
    return subprocess.run(
        [sys.executable, "-m", "terril", *map(str, words)],
        cwd=ROOT,
        env=environment(folder, **names),
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


@contextmanager
def serving(folder, *words, port, **names):
    """Serve for a while."""
    words = ["-m", "terril", *words, "--port", str(port)]
    with subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, env=environment(folder, **names)
    ) as server:
        try:
            yield
        finally:
            server.send_signal(signal.SIGTERM)


def page(port, path):
    """Ask for a page until somebody answers."""
    for _ in range(PATIENCE):
        try:
            door = HTTPConnection("127.0.0.1", port, timeout=30)
            door.request("GET", path)
            answer = door.getresponse()
            return answer.status, answer.read().decode()
        except ConnectionError:
            time.sleep(0.5)
        finally:
            door.close()
    raise TimeoutError


def test_the_demonstration_is_loaded_once_and_served(tmp_path):
    port = free_port()
    base = f"sqlite:///{tmp_path}/terril.sqlite3"
    its = {"TERRIL_DEMO": "1", "DATABASE_URL": base}

    first = terril(tmp_path, "demo", "--load-only", "--port", port)
    head = terril(tmp_path, "journal", "verify", **its).stdout
    second = terril(tmp_path, "demo", "--load-only", "--port", port)
    again = terril(tmp_path, "journal", "verify", **its).stdout
    with serving(tmp_path, "demo", port=port):
        home = page(port, "/")
        roles = page(port, "/demo/")
        busy = terril(tmp_path, "demo", "--port", port)
        reset = terril(tmp_path, "demo", "--reset", "--port", free_port())

    assert first.returncode == second.returncode == 0
    assert "The tables" in first.stdout
    assert "The tables" not in second.stdout
    assert head.startswith("The chain holds.")
    assert head == again
    assert [home[0], roles[0]] == [200, 200]
    assert f"Port {port} is already in use." in busy.stderr
    assert f"served on port {port}: stop it first" in reset.stderr


def test_the_demonstration_starts_over(tmp_path):
    (tmp_path / "terril.sqlite3").write_bytes(b"no database")
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "old.pdf").touch()
    (tmp_path / "mine.txt").write_text("not of the demonstration")
    (tmp_path / "demo-1.pid").write_text("999999999")

    done = terril(tmp_path, "demo", "--reset", "--load-only", "--port", free_port())

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Starting over.")
    assert (tmp_path / "mine.txt").exists()
    assert (
        not (tmp_path / "media" / "documents").exists() or (tmp_path / "media").exists()
    )


def test_a_real_territory_is_served_with_lasting_names(tmp_path):
    names = {
        "SECRET_KEY": "a real one",
        "DATABASE_URL": f"sqlite:///{tmp_path}/t.sqlite3",
    }
    port = free_port()

    early = terril(tmp_path, "serve", "--port", port, **names)
    terril(tmp_path, "migrate", **names)
    with serving(tmp_path, "serve", port=port, **names):
        status, text = page(port, "/")
        demo, _ = page(port, "/demo/")

    assert "The database is not up to date." in early.stderr
    assert status == 200
    assert "/static/css/tokens." in text
    assert "/static/css/tokens.css" not in text
    assert demo == 404


def test_demo_is_a_word_of_its_own():
    with pytest.raises(CommandError, match="run it as `terril demo`"):
        call_command("demo")


def test_a_port_that_is_taken_or_is_none_is_refused():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        taken = door.getsockname()[1]
        with pytest.raises(CommandError, match="already in use"):
            check_port("127.0.0.1", taken)
    with pytest.raises(CommandError, match="below 65536"):
        check_port("127.0.0.1", 70000)
    with pytest.raises(CommandError, match="cannot be listened to"):
        check_port("192.0.2.1", 8000)


def test_a_process_is_alive_or_not(tmp_path):
    mine, gone, torn = tmp_path / "1", tmp_path / "2", tmp_path / "3"
    mine.write_text(str(os.getpid()))
    gone.write_text("999999999")
    torn.write_text("")

    assert [is_alive(path) for path in (mine, gone, torn)] == [True, False, False]
