"""Every worked case has exactly its outcome, deciding rules and signposts."""

from __future__ import annotations

import pytest

from app.criteria.load import load_criteria
from tests.unit.criteria.worked import EVERY_RESULT, boundary_cases, domain_cases


def test_boundary_cases() -> None:
    criteria = load_criteria()
    assert [fault for case in boundary_cases() if (fault := case.fault(criteria))] == []


def test_every_rule_decides_or_adds_in_some_case() -> None:
    criteria, cases = load_criteria(), boundary_cases()
    rules = {rule.id for rule in (*criteria.rules, *criteria.signposts)} - {EVERY_RESULT}
    assert rules == {name for case in cases for name in case.rules or ()}


def test_domain_cases() -> None:
    if not (cases := domain_cases()):
        pytest.skip("no folder of worked cases beside the project")
    criteria = load_criteria()
    assert [fault for case in cases if (fault := case.fault(criteria))] == []
