"""`self-check …`: what answers mean, and the proof that the rules keep their promises."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, TextIO

import click
from flask.cli import AppGroup

from app.criteria.facts import FactsError, read_facts
from app.criteria.load import Criteria, load_criteria
from app.criteria.rules import Evaluation, NoRulesError, evaluate, shown_sources
from app.criteria.wording import voice_of
from app.site import current_site

group = AppGroup("self-check", help="The self-check's rules: what answers mean, and their proof.")
DAY = "%Y-%m-%d"


@group.command("evaluate")
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
@click.option("--on", "day", type=click.DateTime([DAY]), help="The day on which rules are read.")
def evaluate_facts(file: TextIO, day: datetime | None) -> None:
    """Print what the answers in FILE (JSON; standard input unless named) mean.

    Rules are those of `lives_in` when it is one of the councils, else of COUNCIL.
    """
    criteria = load_criteria()
    facts = _read(file)
    if day is not None and isinstance(facts, dict):
        facts = facts | {"on": day.date().isoformat()}
    try:
        known = read_facts(criteria, facts)
        found = evaluate(criteria, known, current_site().council.code)
    except (FactsError, NoRulesError) as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(json.dumps(as_json(criteria, found, str(known.values["who"])), ensure_ascii=False))


def _read(file: TextIO) -> Any:
    try:
        return json.load(file)
    except (ValueError, RecursionError) as fault:
        raise click.ClickException(f"this is not JSON: {fault}") from fault


def as_json(criteria: Criteria, found: Evaluation, who: str) -> dict[str, Any]:
    """An evaluation as others read it; a reason's source is the first page families are shown."""
    return {
        "tier": found.outcome,
        "country": found.country,
        "signposts": list(found.signposts),
        "reasons": [
            {
                "rule": rule.id,
                "basis": rule.basis_for(found.council),
                "because": rule.row.because.to(voice_of(who)),
                "source": " ; ".join(
                    source.url or source.title
                    for source in shown_sources(criteria, rule, found.council)
                ),
            }
            for rule in found.reasons
        ],
        "rules_version": criteria.version,
    }
