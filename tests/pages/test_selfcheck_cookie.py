"""Where answers are and where they are not: one sealed cookie, and nothing else."""

from __future__ import annotations

import json
from urllib.parse import unquote

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.config import NEUTRAL_SITE
from app.selfcheck.answers import COOKIE, PATH, SECONDS, Answers, seal
from app.site import Site
from tests.selfcheck import answer, begin, cookie, questions, send, skip, token, walk

FACTS = {"danger_now": "no", "who": "professional", "lives_in": "surrey", "needs": ["autism"]}
BROKEN = {
    "empty": "",
    "words": "hello",
    "cut": "gAAAAABrAzXVJ2LBgzD4Sr79Zwqo",
    "long": "g" * 4000,
    "odd": "%00%ff\x7f",
}
GONE = "Please start again"


def put(client: FlaskClient, value: str) -> None:
    client.set_cookie(COOKIE, value, path=PATH)


def test_no_cookie_before_start(client: FlaskClient) -> None:
    for address in ("/", PATH, f"{PATH}/who", f"{PATH}/result", "/about/cookies"):
        assert "Set-Cookie" not in client.get(address).headers, address


def test_the_cookie_is_shut_and_short(client: FlaskClient) -> None:
    set_ = client.post(PATH).headers["Set-Cookie"]
    parts = set(set_.split("; ")[1:])
    assert parts == {"HttpOnly", "SameSite=Lax", f"Path={PATH}"}, "and it ends with the browser"
    secure = client.post(PATH, base_url="https://localhost").headers["Set-Cookie"]
    assert "Secure" in secure.split("; ")


def test_the_cookie_page_tells_the_truth_about_it(client: FlaskClient) -> None:
    html = client.get("/about/cookies").get_data(as_text=True)
    assert f"<code>{COOKIE}</code>" in html
    assert f"{SECONDS // 60} minutes after your last answer" in html


def test_no_page_of_the_self_check_is_cached(client: FlaskClient) -> None:
    walk(client, FACTS)
    for page in ("", "/who", "/check-answers", "/result", "/sheet", "/nowhere", "/safety"):
        response = client.get(PATH + page)
        assert response.headers["Cache-Control"] == "no-store", page
    assert send(client, "age", {"age": "x"}).headers["Cache-Control"] == "no-store"
    assert client.get("/leave").headers["Cache-Control"] == "no-store"


def test_no_answer_is_in_any_address_or_header(client: FlaskClient) -> None:
    begin(client)
    for page, fields in (
        ("danger-now", {"danger_now": "no"}),
        ("who", {"who": "professional"}),
        ("lives-in", {"place": "EX16 6DH"}),
        ("age", {"age": "13"}),
        ("needs", {"needs": ["autism"]}),
    ):
        response = send(client, page, fields)
        told = unquote(json.dumps(list(response.headers)))
        for said in ("professional", "EX16", "devon", "autism", "=13", "yes"):
            assert said not in told, page


def test_the_cookie_never_says_what_is_in_it(client: FlaskClient) -> None:
    walk(client, FACTS)
    assert not any(word in cookie(client) for word in ("autism", "surrey", "professional"))


@pytest.mark.parametrize("value", BROKEN.values(), ids=BROKEN)
def test_a_broken_cookie_leads_to_a_plain_page(client: FlaskClient, value: str) -> None:
    for page in ("who", "check-answers", "result", "sheet", "safety"):
        put(client, value)
        response = client.get(f"{PATH}/{page}")
        assert response.status_code == 400
        assert GONE in response.get_data(as_text=True)
        assert "Max-Age=0" in response.headers["Set-Cookie"]
        assert not cookie(client)


def test_a_cookie_of_another_site_is_foreign(client: FlaskClient) -> None:
    put(client, seal(Answers("t", {"danger_now": "no"}), "the secret of another council"))
    assert GONE in client.get(f"{PATH}/who").get_data(as_text=True)


def test_codes_of_older_questions_lead_to_a_plain_page(client: FlaskClient, site: Site) -> None:
    secret = site.settings.secret_key
    for said in ({"coping": "gone"}, {"key_that_was": "x"}, {"age": 99}, {"needs": "autism"}):
        put(client, seal(Answers("t", said), secret))
        response = client.get(f"{PATH}/who")
        assert response.status_code == 400 and not cookie(client)


