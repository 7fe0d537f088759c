"""Which language a page is in: asked for, else remembered, else English."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask, Response
from hypothesis import given
from hypothesis import strategies as st

from app.languages import (
    COOKIE,
    LANGUAGES,
    address_in,
    current_language,
    locale_code,
    remember_language,
    say,
    say_number,
)
from tests.factories import speaking_app

POLISH = LANGUAGES["pl"]
APP = speaking_app()


def code(address: str, cookie: str = "") -> str:
    headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    with APP.test_request_context(address, headers=headers):
        return current_language().code


@pytest.mark.parametrize(
    ("address", "cookie", "language"),
    [
        ("/", "", "en"),
        ("/?lang=pl", "", "pl"),
        ("/", "pl", "pl"),
        ("/?lang=en", "pl", "en"),
        ("/?lang=xx", "", "en"),
        ("/", "xx", "en"),
        ("/?lang=", "pl", "pl"),
        ("/?lang=pl&lang=en", "", "pl"),
    ],
)
def test_the_readers_language(address: str, cookie: str, language: str) -> None:
    assert code(address, cookie) == language


def test_outside_a_request_it_is_english() -> None:
    assert (current_language().code, locale_code()) == ("en", "en")


@pytest.mark.parametrize(
    ("address", "cookie", "is_set"),
    [
        ("/", "", False),
        ("/?lang=pl", "", True),
        ("/?lang=pl", "pl", False),
        ("/?lang=en", "pl", True),
        ("/?lang=xx", "", False),
        ("/?lang=", "", False),
    ],
)
def test_the_cookie_is_set_only_on_choosing(address: str, cookie: str, is_set: bool) -> None:
    headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    with APP.test_request_context(address, headers=headers):
        response = remember_language(Response())
    assert ("Set-Cookie" in response.headers) is is_set


def test_the_cookie_goes_by_https_alone_where_there_is_https() -> None:
    for base, secure in (("https://localhost", True), ("http://localhost", False)):
        with APP.test_request_context("/?lang=pl", base_url=base):
            cookie = remember_language(Response()).headers["Set-Cookie"]
        assert ("Secure" in cookie) is secure
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


@given(
    st.lists(
        st.tuples(st.sampled_from(["q", "need", "lang", "page"]), st.text(max_size=20)), max_size=6
    )
)
def test_the_address_in_another_language_keeps_everything_else(
    pairs: list[tuple[str, str]],
) -> None:
    with APP.test_request_context("/services", query_string=pairs):
        address = address_in() + POLISH.code
    there = parse_qsl(urlsplit(address).query, keep_blank_values=True)
    assert sorted(there) == sorted([*(pair for pair in pairs if pair[0] != "lang"), ("lang", "pl")])
    assert urlsplit(address).path == "/services"


def test_every_language_has_its_own_name_and_a_direction() -> None:
    assert LANGUAGES["en"].is_checked
    for language in LANGUAGES.values():
        assert language.name and language.direction in {"ltr", "rtl"}


def test_the_request_before_does_not_decide_the_language_of_this_one(demo_app: Flask) -> None:
    client = demo_app.test_client(use_cookies=False)
    languages = [
        client.get(address).get_data(as_text=True).split('<html lang="')[1][:2]
        for address in ("/?lang=pl", "/", "/?lang=pl", "/services", "/not-there?lang=pl", "/")
    ]
    assert languages == ["pl", "en", "pl", "en", "pl", "en"]


def test_sentences_in_templates_keep_their_markup_and_make_their_values_safe() -> None:
    with APP.test_request_context("/"):
        assert say("Less < more") == "Less < more"
        assert say("For %(who)s", who="<b>") == "For &lt;b&gt;"
        assert say_number("%(num)s of %(who)s", "%(num)s of %(who)s", 2, who="&") == "2 of &amp;"


def test_a_sentence_kept_ready_is_of_the_language_of_the_page() -> None:
    said = {}
    for language in LANGUAGES:
        with APP.test_request_context(f"/?lang={language}"):
            APP.preprocess_request()
            said[language] = say("Filters")
    assert said == {"en": "Filters", "pl": "Filtry"}
