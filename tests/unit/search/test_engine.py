"""The search as the rest of the application sees it, in good days and bad."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.extensions import db
from app.models import PublishedListing
from app.search import engine as engine_module
from app.search.criteria import Criteria
from app.search.indexer import DAMAGED
from app.search.state import CURRENT, read_state
from tests.unit.search.conftest import IN_EXETER, IN_TIVERTON, Shelf, named


def fill(shelf: Shelf) -> None:
    shelf.put(
        named("Dolphins", id="d", activities=("swimming",), places=(IN_EXETER,), source="demo"),
        named("Drums", id="m", activities=("music",), needs=("autism",), places=(IN_TIVERTON,)),
    )


def contents_file(shelf: Shelf) -> Path:
    state = read_state(shelf.search._folder)
    assert state is not None
    (path,) = (shelf.search._folder / state.build).glob("*.toc")
    return path


def test_without_an_index_the_database_answers(shelf: Shelf) -> None:
    fill(shelf)
    assert not shelf.search.is_ready()
    for text, expected in [("swiming pool", ["d"]), ("autistic", ["m"]), ("", ["d", "m"])]:
        results = shelf.search.find(Criteria(text=text, sort="name"))
        assert [hit.id for hit in results.hits] == expected
        assert results.limited
    results = shelf.search.find(Criteria(need=("autism",)))
    assert results.total == shelf.search.count(Criteria(need=("autism",))) == 1
    assert results.facets["activity"] == {"music": 1}
    assert shelf.search.counts()["activity"] == {"music": 1, "swimming": 1}
    assert shelf.search.demo


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", "\x00", "\ud800", "((" * 999, "a " * 999])
def test_the_database_takes_bad_input_too(shelf: Shelf, text: str) -> None:
    fill(shelf)
    assert shelf.search.find(Criteria(text=text)).limited


def test_the_index_is_used_as_soon_as_there_is_one(shelf: Shelf) -> None:
    fill(shelf)
    shelf.search.rebuild()
    assert shelf.search.is_ready()
    results = shelf.search.find(Criteria(text="swimming"))
    assert (results.limited, results.total, results.words) == (False, 1, ("swim",))
    assert shelf.search.counts()["tier"] == {"universal": 2}
    assert shelf.search.demo
    assert shelf.search.mark("A swim", results.words) == "A <mark>swim</mark>"


def test_an_index_that_cannot_be_read_is_reported_and_built_anew(shelf: Shelf) -> None:
    fill(shelf)
    shelf.search.rebuild()
    contents_file(shelf).unlink()
    results = shelf.search.find(Criteria(text="swimming"))
    assert results.limited
    assert results.total == 1
    assert (shelf.search._folder / DAMAGED).exists()
    shelf.search.catch_up()
    assert not shelf.search.find(Criteria(text="swimming")).limited


def test_damage_met_in_the_middle_of_a_search(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(shelf)
    shelf.search.rebuild()
    assert shelf.search.is_ready()

    def broken(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("app.search.arrays.Held.piece", broken)
    assert shelf.search.find(Criteria(text="swimming")).limited
    assert shelf.search.count(Criteria(text="swimming")) == 1
    assert (shelf.search._folder / DAMAGED).exists()


def test_damage_met_while_counting(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(shelf)
    shelf.search.rebuild()

    def broken(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("app.search.arrays.Held.piece", broken)
    assert shelf.search.count(Criteria(text="swimming")) == 1


def test_the_earlier_snapshot_serves_while_a_new_one_cannot_be_loaded(shelf: Shelf) -> None:
    fill(shelf)
    shelf.search.rebuild()
    assert shelf.search.is_ready()
    (shelf.search._folder / CURRENT).write_text("{")
    shelf.search._look_after = 0.0
    assert not shelf.search.find(Criteria(text="swimming")).limited


def test_a_folder_that_cannot_be_written_does_not_stop_answers(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(shelf)
    shelf.search.rebuild()
    contents_file(shelf).unlink()

    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "touch", refused)
    assert shelf.search.find(Criteria(text="swimming")).limited


def test_the_index_is_looked_at_only_now_and_then(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(shelf)
    shelf.search.rebuild()
    shelf.search.find(Criteria())
    looks: list[int] = []
    monkeypatch.setattr(type(shelf.search), "_sign", lambda _: looks.append(1))
    for _ in range(50):
        shelf.search.find(Criteria())
    assert len(looks) <= 1


def test_a_change_is_followed_without_anyone_asking(
    shelf: Shelf, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "FOLLOW_EVERY", 0.02)
    monkeypatch.setattr(engine_module, "LOOK_EVERY", 0.02)
    fill(shelf)
    shelf.search.follow()
    shelf.search.follow()
    wait_for(shelf.search.is_ready)
    shelf.put(named("Heron", id="h"))
    wait_for(lambda: shelf.search.find(Criteria()).total == 3)


def test_it_is_in_step_while_it_is_followed_and_no_longer(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "FOLLOW_EVERY", 0.01)
    monkeypatch.setattr(engine_module, "IN_STEP", 0.2)
    fill(shelf)
    shelf.search.rebuild()
    assert not shelf.search.is_in_step
    shelf.search.follow()
    wait_for(lambda: shelf.search.is_in_step)
    monkeypatch.setattr(shelf.search._indexer, "follow", lambda _: False)
    wait_for(lambda: not shelf.search.is_in_step)


def test_what_is_found_has_its_fingerprint(shelf: Shelf) -> None:
    fill(shelf)
    shelf.search.rebuild()
    rows = db.session.execute(select(PublishedListing.service_id, PublishedListing.content_hash))
    found = {(hit.id, hit.hash) for hit in shelf.search.find(Criteria()).hits}
    assert found == {(key, digest) for key, digest in rows}


def wait_for(holds: Callable[[], bool]) -> None:
    """Wait up to ten seconds for something to hold."""
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_failure_does_not_end_the_following(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "FOLLOW_EVERY", 0.01)
    monkeypatch.setattr(engine_module, "AFTER_TROUBLE", 0.01)
    fill(shelf)
    heal, calls = shelf.search._indexer.heal, []

    def fails_once(session: Session) -> bool:
        calls.append(1)
        if len(calls) == 1:
            raise OSError
        return heal(session)

    monkeypatch.setattr(shelf.search._indexer, "heal", fails_once)
    shelf.search.follow()
    wait_for(lambda: len(calls) > 1 and shelf.search.is_ready())
