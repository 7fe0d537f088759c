"""`self-check …`: what answers mean, and the proof that the rules keep their promises."""

from __future__ import annotations

import json
import re
import resource
import sys
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any, TextIO

import click
from flask.cli import AppGroup

from app.criteria.facts import FactsError, read_facts
from app.criteria.load import FOLDER, Criteria, CriteriaFileError, load_criteria
from app.criteria.proof.prove import SAMPLES, NotKeptError, all_councils, count_work, prove
from app.criteria.rules import Evaluation, NoRulesError, evaluate, shown_sources
from app.criteria.wording import voice_of
from app.site import current_site

group = AppGroup("self-check", help="The self-check's rules: what answers mean, and their proof.")
DAY = "%Y-%m-%d"
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


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


@group.command("prove")
@click.option(
    "--council", "councils", multiple=True, help="Only this council’s site; may be given again."
)
@click.option("--samples", default=SAMPLES, show_default=True, help="Families to draw and compare.")
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=FOLDER,
    help="Prove the rules of this folder, before they are put in place.",
)
def prove_promises(councils: tuple[str, ...], samples: int, folder: Path) -> None:
    """Walk every combination of answers and check what the rules promise families.

    Fails with the first family for whom a promise is broken.
    """
    criteria = _load(folder)
    if strange := sorted(set(councils) - set(all_councils(criteria))):
        raise click.BadParameter(f"there is no council called {strange[0]!r}")
    start = perf_counter()
    try:
        length = count_work(criteria, samples)
        with click.progressbar(length=length, label="Proving", file=sys.stderr) as bar:
            report = prove(criteria, councils, samples, bar.update)
    except NotKeptError as broken:
        click.echo(f"\n{broken}")
        sys.exit(1)
    for line in report.lines():
        click.echo(line)
    click.echo(f"\n{perf_counter() - start:.1f} s, {_megabytes():,.0f} MB at most.")


def _load(folder: Path) -> Criteria:
    try:
        return load_criteria(folder)
    except CriteriaFileError as fault:
        raise click.ClickException(str(fault)) from None


def _megabytes() -> float:
    """The most memory this program has had, in MB. Linux counts in kB.

    What `getrusage` tells includes the process that started the program, which may be large.
    """
    status = Path("/proc/self/status")
    own = PEAK.search(status.read_text("ascii")) if status.exists() else None
    return int(own[1] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1000
