"""Habits of the house that a reader of the code may rely on, each checked over all files."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from flask import Flask
from markupsafe import Markup

import app
from app import pebbles
from app.council import council_codes
from app.directory.asked import GROUPS
from app.directory.panel import labels
from app.languages import current_words
from app.vocabulary import (
    ACCESS,
    ACTIVITIES,
    AGE_BANDS,
    BREAKS,
    COSTS,
    NEEDS,
    OUTCOMES,
    ROUTES,
    TIERS,
    WHEN,
    Terms,
)

APP = Path(app.__file__).resolve().parent
MODULES = sorted(APP.rglob("*.py"))
MODULES = [path for path in MODULES if "node_modules" not in path.parts]
TEMPLATES = sorted((APP / "templates").rglob("*.html"))
CSS = (APP / "static" / "app.css").read_text("utf-8")
SPRITE = (APP / "static" / "icons.svg").read_text("utf-8")
COUNCILS = council_codes()
MOST_LINES, MOST_TEMPLATE_LINES, MOST_VIEW_LINES = 300, 130, 40
DEFAULT_COUNCIL = {"config.py"}
"""Names the council that stands in when none is set."""
FONTS = {"Atkinson Hyperlegible"}
FROM_PYTHON = {"calendar", "pin", "users", "pound", "walk", "yes", "ask", "no", "unknown", "full",
               "waiting", *TIERS}  # fmt: skip
LISTS: dict[str, Terms] = {
    "tiers": TIERS,
    "short_break_types": BREAKS,
    "activities": ACTIVITIES,
    "need_groups": NEEDS,
    "accessibility": ACCESS,
    "cost_types": COSTS,
    "referral_routes": ROUTES,
    "when": WHEN,
    "outcomes_framework": OUTCOMES,
}


def name_of(path: Path) -> str:
    return str(path.relative_to(APP))


each_module = pytest.mark.parametrize("path", MODULES, ids=name_of)
each_template = pytest.mark.parametrize("path", TEMPLATES, ids=name_of)


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def docstrings(tree: ast.AST) -> set[int]:
    """The line numbers on which a docstring, or a note on the thing above it, begins."""
    return {
        node.value.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def icons() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', SPRITE))


@each_module
def test_a_module_can_be_read_at_one_sitting(path: Path) -> None:
    assert lines(path) <= MOST_LINES


@each_template
def test_a_template_can_be_read_at_one_sitting(path: Path) -> None:
    assert lines(path) <= MOST_TEMPLATE_LINES


@each_module
def test_code_names_no_council(path: Path) -> None:
    """What differs between councils is in their files. Comments and sources may name one."""
    if name_of(path) in DEFAULT_COUNCIL:
        return
    tree = ast.parse(path.read_text("utf-8"))
    prose = docstrings(tree)
    said = [
        text
        for node in ast.walk(tree)
        for text in (getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "name", ""),
                     getattr(node, "value", ""))
        if isinstance(text, str) and getattr(node, "lineno", 0) not in prose
    ]  # fmt: skip
    named = [text for text in said for code in COUNCILS if code in text.lower()]
    assert not named


@each_template
def test_templates_name_no_council_either(path: Path) -> None:
    text = path.read_text("utf-8").lower()
    assert not [code for code in council_codes() if code in text]


@each_template
def test_a_template_has_no_style_or_script_of_its_own(path: Path) -> None:
    """The content policy forbids both; the way out of escaping is never taken."""
    text = path.read_text("utf-8")
    assert not re.findall(r"\sstyle=|<style|\son[a-z]+=|<script>|\|\s*safe\b|autoescape", text)


@each_template
def test_every_icon_of_a_template_is_in_the_sprite(path: Path) -> None:
    names = re.findall(r"(?:icon|titled)\(\s*'([^']+)'", path.read_text("utf-8"))
    assert set(names) <= icons()


def test_every_icon_that_code_names_is_in_the_sprite() -> None:
    stones = {*pebbles.ICON_OF_BREAK.values(), *pebbles.ICON_OF_ACTIVITY.values()}
    assert stones | {pebbles.FALLBACK.icon} | FROM_PYTHON <= icons()


def test_every_code_of_the_lists_has_a_pictogram() -> None:
    assert set(pebbles.ICON_OF_BREAK) == set(BREAKS)
    assert set(pebbles.ICON_OF_ACTIVITY) == set(ACTIVITIES)
    assert set(pebbles.STONE_OF_BREAK) <= set(BREAKS)


@pytest.mark.parametrize("name", LISTS)
def test_codes_are_those_that_others_use_too(shared: Path, name: str) -> None:
    said = json.loads((shared / "domain" / "vocabulary.json").read_text("utf-8"))[name]
    items = said if isinstance(said, list) else said["items"]
    assert [item["code"] for item in items] == list(LISTS[name].codes)


def test_age_bands_are_those_that_others_use_too(shared: Path) -> None:
    said = json.loads((shared / "domain" / "vocabulary.json").read_text("utf-8"))["age_bands"]
    assert [(band.code, band.low, band.high) for band in AGE_BANDS] == [
        (item["code"], item["min"], item["max"]) for item in said["items"]
    ]


def test_a_council_site_does_not_dress_as_the_government(path: Path = APP) -> None:
    """No crown, no GDS Transport, no GOV.UK in titles."""
    assert "gds transport" not in CSS.lower()
    for template in TEMPLATES:
        text = template.read_text("utf-8")
        assert not re.search(r"crown(?! copyright)", text, re.I), template.name
        for title in re.findall(r"{% block title %}(.*?){% endblock %}", text):
            assert "GOV.UK" not in title


def test_words_of_filters_are_escaped_when_they_are_made(demo_app: Flask) -> None:
    """Their template does not escape them again."""
    with demo_app.test_request_context():
        for group in GROUPS:
            made = labels(group, current_words())
            assert made and all(isinstance(words, Markup) for _, words in made), group


def test_styles_fetch_only_our_own_fonts() -> None:
    faces = re.findall(r"@font-face\s*{[^}]*font-family:\s*[\"']?([^;\"']+)", CSS)
    assert faces and set(faces) == FONTS
    assert "@import" not in CSS
    urls = re.findall(r"url\(\s*[\"']?([^)\"']+)", CSS)
    assert not [url for url in urls if re.match(r"(?:data:|https?:|//)", url)]
    for url in urls:
        assert (APP / "static" / url.partition("?")[0]).is_file(), url


def test_every_colour_that_is_used_is_set() -> None:
    """A name without a value gives no colour, and no fault either."""
    used, known = set(re.findall(r"var\((--[\w-]+)", CSS)), set(re.findall(r"(--[\w-]+):", CSS))
    assert used
    assert used <= known


def test_what_is_served_fetches_nothing_from_elsewhere() -> None:
    script = (APP / "static" / "app.js").read_text("utf-8")
    assert not re.findall(r"(?:fetch|import)\(\s*[\"'`]https?:|new XMLHttpRequest", script)
    assert "<script" not in SPRITE and "http" not in SPRITE.replace("http://www.w3.org/", "")


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "routes.py"], ids=name_of)
def test_a_view_is_short_and_does_not_touch_the_database(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MOST_VIEW_LINES, node.name
    text = path.read_text("utf-8")
    assert "app.models" not in text and "db.session" not in text and "select(" not in text


@each_module
def test_every_module_and_public_function_says_what_it_is_for(path: Path) -> None:
    """A package’s `__init__` is empty, but for the roof and the list of the records."""
    tree = ast.parse(path.read_text("utf-8"))
    if path.name == "__init__.py" and not tree.body:
        return
    assert ast.get_docstring(tree), "the module"
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    inside = [node for made in classes for node in made.body]
    assert not [
        node.name
        for node in [*tree.body, *inside]
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
