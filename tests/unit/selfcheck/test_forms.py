"""What a question takes, and what it says kindly about the rest."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.criteria.load import load_criteria
from app.selfcheck.forms import TYPED, Asked, Reply, read_reply

CRITERIA = load_criteria()
BY_ID = {question.id: question for question in CRITERIA.questions}


@pytest.fixture(autouse=True)
def _words(app: Flask):
    with app.test_request_context():
        yield


def sent(question: str, *pairs: tuple[str, str], council: str = "devon", **said) -> Reply:
    asked = Asked(BY_ID[question], CRITERIA.keys, council, "devon", said)
    return read_reply(asked, MultiDict(pairs))


@pytest.mark.parametrize("question", [item for item in BY_ID if BY_ID[item].row.kind != "number"])
def test_every_answer_on_a_page_is_taken(question: str) -> None:
    for answer in BY_ID[question].row.answers:
        value = str(answer.code).lower() if answer.code is True else str(answer.code)
        for council in answer.only_in or ("devon",):
            reply = sent(question, (answer.key, value), council=council)
            assert not reply.problem, (question, value)
            said = reply.values[answer.key]
            assert said == [answer.code] if isinstance(said, list) else said == answer.code


@pytest.mark.parametrize("question", BY_ID)
def test_nothing_chosen_is_said_kindly(question: str) -> None:
    reply = sent(question)
    if BY_ID[question].row.may_be_none:
        assert not reply.problem and reply.values == {"family": []}
    else:
        assert reply.problem.endswith(".")
        assert ("skip" in reply.problem) == (question != "danger-now")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Type an age"),
        ("  ", "Type an age"),
        ("-1", "below 0"),
        ("−1", "below 0"),
        ("200", "from 0 to 25"),
        ("26", "from 0 to 25"),
        ("9" * 400, "from 0 to 25"),
        ("7.5", "whole years"),
        ("7,5", "whole years"),
        ("seven", "as one number"),
        ("7 and 9", "as one number"),
        ("²", "as one number"),
        ("1e1", "as one number"),
        ("<script>", "as one number"),
    ],
)
def test_an_age_that_cannot_be_is_kept_and_explained(typed: str, words: str) -> None:
    reply = sent("age", ("age", typed))
    assert words in reply.problem
    assert reply.typed == typed.strip()[:200]
    assert not reply.values and reply.is_typed_wrong


@pytest.mark.parametrize(("typed", "age"), [("0", 0), (" 7 ", 7), ("07", 7), ("25", 25), ("٧", 7)])
def test_an_age_in_whole_years_is_taken(typed: str, age: int) -> None:
    assert sent("age", ("age", typed)).values == {"age": age}


def test_codes_that_are_not_on_the_page_are_refused() -> None:
    for question in ("who", "needs", "lives-in", "evidence"):
        key = BY_ID[question].row.keys[0]
        assert "answers on this page" in sent(question, (key, "unheard")).problem
    assert "answers on this page" in sent("evidence", ("evidence", "ehcp_tariff_a_to_c")).problem


def test_a_thousand_values_are_refused() -> None:
    key = BY_ID["needs"].row.keys[0]
    assert sent("needs", *[(key, "autism")] * 1000).problem
    assert sent("needs", *[(key, f"x{n}") for n in range(1000)]).problem
    assert sent("age", *[("age", "7")] * 1000).problem
    assert sent("who", *[("who", "professional")] * 1000).problem


def test_one_answer_means_one() -> None:
    assert "one answer" in sent("coping", ("coping", "ok"), ("coping", "hard")).problem


def test_none_of_these_stands_alone_in_its_list() -> None:
    reply = sent("evidence", ("evidence", "none"), ("evidence", "pip"))
    assert "“none”" in reply.problem and len(reply.chosen) == 2
    beside = sent("evidence", ("evidence", "none"), ("free_school_meals", "true"))
    assert beside.values == {
        "evidence": ["none"],
        "has_social_worker": False,
        "free_school_meals": True,
    }


def test_three_wishes_are_the_most() -> None:
    wishes = [("wants", str(answer.code)) for answer in BY_ID["wants"].row.answers]
    assert not sent("wants", *wishes[:3]).problem
    assert "3 at most" in sent("wants", *wishes[:4]).problem


def test_a_plain_no_to_a_tick_box_is_an_answer() -> None:
    reply = sent("evidence", ("has_social_worker", "false"))
    assert not reply.problem and reply.values["has_social_worker"] is False


def test_a_place_gives_council_and_district_and_is_not_kept() -> None:
    reply = sent("lives-in", (TYPED, "EX16 6DH"))
    assert reply.values == {"lives_in": "devon", "district": "mid-devon"}
    assert "EX16" not in str(reply)


@pytest.mark.parametrize("radio", ["devon", "unsure"])
def test_a_place_and_a_choice_that_agree_are_taken(radio: str) -> None:
    reply = sent("lives-in", (TYPED, "Honiton"), ("lives_in", radio))
    assert reply.values["lives_in"] == "devon"


def test_a_place_and_a_choice_that_do_not_agree_are_asked_about() -> None:
    reply = sent("lives-in", (TYPED, "Honiton"), ("lives_in", "surrey"))
    assert "Change one of them" in reply.problem
    assert reply.typed == "Honiton" and ("lives_in", "surrey") in reply.chosen


def test_an_unknown_place_is_kept_until_a_council_is_chosen() -> None:
    assert sent("lives-in", (TYPED, "Xyzzy")).typed == "Xyzzy"
    assert sent("lives-in", (TYPED, "Xyzzy"), ("lives_in", "unsure")).problem
    chosen = sent("lives-in", (TYPED, "Xyzzy"), ("lives_in", "surrey"))
    assert chosen.values == {"lives_in": "surrey", "district": None}


def test_half_a_shared_postcode_is_asked_for_whole() -> None:
    assert "Type all of it" in sent("lives-in", (TYPED, "HR3")).problem


def test_a_district_stays_while_the_council_does() -> None:
    said = {"lives_in": "devon", "district": "mid-devon"}
    assert sent("lives-in", ("lives_in", "devon"), **said).values["district"] == "mid-devon"
    assert sent("lives-in", ("lives_in", "surrey"), **said).values["district"] is None
