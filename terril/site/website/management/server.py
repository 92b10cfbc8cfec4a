"""Take a port of this machine and hand the process over to gunicorn."""

import errno
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from django.core.management.base import CommandError


@dataclass(frozen=True)
class Place:
    """Where to listen, and with how many workers."""

    host: str
    port: int
    workers: int
    pid_file: Path | None = None


def check_port(host: str, port: int) -> None:
    """Refuse a port that somebody holds."""
    try:
        with socket.socket() as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind((host, port))
    except OverflowError:
        raise CommandError(f"{port} is not a port: choose one below 65536.") from None
    except OSError as problem:
        why = {
            errno.EACCES: f"Port {port} is reserved to the system.",
            errno.EADDRINUSE: f"Port {port} is already in use.",
        }.get(problem.errno or 0, f"{host}:{port} cannot be listened to: {problem}.")
        raise CommandError(f"{why} Choose another with --port.") from None


def serve(place: Place) -> None:
    """Become gunicorn: its sync workers had the steadiest tail."""
    words = [sys.executable, "-m", "gunicorn", "terril.config.wsgi:application"]
    words += ["--bind", f"{place.host}:{place.port}", "--workers", str(place.workers)]
    words += ["--worker-tmp-dir", worker_folder(), "--log-level", "warning"]
    if place.pid_file:
        words += ["--pid", str(place.pid_file)]
    sys.stdout.flush()
    os.execv(sys.executable, words)  # noqa: S606 -- our own interpreter, no shell


def worker_folder() -> str:
    """Return a folder in memory, where heartbeats do not wait for a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"  # noqa: S108
