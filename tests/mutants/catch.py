"""Who catches a faulty rule: a worked case, or the proof; else whether it changes anything."""

from __future__ import annotations

from collections.abc import Sequence

from app.criteria.criteria import Criteria
from app.criteria.facts import Facts, read_facts
from app.criteria.proof.prove import NotKeptError, prove
from app.criteria.rules import NoRulesError, evaluate
from tests.mutants.of_rules import Mutant, rule_mutants
from tests.mutants.same import is_equivalent
from tests.mutants.score import EQUIVALENT, SURVIVED, Score
from tests.unit.criteria.worked import DAY, Case, boundary_cases, domain_cases

Read = Sequence[tuple[Case, Facts]]


def score_rules(criteria: Criteria, part: slice = slice(None)) -> Score:
    """The fate of every faulty rule, or of some."""
    score = Score("Rules")
    domain, boundary = (_read(criteria, cases()) for cases in (domain_cases, boundary_cases))
    for mutant in [*rule_mutants(criteria)][part]:
        score.add(mutant.name, _fate(criteria, mutant, domain, boundary))
    return score


def _read(criteria: Criteria, cases: list[Case]) -> Read:
    return [(case, read_facts(criteria, {"on": DAY, **case.facts})) for case in cases]


def _fate(criteria: Criteria, mutant: Mutant, domain: Read, boundary: Read) -> str:
    if _fails(mutant.criteria, domain):
        return "a worked case of the domain"
    if _fails(mutant.criteria, boundary):
        return "a boundary case"
    if is_equivalent(criteria, mutant):
        return EQUIVALENT
    try:
        prove(mutant.criteria, samples=0)
    except NotKeptError:
        return "the proof"
    return SURVIVED


def _fails(criteria: Criteria, cases: Read) -> bool:
    try:
        return any(case.differs(evaluate(criteria, facts, case.site)) for case, facts in cases)
    except NoRulesError:
        return True
