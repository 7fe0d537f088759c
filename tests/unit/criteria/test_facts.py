"""Answers as JSON: what is read, what is filled in, what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.criteria.facts import Facts, FactsError, read_facts
from app.criteria.load import load_criteria

TODAY = date(2026, 12, 1)


def read(raw: Any) -> Facts:
    return read_facts(load_criteria(), raw, TODAY)


def test_nothing_said_is_all_skipped() -> None:
    facts = read({})
    assert facts.values["age"] is None
    assert facts.values["diagnosis"] == "no"
    assert facts.values["lives_in"] == "unsure"
    assert facts.values["wants"] == frozenset()
    assert facts.values["has_social_worker"] is False
    assert facts.skipped == set(facts.values)
    assert (facts.on, facts.district) == (TODAY, None)


def test_what_is_said_is_kept() -> None:
    facts = read(
        {
            "age": 0, "coping": "hard", "wants": ["overnight", "information"], "evidence": ["none"],
            "has_social_worker": True, "nights": None, "on": "2027-04-01", "district": "exeter",
        }
    )  # fmt: skip
    assert facts.values["age"] == 0
    assert facts.values["coping"] == "hard"
    assert facts.values["wants"] == {"overnight", "information"}
    assert facts.values["evidence"] == {"none"}
    assert facts.values["has_social_worker"] is True
    assert not facts.skipped & {"age", "coping", "wants", "evidence", "has_social_worker"}
    assert {"nights", "family"} <= facts.skipped
    assert (facts.on, facts.district) == (date(2027, 4, 1), "exeter")


def test_oldest_and_repeated_ticks() -> None:
    assert read({"age": 25}).values["age"] == 25
    assert read({"wants": ["overnight", "overnight"]}).values["wants"] == {"overnight"}
    assert read({"district": ""}).district is None
    assert read({"district": "x" * 60}).district == "x" * 60
    assert read({"wants": ["overnight"] * 100}).values["wants"] == {"overnight"}


def test_today_is_the_day_unless_told() -> None:
    assert read_facts(load_criteria(), {}).on == date.today()


def test_other_answers() -> None:
    facts = read({"age": 5})
    other = facts.with_answers({"coping": "hard"})
    assert other.values["coping"] == "hard"
    assert other.values["age"] == 5
    assert "coping" not in other.skipped
    assert "coping" in facts.skipped
    assert (other.on, other.district) == (facts.on, facts.district)


@pytest.mark.parametrize(
    ("raw", "key", "why"),
    [
        ([], "facts", "give an object"),
        ("age", "facts", "give an object"),
        (None, "facts", "give an object"),
        ({"agee": 1}, "agee", "there is no such question"),
        (dict.fromkeys(map(str, range(1999, 999, -1)), 1), "1000", "there is no such question"),
        ({"council": "devon"}, "council", "there is no such question"),
        ({"x" * 99: 1}, "x" * 60, "there is no such question"),
        ({"age": -1}, "age", "give a whole number from 0 to 25"),
        ({"age": 26}, "age", "give a whole number from 0 to 25"),
        ({"age": 200}, "age", "give a whole number from 0 to 25"),
        ({"age": 7.5}, "age", "give a whole number from 0 to 25"),
        ({"age": 7.0}, "age", "give a whole number from 0 to 25"),
        ({"age": "seven"}, "age", "give a whole number from 0 to 25"),
        ({"age": "7"}, "age", "give a whole number from 0 to 25"),
        ({"age": True}, "age", "give a whole number from 0 to 25"),
        ({"age": [7]}, "age", "give a whole number from 0 to 25"),
        ({"coping": "fine"}, "coping", "'fine' is not one of its answers"),
        ({"coping": ["ok"]}, "coping", "is not one of its answers"),
        ({"coping": 1}, "coping", "1 is not one of its answers"),
        ({"coping": {"a": 1}}, "coping", "is not one of its answers"),
        ({"has_social_worker": "yes"}, "has_social_worker", "'yes' is not one of its answers"),
        ({"has_social_worker": 1}, "has_social_worker", "1 is not one of its answers"),
        ({"wants": "overnight"}, "wants", "give a list of its answers"),
        ({"wants": {"overnight": 1}}, "wants", "give a list of its answers"),
        ({"wants": ["overnight"] * 101}, "wants", "give a list of its answers"),
        ({"wants": ["overnight"] * 1000}, "wants", "give a list of its answers"),
        ({"wants": ["sleep"]}, "wants", "'sleep' is not one of its answers"),
        ({"wants": [["overnight"]]}, "wants", "is not one of its answers"),
        ({"wants": [1]}, "wants", "1 is not one of its answers"),
        ({"evidence": ["none", "pip"]}, "evidence", "none cannot be ticked with another answer"),
        ({"on": "soon"}, "on", "give a day as YYYY-MM-DD"),
        ({"on": 20261201}, "on", "give a day as YYYY-MM-DD"),
        ({"on": "2026-02-30"}, "on", "give a day as YYYY-MM-DD"),
        ({"district": "x" * 61}, "district", "give the code of a locality"),
        ({"district": 4}, "district", "give the code of a locality"),
    ],
)
def test_what_cannot_be_is_refused(raw: Any, key: str, why: str) -> None:
    with pytest.raises(FactsError) as caught:
        read(raw)
    assert caught.value.key == key
    assert str(caught.value).startswith(f"{key}: ")
    assert why in str(caught.value)


def test_message_quotes_little() -> None:
    with pytest.raises(FactsError) as caught:
        read({"coping": "x" * 5000})
    assert len(str(caught.value)) < 120
