"""Indexers killed in the middle of their work, and several at once: nothing is lost or doubled."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.config import Settings
from app.extensions import db
from app.search.criteria import Criteria
from app.search.engine import Search
from app.search.indexer import Indexer
from app.search.state import read_state
from tests.databases import SQLITE, only_on
from tests.unit.search.conftest import TOWNS, Shelf, named
from tests.unit.search.indexing import WAYS, indexer

LISTINGS, AT_ONCE, ROUNDS = 60, 3, 3
MEASURED_EVERY, LATEST = 20, 1.5
"""Kills between two looks at how long it takes, and how long after the beginning at most."""
ALIKE = "the index is the same on either database"
Note = Callable[[str, object], None]


def fill(shelf: Shelf) -> None:
    shelf.put(*(named(f"Club {number}", id=f"{number:03}") for number in range(LISTINGS)))
    shelf.search.rebuild()


def found(search: Search, word: str) -> list[str]:
    search._look_after = 0.0
    results = search.find(Criteria(text=word, exact=True, size=100))
    assert not results.limited
    return [hit.id for hit in results.hits]


def time_of(shelf: Shelf, settings: Settings, way: str) -> float:
    """How long a process takes for it, from the word to begin."""
    process, told = indexer(settings.database_url, shelf.search._folder, way)
    began = time.monotonic()
    told.send("go")
    assert told.recv() == "done"
    process.join()
    return time.monotonic() - began


def kill_and_heal(app: Flask, shelf: Shelf, settings: Settings, times: int) -> str:
    """`kill -9` so many times, at moments spread over the work; gives counts."""
    fill(shelf)
    seen, usual = Counter[str](), dict[str, float]()
    for number in range(times):
        if number % MEASURED_EVERY == 0:
            shelf.put(named("Club usual", id="000"))
            usual = {way: time_of(shelf, settings, way) for way in ("catch_up", "rebuild")}
        way = ("catch_up", "rebuild")[number % 2]
        before, word = read_state(shelf.search._folder), f"late{number}"
        shelf.put(named(f"Club {word}", id=f"{number % LISTINGS:03}"))
        process, told = indexer(settings.database_url, shelf.search._folder, way)
        told.send("go")
        time.sleep(usual[way] * LATEST * (number // 2 % 10) / 9)
        process.kill()
        process.join()
        reached = read_state(shelf.search._folder)
        assert reached is not None and before is not None, "the earlier state or the new one"
        seen["before its state was written" if reached == before else "afterwards"] += 1
        new = Search(app, shelf.search._folder, TOWNS)
        assert found(new, "club")[:1]
        assert found(new, word) or reached == before, "a commit may be ahead of the state"
        db.session.rollback()
        seen["differences found"] += bool(new.differences())
        assert not Indexer(shelf.search._folder).differences(db.session()) or reached == before
        new._keep_up()
        assert found(new, word) == [f"{number % LISTINGS:03}"]
        assert new.find(Criteria()).total == LISTINGS
        assert new.differences() == []
        new.close()
    assert len(list(shelf.search._folder.glob("build-*"))) <= 2
    assert seen["before its state was written"], "none was killed in the middle of its work"
    return f"indexer killed {times} times: {dict(seen)}; unreadable 0, lost 0, healed {times}"


def test_an_indexer_killed_in_the_middle(
    app: Flask, shelf: Shelf, settings: Settings, record_property: Note
) -> None:
    record_property("for_people", kill_and_heal(app, shelf, settings, 8))


@only_on(SQLITE, ALIKE)
@pytest.mark.slow
def test_an_indexer_killed_many_times(
    app: Flask, shelf: Shelf, settings: Settings, record_property: Note
) -> None:
    record_property("for_people", kill_and_heal(app, shelf, settings, 100))


def test_indexers_that_start_at_once_take_turns(shelf: Shelf, settings: Settings) -> None:
    """Three processes follow, build and compare while listings change."""
    fill(shelf)
    folder: Path = shelf.search._folder
    for turn in range(ROUNDS):
        shelf.put(named(f"Club first{turn}", id="000"))
        begun = [indexer(settings.database_url, folder, *WAYS) for _ in range(AT_ONCE)]
        for _, told in begun:
            told.send("go")
        shelf.put(named(f"Club second{turn}", id="001"))
        for process, told in begun:
            assert told.recv() == "done"
            process.join()
            assert process.exitcode == 0
        db.session.rollback()
        shelf.search.catch_up()
        assert found(shelf.search, f"first{turn}") == ["000"]
        assert found(shelf.search, f"second{turn}") == ["001"]
        assert shelf.search.differences() == []
        assert len(list(folder.glob("build-*"))) <= 2
