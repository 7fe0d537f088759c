"""The self-check in a browser: answers sealed into its cookie at once, or given page by page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page, expect

from app.config import DEVELOPMENT_KEY
from app.criteria.load import load_criteria
from app.criteria.records import Question
from app.selfcheck.answers import COOKIE, PATH, Answers, seal
from app.selfcheck.forms import value_of

Facts = Mapping[str, Any]


def questions() -> dict[str, Question]:
    """The questions by their id, in order."""
    return {question.id: question for question in load_criteria().questions}


def sealed(said: Facts, *, until: str = "") -> str:
    """A cookie with these answers, every other question before `until` skipped (or all)."""
    ids = list(questions())
    before = ids[: ids.index(until)] if until else ids
    skipped = [name for name in before if questions()[name].row.keys[0] not in said]
    return seal(Answers("token-of-a-test", dict(said), frozenset(skipped)), DEVELOPMENT_KEY)


def put_cookie(page: Page, value: str) -> None:
    """Give a browser a cookie of the self-check, as the site would."""
    page.context.add_cookies(
        [
            {
                "name": COOKIE,
                "value": value,
                "domain": "127.0.0.1",
                "path": PATH,
                "httpOnly": True,
                "sameSite": "Lax",
            }
        ]
    )


def cookie_of(page: Page) -> str:
    """What the browser holds of the self-check; empty when nothing."""
    held = [item["value"] for item in page.context.cookies() if item["name"] == COOKIE]
    return "".join(held)


def question_on(page: Page) -> Question | None:
    """The question the browser stands at; None on other pages."""
    return questions().get(page.url.partition("?")[0].rpartition("/")[2])


def fill(page: Page, question: Question, facts: Facts) -> bool:
    """Put what the facts say into the question's form; whether they say anything."""
    if question.row.kind == "place" and "place" in facts:
        page.locator("input[name=place]").fill(facts["place"])
        return True
    keys = {answer.key for answer in question.row.answers} or {*question.row.keys}
    given = [key for key in question.row.keys if key in keys and facts.get(key) is not None]
    for key in given:
        if question.row.kind == "number":
            page.locator(f"input[name={key}]").fill(str(facts[key]))
            continue
        codes = facts[key] if isinstance(facts[key], list) else [facts[key]]
        for code in codes:
            if code is not False:
                page.locator(f'input[name={key}][value="{value_of(code)}"]').check()
    return bool(given)


def press(page: Page, action: str) -> None:
    """Press *Continue* (`continue`) or *Skip this question* (`skip`)."""
    page.locator(f"button[name=action][value={action}]").click()


def walk(page: Page, facts: Facts) -> None:
    """From the start page to the answers to check, or to the safety page."""
    page.goto(PATH)
    page.locator("main form button").click()
    while question := question_on(page):
        press(page, "continue" if fill(page, question, facts) else "skip")
        expect(page).not_to_have_url(f"**/{question.id}")
        if page.url.endswith("/safety") and facts.get("carried_on"):
            page.locator(f'form[action="{PATH}/safety"] button').click()
