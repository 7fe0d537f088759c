"""Segments of the index: few after many saves, and none written anew that a save would wait for."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from app.search import state, writing
from app.search.criteria import Criteria
from app.search.segment import segments
from app.search.state import read_state
from app.search.writing import MANY
from tests.unit.search.conftest import Shelf, named


def sizes(shelf: Shelf) -> dict[str, tuple[int, int]]:
    """Each segment with its listings, and how many of them there still are."""
    folder = shelf.search._folder
    held = read_state(folder)
    assert held is not None
    return {
        reader.segment().segment_id(): (reader.doc_count_all(), reader.doc_count())
        for reader in segments(folder / held.build)
    }


def save(shelf: Shelf, *ids: int) -> None:
    shelf.put(*(named(f"Club {n}", id=f"{n}") for n in ids))
    shelf.search.catch_up()


def total(shelf: Shelf) -> int:
    shelf.search._look_after = 0.0
    return shelf.search.find(Criteria()).total


def test_many_saves_leave_few_segments_and_every_listing(shelf: Shelf) -> None:
    shelf.search.rebuild()
    most = 0
    for number in range(MANY * (MANY + 1)):
        save(shelf, number)
        most = max(most, len(sizes(shelf)))
    assert most <= 2 * MANY
    assert total(shelf) == MANY * (MANY + 1)
    assert shelf.search.differences() == []


def test_a_large_segment_is_not_written_anew_by_saves(shelf: Shelf) -> None:
    shelf.put(*(named(f"Old {n}", id=f"old{n}") for n in range(20)))
    shelf.search.rebuild()
    (large,) = sizes(shelf)
    with patch.object(writing, "LARGE", 20):
        for number in range(2 * MANY):
            save(shelf, number)
        assert large in sizes(shelf)
    for number in range(2 * MANY, 3 * MANY + 1):  # it is now of a size that may be
        save(shelf, number)
    assert total(shelf) == 20 + 3 * MANY + 1


def test_a_segment_most_of_which_has_changed_is_written_anew(shelf: Shelf) -> None:
    shelf.put(*(named(f"Club {n}", id=f"{n}") for n in range(5)))
    shelf.search.rebuild()
    (old,) = sizes(shelf)
    save(shelf, 0, 1)
    assert sizes(shelf)[old] == (5, 3)
    save(shelf, 2)
    assert old not in sizes(shelf)
    assert total(shelf) == 5


def test_a_save_reads_no_file_again_that_nobody_has_written_to(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.put(*(named(f"Club {n}", id=f"{n}") for n in range(5)))
    shelf.search.rebuild()
    save(shelf, 5)
    read: list[str] = []
    checksum = state.checksum

    def watched(path: Path) -> int | None:
        read.append(path.name)
        return checksum(path)

    before = sizes(shelf)
    monkeypatch.setattr(state, "checksum", watched)
    save(shelf, 6)
    save(shelf, 7)
    assert read
    (old,) = (name for name, (listings, _) in before.items() if listings == 5)
    assert not [name for name in read if name.startswith(old)]


def test_a_file_that_was_written_to_is_read_again(shelf: Shelf) -> None:
    shelf.put(*(named(f"Club {n}", id=f"{n}") for n in range(5)))
    shelf.search.rebuild()
    save(shelf, 5)
    for path in shelf.search._folder.glob("build-*/*.pst"):
        held = bytearray(path.read_bytes())
        held[len(held) // 2] ^= 1
        path.write_bytes(held)
    save(shelf, 6)
    assert len(sizes(shelf)) == 1  # built anew
    assert total(shelf) == 7
