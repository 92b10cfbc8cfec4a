"""pretalx, installed from its package: the same three pages, the same load."""

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.load import Figures, Page, load
from benchmarks.serving import gunicorn, server

VERSION = "2025.2.2"
PORT = 8091
PATIENCE = 40


def measure(folder: Path, *, count: int, seconds: int) -> dict[str, Figures]:
    """Install, fill and load the peer; return its figures by page."""
    folder.mkdir(parents=True, exist_ok=True)
    python = _install(folder)
    env = _environment(folder)
    fill = Path(__file__).with_name("pretalx_fill.py")
    _run([python, "-m", "pretalx", "migrate"], env)
    told = _run([python, str(fill), str(count)], env)
    pages = json.loads(told.strip().splitlines()[-1])
    figures = {}
    words = [python, *gunicorn("pretalx.wsgi", PORT)]
    with server(words, port=PORT, env=env, folder=folder) as running:
        for name in ("list", "shell", "detail", "organiser"):
            headers = {"Host": "localhost", "Accept-Encoding": "gzip"}
            if name == "organiser":
                headers["Cookie"] = pages["cookie"]
            # Its slowest page takes seconds: let what is queued be answered first.
            running.settle(pages[name], headers)
            page = Page(pages[name], headers)
            figures[name] = load(running, page, seconds=max(seconds, PATIENCE))
    return figures


def _install(folder: Path) -> str:
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        packages = [f"pretalx=={VERSION}", "gunicorn"]
        subprocess.run([python, "-m", "pip", "install", "-qq", *packages], check=True)
        # Its static files are built once, with the Node that its users need.
        _run([str(python), "-m", "pretalx", "rebuild"], _environment(folder))
    return str(python)


def _environment(folder: Path) -> dict[str, str]:
    config = folder / "pretalx.cfg"
    config.write_text(
        f"[filesystem]\ndata={folder}/data\n"
        f"[site]\ndebug=False\nurl=http://localhost:{PORT}\n"
    )
    return {
        **os.environ,
        "PRETALX_CONFIG_FILE": str(config),
        "PRETALX_NO_INITIAL_LOG": "1",
        "DJANGO_SETTINGS_MODULE": "pretalx.settings",
    }


def _run(words: list[str], env: dict[str, str]) -> str:
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"The peer failed: {' '.join(words)}\n{done.stderr[-3000:]}")
    return done.stdout
