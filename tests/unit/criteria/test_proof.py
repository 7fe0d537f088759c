"""The proof of the rules as they are, and what it says of itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from app.criteria.conditions import Always, Condition, read_condition
from app.criteria.facts import read_facts
from app.criteria.load import load_criteria
from app.criteria.proof.arrays import NEVER, make_grid, settle, simplest
from app.criteria.proof.prove import PROMISES, SAMPLES, count_work, prove
from app.criteria.proof.worlds import find_worlds, walk
from app.criteria.records import OUTCOMES
from app.criteria.rules import evaluate
from tests.unit.criteria.altered import altered

FEW = 3_000


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """The report of a proof with few drawn families, and a count of its progress."""
    done: list[int] = []
    criteria = load_criteria()
    report = prove(criteria, samples=FEW, advance=done.append)
    assert sum(done) == count_work(criteria, FEW)
    return "\n".join(report.lines()).splitlines()


def test_every_promise_is_kept(lines: list[str]) -> None:
    assert lines[0] == "Every promise is kept:"
    assert lines[1 : 1 + len(PROMISES)] == [f"  {promise}" for promise in PROMISES]
    assert any(f"the same of {FEW:,} drawn families" in line for line in lines)


def test_report_names_worlds_and_days(lines: list[str]) -> None:
    text = "\n".join(lines)
    for council in ("Devon", "Surrey", "Herefordshire"):
        for home in (f"{council.lower()} or unsure", "other", "wales"):
            assert f"  {council}, home {home}, from 2026-04-01 " in text
    assert "Days on which rules or contacts change: 2026-04-01, 2027-04-01" in text


def test_report_names_what_is_proved_apart(lines: list[str]) -> None:
    assert "  free_school_meals: read only for haf" in lines
    assert "  has_social_worker, who: read only for tell_social_worker" in lines
    heading = "Joined, since the outcome hangs on them; walked with every signpost:"
    joined = lines[lines.index(heading) + 1]
    assert joined.startswith("  danger_now, carried_on, lives_in, age, help_vs_same_age, clubs")
    assert not any(line.startswith("Left out") for line in lines)


def test_report_lists_every_gap(lines: list[str]) -> None:
    devon = lines.index("  Devon County Council")
    assert "    mental_health_support: NHS 111" in "\n".join(lines[devon:])
    assert any("tsb_allowance" in line and line.endswith("never shown here") for line in lines)


def test_unread_question_is_named(tmp_path: Path) -> None:
    criteria = altered(tmp_path, "signposts.toml", "S-28", "free_school_meals = true or", "")
    report = prove(criteria, ["devon"], samples=0)
    assert "Left out, since no rule reads them: free_school_meals" in list(report.lines())


@pytest.mark.slow
def test_site_and_proof_agree_on_every_drawn_family() -> None:
    assert prove(load_criteria()).compared == SAMPLES == 100_000


def test_walk_looks_at_every_combination() -> None:
    """Each place of the arrays of a small world is what its simplest family is told."""
    criteria = load_criteria()
    world = next(
        world
        for world in find_worlds(criteria, ["devon"], date(2026, 12, 1))
        if world.homes == ("wales",)
    )
    walked = walk(criteria, world)
    for code, sheet in walked.signposts.items():
        for index in np.ndindex(sheet.grid.shape):
            facts = read_facts(criteria, walked.facts_at(sheet.grid.answers_at(index)))
            found = evaluate(criteria, facts, "devon")
            assert found.outcome == OUTCOMES[sheet.decided[index]]
            assert (code in found.added) == sheet.held[index]


def condition(text: str) -> Condition:
    return read_condition(text, load_criteria().keys)


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("council = devon", Always()),
        ("council = surrey", NEVER),
        ("not council = surrey", Always()),
        ("not council = devon", NEVER),
        ("council = devon and age >= 4", "age >= 4"),
        ("council = surrey and age >= 4", NEVER),
        ("council = devon or age >= 4", Always()),
        ("council = surrey or age >= 4", "age >= 4"),
        ("council = surrey or lives_in = wales", NEVER),
        ("council = devon and lives_in = devon", Always()),
        ("age >= 4 and (council = devon or strain) and coping = ok", "age >= 4 and coping = ok"),
        ("strong >= 2", "strong >= 2"),
    ],
)
def test_settled_conditions(text: str, settled: object) -> None:
    fixed = {"council": "devon", "lives_in": "devon"}
    wanted = condition(settled) if isinstance(settled, str) else settled
    assert settle(condition(text), fixed) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "always",
        "not age >= 4",
        "strong >= 2",
        "strong >= 1 and strain",
        "age >= 4 and age <= 17 or clubs >= small_changes and not coping = hard",
        "wants has overnight or evidence has none or accepted",
    ],
)
def test_arrays_hold_what_conditions_hold(text: str) -> None:
    read = condition(text)
    grid = make_grid(load_criteria().keys, [read])
    laid = np.broadcast_to(grid.lay(read), grid.shape)
    for index in np.ndindex(grid.shape):
        answers = grid.answers_at(index)
        assert laid[index] == read.holds(answers)
        assert grid.index_of(answers) == index


def test_simplest_place_has_the_fewest_answers() -> None:
    bad = np.zeros((3, 2, 4), bool)
    assert simplest(bad) is None
    bad[1, 1, 3] = bad[2, 0, 1] = bad[0, 0, 3] = True
    assert simplest(bad) == (0, 0, 3)
    bad[0, 0, 0] = True
    assert simplest(bad) == (0, 0, 0)
