"""One outcome, its reasons and signposts: by council, day, country and the order of a page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.criteria.facts import read_facts
from app.criteria.load import load_criteria
from app.criteria.rules import (
    Evaluation,
    NoRulesError,
    council_of,
    evaluate,
    outcome_of,
    shown_sources,
)
from tests.unit.criteria.altered import altered

CRITERIA = load_criteria()


def found(site: str = "devon", **raw: Any) -> Evaluation:
    return evaluate(CRITERIA, read_facts(CRITERIA, {"on": "2026-12-01", **raw}), site)


@pytest.mark.parametrize(
    ("home", "council"),
    [
        (None, "surrey"),
        ("unsure", "surrey"),
        ("other", "surrey"),
        ("wales", "surrey"),
        ("surrey", "surrey"),
        ("devon", "devon"),
        ("herefordshire", "herefordshire"),
    ],
)
def test_whose_rules_are_used(home: str | None, council: str) -> None:
    facts = read_facts(CRITERIA, {"lives_in": home})
    assert council_of(CRITERIA, facts, "surrey") == council
    assert found("surrey", lives_in=home).council == council


def test_all_reasons_of_the_deciding_step() -> None:
    result = found(clubs="cannot_yet", nights="most_nights", health="nursing")
    assert [rule.id for rule in result.reasons] == ["T-05", "T-08"]
    assert result.on == date(2026, 12, 1)


def test_signposts_are_in_the_order_of_the_page() -> None:
    result = found(health="nursing", coping="cannot_carry_on", danger_now="yes", carried_on=True)
    order = [*CRITERIA.steps]
    assert [*result.signposts] == sorted(result.signposts, key=order.index)
    assert result.signposts[:3] == (
        "safeguarding_999", "safeguarding_front_door", "urgent_front_door",
    )  # fmt: skip


def test_each_signpost_names_every_rule_that_added_it() -> None:
    result = found(health="nursing", coping="hard", wants=["overnight"])
    assert [rule.id for rule in result.added["social_care_assessment"]] == ["S-13", "S-14"]
    assert [rule.id for rule in result.added["early_help"]] == ["S-10", "S-11"]
    assert [rule.id for rule in result.added["sendiass"]] == ["S-01"]


@pytest.mark.parametrize("danger", ["no", "yes"])
@pytest.mark.parametrize(
    ("home", "country"), [("wales", "wales"), ("other", "england"), ("devon", "england")]
)
def test_country_is_that_of_the_home(danger: str, home: str, country: str) -> None:
    assert found(lives_in=home, danger_now=danger).country == country


def test_country_is_england_when_no_rule_names_another(tmp_path: Path) -> None:
    criteria = altered(tmp_path, "rules.toml", "T-03", 'country = "wales"', 'country = "england"')
    for home in ("wales", "other", "devon"):
        facts = read_facts(criteria, {"lives_in": home, "on": "2026-12-01"})
        assert evaluate(criteria, facts, "devon").country == "england"


def test_outcome_alone_is_the_same() -> None:
    for raw in (
        {},
        {"age": 18},
        {"health": "nursing"},
        {"lives_in": "wales"},
        {"danger_now": "yes"},
    ):
        facts = read_facts(CRITERIA, {"on": "2026-12-01", **raw})
        assert outcome_of(CRITERIA, facts, "devon") == evaluate(CRITERIA, facts, "devon").outcome
    facts = read_facts(CRITERIA, {"age": 7, "evidence": ["ehcp_tariff_d_or_above"]})
    assert outcome_of(CRITERIA, facts, "herefordshire") == "targeted"
    assert outcome_of(CRITERIA, facts, "devon") == "universal"


@pytest.mark.parametrize("day", ["2026-03-31", "1999-01-01"])
def test_day_before_the_first_rules(day: str) -> None:
    facts = read_facts(CRITERIA, {"on": day})
    for ask in (evaluate, outcome_of):
        with pytest.raises(NoRulesError, match=f"there are no rules for {day}: .* 2026-04-01"):
            ask(CRITERIA, facts, "devon")
    assert found(on="2026-04-01").outcome == "universal"


CHANGED = """from = 2026-04-01
until = 2027-03-31

[[rules]]
id = "T-11"
step = 5
outcome = "targeted"
when = "help_vs_same_age >= bit_more"
because = "Newer."
basis = "derived"
sources = ["HA2"]
from = 2027-04-01
"""


def test_rules_hold_from_their_first_day_to_their_last(tmp_path: Path) -> None:
    criteria = altered(tmp_path, "rules.toml", "T-11", "from = 2026-04-01", CHANGED)
    assert criteria.changes() == (date(2026, 4, 1), date(2027, 4, 1))
    for day, outcome in (("2027-03-31", "universal"), ("2027-04-01", "targeted")):
        facts = read_facts(criteria, {"help_vs_same_age": "bit_more", "on": day})
        assert evaluate(criteria, facts, "devon").outcome == outcome


def test_sources_of_the_family_s_council_or_the_law_come_first() -> None:
    rule = next(rule for rule in CRITERIA.rules if rule.id == "T-01")
    for council in ("devon", "surrey", "herefordshire"):
        shown = shown_sources(CRITERIA, rule, council)
        assert {source.council for source in shown} == {council}
    law = next(rule for rule in CRITERIA.rules if rule.id == "T-03")
    assert all(source.council is None for source in shown_sources(CRITERIA, law, "devon"))


def test_other_councils_sources_when_there_is_none_nearer() -> None:
    rule = next(rule for rule in CRITERIA.signposts if rule.id == "S-11")
    assert {source.council for source in shown_sources(CRITERIA, rule, "surrey")} == {"devon"}
