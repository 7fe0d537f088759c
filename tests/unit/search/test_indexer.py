"""Building the index, keeping it up to date, and noticing what is wrong with it."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Set
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.database import write
from app.extensions import db
from app.models import ChangeFeed
from app.search import comparing, indexer
from app.search.comparing import (
    MOST_NAMED,
    Differences,
    differences,
    differences_among,
    unlike,
)
from app.search.criteria import Criteria
from app.search.indexer import DAMAGED, LOCK, IndexDamagedError, Indexer
from app.search.state import CURRENT, read_state
from tests.unit.search.conftest import Shelf, named


def ids(shelf: Shelf, text: str = "") -> list[str]:
    shelf.search._look_after = 0.0
    results = shelf.search.find(Criteria(text=text, sort="name"))
    assert not results.limited
    return [hit.id for hit in results.hits]


def folder(shelf: Shelf) -> Path:
    return shelf.search._folder


def build(shelf: Shelf) -> Path:
    state = read_state(folder(shelf))
    assert state is not None
    return folder(shelf) / state.build


def test_a_rebuild_holds_every_listing(shelf: Shelf) -> None:
    shelf.put(*(named(f"Club {n}", id=f"{n}") for n in range(5)))
    assert shelf.search.rebuild() == 5
    assert ids(shelf) == ["0", "1", "2", "3", "4"]
    assert shelf.search.differences() == []


def test_a_rebuild_in_many_small_commits(shelf: Shelf) -> None:
    shelf.put(*(named(f"Club {n}", id=f"{n}") for n in range(9)))
    told: list[int] = []
    with patch.object(indexer, "READ", 2), patch.object(indexer, "COMMIT", 4):
        shelf.search.rebuild(told.append)
    assert len(ids(shelf)) == sum(told) == 9


def test_catching_up_adds_changes_and_takes_away(shelf: Shelf) -> None:
    otter = named("Otter", id="o", activities=("music",))
    wren = named("Wren", id="w")
    shelf.put(otter, wren)
    shelf.search.rebuild()
    shelf.take(wren)
    shelf.put(named("Otter", id="o", activities=("dance",)), named("Heron", id="h"))
    assert shelf.search.differences() != []
    assert shelf.search.catch_up() == 3
    assert ids(shelf) == ["h", "o"]
    assert ids(shelf, "music") == []
    assert ids(shelf, "dance") == ["o"]
    assert shelf.search.differences() == []
    assert shelf.search.catch_up() == 0


def test_a_change_that_is_committed_late_is_not_passed_over(app: Flask, shelf: Shelf) -> None:
    """It has the lower number: nobody may find a higher one while it is still under way."""
    shelf.put(named("Otter", id="o"), named("Wren", id="w"))
    shelf.search.rebuild()
    numbered, may_end = Event(), Event()

    def slow() -> None:
        with app.app_context(), write() as database:
            database.merge(shelf.row(named("Slow Otter", id="o")))
            database.add(ChangeFeed(service_id="o"))
            database.flush()
            numbered.set()
            assert may_end.wait(timeout=30)

    def quick() -> None:
        with app.app_context():
            shelf.put(named("Quick Wren", id="w"))

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(slow)
        assert numbered.wait(timeout=30)
        second = pool.submit(quick)
        wait([second], timeout=2)
        db.session.rollback()
        shelf.search.catch_up()
        db.session.rollback()
        may_end.set()
        first.result(timeout=30)
        second.result(timeout=30)
    assert shelf.search.catch_up() == 2
    assert (ids(shelf, "slow"), ids(shelf, "quick")) == (["o"], ["w"])
    assert shelf.search.differences() == []


def test_many_changes_are_taken_up_in_batches(shelf: Shelf) -> None:
    shelf.search.rebuild()
    shelf.put(*(named(f"Club {n}", id=f"{n}") for n in range(7)))
    with patch.object(indexer, "FOLLOW", 3):
        assert shelf.search.catch_up() == 7
    assert len(ids(shelf)) == 7


def test_without_an_index_catching_up_builds_one(shelf: Shelf) -> None:
    shelf.put(named("Otter", id="o"))
    assert shelf.search.catch_up() == 1
    assert ids(shelf) == ["o"]


def test_another_database_with_fewer_changes_is_built_anew(shelf: Shelf) -> None:
    shelf.put(named("Otter", id="o"), named("Wren", id="w"))
    shelf.search.rebuild()
    with write() as database:
        database.execute(delete(ChangeFeed))
    assert shelf.search.catch_up() == 2


def test_one_old_build_is_kept(shelf: Shelf) -> None:
    (folder(shelf) / "build-unfinished").mkdir(parents=True)
    for _ in range(4):
        shelf.search.rebuild()
    assert len(list(folder(shelf).glob("build-*"))) == 2
    assert build(shelf).is_dir()


@pytest.mark.parametrize("kind", [".arr", ".pst", ".trm", "facts.col", ".toc"])
def test_damage_to_a_file_is_noticed_and_healed(shelf: Shelf, kind: str) -> None:
    shelf.put(named("Otter", id="o"))
    shelf.search.rebuild()
    (path,) = [path for path in build(shelf).iterdir() if path.name.endswith(kind)]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    assert shelf.search.differences() == [f"the file {path.name} is damaged or missing"]
    Indexer(folder(shelf)).heal(db.session())
    assert shelf.search.differences() == []
    assert ids(shelf) == ["o"]


def test_of_workers_that_start_together_one_compares(
    shelf: Shelf, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put(named("Otter", id="o"))
    shelf.search.rebuild()
    compared = []

    def compare(root: Path, session: Session) -> Differences:
        compared.append(1)
        time.sleep(0.3)  # so that the others are waiting meanwhile
        return differences(root, session)

    def start() -> None:
        with app.app_context():
            Indexer(folder(shelf)).heal(db.session())

    monkeypatch.setattr(indexer, "differences", compare)
    with ThreadPoolExecutor(4) as pool:
        for worker in [pool.submit(start) for _ in range(4)]:
            worker.result()
    assert len(compared) == 1
    start()  # what starts later cannot know what has happened since
    assert len(compared) == 2


def test_what_is_published_is_not_held_up_while_a_start_compares(
    shelf: Shelf, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may look like a difference, and nothing is built anew for it."""
    shelf.put(named("Otter", id="o"))
    shelf.search.rebuild()
    first = build(shelf)
    found: list[Differences] = []

    def compare(root: Path, session: Session) -> Differences:
        shelf.put(named("Wren", id="w"))
        found.append(differences(root, session))
        assert shelf.search.catch_up() == 1
        assert ids(shelf) == ["o", "w"]
        return found[-1]

    monkeypatch.setattr(indexer, "differences", compare)
    assert Indexer(folder(shelf)).heal(db.session())
    assert [each.ids for each in found] == [{"w"}]
    assert build(shelf) == first


