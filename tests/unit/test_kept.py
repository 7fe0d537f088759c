"""Parts are kept with gaps: each value stands in its own page alone, and stays only letters."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from jinja2 import DictLoader

from app.kept import GAPS, Ready, filled

PART = "{{ _('Help') }} 100% {{ who }}, {{ who }}{% if where %} in {{ where }}{% endif %}"


@pytest.fixture(autouse=True)
def in_a_request(demo_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(demo_app.jinja_env, "loader", DictLoader({"a part": PART}))
    with demo_app.test_request_context():
        demo_app.preprocess_request()
        yield


def test_a_value_stands_wherever_the_template_shows_it() -> None:
    assert filled("a part", who="Ola") == "Help 100% Ola, Ola"
    assert filled("a part", who=7) == "Help 100% 7, 7"
    assert filled("a part", who="Ola", where="Exeter") == "Help 100% Ola, Ola in Exeter"
    assert filled("a part", who="Ola") == "Help 100% Ola, Ola"


@pytest.mark.parametrize("typed", ["<b>", "%(where)s %s 5%", GAPS, ""])
def test_whatever_a_value_says_is_only_letters(typed: str) -> None:
    safe = typed.replace("<", "&lt;").replace(">", "&gt;")
    assert filled("a part", who=typed, where="Exeter") == f"Help 100% {safe}, {safe} in Exeter"


def test_languages_are_kept_apart(demo_app: Flask) -> None:
    assert filled("a part", who="Ola").startswith("Help")
    with demo_app.test_request_context("/?lang=pl"):
        demo_app.preprocess_request()
        assert filled("a part", who="Ola").startswith("Pomoc")


def test_ready_parts_are_laid_in_where_their_letters_stand() -> None:
    ready = Ready()
    one, two, nothing = (
        ready.add(b"<li>1</li>"),
        ready.add("<li>two’s</li>".encode()),
        ready.add(b""),
    )
    page = ready.lay_in(f"<ul>{two} – {one}{nothing}</ul>")
    assert page.decode() == "<ul><li>two’s</li> – <li>1</li></ul>"


def test_letters_within_a_part_and_those_of_no_part_stay() -> None:
    ready = Ready()
    one, _ = ready.add(GAPS.encode()), ready.add(b"two")
    assert ready.lay_in(f"{one}{GAPS[-1]}").decode() == GAPS + GAPS[-1]
