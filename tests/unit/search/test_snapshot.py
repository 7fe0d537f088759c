"""Decoding Whoosh's posting lists, and taking over parts that have not changed."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import ClassVar

import numpy as np
import pytest
import whoosh
from hypothesis import given
from hypothesis import strategies as st
from whoosh.index import create_in, open_dir
from whoosh.reading import SegmentReader

from app.search import answers, query
from app.search.answers import answer_slot
from app.search.bits import unpack
from app.search.criteria import Criteria
from app.search.documents import make_schema, to_document
from app.search.lately import forget, lately
from app.search.segment import FULL, SATURATION, arrays_of, open_part, segments, write_parts
from app.search.slots import Slot
from app.search.snapshot import Snapshot, by_name, load_snapshot
from app.search.writing import _writer
from tests.unit.search.conftest import named, stored


def fill(folder: Path, count: int, ours: bool = True) -> None:
    """Make one segment with so many listings."""
    index = create_in(folder, make_schema())
    writer = _writer(index) if ours else index.writer()
    for number in range(count):
        often = "swim " * (number % 7)
        item = named(f"Club {number}", description=f"{often} dance", id=f"{number:04}")
        writer.add_document(**to_document(stored(item)))
    writer.commit()


@contextmanager
def only_segment(folder: Path) -> Iterator[SegmentReader]:
    """The reader of the one segment of an index."""
    with closing(segments(folder)) as found:
        yield next(found)


def arrays(folder: Path) -> Path:
    """The file of the arrays of its segment."""
    with only_segment(folder) as reader:
        return folder / arrays_of(reader)


def names(folder: Path) -> set[str]:
    """The files of an index."""
    return {path.name for path in folder.iterdir()}


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
        fill(folder, 700, ours)
        with only_segment(folder) as reader:
            part = open_part(folder, reader, ())
            for stem in ("swim", "danc", "club", "13"):
                rows, strengths = part.posting(stem)
                expected = slowly(reader, stem)
                assert rows.tolist() == [row for row, _ in expected]
                exactly = [strength for _, strength in expected]
                assert np.allclose(strengths, exactly, rtol=0, atol=0.51 / FULL)


def test_a_word_nobody_has_is_an_empty_list(tmp_path: Path) -> None:
    fill(tmp_path, 3)
    (part,) = load_snapshot(tmp_path).parts.values()
    rows, strengths = part.posting("trombon")
    assert len(rows) == len(strengths) == 0
    assert not part._postings  # what is typed at random takes up no room


def test_what_is_written_down_is_what_was_decoded(tmp_path: Path) -> None:
    fill(tmp_path, 700)
    (decoded,) = load_snapshot(tmp_path).parts.values()
    write_parts(tmp_path, ())
    (read,) = load_snapshot(tmp_path, names(tmp_path)).parts.values()
    assert read.stems == decoded.stems
    for stem in decoded.stems:
        for ours, theirs in zip(read.posting(stem), decoded.posting(stem), strict=True):
            assert ours.dtype == theirs.dtype
            assert ours.tolist() == theirs.tolist()
    assert read.columns.codes == decoded.columns.codes
    assert read.columns.spans == decoded.columns.spans
    for name, column in decoded.columns.rows.items():
        assert read.columns.rows[name].tolist() == column.tolist()
    for kind in ("points", "further", "bits"):
        assert np.array_equal(getattr(read.columns, kind), getattr(decoded.columns, kind))


def test_only_files_that_are_known_to_be_whole_are_read(tmp_path: Path) -> None:
    fill(tmp_path, 5)
    arrays(tmp_path).write_bytes(b"half a fi")
    assert load_snapshot(tmp_path).total == 5
    with pytest.raises(ValueError, match="magic string"):
        load_snapshot(tmp_path, names(tmp_path))
    write_parts(tmp_path, ())
    assert load_snapshot(tmp_path, names(tmp_path)).total == 5


@pytest.mark.parametrize("kept", [0, 40, 1_000, 9_000, -1])
def test_a_file_cut_short_is_noticed_with_its_words(tmp_path: Path, kept: int) -> None:
    fill(tmp_path, 700)
    write_parts(tmp_path, ())
    path = arrays(tmp_path)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ValueError, match=r"\w"):  # NumPy words it in several ways
        (part,) = load_snapshot(tmp_path, names(tmp_path)).parts.values()
        for stem in part.stems:
            part.posting(stem)


def test_whoosh_takes_the_arrays_away_with_their_segment(tmp_path: Path) -> None:
    fill(tmp_path, 5)
    write_parts(tmp_path, ())
    path = arrays(tmp_path)
    assert path.exists()
    writer = open_dir(tmp_path).writer()
    writer.add_document(**to_document(stored(named("New", id="new"))))
    writer.commit(optimize=True)
    assert not path.exists()


def test_deleted_rows_are_decoded_and_not_live(tmp_path: Path) -> None:
    fill(tmp_path, 5)
    writer = open_dir(tmp_path).writer()
    for gone in ("0000", "0002"):
        writer.delete_by_term("id", gone)
    writer.commit(merge=False)
    snapshot = load_snapshot(tmp_path)
    assert snapshot.total == 3
    (part,) = snapshot.parts.values()
    assert part.posting("danc")[0].tolist() == [0, 1, 2, 3, 4]
    assert part.posting("0")[0].tolist() == [0]


def test_parts_look_at_their_rows_of_the_whole(snapshot_of: Callable[..., Snapshot]) -> None:
    """So that nothing but their bits is held twice."""
    items = [named(f"Club {n}", id=f"{n}", activities=("dance",)) for n in range(7)]
    snapshot = snapshot_of(*items, parts=3)
    seen = []
    for _, part in snapshot.firsts():
        assert np.shares_memory(part.columns.rows["id"], snapshot.columns.rows["id"])
        assert np.shares_memory(part.columns.points, snapshot.columns.points)
        seen += part.columns.rows["id"].tolist()
    assert seen == snapshot.columns.rows["id"].tolist()


def test_the_answers_asked_lately_are_kept(snapshot_of: Callable[..., Snapshot]) -> None:
    snapshot = snapshot_of(*(named(f"Club {n}", id=f"{n}") for n in range(3)))
    one, two = (Slot((((word,), 1.0),)) for word in ("club", "2"))
    kept = {slot: answer_slot(snapshot, slot) for slot in (one, two)}
    assert [(answer.count, len(answer.steps)) for answer in kept.values()] == [(3, 3), (1, 3)]
    assert answer_slot(snapshot, one) is kept[one]
    assert answer_slot(snapshot, two) is kept[two]
    forget(snapshot, "answer_slot")
    assert answer_slot(snapshot, one) is not kept[one]


def test_each_object_remembers_what_it_was_asked_last() -> None:
    class Counting:
        asked: ClassVar[list[str]] = []

        @lately(2)
        def letters(self, word: str, less: int = 0) -> int:
            self.asked.append(word)
            return len(word) - less

    one, other = Counting(), Counting()
    assert [one.letters(word) for word in ("a", "bb", "a", "ccc", "a", "bb")] == [1, 2, 1, 3, 1, 2]
    assert one.letters("bb", less=2) == 0
    assert other.letters("bb") == 2 and Counting().letters("dddd") == 4
    assert Counting.asked == ["a", "bb", "ccc", "bb", "bb", "bb", "dddd"]


def test_what_few_answer_in_a_large_directory_is_kept_for_those_alone(
    snapshot_of: Callable[..., Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "LARGE", 12)
    items = [named(f"Club {n}", id=f"{n}", description="swim " * n) for n in range(12)]
    snapshot = snapshot_of(*items)
    few, most = (answer_slot(snapshot, Slot((((word,), 1.0),))) for word in ("7", "swim"))
    assert few.rows is not None and few.kept.size == 1 and few.strengths(few.rows)[0] > 0
    assert most.rows is None and most.kept.size == 12
    for answer, having in ((few, [7]), (most, [*range(1, 12)])):
        assert answer.steps.nonzero()[0].tolist() == having
        assert unpack(answer.bits, 12).nonzero()[0].tolist() == having
        assert (answer.strengths(np.arange(12)) > 0).nonzero()[0].tolist() == having


def test_a_snapshot_that_nobody_uses_goes_at_once(tmp_path: Path) -> None:
    """Workers sweep all their memory rarely, and each save makes a new snapshot."""
    fill(tmp_path, 5)
    snapshot = load_snapshot(tmp_path)
    for text in ("swimming autism", "swiming", "dance saturdays"):
        query.find(snapshot, Criteria(text=text))
    held = [weakref.ref(each) for each in (snapshot, snapshot.lexicon, snapshot.columns.points)]
    gc.disable()
    try:
        del snapshot
        assert [each() for each in held] == [None, None, None]
    finally:
        gc.enable()


def test_unchanged_parts_are_taken_over(tmp_path: Path) -> None:
    fill(tmp_path, 5)
    before = load_snapshot(tmp_path)
    writer = open_dir(tmp_path).writer()
    writer.add_document(**to_document(stored(named("New", id="new"))))
    writer.commit(merge=False)
    after = load_snapshot(tmp_path, earlier=before)
    assert [after.parts[name] is part for name, part in before.parts.items()] == [True]
    assert after.total == 6


@given(st.lists(st.text("ab", max_size=3), max_size=30), st.integers(0, 30))
def test_names_in_order_before_are_in_order_after(names: list[str], before: int) -> None:
    all_names = np.array(names, "S32")
    expected = sorted(range(len(names)), key=lambda row: (names[row], row))
    assert by_name(all_names).tolist() == expected
    assert by_name(all_names, by_name(all_names[:before])).tolist() == expected


def test_names_stay_in_order_whatever_a_save_takes_away(tmp_path: Path) -> None:
    """Segments that one commit makes into one stand at the end, with other row numbers."""
    draw = Random(1)
    fill(tmp_path, 20)
    held: Snapshot | None = None
    for _ in range(60):
        writer = _writer(open_dir(tmp_path))
        for id_ in draw.sample([f"{number:04}" for number in range(20)], 3):
            writer.delete_by_term("id", id_)
            writer.add_document(**to_document(stored(named(draw.choice("abc"), id=id_))))
        writer.commit()
        held = load_snapshot(tmp_path, earlier=held)
        names = held.columns.rows["name"].tolist()
        assert held.ordered.tolist() == sorted(range(len(names)), key=lambda row: (names[row], row))
    assert held is not None
    assert held.total == 20


def test_parts_join_to_the_same_facets(snapshot_of: Callable[..., Snapshot]) -> None:
    items = [named(f"Club {n}", id=f"{n}", activities=("dance",) * (n % 2)) for n in range(9)]
    snapshot = snapshot_of(*items, parts=3)
    assert len(snapshot.parts) == 3
    assert snapshot.facets["activity"] == {"dance": 4}
    assert snapshot.facets["tier"] == {"universal": 9}


def test_an_empty_index_can_be_read(snapshot_of: Callable[..., Snapshot]) -> None:
    assert snapshot_of().total == 0
