"""A reader chooses a language by a link; one cookie remembers it, and nothing else is set."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.directory import queries
from app.languages import COOKIE, LANGUAGES

OTHERS = [code for code in LANGUAGES if code != "en"]
PAGES = ["/", "/services?q=swimming&need=autism&need=adhd", "/browse", "/what-is-hard", "/about",
         "/feedback", "/about/accessibility"]  # fmt: skip


def language_of(html: str) -> str:
    return re.findall(r'<html lang="([^"]+)"', html)[0]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("code", OTHERS)
def test_every_page_can_be_had_in_the_language(
    demo_client: FlaskClient, path: str, code: str
) -> None:
    joint = "&" if "?" in path else "?"
    response = demo_client.get(f"{path}{joint}lang={code}")
    assert response.status_code == 200
    assert language_of(response.get_data(as_text=True)) == code


def test_choosing_sets_one_cookie_that_holds_the_code_alone(demo_client: FlaskClient) -> None:
    response = demo_client.get("/?lang=pl")
    [cookie] = response.headers.getlist("Set-Cookie")
    parts = {part.strip().partition("=")[0].lower() for part in cookie.split(";")}
    assert cookie.startswith(f"{COOKIE}=pl;")
    assert {"httponly", "samesite", "max-age", "path"} <= parts
    assert "domain" not in parts


def test_a_choice_is_remembered_without_being_set_again(demo_client: FlaskClient) -> None:
    demo_client.get("/?lang=pl")
    for path in ("/", "/services", "/?lang=pl"):
        response = demo_client.get(path)
        assert language_of(response.get_data(as_text=True)) == "pl", path
        assert "Set-Cookie" not in response.headers, path


def test_english_can_be_chosen_again(demo_client: FlaskClient) -> None:
    demo_client.get("/?lang=pl")
    response = demo_client.get("/?lang=en")
    assert response.headers["Set-Cookie"].startswith(f"{COOKIE}=en;")
    assert language_of(demo_client.get("/").get_data(as_text=True)) == "en"


def test_nobody_who_chooses_nothing_is_given_a_cookie(demo_client: FlaskClient) -> None:
    for path in PAGES:
        response = demo_client.get(path, headers={"Accept-Language": "pl"})
        assert "Set-Cookie" not in response.headers, path
        assert language_of(response.get_data(as_text=True)) == "en"


@pytest.mark.parametrize("asked", ["xx", "", "PL", "pl-PL", "en_XA", "../pl"])
def test_a_language_there_is_not_changes_nothing(demo_client: FlaskClient, asked: str) -> None:
    response = demo_client.get("/services", query_string={"lang": asked, "q": "swim"})
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert language_of(response.get_data(as_text=True)) == "en"


def test_a_language_there_is_not_leaves_the_one_that_was_chosen(demo_client: FlaskClient) -> None:
    demo_client.get("/?lang=pl")
    assert language_of(demo_client.get("/?lang=xx").get_data(as_text=True)) == "pl"


@pytest.mark.parametrize("path", PAGES)
def test_links_to_other_languages_keep_the_search_and_say_their_language(
    demo_client: FlaskClient, path: str
) -> None:
    html = demo_client.get(path).get_data(as_text=True)
    alternates = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html))
    assert set(alternates) == set(LANGUAGES)
    for code, address in alternates.items():
        there = unescape(address)
        before, _, query = path.partition("?")
        assert there == f"{before}?{query}{'&' if query else ''}lang={code}"
    visible = re.findall(r'<a href="([^"]+)" lang="(\w+)" hreflang="(\w+)" rel="alternate">', html)
    assert [(lang, to) for _, lang, to in visible] == [(code, code) for code in OTHERS]


def test_a_search_in_polish_finds_the_same_services(demo_client: FlaskClient) -> None:
    path = "/services?q=swimming&sort=name"
    english = demo_client.get(path).get_data(as_text=True)
    polish = demo_client.get(f"{path}&lang=pl").get_data(as_text=True)
    ids = re.compile(r'<li class="card" data-service="([^"]+)"')
    assert ids.findall(english) == ids.findall(polish) != []
    assert re.findall(r'data-total="(\d+)"', english) == re.findall(r'data-total="(\d+)"', polish)


def test_an_unchecked_translation_says_so_in_both_languages(demo_client: FlaskClient) -> None:
    warning = "A person has not checked this translation yet."
    assert warning in demo_client.get("/?lang=pl").get_data(as_text=True)
    assert warning not in demo_client.get("/?lang=en").get_data(as_text=True)


def test_a_service_page_keeps_its_providers_words_and_translates_the_rest(
    demo_app: Flask, demo_client: FlaskClient
) -> None:
    with demo_app.app_context():
        [(slug, name, _), *_] = queries.find_by_letter("s")
    english = demo_client.get(f"/services/{slug}").get_data(as_text=True)
    polish = demo_client.get(f"/services/{slug}?lang=pl").get_data(as_text=True)
    assert name in unescape(english) and name in unescape(polish)
    assert "Could my child go?" in english
    assert "Could my child go?" not in polish


def test_errors_speak_the_readers_language(demo_client: FlaskClient) -> None:
    response = demo_client.get("/not-there?lang=pl")
    assert response.status_code == 404
    assert language_of(response.get_data(as_text=True)) == "pl"
