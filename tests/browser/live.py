"""The real site for real browsers: a directory of its own, served by gunicorn.

The process is the one a council runs, with its own server, workers and content policy, so
that nothing a browser meets is pretended.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from app import create_app
from app.config import ROOT
from app.demo.load import load_demo
from app.site import current_site
from tests.browser.listings import add_unusual_listings
from tests.conftest import close, settings_in
from tests.databases import Template, database_url

START_WITHIN = 180
"""Seconds a server may take to be ready, on a busy machine."""
READY, LIVE = "/health/ready", "/health/live"


def make_directory(folder: Path, template: Template, services: int = 0) -> None:
    """Fill a folder with a database and index: what the template has, and the unusual listings.

    `services`: how many listings of the demonstration to load before.
    """
    template.copy_to(folder)
    app = create_app(settings_in(folder), testing=True)
    with app.app_context():
        if services:
            load_demo(current_site(), services, 1, date.today(), lambda _count: None)
        add_unusual_listings(current_site(), date.today())
        app.extensions["search"].rebuild()
    close(app)


@contextmanager
def serving(
    folder: Path, app: str = "wsgi:app", until: str = READY, **changes: str
) -> Iterator[str]:
    """Serve the directory in a folder; gives the address. Ends the server afterwards.

    `until`: the page of health that must answer first. `changes`: settings other than those of
    a developer, by their names.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "--config", "python:app.gunicorn_conf", app]
    environ = {
        **os.environ,
        "PORT": str(port),
        "WORKERS": "1",
        "COUNCIL": "devon",
        "CONFIG": "development",
        "DATABASE_URL": database_url(folder),
        "SEARCH_INDEX": str(folder / "index"),
        **changes,
    }
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
    try:
        wait_until_ready(server, address, folder / "server.log", until)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(
    server: subprocess.Popen[bytes], address: str, log: Path, until: str = READY
) -> None:
    """Wait until the site answers; fails with the server's own words when it does not."""
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(address + until, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the site did not start:\n{log.read_text()}")
