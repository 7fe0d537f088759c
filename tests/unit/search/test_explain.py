"""Why a service stands where it does: what is said is what orders the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from math import prod

import pytest

from app.listing import Availability, Listing
from app.search import query
from app.search.criteria import Criteria
from app.search.explain import Reason, explain
from app.search.scoring import EXACT_NAME
from app.search.snapshot import Snapshot
from app.states import Space
from tests.unit.search.conftest import (
    EXETER,
    IN_BIDEFORD,
    IN_EXETER,
    IN_TIVERTON,
    Shelf,
    named,
    says,
)

Make = Callable[..., Snapshot]
TODAY = date.today()
TIMES = "times "
NAME = "its very name"


def item(name: str, **facts: object) -> Listing:
    return named(name, **{"id": name, "assured": TODAY, **facts})


@pytest.fixture
def mixed(snapshot_of: Make) -> Snapshot:
    """Services that differ in all that counts."""
    return snapshot_of(
        item("Dolphins", activities=("swimming",), needs=("autism",), places=(IN_EXETER,)),
        item("Minnows", activities=("swimming",), max_age=4, places=(IN_TIVERTON,),
             assured=TODAY - timedelta(days=800)),
        item("Swim Talk", description="We talk about swimming.", breaks=("parent_support",),
             availability=Availability(space=Space.FULL)),
        item("Night House", breaks=("overnight_residential",), activities=("swimming",),
             places=(IN_BIDEFORD,), support=says(hoist="yes", makaton="yes")),
    )  # fmt: skip


SEARCHES = [
    Criteria(text="swimming"),
    Criteria(text="swiming for my autistic son"),
    Criteria(text="swimming", point=EXETER, home="exeter"),
    Criteria(text="swimming in tiverton for my 3 year old"),
    Criteria(text="Swim Talk"),
    Criteria(text="swimming", years=(3,)),
    Criteria(text="swim", exact=True),
    Criteria(point=EXETER),
    Criteria(),
    Criteria(text="qqqq"),
]


@pytest.mark.parametrize("criteria", SEARCHES, ids=range(len(SEARCHES)))
def test_the_factors_multiplied_are_the_score(mixed: Snapshot, criteria: Criteria) -> None:
    hits = query.find(mixed, criteria).hits
    reasons = explain(mixed, criteria, hits)
    assert len(reasons) == len(hits)
    for hit, why in zip(hits, reasons, strict=True):
        if not hit.score:
            assert not why and criteria == Criteria(), "what was checked last orders, not a score"
            continue
        score = prod(reason.points for reason in why if reason.what.startswith(TIMES))
        score += sum(reason.points for reason in why if reason.what == NAME)
        assert score == pytest.approx(hit.score, rel=1e-3), (hit, why)


def words_of(why: tuple[Reason, ...]) -> list[str]:
    return [reason.what for reason in why]


def test_each_phrase_that_is_answered_is_named_with_its_points(mixed: Snapshot) -> None:
    criteria = Criteria(text="swimming autistic")
    hits = query.find(mixed, criteria).hits
    by_id = dict(zip((hit.id for hit in hits), explain(mixed, criteria, hits), strict=True))
    assert {"“swimming”", "“autistic”"} <= set(words_of(by_id["Dolphins"]))
    assert "“autistic”" not in words_of(by_id["Minnows"]), "it does not name autism"
    assert all(reason.points for why in by_id.values() for reason in why)


def test_what_changes_nothing_is_not_told(mixed: Snapshot) -> None:
    criteria = Criteria(text="swimming")
    (why,) = explain(mixed, criteria, query.find(mixed, criteria).hits[:1])
    assert f"{TIMES}nearness" not in words_of(why)
    assert f"{TIMES}fit of ages" not in words_of(why)
    assert NAME not in words_of(why)


def test_the_very_name_is_told(mixed: Snapshot) -> None:
    criteria = Criteria(text="the swim talk")
    hits = query.find(mixed, criteria).hits
    assert hits[0].id == "Swim Talk"
    assert Reason(NAME, EXACT_NAME) in explain(mixed, criteria, hits)[0]


def test_each_thing_that_lowers_a_service_is_told(mixed: Snapshot) -> None:
    criteria = Criteria(text="swimming", point=EXETER)
    hits = query.find(mixed, criteria).hits
    by_id = dict(zip((hit.id for hit in hits), explain(mixed, criteria, hits), strict=True))

    def factor(name: str, what: str) -> float:
        return dict(by_id[name]).get(TIMES + what, 1.0)

    assert factor("Night House", "nearness") < factor("Dolphins", "nearness")
    fresh = "freshness, spaces, support told"
    assert factor("Minnows", fresh) < factor("Dolphins", fresh)
    assert factor("Swim Talk", fresh) < factor("Dolphins", fresh), "it is full"
    assert factor("Swim Talk", "for parents") < 1
    assert factor("Night House", "for nights") < 1


def test_none_are_explained_when_none_are_found(mixed: Snapshot) -> None:
    assert explain(mixed, Criteria(text="swimming"), []) == []


def test_without_an_index_nothing_is_explained(shelf: Shelf) -> None:
    shelf.put(item("Dolphins", activities=("swimming",)))
    criteria = Criteria(text="swimming")
    assert shelf.search.explain(criteria, shelf.search.find(criteria).hits) == []
