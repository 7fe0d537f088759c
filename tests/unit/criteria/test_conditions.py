"""Conditions: what can be said, when it holds, and what is refused."""

from __future__ import annotations

import pytest

from app.criteria.classes import added_ticks, can_hold, every_answer, make_axis, steps_up
from app.criteria.conditions import (
    Always,
    AtLeast,
    Between,
    Both,
    Condition,
    ConditionError,
    Either,
    Not,
    OneOf,
    Ticked,
    keys_read,
    leaves,
    read_condition,
)
from app.criteria.keys import Keys, Value
from app.criteria.load import load_criteria

KEYS: Keys = load_criteria().keys
SKIPPED = {key.name: key.skipped for key in KEYS.asked} | {"council": "devon"}


def read(text: str) -> Condition:
    return read_condition(text, KEYS)


def holds(text: str, **answers: Value) -> bool:
    return read(text).holds(SKIPPED | answers)


def one(key: str, *codes: Value) -> OneOf:
    return OneOf(key, frozenset(codes))


A, B, C = one("coping", "ok"), one("diagnosis", "no"), Between("age", 4, 25)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("always", Always()),
        ("coping = ok", A),
        ("coping=ok", A),
        ("  ( coping = ok )  ", A),
        ("clubs >= needs_support", one("clubs", "needs_support", "cannot_yet")),
        (
            "clubs >= joins_in",
            one("clubs", "joins_in", "small_changes", "needs_support", "cannot_yet"),
        ),
        ("clubs >= cannot_yet", one("clubs", "cannot_yet")),
        ("clubs = needs_support", one("clubs", "needs_support")),
        ("has_social_worker = true", one("has_social_worker", True)),
        ("has_social_worker = false", one("has_social_worker", False)),
        ("council = herefordshire", one("council", "herefordshire")),
        ("age >= 4", C),
        ("age <= 17", Between("age", 0, 17)),
        ("age = 7", Between("age", 7, 7)),
        ("age >= 0", Between("age", 0, 25)),
        ("age <= 25", Between("age", 0, 25)),
        ("wants has overnight", Ticked("wants", frozenset({"overnight"}))),
        ("dla_or_pip", Ticked("evidence", frozenset({"dla_low", "dla_middle", "dla_high", "pip"}))),
        ("not coping = ok", Not(A)),
        ("not not coping = ok", Not(Not(A))),
        ("coping = ok and diagnosis = no", Both((A, B))),
        ("coping = ok and diagnosis = no and age >= 4", Both((A, B, C))),
        ("coping = ok or diagnosis = no", Either((A, B))),
        ("coping = ok or diagnosis = no and age >= 4", Either((A, Both((B, C))))),
        ("coping = ok and diagnosis = no or age >= 4", Either((Both((A, B)), C))),
        ("(coping = ok or diagnosis = no) and age >= 4", Both((Either((A, B)), C))),
        ("not coping = ok and diagnosis = no", Both((Not(A), B))),
        ("not (coping = ok and diagnosis = no)", Not(Both((A, B)))),
        (
            "wants has overnight or wants has help_at_home",
            Ticked("wants", frozenset({"overnight", "help_at_home"})),
        ),
        (
            "wants has overnight or strain",
            Either((Ticked("wants", frozenset({"overnight"})), read("strain"))),
        ),
        (
            "wants has overnight or coping = ok",
            Either((Ticked("wants", frozenset({"overnight"})), A)),
        ),
    ],
)
def test_conditions_are_read(text: str, condition: Condition) -> None:
    assert read(text) == condition