@pytest.mark.parametrize("published", [1, 2])
def test_what_waits_to_be_indexed_is_no_reason_to_build_anew(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, published: int
) -> None:
    """A save while all are compared, and another while only what differed is looked at again."""
    shelf.put(named("Otter", id="o"))
    shelf.search.rebuild()
    first = build(shelf)
    compared: list[Differences] = []

    def compare_all(root: Path, session: Session) -> Differences:
        shelf.put(named("Wren", id="w"))
        compared.append(differences(root, session))
        return compared[-1]

    def compare_some(ids: Set[str], root: Path, session: Session) -> Differences:
        if len(compared) < published:
            shelf.put(named("Wren again", id="w"))
        compared.append(differences_among(ids, root, session))
        return compared[-1]

    monkeypatch.setattr(indexer, "differences", compare_all)
    monkeypatch.setattr(indexer, "differences_among", compare_some)
    assert Indexer(folder(shelf)).heal(db.session())
    assert [each.ids for each in compared] == [{"w"}] * published + [frozenset()]
    assert build(shelf) == first
    assert len(ids(shelf)) == 2


def test_only_the_listings_named_are_looked_at_again(shelf: Shelf) -> None:
    for id_ in "abc":
        shelf.put(named(f"Otter {id_}", id=id_))
    shelf.search.rebuild()
    shelf.put(named("Heron", id="a"))
    shelf.put(named("Wren", id="d"))
    where = folder(shelf), db.session()
    assert differences(*where).ids == {"a", "d"}
    assert differences_among({"a", "b"}, *where) == (["1 out of date, such as a"], {"a"})
    assert differences_among({"d"}, *where) == (["1 missing from the index, such as d"], {"d"})
    assert differences_among({"b"}, *where).told == []


