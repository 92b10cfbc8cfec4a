"""Take a port of this machine and serve the site there."""

import errno
import gc
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication


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
    """Become a server: gunicorn's sync workers had the steadiest tail."""
    connections.close_all()
    Server(place).run()


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn around the site, loaded once before its workers part."""

    def __init__(self, place: Place) -> None:
        self.place = place
        super().__init__()

    def load_config(self) -> None:
        """Say where to listen, and with whom."""
        settings = {
            "bind": f"{self.place.host}:{self.place.port}",
            "workers": self.place.workers,
            "preload_app": True,
            "worker_tmp_dir": worker_folder(),
            "loglevel": "warning",
            "pidfile": str(self.place.pid_file) if self.place.pid_file else None,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        """Load the site and its addresses."""
        application = get_wsgi_application()
        get_resolver().url_patterns  # noqa: B018 -- imports every view
        # What is loaded stays: no collection needs to look at it again in any worker.
        gc.freeze()
        return application


def worker_folder() -> str:
    """Return a folder in memory, where heartbeats do not wait for a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"  # noqa: S108
