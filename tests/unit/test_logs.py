"""No log holds a word a family typed: looked for in every line of a real server."""

from __future__ import annotations

import http.client
import json
import logging
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from logging import LogRecord
from pathlib import Path

import pytest
from flask import Flask

from app.config import ROOT
from app.gunicorn_conf import WithoutWords
from app.logs import log_error, log_event
from tests.databases import Template, database_url

CANARY = re.compile(r"canary", re.IGNORECASE)
START_WITHIN = 60
BROKEN_SITE = '''
"""The site with a page that breaks while it holds what a visitor typed."""
from flask import request
from wsgi import app

@app.route("/breaks/<word>", methods=["GET", "POST"])
def breaks(word):
    app.logger.warning("canary in a warning %s", request.args)
    raise ValueError(f"canary {word} {request.args} {request.form}")

@app.route("/half-way")
def half_way():
    def parts():
        yield "one"
        raise ValueError(f"canary {request.args}")
    return app.response_class(parts())
'''


@dataclass(frozen=True)
class Server:
    """A server at work: its port, and the file that takes all it says."""

    port: int
    log: Path

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> int:
        """The status of one answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body or None, headers)
        status = connection.getresponse().status
        connection.close()
        return status

    def say(self, raw: bytes) -> bytes:
        """The answer to bytes that are no proper request."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as line:
            line.sendall(raw)
            line.shutdown(socket.SHUT_WR)
            return line.recv(4096)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, empty_database: Template) -> Iterator[Server]:
    """Gunicorn as a council runs it, with two pages more that break."""
    folder = tmp_path_factory.mktemp("server")
    empty_database.copy_to(folder)
    (folder / "broken_site.py").write_text(BROKEN_SITE)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    environ = os.environ | {
        "PORT": str(port),
        "WORKERS": "1",
        "COUNCIL": "devon",
        "CONFIG": "development",
        "DATABASE_URL": database_url(folder),
        "SEARCH_INDEX": str(folder / "index"),
        "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "python:app.gunicorn_conf"]
    log = folder / "log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [*command, "broken_site:app"], cwd=ROOT, env=environ, stdout=file, stderr=file
        )
    made = Server(port, log)
    try:
        _wait(made, process)
        yield made
    finally:
        process.terminate()
        process.wait(20)


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers."""
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end and process.poll() is None:
        try:
            server.ask("GET", "/health/live")
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server did not start:\n{server.log.read_text()}")


def test_no_line_of_any_log_holds_what_was_typed(server: Server) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    away = {"Referer": "https://canary.example/canary?q=canary", "User-Agent": "canary"}
    assert server.ask("GET", "/services?q=canary&near=canary", **away) == 200
    assert server.ask("GET", "/canary/canary?canary", **away) == 404
    assert server.ask("GET", "/services/canary") == 404
    assert server.ask("POST", "/feedback?canary", "words=canary", **form, **away) == 303
    assert server.ask("POST", "/feedback", "words=canary", **away) == 403
    assert server.ask("POST", "/breaks/canary?q=canary", "words=canary", **form) == 500
    assert server.ask("GET", "/about%0acanary") == 400
    for raw in (
        b"GET /canary canary HTTP/1.1\r\n\r\n",
        b"canary\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nBad Header canary: canary\r\n\r\n",
        b"GET /?canary HTTP/1.1\r\nHost: x\r\nContent-Length: canary\r\n\r\n",
        b"GET /?canary HTTP/1.1\r\nHost: x\r\nX: " + b"canary" * 5_000 + b"\r\n\r\n",
        b"GET /half-way?canary HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"POST /feedback HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\ncanary\r\n",
    ):
        assert server.say(raw).startswith(b"HTTP/1.1 ")
    lines = server.log.read_text().splitlines()
    assert [line for line in lines if CANARY.search(line)] == []
    assert any("GET /services 200" in line for line in lines), "answers are logged"
    assert any("GET - 404" in line for line in lines), "an unknown address is not"
    assert any("POST /breaks" not in line and "ValueError" in line for line in lines)
    assert any('"route": "/breaks/<word>"' in line for line in lines)


def test_a_very_long_search_has_a_page_of_our_own(server: Server) -> None:
    assert server.ask("GET", f"/services?q={'a' * 10_000}") == 200


def test_the_log_of_errors_keeps_what_the_server_says_of_itself() -> None:
    quiet = WithoutWords()
    known = LogRecord("x", logging.INFO, "", 0, "Booting worker with pid: %s", (1,), None)
    other = LogRecord("x", logging.WARNING, "", 0, "Invalid request from ip=1: canary", (), None)
    assert quiet.filter(known)
    assert not quiet.filter(other)


def test_an_error_is_told_by_kind_and_place(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    with app.test_request_context("/services/canary?q=canary"):
        try:
            int("canary")
        except ValueError as error:
            log_error(error)
    event = json.loads(capsys.readouterr().err)
    assert event["kind"] == "ValueError"
    assert event["route"] == "/services/<slug>"
    assert event["at"][0].startswith("test_logs.py:")
    assert "canary" not in json.dumps(event)


def test_libraries_logs_lose_their_words(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    app.logger.error("canary %s", "canary")
    logging.getLogger("some.library").warning("canary")
    app.logger.info("canary")
    output = capsys.readouterr().err
    assert "canary" not in output
    assert output.count("test_logs") == 2


def test_an_event_is_one_line_of_json(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    log_event("sent", number=3)
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert json.loads(line)["number"] == 3
