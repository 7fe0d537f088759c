"""What other answers would bring: what skipped questions leave open, and the smallest changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.criteria.answers import (
    Change,
    Opening,
    left_open,
    single_answers,
    smallest_changes,
    tiers_above,
)
from app.criteria.facts import Facts, read_facts
from app.criteria.load import load_criteria
from tests.unit.criteria.altered import altered

CRITERIA = load_criteria()
SAID: dict[str, Any] = {
    "danger_now": "no", "carried_on": False, "who": "parent_carer", "lives_in": "surrey", "age": 10,
    "diagnosis": "yes", "needs": [], "main_issue": "disability", "help_vs_same_age": "same",
    "clubs": "joins_in", "nights": "settled", "safety_behaviour": "none", "health": "none",
    "family": [], "coping": "ok", "wants": [], "evidence": ["none"], "has_social_worker": False,
    "free_school_meals": False, "on": "2026-12-01",
}  # fmt: skip


def facts(**changes: Any) -> Facts:
    """A family that answered everything; what is changed to None was skipped."""
    return read_facts(CRITERIA, SAID | changes)


def opened(site: str = "surrey", **changes: Any) -> dict[str, Opening]:
    found = left_open(CRITERIA, facts(**changes), site)
    return {opening.key: opening for opening in found}


def changed(site: str = "surrey", **changes: Any) -> set[tuple[str, tuple[tuple[str, Any], ...]]]:
    found = smallest_changes(CRITERIA, facts(**changes), site)
    return {(change.outcome, change.answers) for change in found}


def test_nothing_is_open_when_all_is_said() -> None:
    assert opened() == {}


def test_danger_is_never_open() -> None:
    assert opened(danger_now=None, carried_on=None) == {}


def test_skipped_health_opens_a_tier_and_its_signposts() -> None:
    opening = opened(health=None)["health"]
    assert opening == Opening(
        "health",
        ("specialist",),
        ("directory_targeted", "direct_payments_info", "parent_carer_assessment",
         "social_care_assessment", "continuing_care"),
    )  # fmt: skip


def test_skipped_clubs_open_both_tiers_next_to_a_strain() -> None:
    assert opened(clubs=None)["clubs"].tiers == ("targeted",)
    assert opened(clubs=None, family=["no_backup"])["clubs"].tiers == ("targeted", "specialist")
    assert opened(clubs=None, health="nursing") == {}


def test_skipped_age_opens_each_year_and_adult_services() -> None:
    opening = opened(age=None)["age"]
    assert opening == Opening("age", (), ("early_years",), adult=True)
    opening = opened(age=None, free_school_meals=True, clubs="needs_support")["age"]
    assert opening.signposts == ("early_years", "haf", "transition_assessment")
    assert opening.adult
    assert opened("herefordshire", lives_in="herefordshire", age=None,
                  evidence=["ehcp_tariff_d_or_above"])["age"].tiers == ("targeted",)  # fmt: skip


def test_adult_services_are_open_only_to_a_child() -> None:
    assert opened(age=None, lives_in="other") == {}
    assert opened(age=18, health=None) == {}


def test_skipped_home_opens_other_councils_signposts() -> None:
    opening = opened(lives_in=None, health="nursing")["lives_in"]
    assert opening.tiers == ()
    assert opening.signposts == ("tsb_allowance", "early_help")


def test_skipped_ticks_are_tried_one_by_one() -> None:
    assert opened(family=None)["family"].signposts == (
        "parent_carer_assessment", "young_carer_assessment", "sibling_support",
    )  # fmt: skip
    assert opened(wants=None)["wants"].signposts == ("social_care_assessment",)
    assert opened(wants=None, has_social_worker=True) == {}


def test_skipped_diagnosis_hides_nothing_from_surrey() -> None:
    assert opened(diagnosis=None) == {}


def test_shown_signposts_are_not_open() -> None:
    opening = opened(coping=None, health="nursing")["coping"]
    assert opening == Opening("coping", (), ("early_help", "urgent_front_door"))


def test_several_are_named_in_the_order_of_the_questions() -> None:
    keys = [key.name for key in CRITERIA.keys.asked if key.name in {"clubs", "health", "coping"}]
    assert [*opened(clubs=None, health=None, coping=None)] == keys


def test_other_skipped_questions_stay_as_they_are_read() -> None:
    both = opened(clubs=None, family=None)
    assert both["clubs"].tiers == ("targeted",)
    assert both["family"].tiers == ()


def left_open_without(folder: Path, code: str, **changes: Any) -> tuple[Opening, ...]:
    """What is open, were a signpost not one that is never lost."""
    criteria = altered(folder, "facts.toml", "", f'  "{code}",\n', "")
    return left_open(criteria, read_facts(criteria, SAID | changes), "surrey")


def test_tier_or_adult_services_alone_are_open_too(tmp_path: Path) -> None:
    found = left_open_without(
        tmp_path, "directory_targeted", help_vs_same_age=None, has_social_worker=True
    )
    assert found == (Opening("help_vs_same_age", ("targeted",), ()),)
    assert left_open_without(tmp_path, "early_years", age=None) == (
        Opening("age", (), (), adult=True),
    )


@pytest.mark.parametrize(
    ("outcome", "above"),
    [
        ("universal", ("targeted", "specialist")),
        ("targeted", ("specialist",)),
        ("specialist", ()),
        ("adult", ()),
        ("safety_exit", ()),
        ("out_of_area", ()),
    ],
)
def test_tiers_above(outcome: str, above: tuple[str, ...]) -> None:
    assert tiers_above(outcome) == above


def test_single_answers() -> None:
    assert [*single_answers(CRITERIA.keys["age"])] == [*range(18)]
    assert [*single_answers(CRITERIA.keys["coping"])] == ["ok", "hard", "cannot_carry_on"]
    assert [*single_answers(CRITERIA.keys["has_social_worker"])] == [False, True]
    wants = CRITERIA.keys["wants"]
    assert [*single_answers(wants)] == [frozenset({code}) for code in wants.codes]


def test_one_answer_leads_up() -> None:
    found = changed(has_social_worker=True)
    assert {outcome for outcome, _ in found} == {"targeted", "specialist"}
    assert ("targeted", (("clubs", "needs_support"),)) in found
    assert ("targeted", (("help_vs_same_age", "lot_more"),)) in found
    assert ("targeted", (("nights", "most_nights"),)) in found
    assert ("specialist", (("health", "nursing"),)) in found
    assert ("specialist", (("coping", "cannot_carry_on"),)) in found


def test_only_the_nearest_answer_is_named() -> None:
    found = changed()
    assert ("targeted", (("clubs", "cannot_yet"),)) not in found
    assert ("targeted", (("help_vs_same_age", "all_the_time"),)) not in found


def test_one_answer_leads_down() -> None:
    assert changed(clubs="cannot_yet") >= {("universal", (("clubs", "small_changes"),))}
    assert ("universal", (("clubs", "joins_in"),)) not in changed(clubs="cannot_yet")
    assert ("targeted", (("health", "routine"),)) not in changed(health="nursing")
    assert ("universal", (("health", "routine"),)) in changed(health="nursing")


def test_one_tick_more_or_less() -> None:
    strain = {"help_vs_same_age": "bit_more"}
    found = changed(**strain)
    assert ("targeted", (("family", frozenset({"no_backup"})),)) in found
    assert ("universal", (("family", frozenset()),)) in changed(family=["no_backup"], **strain)
    assert ("targeted", (("evidence", frozenset({"pip"})),)) in changed(clubs="small_changes")
    papers = changed(clubs="small_changes", evidence=["dla_low"])
    assert ("targeted", (("evidence", frozenset({"pip", "dla_low"})),)) in papers


def test_two_answers_where_one_is_not_enough() -> None:
    found = changed(
        help_vs_same_age="all_the_time",
        nights="most_nights",
        has_social_worker=True,
        clubs="cannot_yet",
    )
    assert {outcome for outcome, _ in found} == {"targeted"}
    assert all(len(answers) == 2 for _, answers in found)
    near = (("help_vs_same_age", "lot_more"), ("nights", "some_nights"))
    assert ("targeted", near) in found
    farther = (("help_vs_same_age", "lot_more"), ("nights", "settled"))
    assert ("targeted", farther) not in found
    assert ("targeted", (("help_vs_same_age", "same"), ("nights", "settled"))) not in found


def test_who_and_where_and_age_are_not_changed() -> None:
    keys = {key for _, answers in changed() for key, _ in answers}
    assert not keys & {"danger_now", "carried_on", "who", "lives_in", "age"}


def test_another_home_is_no_change() -> None:
    """Though Herefordshire's rule would lead to another tier."""
    found = changed(evidence=["ehcp_tariff_d_or_above"])
    assert not any(key == "lives_in" for _, answers in found for key, _ in answers)
    assert found


@pytest.mark.parametrize(
    "changes", [{"age": 18}, {"lives_in": "wales"}, {"danger_now": "yes"}, {"lives_in": "other"}]
)
def test_no_change_for_what_is_no_tier(changes: dict[str, Any]) -> None:
    assert smallest_changes(CRITERIA, facts(**changes), "surrey") == ()


def test_changes_are_in_the_order_of_tiers() -> None:
    found = smallest_changes(CRITERIA, facts(clubs="needs_support"), "surrey")
    outcomes = [change.outcome for change in found]
    assert outcomes == sorted(outcomes, key=["universal", "specialist"].index)
    assert isinstance(found[0], Change)
