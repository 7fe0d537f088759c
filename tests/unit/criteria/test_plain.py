"""Conditions in plain words: what a parent reads of a rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.council import council_codes
from app.criteria.conditions import read_condition
from app.criteria.load import load_criteria
from app.criteria.plain import PlainWords
from tests.unit.criteria.altered import altered

CRITERIA = load_criteria()


def say(words: str, /, **values: object) -> str:
    """English as it stands."""
    return words % values if values else words


def lines(condition: str, council: str = "devon") -> list[str] | None:
    plain = PlainWords(CRITERIA, council, say).of(read_condition(condition, CRITERIA.keys))
    return None if plain is None else plain.lines()


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("always", ["Everyone"]),
        (
            "clubs >= needs_support",
            ["Joining clubs: “Only with a trained person or extra help” or “Not yet”"],
        ),
        ("not coping = ok", ["How you are managing: not “OK”"]),
        ("not (not coping = ok)", ["How you are managing: “OK”"]),
        ("wants has overnight", ["What would help most: you ticked “A night away”"]),
        (
            "not has_social_worker = true",
            ["Letters, plans and benefits: you did not tick “Social worker”"],
        ),
        (
            "has_social_worker = false",
            ["Letters, plans and benefits: you did not tick “Social worker”"],
        ),
        ("age >= 18", ["Age: 18 or over"]),
        ("age <= 4", ["Age: 4 or under"]),
        ("age >= 4 and age <= 16", ["Age: 4 to 16"]),
        ("carried_on = true", ["You chose to carry on from the safety page"]),
        ("carried_on = false", ["You have not chosen to carry on from the safety page"]),
        (
            "lives_in = wales or lives_in = other",
            ["Where your child lives: “Somewhere else in England” or “Wales”"],
        ),
        (
            "age >= 18 and (coping >= hard or plan)",
            [
                "All of these:",
                "  Age: 18 or over",
                "  Any of these:",
                "    How you are managing: “It is hard” or “I cannot carry on without a break”",
                "    Letters, plans and benefits: you ticked “EHC plan”",
            ],
        ),
        (
            "strong >= 2",
            [
                "2 or more of these:",
                "  Help compared with others the same age:"
                " “Someone must help or watch all the time”",
                "  Nights: “Up most nights, or someone must stay awake”",
                "  Keeping safe: “Often, and someone must be close all the time”",
                "  Joining clubs: “Not yet”",
            ],
        ),
        (
            "not (age >= 18 or coping = ok)",
            ["None of these:", "  Age: 18 or over", "  How you are managing: “OK”"],
        ),
        (
            "not (age >= 18 and coping = ok)",
            ["Not so:", "  All of these:", "    Age: 18 or over", "    How you are managing: “OK”"],
        ),
    ],
)
def test_what_a_parent_reads(condition: str, said: list[str]) -> None:
    assert lines(condition) == said


def test_one_strong_sign_and_other_answers_to_the_same_question_are_one_line() -> None:
    said = lines("nights >= some_nights or strong >= 1") or []
    assert said[0] == "Any of these:"
    assert sum("Nights" in line for line in said) == 1
    assert "  Nights: “Up some nights” or “Up most nights, or someone must stay awake”" in said


@pytest.mark.parametrize(
    ("condition", "council", "said"),
    [
        ("council = devon", "devon", ["Everyone"]),
        ("council = devon", "surrey", None),
        ("not council = devon", "surrey", ["Everyone"]),
        ("not council = devon", "devon", None),
        ("council = devon and age >= 18", "devon", ["Age: 18 or over"]),
        ("council = devon and age >= 18", "surrey", None),
        ("council = devon or age >= 18", "surrey", ["Age: 18 or over"]),
        ("council = devon or age >= 18", "devon", ["Everyone"]),
        ("evidence has ehcp_tariff_d_or_above", "devon", None),
        ("not evidence has ehcp_tariff_d_or_above", "devon", ["Everyone"]),
        (
            "plan",
            "herefordshire",
            [
                "Letters, plans and benefits: you ticked “EHC plan, tariff D or above”,"
                " “EHC plan, tariff A to C” or “EHC plan, tariff not known”"
            ],
        ),
    ],
)
def test_what_is_settled_for_a_council_is_not_said(
    condition: str, council: str, said: list[str] | None
) -> None:
    assert lines(condition, council) == said


@pytest.mark.parametrize("council", council_codes())
def test_every_rule_can_be_said(council: str) -> None:
    words = PlainWords(CRITERIA, council, say)
    for rule in (*CRITERIA.rules, *CRITERIA.signposts):
        plain = words.of(rule.condition)
        for line in plain.lines() if plain else ():
            assert "_" not in line, f"{rule.id}: a code, not words: {line}"
            assert "council =" not in line
    never = {rule.id for rule in CRITERIA.rules if words.of(rule.condition) is None}
    assert never == (set() if council == "herefordshire" else {"T-15"})


def test_other_words_of_an_answer_change_what_is_said(tmp_path: Path) -> None:
    own = altered(tmp_path, "questions.toml", "", "Mostly OK", "Fine")
    words = PlainWords(own, "devon", say)
    plain = words.of(read_condition("nights = settled", own.keys))
    assert plain is not None
    assert plain.lines() == ["Nights: “Fine”"]
