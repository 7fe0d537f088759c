"""Searches of any kind by every way in: pages, suggestions and the command line."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.databases import SQLITE, only_on
from tests.unit.search.queries import LISTS, codes, pairs, texts

PAGES, SUGGESTIONS, COMMANDS = 120, 200, 60
"""How many of each in the quick run; five times as many in the slow one."""
ROUGH = ("Our search is resting", "limited: no index")
"""What is said when the database answered: here that would hide a fault of the search."""
ALIKE = "the index is the same on either database"
Note = Callable[[str, object], None]
words = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(("--near", "--within", "--age", "--sort", "--page", "--limit",
                                   "--locality")), texts),
        *(st.tuples(st.just(f"--{name}"), codes[name]) for name in LISTS),
        st.sampled_from((("--exact",), ("--explain",), ("--json",))),
    ),
    max_size=4,
)  # fmt: skip


def encoded(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"))


def many(times: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return settings(
        max_examples=times,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def ask(app: Flask, times: int) -> str:
    """All three; gives how many."""
    browser, runner = FlaskClient(app), app.test_cli_runner()

    @many(PAGES * times)
    @given(pairs=pairs)
    def page(pairs: list[tuple[str, str]]) -> None:
        query = "&".join(f"{name}={encoded(value)}" for name, value in pairs)
        response = browser.get(f"/services?{query}")
        assert response.status_code == 200
        assert ROUGH[0] not in response.get_data(as_text=True)

    @many(SUGGESTIONS * times)
    @given(typed=texts)
    def suggestion(typed: str) -> None:
        response = browser.get(f"/suggest?q={encoded(typed)}")
        assert response.status_code == 200 and response.is_json

    @many(COMMANDS * times)
    @given(text=texts, options=words)
    def command(text: str, options: list[tuple[str, ...]]) -> None:
        typed = [part for option in options for part in option]
        result = runner.invoke(args=["search", "query", *typed, "--", text])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert result.exit_code in {0, 1, 2} and ROUGH[1] not in result.stdout
        assert result.exit_code != 1 or result.stderr.count("\n") == 1

    page()
    suggestion()
    command()
    return (
        f"generated requests: {PAGES * times} pages, {SUGGESTIONS * times} suggestions,"
        f" {COMMANDS * times} commands, each answered"
    )


def test_any_request_is_answered(demo_app: Flask, record_property: Note) -> None:
    record_property("for_people", ask(demo_app, 1))


@only_on(SQLITE, ALIKE)
@pytest.mark.slow
def test_many_more_requests_are_answered(demo_app: Flask, record_property: Note) -> None:
    record_property("for_people", ask(demo_app, 5))
