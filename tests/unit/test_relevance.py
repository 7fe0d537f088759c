"""What `make relevance` reckons with: its measures, and layers that are really taken away."""

from __future__ import annotations

import sys
from math import isnan, log2
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest
from flask import Flask

from app.search import ranking
from app.search.criteria import Criteria, Results
from app.search.engine import Search as Engine
from tests.relevance import judge, report
from tests.relevance.__main__ import sections
from tests.relevance.directories import Directory
from tests.relevance.judge import LayerBrokenError
from tests.relevance.layers import (
    FULL,
    LAYERS,
    Layer,
    NothingToTakeAwayError,
    replaced,
    replaced_everywhere,
)
from tests.relevance.measures import Outcome, summarise
from tests.relevance.searches import OWN


def outcome(*gains: int, ideal: tuple[int, ...], **changes: object) -> Outcome:
    held: dict[str, object] = {
        "search": "t-01",
        "gains": gains,
        "ideal": ideal,
        "to_find": len(ideal),
        "total": len(gains),
        "cards": (),
        "expected": (),
        "never": (),
    }
    facts: dict[str, Any] = held | changes
    return Outcome(**facts)


def test_the_best_order_is_worth_one_and_every_other_less() -> None:
    assert outcome(2, 1, 1, ideal=(2, 1, 1)).ndcg == pytest.approx(1)
    assert outcome(1, 1, 2, ideal=(2, 1, 1)).ndcg < 1
    assert outcome(ideal=(2, 1)).ndcg == 0


def test_a_gain_counts_less_the_later_it_comes() -> None:
    found = outcome(0, 2, 0, 1, ideal=(2, 2, 1))
    best = 2 + 2 / log2(3) + 1 / log2(4)
    assert found.ndcg == pytest.approx((2 / log2(3) + 1 / log2(5)) / best)


def test_what_comes_after_the_tenth_is_not_seen() -> None:
    late = outcome(*([0] * 10), 2, ideal=(2,))
    assert late.ndcg == 0


def test_a_good_first_five_has_four_good_or_all_there_are() -> None:
    assert outcome(1, 0, 1, 2, 1, ideal=(2, 1, 1, 1, 1)).is_good
    assert not outcome(1, 0, 1, 2, 0, 1, ideal=(2, 1, 1, 1)).is_good
    assert outcome(0, 0, 0, 2, 1, ideal=(2, 1)).is_good
    assert not outcome(0, 0, 0, 2, 0, 1, ideal=(2, 1)).is_good


def test_scarce_searches_are_counted_apart_and_impossible_ones_not_at_all() -> None:
    many = outcome(1, 1, 1, 1, ideal=(1, 1, 1, 1))
    few = outcome(1, 1, ideal=(1, 1))
    none = outcome(0, ideal=(), expected=("get_help",), cards=("get_help",))
    found = summarise([many, few, none])
    assert (found.count, found.good, found.scarce, found.scarce_good) == (2, 2, 1, 1)
    assert (found.with_cards, found.card_first, found.cards_given) == (1, 1, 1)
    assert isnan(none.ndcg)


def test_cards_must_lead_and_all_be_there() -> None:
    found = outcome(1, ideal=(1,), expected=("ehcp", "dla"), cards=("haf", "ehcp"), never=("haf",))
    assert not found.has_card_first
    assert not found.has_cards
    assert found.has_wrong_card


def test_a_search_that_broke_is_not_measured() -> None:
    """The search answers from the database when it fails: that is no answer of a layer."""

    class Broken:
        def find(self, _criteria: Criteria) -> Results:
            return Results([], 0, {}, limited=True)

    directory = Directory(Flask("none"), "devon", Path(), {})
    with pytest.raises(LayerBrokenError):
        judge.outcome(cast(Engine, Broken()), directory, OWN[0], {}, tells=False)


def test_what_is_held_out_shows_its_figures_and_not_which_went_wrong() -> None:
    """Whoever reads the report must not learn from it what to tune."""
    best = outcome(2, ideal=(2,), search="k-01", expected=("ehcp",), cards=("ehcp",))
    worst = outcome(
        ideal=(1,), search="k-02", expected=("dla",), cards=("haf",), never=("haf",), shown=("ABC",)
    )
    lines = list(report.short_table("Held out", {1: [best, worst], 7: [best]}))
    assert [line.split() for line in lines[2:4]] == [
        ["seed", "1", "0.500", "1", "of", "2", "1", "1", "of", "2"],
        ["seed", "7", "1.000", "1", "of", "1", "0", "1", "of", "1"],
    ]
    assert lines[4].split()[0] == "1"
    assert not any("k-0" in line or "ABC" in line for line in lines)


def test_each_set_measured_apart_has_a_table_of_its_own_figures() -> None:
    """Were two sets mixed, tuning for the one would seem to better the other."""
    found = {"Opened: held out once, tuned for since": (1,), "Held out: never tuned for": ()}
    assert set(found) == set(judge.APART)
    tasks = [judge.Task("devon", 1), judge.Task("surrey", 1), judge.Task("devon", 7)]
    judged = [
        judge.Judged(
            task,
            {layer.name: [] for layer in LAYERS},
            {title: [outcome(*gains, ideal=(1,))] for title, gains in found.items()},
        )
        for task in [judge.Task("bristol", 0), *tasks]
    ]
    lines = list(sections(judged))
    for title, gains in found.items():
        start = next(place for place, line in enumerate(lines) if line.startswith(title))
        ndcg = f"{len(gains):.3f}"
        first = [line.split()[:6] for line in lines[start + 2 : start + 4]]
        assert first == [
            ["seed", "1", ndcg, str(2 * len(gains)), "of", "2"],
            ["seed", "7", ndcg, str(len(gains)), "of", "1"],
        ]


def state() -> dict[tuple[str, str], int]:
    """What every name of the search's modules and of `Columns` stands for."""
    modules = {key: held for key, held in sys.modules.items() if key.startswith("app.search")}
    owners: dict[str, ModuleType | type] = {
        **modules,
        "Columns": modules["app.search.columns"].Columns,
    }
    return {
        (key, name): id(value)
        for key, owner in owners.items()
        for name, value in vars(owner).items()
    }


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_a_layer_takes_something_away_and_puts_it_back(layer: Layer) -> None:
    """It fails when the search no longer has what the layer replaces."""
    before = state()
    with layer.taken_away():
        assert (state() != before) is (layer is not FULL)
    assert state() == before


def test_what_is_not_there_cannot_be_taken_away() -> None:
    with pytest.raises(NothingToTakeAwayError), replaced(ranking, "no_such_thing", None):
        pass
    with pytest.raises(NothingToTakeAwayError), replaced_everywhere(object(), None):
        pass
