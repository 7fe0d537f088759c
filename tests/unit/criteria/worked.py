"""Worked cases: families with the result that each should have."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.criteria.criteria import Criteria
from app.criteria.facts import read_facts
from app.criteria.rules import Evaluation, evaluate

EVERY_RESULT = "S-01"
ALWAYS = {"rights_box", "sendiass", "complaint_route"}
DAY = "2026-12-01"
DOMAIN = Path(__file__).resolve().parents[4] / "shared" / "domain"


@dataclass(frozen=True)
class Case:
    """A family, the site it asks, and all that it should be told."""

    name: str
    site: str
    facts: Mapping[str, Any]
    outcome: str
    signposts: frozenset[str]
    country: str | None = None
    rules: tuple[str, ...] | None = None
    """The rules that decided and those that added signposts, where the case says them."""

    def fault(self, criteria: Criteria) -> str | None:
        """What the family is told otherwise, or None."""
        facts = read_facts(criteria, {"on": DAY, **self.facts})
        return self.differs(evaluate(criteria, facts, self.site))

    def differs(self, found: Evaluation) -> str | None:
        """What a family is told that it should not be, or the other way round."""
        if found.outcome != self.outcome or self.country not in (None, found.country):
            return f"{self.name}: {found.outcome}, {found.country}"
        wrong = (set(found.signposts) - ALWAYS) ^ self.signposts
        missing = ALWAYS - set(found.signposts)
        if wrong or missing:
            return f"{self.name}: {sorted(wrong | missing)}"
        rules = rules_of(found)
        return f"{self.name}: by {rules}" if self.rules not in (None, rules) else None


def rules_of(found: Evaluation) -> tuple[str, ...]:
    """The rules that decided and those that added signposts, but for the one of every result."""
    added = {rule.id for rules in found.added.values() for rule in rules} - {EVERY_RESULT}
    return (*(rule.id for rule in found.reasons), *sorted(added))


def boundary_cases() -> list[Case]:
    """Our own examples on both sides of every boundary."""
    text = (Path(__file__).parent / "cases.toml").read_text(encoding="utf-8")
    return [
        Case(
            f"{group} {number}",
            row["site"],
            row["facts"],
            row["result"][0],
            frozenset(row["signposts"]),
            row["result"][1],
            (*row["rules"], *row["added"]),
        )
        for group, rows in tomllib.loads(text).items()
        for number, row in enumerate(rows, 1)
    ]


def domain_cases() -> list[Case]:
    """The worked cases that stand beside the project; none where that folder is missing."""
    file = DOMAIN / "vignettes-dev.json"
    rows = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    return [
        Case(
            row["id"],
            row["council"],
            row["facts"],
            row["expected_tier"],
            frozenset(row["expected_signposts"]),
            row.get("expected_country"),
        )
        for row in rows
    ]