def test_strong_signs_are_counted() -> None:
    condition = read("strong >= 2")
    assert isinstance(condition, AtLeast)
    assert condition.least == 2
    assert {sign.key for sign in condition.signs} == {
        "help_vs_same_age", "nights", "safety_behaviour", "clubs",
    }  # fmt: skip
    assert not holds("strong >= 1")
    assert holds("strong >= 1", nights="most_nights")
    assert not holds("strong >= 2", nights="most_nights")
    assert holds("strong >= 2", nights="most_nights", clubs="cannot_yet")
    assert not holds("strong >= 4", nights="most_nights", clubs="cannot_yet")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "a comparison is missing"),
        ("cloping = ok", "no key or group is called 'cloping'"),
        ("coping = fine", "'coping' has no code 'fine'"),
        ("coping", "a comparison after 'coping' is missing"),
        ("coping =", "a code after 'coping' is missing"),
        ("coping <= hard", "'coping' cannot be compared by '<='"),
        ("coping has hard", "'coping' cannot be compared by 'has'"),
        ("diagnosis >= yes", "'diagnosis' cannot be compared by '>='"),
        ("wants = overnight", "'wants' cannot be compared by '='"),
        ("wants >= overnight", "'wants' cannot be compared by '>='"),
        ("wants has nothing", "'wants' has no code 'nothing'"),
        ("has_social_worker = yes", "'has_social_worker' has no code 'yes'"),
        ("danger_now = true", "'danger_now' has no code 'true'"),
        ("age >= 26", "'age' is a number from 0 to 25"),
        ("age <= 26", "'age' is a number from 0 to 25"),
        ("age >= seven", "'age' is a number from 0 to 25"),
        ("age has 7", "'age' cannot be compared by 'has'"),
        ("strong >= 0", "`strong` is followed by >= and a number from 1 to 4"),
        ("strong >= 5", "`strong` is followed by >= and a number from 1 to 4"),
        ("strong = 2", "`strong` is followed by >= and a number from 1 to 4"),
        ("strong >= many", "`strong` is followed by >= and a number from 1 to 4"),
        ("strong", "`>=` after `strong` is missing"),
        ("strong >=", "a number after `strong` is missing"),
        ("coping = ok and", "a comparison is missing"),
        ("coping = ok coping = ok", "cannot read “coping = ok” in “coping = ok coping = ok”"),
        ("coping = ok or or strain", "no key or group is called 'or'"),
        ("(coping = ok", "a bracket is not closed"),
        ("coping = ok)", "cannot read “)”"),
        ("coping == ok", "has no code '='"),
        ("coping = ok & strain", "cannot read “& strain”"),
        ("council = kent", "'council' has no code 'kent'"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, why: str) -> None:
    with pytest.raises(ConditionError) as caught:
        read(text)
    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("age", "within"), [(None, False), (3, False), (4, True), (17, True), (18, False)]
)
def test_ages_are_compared_when_known(age: int | None, within: bool) -> None:
    assert holds("age >= 4 and age <= 17", age=age) is within


def test_ticks() -> None:
    assert not holds("strain")
    assert holds("strain", family=frozenset({"no_backup", "child_helps_care"}))
    assert not holds("strain", family=frozenset({"child_helps_care"}))
    assert not Ticked("coping", frozenset({"ok"})).holds(SKIPPED)


def test_joined_conditions_hold() -> None:
    assert holds("always")
    assert not holds("not always")
    assert holds("coping = ok and diagnosis = no")
    assert not holds("coping = ok and diagnosis = yes")
    assert holds("coping = hard or diagnosis = no")
    assert not holds("coping = hard or diagnosis = yes")


def test_leaves_and_keys() -> None:
    condition = read("not (coping = ok or strain) and strong >= 1 and always and age <= 4")
    assert keys_read(condition) == {
        "coping", "family", "help_vs_same_age", "nights", "safety_behaviour", "clubs", "age",
    }  # fmt: skip
    assert [leaf.key for leaf in leaves(condition)][:2] == ["coping", "family"]
    assert keys_read(Always()) == frozenset()


@pytest.mark.parametrize(
    ("text", "can"),
    [
        ("always", True),
        ("not always", False),
        ("age >= 4 and age <= 3", False),
        ("age >= 4 and age <= 4", True),
        ("coping = ok and coping = hard", False),
        ("coping = ok and not coping = ok", False),
        ("evidence has none and evidence has pip", False),
        ("evidence has dla_low and evidence has pip", True),
        ("strong >= 4 and clubs = needs_support", False),
        ("not (strain or not strain)", False),
    ],
)
def test_conditions_that_can_hold(text: str, can: bool) -> None:
    assert can_hold(KEYS, read(text)) is can


def test_every_answer_begins_with_what_is_read_when_skipped() -> None:
    for key in KEYS.asked:
        assert every_answer(key)[0] == key.skipped
    assert every_answer(KEYS["council"]) == ("devon", "herefordshire", "surrey")
    assert every_answer(KEYS["age"]) == (None, *range(26))
    assert every_answer(KEYS["diagnosis"]) == ("no", "yes", "waiting")
    assert len(every_answer(KEYS["family"])) == 2**6
    assert len(every_answer(KEYS["evidence"])) == 2**9 + 1


def test_classes_are_what_leaves_tell_apart() -> None:
    axis = make_axis(KEYS["age"], [Between("age", 4, 17), Between("age", 18, 25), A])
    assert axis.values == (None, 4, 18)
    assert [axis.class_of[age] for age in (None, 3, 4, 17, 18, 25)] == [0, 0, 1, 1, 2, 2]
    assert axis.only([0, 5, 17, 20]) == (0, 1, 2)


def test_steps_up() -> None:
    assert steps_up(KEYS, KEYS["nights"]) == [
        ("settled", "some_nights"), ("some_nights", "most_nights"),
    ]  # fmt: skip
    assert steps_up(KEYS, KEYS["diagnosis"]) == []
    strains = steps_up(KEYS, KEYS["family"])
    assert all(after - before for before, after in strains)
    assert {code for before, after in strains for code in after - before} == set(
        KEYS.groups["strain"].codes
    )
    assert (frozenset({"none"}), frozenset({"pip"})) in steps_up(KEYS, KEYS["evidence"])
    assert all("none" not in after for _, after in added_ticks(KEYS["evidence"], ("none", "pip")))