@pytest.mark.parametrize(("count", "named_"), [(MOST_NAMED, MOST_NAMED), (MOST_NAMED + 1, 0)])
def test_few_that_differ_are_named_and_many_are_counted(count: int, named_: int) -> None:
    found = unlike({f"{number:04}": "new" for number in range(count)}, {})
    assert found.told == [f"{count} missing from the index, such as 0000"]
    assert len(found.ids) == named_


@pytest.mark.parametrize("lost", [1, 3])
def test_a_start_builds_anew_when_listings_are_lost(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    """Whether they are few enough to be named or not."""
    monkeypatch.setattr(comparing, "MOST_NAMED", 2)
    shelf.put(named("Otter", id="o"))
    shelf.search.rebuild()
    for number in range(lost):
        shelf.put(named(f"Wren {number}", id=f"w{number}"))
    with write() as database:
        database.execute(delete(ChangeFeed).where(ChangeFeed.service_id != "o"))
    first = build(shelf)
    assert Indexer(folder(shelf)).heal(db.session())
    assert build(shelf) != first
    assert len(ids(shelf)) == 1 + lost


def test_a_missing_index_is_a_difference(shelf: Shelf) -> None:
    assert shelf.search.differences() == ["there is no index"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"build": "x"}', '{"what": 1}'])
def test_a_broken_state_is_no_index(shelf: Shelf, text: str) -> None:
    shelf.put(named("Otter", id="o"))
    shelf.search.rebuild()
    (folder(shelf) / CURRENT).write_text(text)
    assert read_state(folder(shelf)) is None
    assert shelf.search.catch_up() == 1
    assert ids(shelf) == ["o"]


def test_a_build_that_fails_leaves_the_earlier_one_in_use(shelf: Shelf) -> None:
    shelf.put(named("Otter", id="o"))
    shelf.search.rebuild()
    before = (folder(shelf) / CURRENT).read_text()
    with (
        patch.object(indexer, "content_hashes", return_value={}),
        pytest.raises(IndexDamagedError),
    ):
        shelf.search.rebuild()
    assert (folder(shelf) / CURRENT).read_text() == before
    assert len(list(folder(shelf).glob("build-*"))) == 1


def test_a_change_that_cannot_be_written_waits(shelf: Shelf) -> None:
    shelf.put(named("Otter", id="o"))
    shelf.search.rebuild()
    shelf.put(named("Wren", id="w"))
    with patch.object(indexer, "to_document", side_effect=ValueError), pytest.raises(ValueError):
        shelf.search.catch_up()
    assert ids(shelf) == ["o"]
    assert shelf.search.catch_up() == 1
    assert ids(shelf) == ["o", "w"]


def test_a_commit_without_its_state_is_repeated(shelf: Shelf) -> None:
    shelf.put(named("Otter", id="o"))
    shelf.search.rebuild()
    before = (folder(shelf) / CURRENT).read_text()
    shelf.put(named("Wren", id="w"))
    shelf.search.catch_up()
    (folder(shelf) / CURRENT).write_text(before)
    assert shelf.search.catch_up() == 1
    assert ids(shelf) == ["o", "w"]
    assert shelf.search.differences() == []


def test_only_one_process_writes(shelf: Shelf) -> None:
    shelf.put(named("Otter", id="o"))
    folder(shelf).mkdir(parents=True, exist_ok=True)
    with (folder(shelf) / LOCK).open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert not Indexer(folder(shelf)).follow(db.session())
        assert read_state(folder(shelf)) is None
    assert Indexer(folder(shelf)).follow(db.session())
    assert ids(shelf) == ["o"]


def test_a_request_for_a_rebuild_is_met_once(shelf: Shelf) -> None:
    shelf.put(named("Otter", id="o"))
    shelf.search.rebuild()
    (folder(shelf) / DAMAGED).touch()
    assert shelf.search.catch_up() == 1
    assert not (folder(shelf) / DAMAGED).exists()
    assert shelf.search.catch_up() == 0


def test_the_state_names_every_file_with_its_checksum(shelf: Shelf) -> None:
    shelf.put(named("Otter", id="o"))
    shelf.search.rebuild()
    state = read_state(folder(shelf))
    assert state is not None
    assert set(state.files) == {
        path.name for path in build(shelf).iterdir() if path.suffix != ""
    } - {"MAIN_WRITELOCK"}
