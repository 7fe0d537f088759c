"""Whatever is typed or sent, families get a page: never an error of ours, never their own markup.

The strict client parses every page it is given, so markup that got through would fail too.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.directory import queries
from app.directory.asked import GROUPS

PARAMETERS = ("q", "near", "within", *GROUPS, "sort", "page", "lang")
ALONE = ("q", "near", "within", "age", "need", "locality", "sort", "page")
"""Parameters tried one by one; the other filters are read as `need` is, and tried together."""
CANARY = "zq9canary"
NASTY = {
    "markup": f"<script>{CANARY}</script>",
    "quotes": f"\"'><img src=x onerror={CANARY}>",
    "attribute": f'" autofocus onfocus="{CANARY}',
    "template": "{{ 7*7 }}{% raw %}${7*7}",
    "percent": "100%(num)s %s %d %",
    "null": "a\x00b",
    "control": "a\x01\x08\x1b[31mb\x7f",
    "lines": "a\r\nSet-Cookie: x=1\r\n\r\nb",
    "bidi": "\u202eevil\u2066",
    "zero width": "\u200b\u200d\ufeff\u2060",
    "surrogate": "\ud800\udfff",
    "emoji": "🏊‍♀️" * 50,
    "sql": "'; DROP TABLE service; --",
    "operators": "AND OR NOT NOT a",
    "unbalanced": '"swim (club ~9 w???? *',
    "wildcards": "* ? ~9 [a TO z] title:x ^100",
    "long": "swim " * 2000,
    "long word": "a" * 10_000,
    "number": "9" * 400,
    "negative": "-1",
    "exponent": "1e309",
    "nan": "NaN",
    "path": "../../../../etc/passwd",
    "accents": "Zażółć gęślą jaźń ﷽",
}
NOTED = ("within", *GROUPS, "sort", "page")
each_nasty = pytest.mark.parametrize("value", NASTY.values(), ids=NASTY.keys())


def encoded(value: str) -> str:
    """As a browser, or somebody less kind, would put it in an address."""
    return quote(value.encode("utf-8", "surrogatepass"))


def check(client: FlaskClient, address: str, *statuses: int) -> str:
    response = client.get(address)
    assert response.status_code in (statuses or (200,)), address[:200]
    html = response.get_data(as_text=True)
    for part in (f"<script>{CANARY}", f"onerror={CANARY}>", f'onfocus="{CANARY}'):
        assert part not in html, address[:200]
    assert "7*7" in html or "49" not in re.findall(r"<h1>(.*?)</h1>", html)
    return html


@each_nasty
@pytest.mark.parametrize("name", ALONE)
def test_any_value_of_any_parameter_gets_a_page(
    demo_client: FlaskClient, name: str, value: str
) -> None:
    check(demo_client, f"/services?{name}={encoded(value)}")


@each_nasty
def test_all_parameters_at_once_get_a_page(demo_client: FlaskClient, value: str) -> None:
    query = "&".join(f"{name}={encoded(value)}" for name in PARAMETERS for _ in range(2))
    check(demo_client, f"/services?{query}")


@pytest.mark.parametrize("name", NOTED)
def test_what_is_left_out_is_told_and_not_repeated(demo_client: FlaskClient, name: str) -> None:
    """An age beside its field, where it stands as it was typed; all else in a note."""
    html = check(demo_client, f"/services?{name}={encoded(NASTY['markup'])}")
    where = '<p id="age-error"(.*?)</p>' if name == "age" else '<div class="note">(.*?)</div>'
    (told,) = re.findall(where, html, re.S)
    assert told and CANARY not in told


@each_nasty
@pytest.mark.parametrize("path", ["/services/{}", "/browse/{}", "/services/{}/wrong", "/{}"])
def test_any_address_gets_a_page(demo_client: FlaskClient, path: str, value: str) -> None:
    check(demo_client, path.format(encoded(value[:500])), 200, 308, 400, 404)


@each_nasty
@pytest.mark.parametrize("path", ["/services", "/feedback"])
def test_any_language_asked_for_gets_a_page(
    demo_client: FlaskClient, path: str, value: str
) -> None:
    response = demo_client.get(f"{path}?lang={encoded(value)}")
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    html = response.get_data(as_text=True)
    assert '<html lang="en"' in html and f"<script>{CANARY}" not in html


@each_nasty
def test_any_header_gets_a_page(demo_client: FlaskClient, value: str) -> None:
    line = value.replace("\r", "").replace("\n", "").encode("utf-8", "replace").decode("latin-1")
    headers = {"Referer": f"http://localhost/services?q={line}", "Accept-Language": line,
               "Cookie": f"lang={line}", "User-Agent": line}  # fmt: skip
    response = demo_client.get("/services", headers=headers)
    assert response.status_code == 200


@pytest.mark.parametrize(
    "query",
    ["%", "%zz", "q=%ff%fe", "q=%ED%A0%80", "&&&===", "q", "=x", "q=a&q=b", "a=" + "&a=" * 5000,
     "q%00=x", "q[]=x&q[a]=y", ";", "?", "#", "q=%2525253Cscript%253E"],
)  # fmt: skip
def test_a_query_that_is_not_well_formed_gets_a_page(demo_client: FlaskClient, query: str) -> None:
    response = demo_client.get(f"/services?{query}")
    assert response.status_code == 200


@each_nasty
@pytest.mark.parametrize("field", ["about", "words", "reply_to"])
def test_any_value_in_a_form_gets_a_page(
    demo_app: Flask, demo_client: FlaskClient, field: str, value: str
) -> None:
    """One field stays empty, so that nothing is stored in the shared directory."""
    with demo_app.app_context():
        [(slug, _, _), *_] = queries.find_by_letter("s")
    form = {field: value.encode("utf-8", "replace").decode()}
    response = demo_client.post(f"/services/{slug}/wrong", data=form)
    assert response.status_code in {200, 413}
    assert f"<script>{CANARY}" not in response.get_data(as_text=True)


def test_what_was_typed_comes_back_as_it_was_typed(demo_client: FlaskClient) -> None:
    """Escaped once: a parent who types an ampersand sees an ampersand."""
    words = 'Tom & "Jerry" <3'
    html = demo_client.get("/services", query_string={"q": words}).get_data(as_text=True)
    assert escape(words).replace("&quot;", "&#34;") in html
    assert "&amp;amp;" not in html


def test_a_method_that_is_not_meant_is_refused_with_a_page(demo_client: FlaskClient) -> None:
    for path in ("/", "/services", "/browse"):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            response = demo_client.open(
                path, method=method, headers={"Sec-Fetch-Site": "same-origin"}
            )
            assert response.status_code == 405, (method, path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(pairs=st.lists(st.tuples(st.sampled_from(PARAMETERS), st.text(max_size=60)), max_size=6))
def test_any_search_at_all_gets_a_page(
    demo_client: FlaskClient, pairs: list[tuple[str, str]]
) -> None:
    query = "&".join(f"{name}={encoded(value)}" for name, value in pairs)
    response = demo_client.get(f"/services?{query}")
    assert response.status_code == 200
