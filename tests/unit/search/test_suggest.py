"""What is offered to go on with while a family types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.listing import Listing
from app.search.bits import pack
from app.search.columns import make_columns
from app.search.meanings import load_meanings
from app.search.names import find_names
from app.search.sayings import WISHES, load_sayings
from app.search.snapshot import NO_ROWS, Snapshot
from app.search.suggest import (
    MOST_PLACES,
    MOST_SERVICES,
    MOST_WISHES,
    MOST_WORDS,
    Suggestion,
    suggest,
)
from app.search.text import words
from app.search.words import understand
from app.vocabulary import FILTER_LISTS
from tests.unit.search.conftest import named

Make = Callable[..., Snapshot]
ENGLISH, POLISH = ("en",), ("en", "pl")
BAD = ["", " ", "a", "\x00\x00", "((((", "%%", "a" * 5_000, "a " * 2_000, "\ud800\udfff", "🙂🙂",
       "سباحة", "\u202eswi", "*", "swim~9", "e\u0301" * 300]  # fmt: skip


@pytest.fixture
def clubs(snapshot_of: Make) -> Snapshot:
    """A few clubs with names."""
    names = ("Swallows Club", "The Swift Players", "Otter Swimmers", "Heron House", "Oswin Hall")
    return snapshot_of(*(named(name, id=name) for name in names))


def kinds(found: list[Suggestion]) -> list[str]:
    return [item.kind for item in found]


def shown(found: list[Suggestion], kind: str) -> list[str]:
    return [item.words for item in found if item.kind == kind]


def test_three_letters_are_enough_to_be_helped(clubs: Snapshot) -> None:
    assert suggest(clubs, "swi", ENGLISH)[0] == Suggestion("activity", "", "swimming")
    assert shown(suggest(clubs, "autis", ENGLISH), "need")[0] == "autism"
    assert shown(suggest(clubs, "tiv", ENGLISH), "place") == ["Tiverton"]
    assert shown(suggest(clubs, "hoi", ENGLISH), "access") == ["hoist", "hoist toilet"]


def test_wishes_come_before_places_and_these_before_names(clubs: Snapshot) -> None:
    order = ["wish" if kind in WISHES else kind for kind in kinds(suggest(clubs, "he", ENGLISH))]
    assert set(order) == {"wish", "service"}
    assert order == sorted(order, key=["wish", "place", "service"].index)


def test_what_was_typed_before_stays(clubs: Snapshot) -> None:
    assert suggest(clubs, "swimming exet", ENGLISH) == [Suggestion("place", "swimming", "Exeter")]
    found = suggest(clubs, "My Son loves foot", ENGLISH)
    assert found[0] == Suggestion("activity", "My Son loves", "football")


def test_the_longest_end_that_begins_something_is_completed(clubs: Snapshot) -> None:
    """`after sch` is one wish in two words, `newton ab` one town."""
    assert suggest(clubs, "chess after sch", ENGLISH)[0][:3] == (
        "break", "chess", "after-school club",
    )  # fmt: skip
    assert suggest(clubs, "club newton ab", ENGLISH) == [
        Suggestion("place", "club", "Newton Abbot")
    ]


def test_only_so_many_words_at_the_end_are_looked_at(clubs: Snapshot) -> None:
    long = "someone to go out wi"
    assert len(long.split()) > MOST_WORDS
    assert all(item.before for item in suggest(clubs, long, ENGLISH))


def test_a_name_is_offered_only_for_the_whole_text(clubs: Snapshot) -> None:
    """The name of a service stands for itself: what was typed before it would be lost."""
    assert "service" in kinds(suggest(clubs, "heron", ENGLISH))
    assert "service" not in kinds(suggest(clubs, "club heron", ENGLISH))


def test_each_kind_is_held_to_its_number(snapshot_of: Make) -> None:
    many = snapshot_of(*(named(f"Play Place {n}", id=f"p{n}") for n in range(9)))
    found = suggest(many, "pl", ENGLISH)
    wishes = [kind for kind in kinds(found) if kind in WISHES]
    assert len(wishes) == MOST_WISHES
    assert kinds(found).count("service") == MOST_SERVICES
    assert kinds(found).count("place") <= MOST_PLACES


def test_a_wish_is_offered_once_in_its_official_words(clubs: Snapshot) -> None:
    found = suggest(clubs, "autis", ENGLISH)
    assert shown(found, "need")[:1] == ["autism"]
    assert "autistic" not in shown(found, "need")
    texts = [item.words for item in found]
    assert len(texts) == len(set(texts))


def test_accents_capitals_and_dashes_do_not_matter(clubs: Snapshot) -> None:
    plain = suggest(clubs, "after sch", ENGLISH)
    assert suggest(clubs, "AFTER-SCH", ENGLISH) == plain
    assert suggest(clubs, "plywa", POLISH) == suggest(clubs, "pływa", POLISH) != []


def test_polish_words_are_offered_to_who_reads_polish_and_to_nobody_else(clubs: Snapshot) -> None:
    assert "basen" in shown(suggest(clubs, "bas", POLISH), "activity")
    assert shown(suggest(clubs, "bas", ENGLISH), "activity") == ["basketball"]
    assert shown(suggest(clubs, "autyz", POLISH), "need") == ["autyzm"]


def test_the_first_form_of_a_word_is_the_one_offered(clubs: Snapshot) -> None:
    assert shown(suggest(clubs, "plast", POLISH), "activity") == ["plastyka"]
    assert shown(suggest(clubs, "plastyc", POLISH), "activity") == ["plastyce"]


def test_what_is_offered_is_words_and_no_pattern() -> None:
    """The files of meanings have choices in brackets: nobody is to see them."""
    for saying in load_sayings():
        assert not set("(|)") & set(saying.shown), saying
        assert saying.shown == saying.shown.strip() and "  " not in saying.shown, saying
        assert saying.plain == " ".join(words(saying.shown))


def test_all_that_is_offered_is_understood_as_what_it_was_offered_for() -> None:
    for saying in load_sayings():
        kind, code = saying.wish
        assert code in FILTER_LISTS[kind], saying
        if saying.is_official:
            meant = {(item.kind, item.code) for item in understand(saying.shown).understood}
            assert meant, saying


def test_no_process_and_no_outdated_word_is_offered() -> None:
    outdated = {phrase for found in load_meanings().phrases.values() for meaning in found
                for phrase in meaning.outdated}  # fmt: skip
    assert outdated, "there are some"
    for saying in load_sayings():
        assert saying.wish[0] in WISHES
        assert tuple(saying.plain.split()) not in outdated


def test_sayings_are_in_the_order_in_which_they_are_looked_up() -> None:
    plains = [saying.plain for saying in load_sayings()]
    assert plains == sorted(plains)


@pytest.mark.parametrize("typed", BAD, ids=range(len(BAD)))
def test_whatever_is_typed_nothing_breaks(clubs: Snapshot, typed: str) -> None:
    assert len(suggest(clubs, typed, POLISH)) <= MOST_WISHES + MOST_PLACES + MOST_SERVICES


NOTHING = Snapshot({}, make_columns([]), pack(np.ones(0, np.bool_)), NO_ROWS)


@given(st.text(max_size=40))
def test_any_text_gets_an_answer_that_begins_as_it_was_typed(typed: str) -> None:
    for item in suggest(NOTHING, typed, POLISH):
        kept = item.before.split()
        assert kept == typed.split()[: len(kept)]
        assert item.kind in WISHES and item.words


def test_one_letter_is_too_little_and_none_is_nothing(clubs: Snapshot) -> None:
    assert suggest(clubs, "s", ENGLISH) == suggest(clubs, "", ENGLISH) == []
    assert suggest(clubs, "swimming s", ENGLISH) == []


def test_an_empty_directory_still_helps_with_words(snapshot_of: Make) -> None:
    assert shown(suggest(snapshot_of(), "swim", ENGLISH), "activity") == ["swimming"]


# Names


def club(name: str, **facts: object) -> Listing:
    return named(name, **{"id": name, **facts})


def test_a_name_is_found_by_the_beginning_of_any_of_its_words(clubs: Snapshot) -> None:
    assert find_names(clubs, "sw", 9) == ["Swallows Club", "The Swift Players", "Otter Swimmers"]
    assert find_names(clubs, "swift pl", 9) == ["The Swift Players"]
    assert find_names(clubs, "win", 9) == [], "not in the middle of Oswin"


def test_names_that_begin_so_come_first_and_then_the_better_kept(snapshot_of: Make) -> None:
    today = date.today()
    snapshot = snapshot_of(
        club("Old Otter", assured=today - timedelta(days=700)),
        club("Our Otter", assured=today),
        club("Otter Two"),
    )
    assert find_names(snapshot, "ott", 9) == ["Otter Two", "Our Otter", "Old Otter"]
    assert find_names(snapshot, "ott", 1) == ["Otter Two"]


def test_a_name_with_the_letters_twice_is_found_once(snapshot_of: Make) -> None:
    assert find_names(snapshot_of(club("Otter and Otter")), "otter", 9) == ["Otter and Otter"]


def test_names_do_not_run_into_each_other(snapshot_of: Make) -> None:
    """They lie one behind the other: the end of one and the start of the next are not a name."""
    long = "Wagtail and Heron Adventure Club"
    snapshot = snapshot_of(club(long), club("Bees"), club(long + " Two"))
    assert find_names(snapshot, "club bees", 9) == []
    assert find_names(snapshot, "bees", 9) == ["Bees"]


def test_capitals_and_accents_of_a_name_do_not_matter(snapshot_of: Make) -> None:
    snapshot = snapshot_of(club("CAFÉ Zoë", id="zoe"))
    assert find_names(snapshot, "cafe zo", 9) == find_names(snapshot, "Café ZOË", 9) == ["zoe"]


@pytest.mark.parametrize("typed", BAD, ids=range(len(BAD)))
def test_whatever_is_typed_for_a_name_nothing_breaks(clubs: Snapshot, typed: str) -> None:
    assert find_names(clubs, typed, 3) in ([], find_names(clubs, "swi", 3))


def test_what_stands_between_the_words_of_a_name_does_not_matter(snapshot_of: Make) -> None:
    mary = club("St. Mary’s Bees & Trees", id="mary")
    snapshot = snapshot_of(mary, club("After-School Otters"))
    for typed in ("st mary", "St. Mary's b", "marys bees", "bees trees", "bees & tr"):
        assert find_names(snapshot, typed, 9) == ["mary"], typed
    assert find_names(snapshot, "school ott", 9) == ["After-School Otters"]


def test_the_article_may_be_typed_or_left_out(clubs: Snapshot) -> None:
    for typed in ("the swift", "The Swi", "swift"):
        assert "The Swift Players" in find_names(clubs, typed, 9), typed


def test_no_name_in_an_empty_directory(snapshot_of: Make) -> None:
    assert find_names(snapshot_of(), "otter", 3) == []
