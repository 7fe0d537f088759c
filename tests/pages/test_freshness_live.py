"""The real server: two workers count side by side, write by themselves, and lose nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from app import create_app
from app.config import ROOT, Settings
from app.site import current_site
from tests import factories
from tests.browser.live import free_port, wait_until_ready
from tests.conftest import close, settings_in
from tests.databases import database_url, rows

VISITS = 120
AGENT = {"User-Agent": "Mozilla/5.0 (a person)"}
PRESSED = {**AGENT, "Sec-Fetch-Site": "same-origin"}


def counted(folder: Path) -> tuple[int, int, int]:
    ((shown, opened, contacted),) = rows(
        folder, "SELECT SUM(shown), SUM(opened), SUM(contacted) FROM day_count"
    )
    return (shown or 0, opened or 0, contacted or 0)


@pytest.mark.slow
def test_two_workers_write_all_they_counted(settings: Settings, tmp_path: Path) -> None:
    app = create_app(settings_in(tmp_path), testing=True)
    with app.app_context():
        factories.published(current_site(), "Otter Club", slug="otters")
        app.extensions["search"].rebuild()
    close(app)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environ = {
        **os.environ,
        "PORT": str(port),
        "WORKERS": "2",
        "COUNCIL": "devon",
        "CONFIG": "development",
        "DATABASE_URL": database_url(tmp_path),
        "SEARCH_INDEX": str(tmp_path / "index"),
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "python:app.gunicorn_conf", "wsgi:app"]
    with (tmp_path / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
    try:
        wait_until_ready(server, address, tmp_path / "server.log")

        def visit(number: int) -> None:
            path, method, headers = (
                ("/services?q=otter", "GET", AGENT),
                ("/services/otters", "GET", AGENT),
                ("/services/otters/contact-used", "POST", PRESSED),
            )[number % 3]
            data = b"PING" if method == "POST" else None
            with urlopen(Request(address + path, data, headers, method=method), timeout=30):
                pass

        with ThreadPoolExecutor(4) as visitors:
            list(visitors.map(visit, range(VISITS)))
        time.sleep(6)
        third = VISITS // 3
        assert counted(tmp_path) == (third, third, third), "written while it serves"
        visit(1)
    finally:
        server.terminate()
        server.wait(timeout=30)
    assert counted(tmp_path) == (third, third + 1, third), "written as it ends"
