"""Gunicorn on a free port of this machine, serving a bench directory for a while."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from app.config import Settings

TRIES, PAUSE = 150, 0.2


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    pid: int

    @property
    def busy(self) -> float:
        """Seconds of processor time its workers have used; 0 where Linux does not say."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        pids = children.read_text().split() if children.exists() else []
        stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
        return sum(int(stat[11]) + int(stat[12]) for stat in stats) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(settings: Settings, *options: str) -> Iterator[Server]:
    """A server with the site's own configuration and these options."""
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
    command.append("tests.bench.site:app")
    with TemporaryFile() as said:
        server = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=said)
        try:
            _wait_for(port, server, said)
            yield Server(port, server.pid)
        finally:
            server.terminate()
            server.wait(30)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _wait_for(port: int, server: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    """Until the site says that it is ready. Raises `OSError` with what the server said."""
    for _ in range(TRIES):
        if server.poll() is not None:
            break
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/health/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(PAUSE)
    said.seek(0)
    raise OSError(f"gunicorn did not get ready: {said.read()[-2000:].decode(errors='replace')}")
