"""Who is let in, who may post, and what every answer carries."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from app import create_app
from app.config import SettingError, Settings, read_settings
from app.security import HEADERS
from tests.conftest import close

HOST = "offer.example.org"
Make = Callable[..., Flask]


@pytest.fixture
def make(settings: Settings) -> Iterator[Make]:
    """Makes a production site with changed settings."""
    made: list[Flask] = []

    def build(**changes: Any) -> Flask:
        own = replace(settings, config="production", public_url=f"https://{HOST}")
        made.append(create_app(replace(own, **changes)))
        return made[-1]

    yield build
    for app in made:
        close(app)


@pytest.mark.parametrize(
    "address", ["/", "/nowhere", "/health/live", "/static/app.css", "/feedback"]
)
def test_every_answer_carries_every_header(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        for name, value in HEADERS.items():
            assert answer.headers.get_all(name) == [value], name
        assert "Strict-Transport-Security" not in answer.headers


def test_the_content_policy_allows_this_site_alone(client: FlaskClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    for forbidden in ("unsafe", "http", "*", "data:"):
        assert forbidden not in policy
    assert "default-src 'none'" in policy


def test_pages_have_no_inline_style_or_script(client: FlaskClient) -> None:
    for address in ("/", "/about", "/services", "/feedback", "/nowhere"):
        html = client.get(address).text
        for forbidden in ("<style", " style=", " onclick=", "javascript:", "<script>"):
            assert forbidden not in html, (address, forbidden)


def test_only_a_fingerprinted_file_is_kept_for_a_year(client: FlaskClient) -> None:
    for address, is_kept in (("/static/app.css?v=1", True), ("/static/app.css", False)):
        with client.get(address) as answer:
            assert ("immutable" in answer.headers["Cache-Control"]) == is_kept
    assert client.get("/about?v=1").headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("headers", "is_taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Origin": "http://localhost"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://localhost.evil.example"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, False),
        ({}, False),
    ],
)
def test_only_forms_of_this_site_are_taken(
    app: Flask, headers: dict[str, str], is_taken: bool
) -> None:
    client = FlaskClient(app, app.response_class)
    answer = client.post("/feedback", data={"words": "Good"}, headers=headers)
    assert answer.status_code == (303 if is_taken else 403)


def test_a_visitor_gets_no_cookie(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/services?q=swim").headers
    assert "Set-Cookie" not in client.post("/feedback", data={"words": "Good"}).headers


@pytest.mark.parametrize("host", ["evil.example", f"{HOST}.evil.example", "", "a b", "x" * 300])
def test_a_strange_host_is_refused(make: Make, host: str) -> None:
    answer = make().test_client().get("/about", headers={"Host": host})
    assert answer.status_code == 400
    assert answer.mimetype == "text/plain"
    assert "evil" not in answer.text


def test_the_public_host_and_this_machine_are_served(make: Make) -> None:
    client = make().test_client()
    for host in (HOST, f"{HOST}:443", "127.0.0.1:8000"):
        assert client.get("/about", headers={"Host": host}).status_code == 200, host


def test_a_path_with_control_characters_is_refused(client: FlaskClient) -> None:
    for path in ("/about/%00", "/%0aFAKE", "/services/%1b[2J"):
        assert client.get(path).status_code == 400, path


@given(st.text(max_size=40))
def test_no_path_or_query_ever_breaks_the_site(about_client: FlaskClient, text: str) -> None:
    answer = about_client.get(f"/{quote(text)}", query_string={"lang": text})
    assert answer.status_code < 500


@pytest.fixture(scope="module")
def about_client(demo_app: Flask) -> FlaskClient:
    """One browser for many odd addresses."""
    return FlaskClient(demo_app, demo_app.response_class)


@pytest.mark.parametrize(("proxies", "scheme"), [(0, "http"), (1, "https")])
def test_a_server_in_front_is_believed_only_when_a_setting_says_so(
    make: Make, proxies: int, scheme: str
) -> None:
    app = make(proxies=proxies)
    app.add_url_rule("/scheme", view_func=lambda: f"{request.scheme} {request.remote_addr}")
    sent = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    answer = app.test_client().get("/scheme", headers=sent)
    assert answer.text == f"{scheme} {'203.0.113.9' if proxies else '127.0.0.1'}"
    assert ("Strict-Transport-Security" in answer.headers) == bool(proxies)


def test_a_wrong_number_of_proxies_is_refused() -> None:
    assert read_settings({"PROXIES": " 2 "}).proxies == 2
    assert read_settings({}).proxies == 0
    for wrong in ("-1", "many", "4", "1.0"):
        with pytest.raises(SettingError, match="PROXIES"):
            read_settings({"PROXIES": wrong})


def test_a_database_that_cannot_be_spoken_to_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    for wrong, why in (
        ("postgresql+psycopg://me:hushhush@here/site", "driver is missing"),
        ("postgresql://me:hushhush@here/site", "begins with none of"),
        ("mysql://me:hushhush@here/site", "begins with none of"),
        ("postgresql+psycopg://me:hushhush@here:port/site", "not the address"),
        ("hushhush", "not the address"),
    ):
        with pytest.raises(SettingError, match=f"DATABASE_URL: .*{why}") as refused:
            read_settings({"DATABASE_URL": wrong})
        assert "hushhush" not in str(refused.value)
    assert read_settings({"DATABASE_URL": "sqlite:///a.db"}).database_url == "sqlite:///a.db"


def test_a_form_with_too_many_parts_is_refused(client: FlaskClient) -> None:
    parts = {f"field{number}": "x" for number in range(500)}
    answer = client.post("/feedback", data=parts, content_type="multipart/form-data")
    assert answer.status_code == 413
