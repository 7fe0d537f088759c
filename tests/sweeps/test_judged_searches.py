"""The judged searches are sound, and nothing they judge was made with them in view."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import app
from app.council import Council, load_council
from app.criteria.help_cards import load_help_cards
from app.vocabulary import ACCESS, ACTIVITIES, BREAKS, COSTS, NEEDS, TIERS, WHEN
from tests.relevance import bristol, devon, held_out, herefordshire, opened, surrey
from tests.relevance.facts import town_points
from tests.relevance.search import Search
from tests.relevance.searches import OWN

APP = Path(app.__file__).resolve().parent
READ = {".py", ".toml", ".json", ".html", ".po", ".js"}
LONG = 4
"""Words from which a search is nobody's chance wording."""
LISTS = {
    "does": ACTIVITIES,
    "offers": ACTIVITIES,
    "is_kind": BREAKS,
    "welcomes": NEEDS,
    "names_need": NEEDS,
    "has": ACCESS,
    "refuses": ACCESS,
    "runs": WHEN,
    "costs": COSTS,
    "meets_on": ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
}
MODULES = {"devon": devon, "surrey": surrey, "herefordshire": herefordshire}
APART = (opened, held_out)
"""Modules with searches of every council."""
JUDGED = (*OWN, *bristol.SEARCHES, *opened.OPENED, *held_out.SEARCHES)


def files_of_the_application() -> Iterator[Path]:
    for path in APP.rglob("*"):
        if path.suffix in READ and "node_modules" not in path.parts:
            yield path


def read(module: ModuleType) -> ast.Module:
    return ast.parse(Path(module.__file__ or "").read_text("utf-8"))


def apart_of(council: str) -> Iterator[ast.Call]:
    """The code of one council's searches in the mixed modules; the council follows the id."""
    for node in (node for module in APART for node in ast.walk(read(module))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert isinstance(node.args[1], ast.Constant)
            if node.args[1].value == council:
                yield node


def asked_of_facts(code: ast.AST) -> Iterator[tuple[str, str]]:
    """Every question that code asks of a listing, with each plain word it asks with."""
    for node in ast.walk(code):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield node.func.attr, argument.value


def is_known(council: Council, question: str, word: str) -> bool:
    """Whether a listing could ever be asked this: a code of its list, a town, an area."""
    if question == "near":
        return word in town_points(council)
    if question == "serves":
        return word in {area.code for area in council.localities}
    return word in LISTS[question]


def test_there_are_sixty_for_three_councils_and_no_two_alike() -> None:
    assert [search.id for search in OWN] == [f"t-{number:02}" for number in range(1, 61)]
    assert len({search.text.casefold() for search in OWN}) == len(OWN)
    assert all(search.why for search in OWN)
    for code, module in MODULES.items():
        assert {search.council for search in module.SEARCHES} == {code}


@pytest.mark.parametrize(
    ("begins", "searches"), [("h", opened.OPENED), ("k", held_out.SEARCHES)], ids=["opened", "held"]
)
def test_ten_are_measured_apart_for_each_council(begins: str, searches: tuple[Search, ...]) -> None:
    assert [search.id for search in searches] == [f"{begins}-{n:02}" for n in range(1, 31)]
    assert Counter(search.council for search in searches) == dict.fromkeys(MODULES, 10)
    assert all(search.why for search in searches)


def test_what_is_held_out_is_none_of_the_others() -> None:
    """A search that stands among those tuned for is held out in name only."""
    assert len({search.text.casefold() for search in JUDGED}) == len(JUDGED)


@pytest.mark.parametrize("council", MODULES)
def test_judgements_ask_with_codes_and_towns_that_there_are(council: str) -> None:
    """A slip of the pen would make a search that no listing can ever answer."""
    asked = list(asked_of_facts(read(MODULES[council])))
    assert len(asked) > 60
    asked += [item for code in apart_of(council) for item in asked_of_facts(code)]
    unknown = [item for item in asked if not is_known(load_council(council), *item)]
    assert unknown == []


@pytest.mark.parametrize("council", MODULES)
def test_judgements_name_tiers_that_there_are(council: str) -> None:
    code = [node for module in (MODULES[council], *APART) for node in ast.walk(read(module))]
    compared = [node for node in code if isinstance(node, ast.Compare)]
    words = {
        item.value
        for node in compared
        for item in ast.walk(node)
        if isinstance(item, ast.Constant) and isinstance(item.value, str)
    }
    assert words <= set(TIERS)


def test_expected_help_cards_are_cards_that_there_are() -> None:
    known = set(load_help_cards())
    for search in JUDGED:
        assert set(search.cards) | set(search.never) <= known, search.id


def test_nothing_of_the_application_quotes_a_judged_search() -> None:
    """Neither the made-up directory nor the search may be written for what judges them."""
    long = [search.text.casefold() for search in JUDGED if len(search.text.split()) >= LONG]
    assert len(long) > 50
    for path in files_of_the_application():
        words = path.read_text("utf-8").casefold()
        assert [text for text in long if text in words] == [], path


def test_nothing_of_the_application_imports_or_names_the_tests() -> None:
    """So `demo load` can read no judgement, whichever module it gets its help from."""
    for path in files_of_the_application():
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").partition(".")[0] != "tests", path
            if isinstance(node, ast.Import):
                assert not [name for name in node.names if name.name.startswith("tests")], path


def test_the_demonstration_reads_no_file_of_the_tests() -> None:
    """No path in its code leads to the judged searches."""
    for path in (APP / "demo").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert "relevance" not in node.value, path
                assert "tests/" not in node.value, path
