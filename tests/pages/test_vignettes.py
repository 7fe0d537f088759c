"""The worked cases, through the rules and through the pages: tier and signposts exactly."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.council import load_national
from app.criteria.facts import read_facts
from app.criteria.load import load_criteria
from app.criteria.rules import evaluate
from tests import walk
from tests.conftest import SHARED, close, settings_in
from tests.databases import Template
from tests.strict import StrictClient

NEVER = "page_must_never_say"


def read(name: str) -> Any:
    """A file of facts; nothing where a clone has none, and then the cases are skipped."""
    file = SHARED / "domain" / name
    return json.loads(file.read_text("utf-8")) if file.is_file() else []


CASES = read("vignettes-dev.json")
RESULTS = [case for case in CASES if case["expected_tier"] != "safety_exit"]
"""A family in danger comes to whom it may ring, and to no sheet and no sources."""
each_case = pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
each_result = pytest.mark.parametrize("case", RESULTS, ids=[case["id"] for case in RESULTS])
Sites = Callable[[str], FlaskClient]
Arrived = Callable[[Any], tuple[str, str]]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory, empty_database: Template) -> Iterator[Sites]:
    """A strict browser on the site of any council."""
    made: list[Flask] = []

    @cache
    def site(council: str) -> Flask:
        folder = tmp_path_factory.mktemp(council)
        empty_database.copy_to(folder)
        app = create_app(settings_in(folder, council=council), testing=True)
        app.test_client_class = StrictClient
        made.append(app)
        return app

    yield lambda council: site(council).test_client()
    for app in made:
        close(app)


@pytest.fixture(scope="module")
def arrived(sites: Sites) -> Arrived:
    """The pages a family of a case comes to, which is walked to once."""
    seen: dict[str, tuple[str, str]] = {}

    def pages(case: Any) -> tuple[str, str]:
        if case["id"] not in seen:
            seen[case["id"]] = arrive(sites(case["council"]), case)
        return seen[case["id"]]

    return pages


def arrive(client: FlaskClient, case: Any) -> tuple[str, str]:
    """The result of a case and its sheet, each question answered in turn; or the safety page."""
    facts = case["facts"]
    if case["expected_tier"] != "safety_exit":
        assert walk.walk(client, facts).endswith(walk.CHECK)
        result, sheet = (
            client.get(page).get_data(as_text=True) for page in (walk.RESULT, walk.SHEET)
        )
        return result, sheet
    # Everything is answered before the family changes its mind about the first question.
    assert walk.walk(client, {**facts, "danger_now": "no"}).endswith(walk.CHECK)
    assert walk.go_on(client, "/self-check/danger-now", facts).endswith(walk.SAFETY)
    return client.get(walk.SAFETY).get_data(as_text=True), ""


def expected(case: Any) -> set[str]:
    return {*case["expected_signposts"], *load_national().always}


def assert_says_nothing_wrong(case: Any, words: str) -> None:
    barred = [
        *read("vocabulary.json")[NEVER],
        *case.get("must_not", {}).get("page_must_not_say", []),
    ]
    said = [phrase for phrase in barred if phrase.lower() in words.lower()]
    assert not said


@each_case
def test_a_case_has_its_tier_and_signposts_by_the_rules(case: Any) -> None:
    criteria = load_criteria()
    found = evaluate(criteria, read_facts(criteria, case["facts"]), case["council"])
    assert found.outcome == case["expected_tier"]
    assert found.country == case.get("expected_country", "england")
    assert set(found.signposts) == expected(case)


@each_case
def test_a_case_has_its_tier_and_signposts_on_its_page(case: Any, arrived: Arrived) -> None:
    html, _sheet = arrived(case)
    assert walk.tier_of(html) == case["expected_tier"]
    shown = walk.signposts_of(html)
    assert len(shown) == len(set(shown)), "a signpost stands twice"
    assert set(shown) == expected(case)
    assert not set(case.get("must_not", {}).get("signposts", [])) & set(shown)
    assert_says_nothing_wrong(case, walk.text_of(html))


@each_result
def test_the_sheet_of_a_case_says_nothing_wrong(case: Any, arrived: Arrived) -> None:
    _result, html = arrived(case)
    assert walk.tier_of(html) == case["expected_tier"]
    assert_says_nothing_wrong(case, walk.text_of(html))


@each_result
def test_every_reason_stands_on_the_page_with_its_basis_and_source(
    case: Any, arrived: Arrived
) -> None:
    criteria = load_criteria()
    found = evaluate(criteria, read_facts(criteria, case["facts"]), case["council"])
    html, _sheet = arrived(case)
    reasons = html.split('data-rule="')[1:]
    assert [part.partition('"')[0] for part in reasons] == [rule.id for rule in found.reasons]
    derived = criteria.guide.basis["derived"].to("child")
    for rule, part in zip(found.reasons, reasons, strict=True):
        shown = part.partition("</li>")[0]
        assert (derived in shown) == (rule.basis_for(found.council) == "derived")
        assert "read in November" in shown
