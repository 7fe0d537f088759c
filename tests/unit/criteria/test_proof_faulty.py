"""Every kind of faulty rule is caught, with a counter-example that a person can read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.council import Council, load_council
from app.criteria.answers import left_open
from app.criteria.criteria import Criteria
from app.criteria.facts import Facts
from app.criteria.load import load_criteria
from app.criteria.proof import compare, openings, words
from app.criteria.proof.counter import CounterExample
from app.criteria.proof.promises import has_one_outcome
from app.criteria.proof.prove import NotKeptError, check, prove, refuse
from app.criteria.proof.steps import keeps_rights_when_skipped
from app.criteria.proof.words import can_ask, find_forbidden, find_gaps
from app.criteria.proof.worlds import Walk, find_worlds, walk
from app.criteria.rules import Evaluation, evaluate
from tests.unit.criteria.altered import altered

R, S = "rules.toml", "signposts.toml"
DAY = date(2026, 12, 1)
Fault = tuple[str, str, str, str, str, list[str]]
"""A council, a file, a table, the words taken out, those put in, and what is then said."""

STRAIN = 'when = "family has brothers_sisters_missing_out"'
FAULTS: dict[str, Fault] = {
    "danger is not first": (
        "surrey",
        R,
        "T-01",
        "step = 1",
        "step = 6",
        [
            "Not kept: Two rules of one step",
            "T-01 (safety_exit, england) and T-16 (universal",
            "danger_now",
        ],
    ),
    "danger is not first, after all else": (
        "surrey",
        R,
        "T-01",
        "step = 1",
        "step = 7",
        ["Not kept: Danger comes before all", "yet the outcome is universal", "danger_now   yes"],
    ),
    "who carries on is kept on the safety page": (
        "surrey",
        R,
        "T-01",
        " and carried_on = false",
        "",
        ["Not kept: Danger comes before all", "has carried on", '"carried_on": true'],
    ),
    "the safety block goes on one outcome": (
        "surrey",
        S,
        "S-02",
        '"universal", ',
        "",
        ["Not kept: Whoever is in danger", "safeguarding_999 is not shown", '"carried_on": true'],
    ),
    "the safety block is not first on the page": (
        "surrey",
        "steps.toml",
        "safeguarding_999",
        "rank = 10",
        "rank = 999",
        ["Not kept: Whoever is in danger", "before safeguarding_999"],
    ),
    "steps in the wrong order": (
        "surrey",
        R,
        "T-14",
        "step = 5",
        "step = 3",
        ["Two rules of one step", "T-04 (adult, england) and T-14 (targeted, england)"],
    ),
    "steps in the wrong order, each of its own": (
        "surrey",
        R,
        "T-02",
        "step = 2",
        "step = 1",
        ["rules of one step"],
    ),
    "disagreeing rules of one step": (
        "surrey",
        R,
        "T-12",
        '"targeted"',
        '"specialist"',
        [
            "Two rules of one step",
            "T-10 (targeted, england) and T-12 (specialist, england)",
            "both of step 5",
            '"clubs": "cannot_yet"',
        ],
    ),
    "rules of one step name two countries": (
        "surrey",
        R,
        "T-02",
        "lives_in = other",
        "lives_in = other or lives_in = wales",
        ["Two rules of one step", "(out_of_area, england)", "(out_of_area, wales)"],
    ),
    "Wales has the law of England": (
        "surrey",
        R,
        "T-03",
        'country = "wales"',
        'country = "england"',
        ["Not kept: A family in Wales", "rights are those of England", "home wales"],
    ),
    "a tier is lowered by coping less well": (
        "surrey",
        R,
        "T-06",
        "coping = cannot_carry_on",
        "coping = hard",
        [
            "Not kept: A step up in one answer never lowers",
            "coping goes from hard to cannot_carry",
            "from specialist to universal",
            "one family   the other",
            "<-",
        ],
    ),
    "a tier is lowered by a strain": (
        "surrey",
        R,
        "T-09",
        "and strain",
        "and family has one_carer and not family has no_backup",
        ["never lowers", "When no_backup is ticked too (family)"],
    ),
    "a tier is lowered by papers": (
        "surrey",
        R,
        "T-11",
        "help_vs_same_age >= lot_more",
        "help_vs_same_age >= lot_more and not evidence has pip",
        ["never lowers", "When pip is ticked too (evidence)", "from targeted to universal"],
    ),
    "a route is lost by a step up": (
        "surrey",
        S,
        "S-10",
        '"targeted", "specialist"',
        '"targeted"',
        [
            "Not kept: A step up in one answer never takes",
            "early_help goes",
            "early_help",
            "shown",
            "not shown",
        ],
    ),
    "money is lost by a step up": (
        "herefordshire",
        S,
        "S-09",
        '"targeted", "specialist"',
        '"targeted"',
        ["never takes", "tsb_allowance goes", "targeted", "specialist"],
    ),
    "a route is lost by a strain": (
        "surrey",
        S,
        "S-23",
        STRAIN,
        STRAIN[:-1] + ' and not family has no_backup"',
        ["never takes", "When no_backup is ticked too (family), sibling_support goes"],
    ),
    "a route is lost by papers": (
        "surrey",
        S,
        "S-28",
        "free_school_meals = true or",
        "free_school_meals = true and not plan or",
        ["never takes", "(evidence), haf goes", '"free_school_meals": true'],
    ),
    "a route is lost when a wish lifts the tier": (
        "surrey",
        S,
        "S-24",
        'on = ["targeted", "specialist"]',
        'on = ["targeted"]',
        ["never takes", "transition_assessment goes"],
    ),
    "a wish takes a route away": (
        "surrey",
        S,
        "S-25",
        "age <= 4",
        "age <= 4 and not wants has overnight",
        ["never takes", "When overnight is ticked too (wants), early_years goes"],
    ),
    "urgent help is missing on one outcome": (
        "surrey",
        S,
        "S-03",
        '"out_of_area", ',
        "",
        [
            "Not kept: Who cannot carry on",
            "The outcome is out_of_area",
            "urgent_front_door is not",
            '"coping": "cannot_carry_on"',
        ],
    ),
    "urgent help is missing for adults": (
        "surrey",
        S,
        "S-03",
        '"adult", ',
        "",
        ["Who cannot carry on", "The outcome is adult", '"age": 18'],
    ),
    "the rights box is missing on one outcome": (
        "surrey",
        S,
        "S-01",
        '"adult", ',
        "",
        ["Not kept: Every result has the rights box", "The outcome is adult", "rights_box is not"],
    ),
    "SENDIASS hangs on an answer": (
        "surrey",
        S,
        "S-01",
        'when = "always"',
        'when = "not who = professional"',
        ["Every result has the rights box", '"who": "professional"'],
    ),
    "a skipped question needs two ticks together": (
        "surrey",
        R,
        "T-13",
        "accepted and",
        "evidence has dla_high and evidence has ehcp and",
        [
            "Not kept: What a skipped question leaves open",
            "The outcome targeted needs",
            "dla_high, ehcp together (evidence); none alone",
        ],
    ),
    "a skipped question hides a route": (
        "surrey",
        S,
        "S-22",
        "family has child_helps_care",
        "family has child_helps_care and family has one_carer",
        ["leaves open", "young_carer_assessment needs child_helps_care, one_carer together"],
    ),
    "a phrase that no page may say": (
        "surrey",
        "steps.toml",
        "direct_payments_info",
        "Families may be able to get it",
        "Families are not eligible for it",
        ["Not kept: No words say or mean", "steps.toml: direct_payments_info says “not eligible”"],
    ),
    "a promise that nobody can keep": (
        "surrey",
        R,
        "T-10",
        "or cannot go yet",
        "so you will get help",
        ["rules.toml: T-10 says “you will get”"],
    ),
    "words that turn away": (
        "surrey",
        "outcomes.toml",
        "universal",
        "Everyday clubs may suit you",
        "You can’t ask for more than everyday clubs",
        ["outcomes.toml: universal says “can't ask”"],
    ),
    "the rights box does not say how to ask": (
        "surrey",
        "rights.toml",
        "",
        "look at",
        "think of",
        ["Every result has the rights box", "England (adult) does not say how to ask for an"],
    ),
}


def broken(criteria: Criteria, council: str) -> str:
    """The first broken promise of one council, in words; every home, no drawn families."""
    try:
        refuse([*find_forbidden(criteria), *can_ask(criteria)])
        for world in find_worlds(criteria, [council], DAY):
            check(walk(criteria, world))
    except NotKeptError as error:
        return str(error)
    return "every promise is kept"


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_caught(tmp_path: Path, name: str) -> None:
    council, file, table, old, new, says = FAULTS[name]
    found = broken(altered(tmp_path, file, table, old, new), council)
    assert found.startswith("Not kept: ")
    assert [words for words in says if words not in found] == [], found


def test_two_families_stand_side_by_side(tmp_path: Path) -> None:
    criteria = altered(tmp_path, R, "T-06", "coping = cannot_carry_on", "coping = hard")
    text = broken(criteria, "surrey")
    assert text.startswith(SIDE_BY_SIDE)
    assert "  direct_payments_info     shown        not shown         <-\n" in text
    one, other = (json.loads(line) for line in text.splitlines()[-2:])
    assert [name for name in one if one[name] != other[name]] == ["coping"]


SIDE_BY_SIDE = """\
Not kept: A step up in one answer never lowers the tier.
  When coping goes from hard to cannot_carry_on, the outcome goes from specialist to universal.
  Found under the rules of: Surrey, home surrey or unsure, 2026-12-01

                           one family   the other
  on                       2026-12-01   2026-12-01
  lives_in                 surrey       surrey
  coping                   hard         cannot_carry_on   <-
  outcome                  specialist   universal         <-
