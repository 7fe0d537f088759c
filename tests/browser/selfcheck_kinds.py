"""Every kind of page of the self-check, its errors and its results included."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from app.selfcheck.answers import PATH
from tests.browser.answering import press, put_cookie, questions, sealed
from tests.browser.kinds import Kind, open_all

MIND = "main-issue"
PARENT = {"danger_now": "no", "who": "parent_carer", "lives_in": "devon", "district": "mid-devon"}
LITTLE = {"help_vs_same_age": "bit_more", "clubs": "small_changes", "nights": "settled"}
SOME = {"help_vs_same_age": "lot_more", "clubs": "needs_support", "nights": "some_nights"}
MUCH = {"help_vs_same_age": "all_the_time", "clubs": "cannot_yet", "nights": "most_nights"}
FULL = {
    "needs": ["learning_disability", "autism", "mental_health", "no_diagnosis"],
    "diagnosis": "waiting",
    "main_issue": "disability",
    "safety_behaviour": "serious",
    "health": "nursing",
    "family": ["one_carer", "no_backup", "brothers_sisters_missing_out", "child_helps_care"],
    "coping": "cannot_carry_on",
    "wants": ["break_for_carer", "overnight", "adult_services"],
    "evidence": ["dla_high", "ehcp", "professional_letter"],
    "has_social_worker": True,
    "free_school_meals": True,
}
IN_DANGER = {"danger_now": "yes"}


@dataclass(frozen=True)
class Answered(Kind):
    """A page that a family sees after these answers; all other questions it skipped."""

    said: Mapping[str, Any] = field(default_factory=dict)
    until: str = ""
    """The question it stands at; empty when all are behind it."""
    tier: str = ""
    """The outcome the page is marked with, where it has one."""
    broken: str = ""
    """What stands in the cookie in place of these answers."""

    def open(self, page: Page, language: str = "") -> None:
        """Put the answers into the browser, and come to the page."""
        put_cookie(page, self.broken or sealed(self.said, until=self.until))
        Kind.open(self, page, language)
        if self.tier:
            assert page.locator("main").get_attribute("data-tier") == self.tier


def send_wrong(page: Page) -> None:
    """Send an answer that cannot be taken, and wait for what is wrong."""
    boxes = page.locator("main input[type=checkbox]")
    if page.locator("main input[inputmode=numeric]").count():
        page.locator("main input[inputmode=numeric]").fill("7.5")
    elif page.locator("input[name=place]").count():
        page.locator("input[name=place]").fill("Xyzzy-on-the-Hill")
    elif boxes.count():
        boxes.first.evaluate("box => { box.value = 'unheard' }")
        boxes.first.check()
    press(page, "continue")
    page.locator(".govuk-error-summary").wait_for()


def _at(name: str, then: Callable[[Page], None] | None = None) -> Answered:
    said = {"danger_now": "no"} | ({"needs": ["mental_health"]} if name == MIND else {})
    said = {} if name == "danger-now" else said
    kind = "error" if then is send_wrong else "question"
    return Answered(f"{kind}-{name}", f"{PATH}/{name}", then, said=said, until=name)


def _result(name: str, tier: str, *facts: Mapping[str, Any]) -> Answered:
    said = {key: value for some in facts for key, value in some.items()}
    return Answered(f"result-{name}", f"{PATH}/result", open_all, said=said, tier=tier)


QUESTIONS = tuple(_at(name, open_all) for name in questions())
ERRORS = tuple(_at(name, send_wrong) for name in questions())
RESULTS = (
    _result("universal", "universal", PARENT, {"age": 9}, LITTLE),
    _result("targeted", "targeted", PARENT, {"age": 9, "coping": "hard"}, SOME),
    _result("specialist", "specialist", PARENT, {"age": 9}, FULL, MUCH),
    _result(
        "danger", "specialist", PARENT, {"age": 16}, FULL, MUCH, IN_DANGER, {"carried_on": True}
    ),
    _result("elsewhere", "out_of_area", {"danger_now": "no", "lives_in": "other", "age": 9}, SOME),
    _result("wales", "out_of_area", {"danger_now": "no", "lives_in": "wales", "age": 9}, SOME),
    _result("adult", "adult", PARENT, {"age": 19}, FULL, MUCH),
    _result("young-person", "specialist", PARENT, {"age": 16}, FULL, MUCH, {"who": "young_person"}),
    _result("professional", "targeted", PARENT, {"age": 4}, SOME, {"who": "professional"}),
    _result("skipped", "universal", {"danger_now": "no"}),
    _result(
        "neighbour",
        "specialist",
        PARENT,
        {"age": 9},
        FULL,
        MUCH,
        {"lives_in": "surrey", "district": "woking"},
    ),
)
SHEETS = tuple(
    Answered(f"sheet-{name}", f"{PATH}/sheet", said=result.said, tier=result.tier)
    for name, result in (("full", RESULTS[3]), ("short", RESULTS[9]))
)
PLAIN = (
    Kind("self-check", PATH),
    Answered("safety", f"{PATH}/safety", said=IN_DANGER, until="who", tier="safety_exit"),
    Answered("check-answers", f"{PATH}/check-answers", said=RESULTS[2].said),
    Answered("check-answers-skipped", f"{PATH}/check-answers", said=RESULTS[9].said),
    Answered("start-again", f"{PATH}/who", status=400, broken="changed"),
)
SELF_CHECK = (*PLAIN, *QUESTIONS, *ERRORS, *RESULTS, *SHEETS)
"""Each kind once; the pages before a result in the voice of a parent."""
