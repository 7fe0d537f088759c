"""A broken promise as a person can read it: one sentence, and the family it is about.

Where a promise is about a step from one answer to another, both families stand side by side.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.criteria.facts import read_facts
from app.criteria.keys import Value
from app.criteria.proof.worlds import Walk
from app.criteria.rules import NoRulesError, evaluate

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A family's answers, as `self-check evaluate` reads them, and what they lead to."""

    facts: Mapping[str, Any]
    outcome: str
    signposts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CounterExample:
    """What a promise says, what happens instead and, if it can be shown so, to whom."""

    promise: str
    says: str
    where: str = ""
    families: tuple[Family, ...] = ()

    def __str__(self) -> str:
        lines = [f"Not kept: {self.promise}", f"  {self.says}"]
        if self.where:
            lines.append(f"  Found under the rules of: {self.where}")
        if self.families:
            lines += ["", *_table(self.families), ""]
            lines += [json.dumps(family.facts, ensure_ascii=False) for family in self.families]
        return "\n".join(lines)


def example(promise: str, says: str, walked: Walk, *answers: Mapping[str, Value]) -> CounterExample:
    """A counter-example about one family of a world, or about two side by side."""
    families = tuple(_family(walked, given) for given in answers)
    return CounterExample(promise, says, f"{walked.world}, {walked.world.day}", families)


def _family(walked: Walk, answers: Mapping[str, Value]) -> Family:
    facts = walked.facts_at(answers)
    try:
        found = evaluate(walked.criteria, read_facts(walked.criteria, facts), walked.world.council)
    except NoRulesError:
        return Family(facts, "none", ())
    return Family(facts, found.outcome, found.signposts)


def _table(families: tuple[Family, ...]) -> list[str]:
    """One column for each family; what differs is marked."""
    names = dict.fromkeys(name for family in families for name in family.facts)
    heads = ("one family", "the other") if len(families) > 1 else ("a family",)
    rows: list[Row] = [("", *heads)]
    rows += [(name, *(_said(family.facts.get(name)) for family in families)) for name in names]
    rows.append(("outcome", *(family.outcome for family in families)))
    lost = set(families[0].signposts) ^ set(families[-1].signposts)
    for code in sorted(lost):
        had = ("shown" if code in family.signposts else "not shown" for family in families)
        rows.append((code, *had))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [_line(row, widths) for row in rows]


def _line(row: Row, widths: list[int]) -> str:
    cells = "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
    differs = len(set(row[1:])) > 1 and row[0]
    return f"  {cells}{'   <-' if differs else ''}".rstrip()


def _said(answer: Any) -> str:
    if isinstance(answer, list):
        return ", ".join(map(str, answer))
    return (
        "(skipped)"
        if answer is None
        else str(answer).lower()
        if answer in (True, False)
        else str(answer)
    )