"""
IDLE = {
    "T-11": (R, "help_vs_same_age >= lot_more", "help_vs_same_age >= lot_more and health = nursing",
             "an earlier step has decided (here specialist)"),
    "S-21": (S, '["universal", "targeted", "specialist"]', '["universal"]',
             "the outcome is never one of universal"),
    "S-22": (S, "family has", "council = devon and lives_in = surrey and family has",
             "no family of any council can make"),
}  # fmt: skip


@pytest.mark.parametrize("rule", IDLE)
def test_rule_that_never_fires(tmp_path: Path, rule: str) -> None:
    file, old, new, says = IDLE[rule]
    criteria = altered(tmp_path, file, rule, old, new)
    with pytest.raises(NotKeptError) as caught:
        prove(criteria, ["surrey"], samples=0)
    assert f"{rule} never fires" in str(caught.value)
    assert says in str(caught.value)


def test_fault_that_begins_on_a_later_day(tmp_path: Path) -> None:
    """The old rule ends, its successor is wrong: the day is named."""
    criteria = altered(tmp_path, R, "T-04", "from = 2026-04-01", LATER)
    with pytest.raises(NotKeptError, match=r"T-04 .*targeted.*T-05 .*specialist") as caught:
        prove(criteria, ["devon"], samples=0)
    assert "2027-09-01" in str(caught.value)


LATER = """from = 2026-04-01
until = 2027-08-31