def test_half_an_hour_after_the_last_answer_all_is_gone(client: FlaskClient) -> None:
    with time_machine.travel("2026-11-22 10:00", tick=False) as clock:
        begin(client)
        answer(client, "danger-now", {"danger_now": "no"})
        for _ in range(3):
            clock.shift(SECONDS - 1)
            assert answer(client, "who", {"who": "professional"}) == "lives-in"
        form = {"token": token(client, "lives-in"), "action": "skip"}
        clock.shift(SECONDS + 1)
        response = client.post(f"{PATH}/lives-in", data=form)
        assert response.status_code == 400
        assert GONE in response.get_data(as_text=True)
        assert client.get(f"{PATH}/lives-in").headers["Location"] == PATH


def test_a_form_without_a_cookie_starts_again(client: FlaskClient) -> None:
    for page in ("danger-now", "safety"):
        response = client.post(f"{PATH}/{page}", data={"token": "x", "danger_now": "no"})
        assert response.status_code == 400
        assert GONE in response.get_data(as_text=True)
    assert client.get(f"{PATH}/who").headers["Location"] == PATH


@pytest.mark.parametrize("sent", [{}, {"token": ""}, {"token": "wrong"}, {"token": "é\udcff"}])
def test_a_form_without_its_token_changes_nothing(
    client: FlaskClient, sent: dict[str, str]
) -> None:
    walk(client, FACTS)
    held = cookie(client)
    form = {key: value.encode("utf-8", "replace") for key, value in sent.items()}
    response = client.post(f"{PATH}/who", data={"who": "young_person", **form})
    assert response.status_code == 400
    assert GONE in response.get_data(as_text=True)
    assert cookie(client) == held


def test_a_form_of_before_starting_again_is_not_taken(client: FlaskClient) -> None:
    begin(client)
    old = token(client)
    begin(client)
    response = client.post(f"{PATH}/danger-now", data={"token": old, "danger_now": "yes"})
    assert response.status_code == 400
    assert client.get(f"{PATH}/danger-now").status_code == 200


def test_another_site_cannot_answer_for_a_family(client: FlaskClient) -> None:
    begin(client)
    form = {"token": token(client), "danger_now": "yes"}
    headers = {"Sec-Fetch-Site": "cross-site"}
    for page in ("", "/danger-now", "/start-again", "/safety"):
        assert client.post(PATH + page, data=form, headers=headers).status_code == 403
    assert client.get(f"{PATH}/danger-now").status_code == 200


def test_the_longest_answers_fit(client: FlaskClient) -> None:
    begin(client)
    page = "danger-now"
    while page in questions():
        row = questions()[page].row
        codes = [str(item.code) for item in row.answers if item.is_for("devon") and not item.alone]
        most = codes[: row.max_chosen] if row.kind == "many" else codes[:1]
        fields = (
            {row.keys[0]: [code for code in most if code != "True"]} if codes else {"age": "17"}
        )
        page = answer(client, page, fields)
    assert page == "check-answers"
    assert len(cookie(client)) < 3500


def test_leaving_drops_the_answers_and_tells_nobody(client: FlaskClient) -> None:
    walk(client, FACTS)
    response = client.get("/leave")
    assert response.status_code == 303
    assert response.headers["Location"] == NEUTRAL_SITE
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert f"Path={PATH}" in response.headers["Set-Cookie"]
    assert not cookie(client)
    assert client.get(f"{PATH}/result").headers["Location"] == PATH


def test_leave_stands_in_the_help_bar_of_every_page(client: FlaskClient) -> None:
    for address in ("/", "/services", "/about", "/nowhere", PATH):
        assert '<li><a href="/leave"' in client.get(address).get_data(as_text=True), address


def test_an_error_on_the_way_says_nothing_of_the_answers(
    app: Flask,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def crash() -> str:
        raise KeyError(*FACTS.values())

    walk(client, FACTS)
    app.testing = False
    for view in ("result", "sheet", "check_answers", "safety"):
        monkeypatch.setitem(app.view_functions, f"selfcheck.{view}", crash)
        response = client.get(f"{PATH}/{view.replace('_', '-')}")
        assert response.status_code == 500
        assert response.headers["Cache-Control"] == "no-store"
        written = response.get_data(as_text=True) + capsys.readouterr().err
        assert "KeyError" in written and "crash" in written
        for said in ("autism", "surrey", "professional"):
            assert said not in written


def test_skipping_all_leaves_only_that_in_the_cookie(client: FlaskClient) -> None:
    begin(client)
    answer(client, "danger-now", {"danger_now": "no"})
    before = len(cookie(client))
    assert skip(client, "who") == "lives-in"
    assert len(cookie(client)) >= before
