"""What a faulty module is given to: worked cases, then unit tests, then the proof.

Read anew in each process, so that the fault is in all it uses.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from app.criteria.load import load_criteria
from app.criteria.proof.prove import NotKeptError, prove
from tests.unit.criteria.worked import boundary_cases, domain_cases

TESTS: Final = Path(__file__).parents[1] / "unit" / "criteria"
UNIT_TESTS: Final = ("conditions", "facts", "answers", "contacts", "rules", "load")
PLAIN: Final = "-x -q --noconftest -p no:cacheprovider --override-ini=addopts= -m".split()


def cases_fail() -> bool:
    """Whether a family of a worked case is told something else."""
    criteria = load_criteria()
    return any(case.fault(criteria) for case in (*domain_cases(), *boundary_cases()))


def unit_tests_fail() -> bool:
    """Whether a test of the criteria fails."""
    files = [str(TESTS / f"test_{name}.py") for name in UNIT_TESTS]
    return pytest.main([*PLAIN, "not slow", *files]) != pytest.ExitCode.OK


def proof_fails() -> bool:
    """Whether a promise is broken, or some drawn family is told otherwise than proved."""
    try:
        prove(load_criteria(), samples=2_000)
    except NotKeptError:
        return True
    return False