[[rules]]
id = "T-04"
step = 4
outcome = "targeted"
when = "age >= 18"
because = "Too late."
basis = "published"
sources = ["D2"]
from = 2027-09-01
"""


def surrey() -> Walk:
    criteria = load_criteria()
    return walk(criteria, find_worlds(criteria, ["surrey"], DAY)[0])


def test_no_rule_for_everyone() -> None:
    """Start-up refuses this as well; the proof does not lean on that."""
    criteria = load_criteria()
    criteria = replace(criteria, rules=criteria.rules[:-1])
    found = [*has_one_outcome(walk(criteria, find_worlds(criteria, ["surrey"], DAY)[0]))]
    assert "gets no outcome" in str(found[0])
    assert "outcome    none" in str(found[0])


def test_right_that_hangs_on_an_answer(tmp_path: Path) -> None:
    criteria = altered(tmp_path, S, "S-01", '"always"', '"diagnosis = yes"')
    found = [*keeps_rights_when_skipped(walk(criteria, find_worlds(criteria, ["devon"], DAY)[0]))]
    assert "When diagnosis is skipped, rights_box goes." in str(found[0])


def test_signpost_without_contact_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(code: str) -> Council:
        council = load_council(code)
        served = dict(council.national.elsewhere["wales"])
        del served["sendiass"]
        elsewhere = {**council.national.elsewhere, "wales": served}
        national = msgspec.structs.replace(council.national, elsewhere=elsewhere)
        return msgspec.structs.replace(council, national=national)

    monkeypatch.setattr("app.criteria.contacts.load_council", load)
    with pytest.raises(NotKeptError) as caught:
        prove(load_criteria(), ["surrey"], samples=0)
    assert "signpost sendiass has no contact, and nothing stands in" in str(caught.value)
    assert "surrey, home wales, 2026-04-01" in str(caught.value)


def test_contact_without_source(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(code: str) -> Council:
        council = load_council(code)
        contacts = tuple(
            msgspec.structs.replace(contact, source=None) for contact in council.contacts
        )
        return msgspec.structs.replace(council, contacts=contacts)

    monkeypatch.setattr("app.criteria.contacts.load_council", load)
    found = [str(found) for found in find_gaps(surrey(), DAY) if isinstance(found, CounterExample)]
    assert "The signpost safeguarding_front_door: it is not said where 'front_door'" in found[0]


def test_site_that_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(criteria: Criteria, facts: Facts, site: str) -> Evaluation:
        found = evaluate(criteria, facts, site)
        return replace(found, outcome="universal") if found.outcome == "targeted" else found

    monkeypatch.setattr(compare, "evaluate", wrong)
    with pytest.raises(NotKeptError, match=r"The site says universal .*; the proof targeted"):
        prove(load_criteria(), ["surrey"], samples=200)


def test_page_that_names_too_little(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(criteria: Criteria, facts: Facts, site: str) -> tuple[object, ...]:
        return left_open(criteria, facts, site)[1:]

    monkeypatch.setattr(openings, "left_open", wrong)
    with pytest.raises(NotKeptError, match=r"The page names .*; answers could bring .*: "):
        prove(load_criteria(), ["surrey"], samples=200)


@pytest.mark.parametrize(
    "said",
    [
        "You are not eligible.", "Your child does not qualify.", "You are entitled to this.",
        "You will get this.", "You have no rights here.", "You cannot ask.", "You can’t apply yet.",
        "You may not ask for more.", "You were turned down.", "Your child is not disabled enough.",
        "We cannot help you.", "This is not for your child.", "You do not need an assessment.",
        "There is nothing for you here.", "We guarantee a place.", "Families will be offered one.",
        "Your child is too young.", "You are ineligible.",
    ],
)  # fmt: skip
def test_words_that_turn_away(said: str) -> None:
    assert any(form.search(said.replace("’", "'")) for form in words.NEVER_SAID)


@pytest.mark.parametrize(
    "said",
    [
        "You may be able to get it.", "No child is too young to ask.", "I cannot carry on.",
        "They may not charge you for the changes.", "You do not need a diagnosis.",
        "You can still ask if this does not fit.", "Your rights are the same in England.",
    ],
)  # fmt: skip
def test_words_that_do_not(said: str) -> None:
    assert not any(form.search(said) for form in words.NEVER_SAID)
