"""Imports go down only: never up, never sideways between features, never in a circle."""

from __future__ import annotations

import logging
import tomllib
from functools import cache
from itertools import permutations
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

import app

ROOT = Path(app.__file__).resolve().parent.parent
FEATURES = (
    "app.directory",
    "app.pages",
    "app.selfcheck",
    "app.demo",
    "app.feeds",
    "app.moderation",
    "app.freshness",
    "app.operations",
)
GROUND = (
    "app.config",
    "app.extensions",
    "app.vocabulary",
    "app.states",
    "app.council_records",
    "app.council_habits",
)
ALONE = {
    "app.gunicorn_conf": "read by gunicorn before there is an application",
    "app.postcode_file": "a tool for making the files of postcodes",
    "app.translations": "makes the catalogues; no part of the running site",
    "app.places_cli": "a command, registered by app.cli",
}
"""Modules outside the contract, each with the reason."""


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("app", cache_dir=None, exclude_type_checking_imports=True)


def of(package: str) -> set[str]:
    return {package} | graph().find_descendants(package)


def imports(module: str) -> set[str]:
    return graph().find_modules_directly_imported_by(module)


def contract() -> set[str]:
    """The modules that the written contract gives a level to."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = [layer for item in settings["contracts"] for layer in item["layers"]]
    return {name.strip() for layer in layers for name in layer.split("|")}


def test_the_written_contract_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == 0
    logging.getLogger("app").disabled = False  # the linter silences all that it does not know


def test_every_module_has_a_level() -> None:
    """A new module fails until it is in the contract, or here with a reason."""
    modules = graph().find_children("app")
    assert modules - contract() - ALONE.keys() == set()
    assert contract() <= modules, "and the contract names none that is gone"
    assert ALONE.keys() <= modules


@pytest.mark.parametrize(("one", "other"), [*permutations(FEATURES, 2)])
def test_features_meet_only_through_links(one: str, other: str) -> None:
    """`prepare` of the operations may load a demonstration: it stands above the others."""
    if one == "app.operations":
        return
    theirs = of(other)
    assert not [
        (module, imports(module) & theirs) for module in of(one) if imports(module) & theirs
    ]


def test_nothing_below_imports_a_feature_or_the_roof() -> None:
    above = {module for feature in FEATURES for module in of(feature)} | {"app", "app.cli"}
    for module in graph().modules - above - ALONE.keys():
        assert not imports(module) & above, module


@pytest.mark.parametrize("module", GROUND)
def test_the_ground_imports_nothing_of_ours(module: str) -> None:
    assert imports(module) <= set(GROUND)


def test_search_knows_nothing_of_requests_or_of_which_council_this_is() -> None:
    """It may be handed a council; it never asks for the one of the site."""
    for module in of("app.search"):
        assert not imports(module) & {"app.site", "app.places", "app.languages", "app.config"}


def test_only_publishing_and_what_fills_the_directory_touch_the_listings_table() -> None:
    """The public side reads stored listings; it never reads the records behind them."""
    private = {"app.models.service", "app.models.location", "app.models.organisation"}
    for module in of("app.directory") | of("app.pages") | of("app.search"):
        assert not imports(module) & private, module


def test_there_is_no_circle() -> None:
    """Take away modules that import nothing left, again and again: nothing must remain."""
    left = {module: imports(module) - {module} for module in graph().modules}
    while free := [module for module, needs in left.items() if not needs & left.keys()]:
        for module in free:
            del left[module]
    assert not left, f"in or behind a circle: {sorted(left)}"
