"""What the self-check's rules take: a family's answer, and the proof of all answers."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from random import Random
from statistics import median
from time import thread_time

from app.criteria.load import load_criteria
from app.criteria.proof.compare import draw_facts
from app.criteria.rules import evaluate
from tests.bench.report import Figure, Section

FAMILIES = 2_000
PASSES = 5
LAST_LINE = re.compile(r"^([\d.]+) s, ([\d,]+) MB at most\.$", re.MULTILINE)


def measure_criteria() -> Section:
    """`evaluate` on drawn families, and `self-check prove` for all councils as it is run."""
    seconds, megabytes = _proved()
    figures = [
        Figure("evaluate, a family", _evaluated() * 1000, unit="ms", at_most=1),
        Figure("self-check prove, all councils", seconds, unit="s", at_most=60),
        Figure("self-check prove, memory at most", megabytes, unit="MB", at_most=500),
    ]
    return Section("The self-check’s rules", figures)


def _evaluated() -> float:
    """Seconds of processor time for one family: the median of passes over many."""
    criteria, chance = load_criteria(), Random(1)
    homes = [str(code) for code in criteria.keys["lives_in"].codes]
    families = [draw_facts(criteria, homes, [date(2026, 12, 1)], chance) for _ in range(FAMILIES)]
    passes = []
    for _ in range(PASSES):
        start = thread_time()
        for facts in families:
            evaluate(criteria, facts, "devon")
        passes.append((thread_time() - start) / FAMILIES)
    return median(passes)


def _proved() -> tuple[float, float]:
    """Seconds and megabytes of the whole proof, in a process of its own."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "self-check", "prove"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = LAST_LINE.search(done.stdout)
    assert found is not None, done.stdout
    return float(found[1]), float(found[2].replace(",", ""))
