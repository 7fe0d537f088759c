"""*Did you mean*: only where a rare word has a common neighbour that finds something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.listing import Listing
from app.search import query
from app.search.criteria import Criteria
from app.search.snapshot import Snapshot
from tests.unit.search.conftest import Shelf, named

Make = Callable[..., Snapshot]


def item(name: str, **facts: object) -> Listing:
    return named(name, **{"id": name, **facts})


DUNCE = item("Dunce Corner")
"""Its name is a single slip away from an activity."""


@pytest.fixture
def dancers(snapshot_of: Make) -> Snapshot:
    """One service with the rare word, and three for what may be meant."""
    return snapshot_of(DUNCE, *(item(f"Ballet {n}", activities=("dance",)) for n in range(3)))


def meant(snapshot: Snapshot, text: str, **more: object) -> str:
    return query.find(snapshot, Criteria(text=text, **more)).did_you_mean


def test_a_rare_word_beside_a_usual_one_is_asked_about(dancers: Snapshot) -> None:
    results = query.find(dancers, Criteria(text="dunce"))
    assert [hit.id for hit in results.hits] == ["Dunce Corner"], "and still answered as it is"
    assert results.did_you_mean == "dance"
    assert query.find(dancers, Criteria(text="dance")).total == 3


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("Dunce, please!", "dance, please!"),
        ("for my son DUNCE on saturdays", "for my son dance on saturdays"),
        ("  dunce  ", "  dance  "),
    ],
)
def test_the_rest_of_the_text_stays_as_it_was_typed(
    dancers: Snapshot, typed: str, other: str
) -> None:
    assert meant(dancers, typed) == other


def test_it_is_not_asked_when_it_finds_the_same(snapshot_of: Make) -> None:
    only = item("Dunce Dance", activities=("dance",))
    assert meant(snapshot_of(only), "dunce") == ""


def test_it_is_not_asked_when_it_finds_nothing(snapshot_of: Make) -> None:
    assert meant(snapshot_of(DUNCE), "dunce") == ""


def test_it_is_not_asked_when_a_filter_leaves_nothing_of_it(dancers: Snapshot) -> None:
    """Under the filters in force the other word must find something too."""
    assert meant(dancers, "dunce", activity=("swimming",)) == ""
    assert meant(dancers, "dunce", tier=("universal",)) == "dance"


def test_a_word_that_many_have_is_what_was_meant(snapshot_of: Make) -> None:
    many = [item(f"Dunce {n}") for n in range(3)]
    assert meant(snapshot_of(*many, item("Ballet", activities=("dance",))), "dunce") == ""


def test_a_much_more_usual_word_without_a_meaning_is_a_rival_too(snapshot_of: Make) -> None:
    many = [item(f"Lantern {n}") for n in range(25)]
    snapshot = snapshot_of(item("Lintern House"), *many)
    assert meant(snapshot, "lintern") == "lantern"
    assert meant(snapshot, "lantern") == ""


def test_beside_a_wish_that_was_understood_only_another_wish_is_asked_about(
    snapshot_of: Make,
) -> None:
    """`hols` is no slip for `hold`, however many listings hold something."""
    many = [item(f"Lantern {n}") for n in range(25)]
    snapshot = snapshot_of(item("Lintern House"), DUNCE, *many,
                           item("Ballet", activities=("dance",)),
                           item("Pool", activities=("swimming",)))  # fmt: skip
    assert meant(snapshot, "lintern swimming") == ""
    assert meant(snapshot, "dunce swimming") == "dance swimming"


def test_words_that_say_nothing_are_mended_without_a_word(dancers: Snapshot) -> None:
    results = query.find(dancers, Criteria(text="someting with danse"))
    assert results.mended == (("danse", "dance"),)


def test_a_word_that_nobody_knows_is_mended_and_not_asked_about(dancers: Snapshot) -> None:
    results = query.find(dancers, Criteria(text="danse"))
    assert (results.did_you_mean, results.mended) == ("", (("danse", "dance"),))
    assert results.total == 3


def test_it_is_not_asked_of_the_very_words(dancers: Snapshot) -> None:
    assert meant(dancers, "dunce", exact=True) == ""


@pytest.mark.parametrize("text", ["", " ", "dance", "club", "for", "2", "\x00"])
def test_nothing_is_asked_of_what_is_plain(dancers: Snapshot, text: str) -> None:
    assert meant(dancers, text) == ""


def test_of_a_very_long_text_the_beginning_is_read(dancers: Snapshot) -> None:
    assert meant(dancers, "dunce " * 500) == "dance " + "dunce " * 99


def test_the_other_page_begins_at_its_first(dancers: Snapshot) -> None:
    assert meant(dancers, "dunce", page=7) == "dance"


def test_the_database_alone_asks_nothing(shelf: Shelf) -> None:
    shelf.put(DUNCE, item("Ballet", activities=("dance",)))
    assert shelf.search.find(Criteria(text="dunce")).did_you_mean == ""


def test_in_a_crisis_no_word_is_questioned(snapshot_of: Make) -> None:
    bills = snapshot_of(item("Mill"), *(item(f"Bill {n}") for n in range(25)))
    assert meant(bills, "mill") == "bill", "a rare word beside a usual one"
    assert meant(bills, "he will kill himself") == ""
