"""Every package the site asks for is used, pinned, and has its reason in the README."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
README = (ROOT / "README.md").read_text("utf-8")


def plain(name: str) -> str:
    """A package's name as all its spellings are read."""
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(asked: str) -> str:
    """The package of a line such as `numpy>=2.2,<3`."""
    found = re.match(r"[\w.-]+", asked)
    assert found
    return plain(found[0])


ASKED = [name_of(line) for line in PROJECT["dependencies"]]


@cache
def imported() -> set[str]:
    """The packages whose modules the site's own code imports."""
    modules: set[str] = set()
    for file in (*(ROOT / "app").rglob("*.py"), *(ROOT / "migrations").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module)
    owners = packages_distributions()
    return {plain(owner) for name in modules for owner in owners.get(name.split(".")[0], ())}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_for_is_imported(name: str) -> None:
    assert name in imported()


@pytest.mark.parametrize("name", ASKED)
def test_it_is_pinned_and_has_its_reason(name: str) -> None:
    constraints = (ROOT / "constraints.txt").read_text("utf-8")
    pinned = [plain(line.split("==")[0]) for line in constraints.splitlines()]
    table = README.split("## Dependencies")[1].split("##")[0]
    reasons = [row.split("|")[1] for row in table.splitlines() if row.startswith("|")]
    assert name in pinned
    assert any(name in map(plain, re.findall(r"[\w.-]+", row)) for row in reasons)
