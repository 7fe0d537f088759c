"""Runs the checks of the criteria on a faulty module, each in a process of its own.

The first of these to fail has caught it: a worked case, a unit test, the proof with 2,000 drawn
families. A check that does not end in time has caught it too.
"""

from __future__ import annotations

import os
import signal
import sys
import tomllib
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Final

import numpy as np
import pytest

from app.council import council_codes, load_council
from tests.mutants.of_engine import EngineMutant, engine_mutants
from tests.mutants.score import EQUIVALENT, SURVIVED, Score

FATES: Final = (
    SURVIVED,
    "a worked case",
    "a unit test",
    "the proof",
    "taking for ever",
    EQUIVALENT,
)
LONGEST: Final = 60
"""Seconds of processor time: others at work on the machine do not count."""
CHECKS: Final = "tests.mutants.checks"
READ_ANEW: Final = ("app.criteria", "tests.unit.criteria", CHECKS)


class _Mutated(MetaPathFinder, Loader):
    """Gives the faulty module in the place of the right one."""

    def __init__(self, mutant: EngineMutant) -> None:
        self.name = f"app.criteria.{mutant.module}"
        self.code = compile(mutant.tree, f"<{mutant.module}>", "exec")

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        return spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)


def score_engine(part: slice = slice(None)) -> Score:
    """The fate of every faulty module, or of some; those known to change nothing are not run."""
    _read_before()
    score = Score("Engine")
    waiting = [*engine_mutants()][part]
    equivalent = known_equivalents()
    running: dict[int, EngineMutant] = {}
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            mutant = waiting.pop()
            if mutant.name in equivalent:
                score.add(mutant.name, EQUIVALENT)
            else:
                running[_start(mutant)] = mutant
        if running:
            process, status = os.wait()
            score.add(running.pop(process).name, _fate(status))
    return score


def known_equivalents() -> frozenset[str]:
    """The faults shown to change nothing, with the reason, in equivalent.toml."""
    table = tomllib.loads((Path(__file__).parent / "equivalent.toml").read_text(encoding="utf-8"))
    return frozenset(row["name"] for row in table["equivalent"])


def _read_before() -> None:
    """Read what no fault touches, so that each process has it already."""
    assert [load_council(code) for code in council_codes()]
    assert np.ones(1).all()
    assert pytest.ExitCode.OK == 0


def _fate(status: int) -> str:
    return FATES[4] if os.WIFSIGNALED(status) else FATES[os.WEXITSTATUS(status)]


def _start(mutant: EngineMutant) -> int:
    """Begin a process that ends with the number of the mutant's fate."""
    process = os.fork()
    if process == 0:
        number = 1
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
            _be_quiet()
            number = _caught_by(mutant)
        finally:
            os._exit(number)
    return process


def _be_quiet() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _caught_by(mutant: EngineMutant) -> int:
    for name in [name for name in sys.modules if name.startswith(READ_ANEW)]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Mutated(mutant))
    checks = import_module(CHECKS)
    if checks.cases_fail():
        return 1
    if checks.unit_tests_fail():
        return 2
    return 3 if checks.proof_fails() else 0
