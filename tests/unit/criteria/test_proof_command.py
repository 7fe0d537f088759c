"""`self-check prove`."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import Result
from flask import Flask

from tests.unit.criteria.altered import alter


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["self-check", "prove", "--samples", "100", *words])


def test_rules_are_proved(app: Flask) -> None:
    result = run(app, "--council", "surrey")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Every promise is kept:")
    assert "Devon, home" not in result.stdout
    assert " MB at most." in result.stdout


def test_broken_promise(app: Flask, tmp_path: Path) -> None:
    """The families it prints can be given to `self-check evaluate`."""
    folder = alter(tmp_path, "rules.toml", "T-06", "coping = cannot_carry_on", "coping = hard")
    result = run(app, "--folder", str(folder))
    assert result.exit_code == 1
    assert "Not kept: A step up in one answer never lowers the tier." in result.stdout
    for line in result.stdout.splitlines()[-2:]:
        shown = app.test_cli_runner().invoke(args=["self-check", "evaluate"], input=line)
        assert "tier" in json.loads(shown.stdout)


def test_faulty_file(app: Flask, tmp_path: Path) -> None:
    folder = alter(tmp_path, "rules.toml", "T-06", "coping = cannot", "coping = never_cannot")
    result = run(app, "--folder", str(folder))
    assert result.exit_code == 1
    assert "rules.toml: T-06: when: 'coping' has no code" in result.output


def test_unknown_council(app: Flask) -> None:
    result = run(app, "--council", "kent")
    assert result.exit_code == 2
    assert "there is no council called 'kent'" in result.output
