"""Small faults in rules and engine are caught: by a worked case, a unit test or the proof."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from app.criteria.conditions import read_condition
from app.criteria.load import load_criteria
from tests.mutants.catch import score_rules
from tests.mutants.of_engine import engine_mutants
from tests.mutants.of_rules import changes, rule_mutants, said
from tests.mutants.run_engine import known_equivalents
from tests.mutants.score import SURVIVED


def test_faults_of_a_condition() -> None:
    """Each part dropped or turned, each bound moved by one."""
    keys = load_criteria().keys
    found = {said(wrong) for wrong in changes(keys, read_condition("age >= 4 and strain", keys))}
    strain = "family in " + "|".join(sorted(keys.groups["strain"].codes))
    assert {
        strain,
        "4 <= age <= 25",
        f"(4 <= age <= 25 or {strain})",
        f"(not (4 <= age <= 25) and {strain})",
        f"(3 <= age <= 25 and {strain})",
        f"(5 <= age <= 25 and {strain})",
    } <= found
    assert any("child_helps_care" in name for name in found)


def test_every_rule_has_faults() -> None:
    criteria = load_criteria()
    rules = {mutant.old.id for mutant in rule_mutants(criteria)}
    assert rules == {rule.id for rule in (*criteria.rules, *criteria.signposts)}


def test_some_faulty_rules_are_caught() -> None:
    score = score_rules(load_criteria(), slice(None, None, 40))
    assert score.fates[SURVIVED] == 0, score.survivors


def test_known_equivalents_are_faults_that_are_made() -> None:
    """A line that has changed is to be looked at again."""
    assert known_equivalents() - {mutant.name for mutant in engine_mutants()} == set()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["rules", "engine"])
def test_every_fault_is_caught(kind: str, record_property: Callable[[str, object], None]) -> None:
    """In a process of its own: faults of the engine are tried in forks of it."""
    settings = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "tests.mutants", kind]
    done = subprocess.run(command, capture_output=True, text=True, env=settings, check=False)
    record_property("for_people", "\n".join(done.stdout.splitlines()[:6]))
    assert done.returncode == 0, done.stdout + done.stderr
