"""Gunicorn on a free port of this machine, serving a bench directory for a while."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

from app.config import Settings

TRIES, PAUSE = 150, 0.2


@contextmanager
def served(settings: Settings, *options: str) -> Iterator[int]:
    """The port of a running server with the site's own configuration and these options."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:app.gunicorn_conf", *options]
    environ = {
        **os.environ,
        "COUNCIL": settings.council,
        "DATABASE_URL": settings.database_url,
        "SEARCH_INDEX": str(settings.search_index),
        "PORT": str(port),
        "WORKERS": "2",
    }
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(
        [*command, "tests.bench.site:app"], env=environ, stdout=quiet, stderr=quiet
    )
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the site says that it is ready. Raises TimeoutError, or OSError when it stopped."""
    for _ in range(TRIES):
        if server.poll() is not None:
            raise OSError("gunicorn stopped at once")
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/health/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(PAUSE)
    raise TimeoutError("gunicorn was not ready in time")
