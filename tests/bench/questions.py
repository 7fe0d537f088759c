"""A question page of the self-check against an empty page, under the same gunicorn."""

from __future__ import annotations

import re
from http.client import HTTPConnection, HTTPResponse
from statistics import median
from urllib.parse import urlencode

from tests.bench.directory import Directory
from tests.bench.empty import EMPTY
from tests.bench.load import put_load
from tests.bench.pages import ROUNDS, SYNC
from tests.bench.report import Figure, Section
from tests.bench.server import served

START, FIRST, QUESTION = "/self-check", "/self-check/danger-now", "/self-check/who"
TOKEN = re.compile(r'name="token" value="([^"]+)"')


def measure_questions(directory: Directory) -> Section:
    """Rates of both pages under two sync workers, in turn."""
    with served(directory.settings, *SYNC) as server:
        cookie = begin(server.port)
        put_load(server.port, [QUESTION], cookie)
        loads = [
            (put_load(server.port, [EMPTY]), put_load(server.port, [QUESTION], cookie))
            for _ in range(ROUNDS)
        ]
    ratio = median(question.rate / empty.rate for empty, question in loads)
    rate = median(question.rate for _empty, question in loads)
    figures = [
        Figure("question ÷ empty page rate, two sync workers", ratio, at_least=0.3),
        Figure("question pages a second, two sync workers", rate),
    ]
    return Section("A question of the self-check", figures)


def begin(port: int) -> str:
    """Start the self-check and answer its first question; gives the cookie for the second."""
    cookie = _cookie(_send(port, "POST", START, {}))
    page = _send(port, "GET", FIRST, {}, cookie).read().decode()
    token = TOKEN.search(page)
    assert token is not None, "the first question has no token"
    return _cookie(_send(port, "POST", FIRST, {"token": token[1], "danger_now": "no"}, cookie))


def _send(
    port: int, method: str, path: str, fields: dict[str, str], cookie: str = ""
) -> HTTPResponse:
    headers = {"Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
    if method == "POST":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, urlencode(fields) or None, headers)
    return connection.getresponse()


def _cookie(answer: HTTPResponse) -> str:
    """What the browser sends back."""
    return (answer.headers["Set-Cookie"] or "").partition(";")[0]
