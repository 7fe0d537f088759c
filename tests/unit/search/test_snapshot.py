"""Decoding Whoosh's posting lists, and taking over parts that have not changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import whoosh
from whoosh.index import create_in, open_dir
from whoosh.reading import SegmentReader

from app.search.documents import make_schema, to_document
from app.search.indexer import _writer
from app.search.segment import SATURATION, Part
from app.search.snapshot import Snapshot, load_snapshot
from tests.unit.search.conftest import named, stored


def filled(folder: Path, count: int, ours: bool = True) -> Part:
    """One segment with so many listings."""
    index = create_in(folder, make_schema())
    writer = _writer(index) if ours else index.writer()
    for number in range(count):
        often = "swim " * (number % 7)
        item = named(f"Club {number}", description=f"{often} dance", id=f"{number:04}")
        writer.add_document(**to_document(stored(item)))
    writer.commit()
    return Part(index.reader().leaf_readers()[0][0])


def slowly(reader: SegmentReader, stem: str) -> list[tuple[int, float]]:
    """A posting list by Whoosh's public interface."""
    matcher, found = reader.postings("words", stem), []
    while matcher.is_active():
        weight = matcher.weight()
        found.append((matcher.id(), weight / (weight + SATURATION)))
        matcher.next()
    return found


def test_the_pinned_whoosh_is_the_one_whose_blocks_we_read() -> None:
    assert whoosh.__version__ == (2, 7, 4)


def test_lists_decode_to_what_whoosh_says_in_short_and_long_blocks(tmp_path: Path) -> None:
    for ours in (True, False):
        folder = tmp_path / str(ours)
        folder.mkdir()
        part = filled(folder, 700, ours)
        for stem in ("swim", "danc", "club", "13"):
            rows, strengths = part.posting(stem)
            expected = slowly(part._reader, stem)
            assert rows.tolist() == [row for row, _ in expected]
            assert np.allclose(strengths, [strength for _, strength in expected])


def test_a_word_nobody_has_is_an_empty_list(tmp_path: Path) -> None:
    rows, strengths = filled(tmp_path, 3).posting("trombon")
    assert len(rows) == len(strengths) == 0


def test_deleted_rows_are_decoded_and_not_live(tmp_path: Path) -> None:
    filled(tmp_path, 5)
    writer = open_dir(tmp_path).writer()
    for gone in ("0000", "0002"):
        writer.delete_by_term("id", gone)
    writer.commit(merge=False)
    snapshot = load_snapshot(tmp_path)
    assert snapshot.total == 3
    (part,) = snapshot.parts.values()
    assert part.posting("danc")[0].tolist() == [0, 1, 2, 3, 4]
    assert part.posting("0")[0].tolist() == [0]


def test_unchanged_parts_are_taken_over(tmp_path: Path) -> None:
    filled(tmp_path, 5)
    before = load_snapshot(tmp_path)
    writer = open_dir(tmp_path).writer()
    writer.add_document(**to_document(stored(named("New", id="new"))))
    writer.commit(merge=False)
    after = load_snapshot(tmp_path, before)
    assert [after.parts[name] is part for name, part in before.parts.items()] == [True]
    assert after.total == 6


def test_parts_join_to_the_same_facets(snapshot_of: Callable[..., Snapshot]) -> None:
    items = [named(f"Club {n}", id=f"{n}", activities=("dance",) * (n % 2)) for n in range(9)]
    snapshot = snapshot_of(*items, parts=3)
    assert len(snapshot.parts) == 3
    assert snapshot.facets["activity"] == {"dance": 4}
    assert snapshot.facets["tier"] == {"universal": 9}


def test_an_empty_index_can_be_read(snapshot_of: Callable[..., Snapshot]) -> None:
    assert snapshot_of().total == 0
