"""The result in words: whose rules, what would change it, whom to ring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.council import load_council
from app.criteria.facts import read_facts
from app.criteria.load import load_criteria
from app.selfcheck.result import ResultPage, result_view
from app.site import Site, current_site

CALM = {
    "lives_in": "devon",
    "age": 9,
    "who": "parent_carer",
    "needs": ["autism"],
    "diagnosis": "yes",
    "help_vs_same_age": "bit_more",
    "clubs": "joins_in",
    "nights": "settled",
    "safety_behaviour": "none",
    "health": "none",
    "family": [],
    "coping": "ok",
    "wants": ["things_to_do"],
    "evidence": ["none"],
    "has_social_worker": False,
    "free_school_meals": False,
    "danger_now": "no",
}
"""Every question answered; a few needs, and all is well."""


@pytest.fixture
def request_site(app: Flask) -> Iterator[Site]:
    """The site of Devon, inside a request: sentences have a language only there."""
    with app.test_request_context():
        yield current_site()


def view(site: Site, *left_out: str, **facts: Any) -> ResultPage:
    """The result of the calm answers with some changed and some left out."""
    given = {key: said for key, said in {**CALM, **facts}.items() if key not in left_out}
    return result_view(site, read_facts(load_criteria(), given))


def on_site(site: Site, council: str) -> Site:
    return replace(site, council=load_council(council))


def words(page: ResultPage, code: str) -> str:
    """All that one signpost says."""
    places = (page.safety, page.steps, page.notes, page.rights)
    (step,) = [step for steps in places for step in steps if step.code == code]
    return " ".join((*step.lines, step.gap))


def test_gaps_in_sentences_are_filled(request_site: Site) -> None:
    page = view(request_site, clubs="needs_support")
    assert page.lines[0].endswith("Here is how it works in Devon.")


def test_who_does_not_know_where_home_is_reads_whose_rules_were_used(request_site: Site) -> None:
    note = "We used Devon’s rules. If you live elsewhere, your own council’s rules count."
    assert view(request_site, lives_in="unsure").place_notes == (note,)
    assert view(request_site, "lives_in").place_notes == (note,)
    assert not view(request_site).place_notes


def test_a_family_of_another_of_our_councils_has_its_rules_and_no_listings_of_here(
    request_site: Site,
) -> None:
    page = view(request_site, lives_in="herefordshire", clubs="needs_support")
    assert "Herefordshire Council" in page.place_notes[0]
    assert "Devon, so we show none" in page.place_notes[0]
    assert "tsb_allowance" in page.evaluation.signposts
    assert page.bridge is None
    assert not any(step.has_list for step in page.steps)


@pytest.mark.parametrize(
    ("day", "district", "said"),
    [
        ("2027-03-31", "guildford", "West Surrey will take over from Surrey County Council"),
        ("2027-03-31", None, "East Surrey and West Surrey will take over"),
        ("2027-04-01", "guildford", "West Surrey took over from Surrey County Council. We do not"),
        ("2027-04-01", "tandridge", "East Surrey took over"),
    ],
)
def test_a_change_of_councils_is_said_on_both_sides_of_the_day(
    request_site: Site, day: str, district: str | None, said: str
) -> None:
    site = on_site(request_site, "surrey")
    (note,) = view(site, lives_in="surrey", on=day, district=district).place_notes
    assert said in note
    assert "1\xa0April\xa02027" in note


def test_a_contact_nobody_published_is_said_and_none_is_made_up(request_site: Site) -> None:
    page = view(request_site, coping="hard", health="routine")
    said = words(page, "parent_carer_assessment")
    assert "Devon County Council has not published a contact for this. You can ring:" in said


def test_whom_everybody_can_ring_is_no_gap_of_the_council(request_site: Site) -> None:
    page = view(request_site, danger_now="yes", carried_on=True)
    assert [step.code for step in page.safety] == ["safeguarding_999", "safeguarding_front_door"]
    assert "not published" not in words(page, "safeguarding_999")


def test_a_family_with_a_social_worker_may_not_reach_them(request_site: Site) -> None:
    page = view(request_site, has_social_worker=True)
    assert "If you cannot reach them, you can ring:" in words(page, "tell_social_worker")


def test_who_cannot_carry_on_has_emergency_numbers_beside_the_front_door(
    request_site: Site,
) -> None:
    page = view(request_site, coping="cannot_carry_on")
    first = page.steps[0]
    assert first.code == "urgent_front_door"
    assert [contact.phone for contact in first.also] == ["999", "111"]


def test_other_answers_are_told_in_their_own_words(request_site: Site) -> None:
    ways = {way.tier: way for way in view(request_site).ways}
    assert set(ways) == {"targeted", "specialist"}
    assert ways["specialist"].words == "After an assessment"
    assert "How you are managing: “I cannot carry on without a break”" in ways["specialist"].changes
    assert "Joining clubs: “Only with a trained person or extra help”" in ways["targeted"].changes


def test_a_tick_more_and_a_tick_less_are_told_apart(request_site: Site) -> None:
    page = view(request_site, wants=["overnight"], nights="some_nights")
    changes = [words for way in page.ways for words in way.changes]
    assert "What would help most: “A night away” not ticked" in changes
    page = view(request_site, clubs="small_changes")
    changes = [words for way in page.ways for words in way.changes]
    assert "Letters, plans and benefits: “EHC plan” ticked too" in changes


def test_answers_of_another_council_are_no_way(request_site: Site) -> None:
    changes = [
        words for way in view(request_site, clubs="small_changes").ways for words in way.changes
    ]
    assert not [words for words in changes if "tariff" in words]


def test_two_changes_together_are_one_sentence(request_site: Site) -> None:
    page = view(request_site, clubs="needs_support", help_vs_same_age="lot_more")
    (way,) = [way for way in page.ways if way.tier == "universal"]
    assert way.changes == (
        "Help compared with others the same age: “A bit more”, "
        "and Joining clubs: “Yes, with small changes”",
    )


def test_what_a_skipped_question_leaves_open_is_named(request_site: Site) -> None:
    page = view(request_site, "age", "nights", "evidence", "has_social_worker", "free_school_meals")
    assert page.skipped_words.endswith("you skipped 3 questions.")
    found = {item.question: item.could_bring for item in page.left_open}
    assert "Adult services from 18" in found["age"]
    assert found["nights"][0] == "Extra help"
    assert found["evidence"] == ("Talk to your social worker",)


def test_a_question_never_asked_was_not_skipped(request_site: Site) -> None:
    page = view(request_site)
    assert (page.skipped_words, page.left_open) == ("", ())


def test_what_hangs_on_a_skipped_question_stands_with_it(request_site: Site) -> None:
    """Whether feelings are the main worry is asked only of who ticked them."""
    found = {item.question: item.could_bring for item in view(request_site, "needs").left_open}
    assert "Get help with mental health" in found["needs"]


def test_rights_are_those_of_the_country_and_the_age(request_site: Site) -> None:
    assert "Children Act 1989" in view(request_site).points[0]
    assert "Care Act 2014" in view(request_site, age=19).points[1]
    welsh = " ".join(view(request_site, lives_in="wales").points)
    assert "Wales" in welsh and "Children Act" not in welsh


def test_the_way_to_complain_is_in_its_own_part(request_site: Site) -> None:
    for facts in ({}, {"age": 20}, {"lives_in": "wales"}):
        page = view(request_site, **facts)
        assert "Ombudsman" in page.to_complain[0]
        assert "Ombudsman" not in " ".join(page.points)


def test_the_front_door_of_a_family_elsewhere_is_its_own(request_site: Site) -> None:
    page = view(request_site, danger_now="yes", lives_in="other")
    assert "your own council" in page.lines[0]
    assert "0345\xa0155\xa01071" in view(request_site, danger_now="yes").lines[0]


def test_an_adult_is_sent_to_no_front_door_for_children(request_site: Site) -> None:
    rights = {part.code: part for part in view(request_site, age=18).rights}["rights_box"]
    assert [contact.code for contact in rights.contacts] == ["adult_social_care"]
