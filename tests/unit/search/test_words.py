"""What families type, and the slots, ages and cards it becomes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.files import FILES, every_way, read_file
from app.search.meanings import key, load_meanings
from app.search.slots import Role, Slot
from app.search.spelling import Lexicon
from app.search.text import words
from app.search.words import MOST_SLOTS, MOST_WORDS, understand, understand_exactly
from app.vocabulary import ACCESS, ACTIVITIES, BREAKS, COSTS, NEEDS, WHEN
from tests.unit.search.conftest import TOWNS

LISTS = {
    "need": NEEDS,
    "activity": ACTIVITIES,
    "break": BREAKS,
    "access": ACCESS,
    "cost": COSTS,
    "when": WHEN,
}
ROWS = [row for file in FILES for row in read_file(file)["meaning"]]
PLACES = Lexicon(None, TOWNS)


def codes(text: str) -> list[tuple[str, str]]:
    """Kind and code of everything understood."""
    return [(item.kind, item.code) for item in understand(text, PLACES).understood]


def required(text: str) -> list[Slot]:
    """The slots a service must answer."""
    return [slot for slot in understand(text, PLACES).slots if slot.role is Role.MUST]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["means"])
def test_every_code_of_the_file_is_on_its_list(row: dict[str, str]) -> None:
    pairs = [row["code"], *row.get("equally", ()), *row.get("also", ())]
    for kind, _, code in (pair.partition(":") for pair in pairs):
        assert kind not in LISTS or not code or code in LISTS[kind]


def test_every_code_of_the_lists_has_official_words_to_be_found_by() -> None:
    named = load_meanings().names.keys()
    told = {(kind, code) for kind, terms in LISTS.items() for code in terms if kind != "cost"}
    assert told - named == {("when", "overnight")}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["means"])
def test_every_way_to_type_a_meaning_is_understood(row: dict[str, list[str]]) -> None:
    for kind in ("names", "everyday", "misspelt", "outdated"):
        for typed in every_way(row.get(kind, ())):
            assert key(words(typed)) in load_meanings().phrases


def test_the_longest_phrase_wins() -> None:
    assert codes("autism friendly cinema") == [("activity", "cinema_relaxed")]
    assert codes("autism friendly") == [("access", "relaxed_session")]


def test_whichever_child_is_spoken_of_the_wish_is_the_same() -> None:
    for child in ("him", "my daughter", "our son", "my child"):
        assert ("break", "enabling") in codes(f"someone to take {child} out")


def test_two_ways_to_say_one_thing_are_one_wish() -> None:
    assert len(required("swim swimming pool")) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("add", [("need", "adhd")]),
        ("add adhd", [("need", "adhd")]),
        ("add to my list", []),
        ("hi there", []),
        ("hi deaf", [("need", "sensory")]),
        ("spa", []),
    ],
)
def test_doubtful_words_need_company(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(dict.fromkeys(codes(text))) == expected


def test_outdated_words_are_understood_and_never_shown() -> None:
    shown = understand("handicapped swimming").understood
    assert [item.text for item in shown] == ["disabled", "swimming"]


def test_the_words_of_an_age_are_not_asked_for_again() -> None:
    assert [slot.texts[0][0] for slot in required("swimming 6 years old")] == [("swim",)]


def test_a_town_is_a_place_and_the_county_says_nothing() -> None:
    found = understand("swimming newton abbot devon", PLACES)
    assert found.spot is not None
    assert found.spot.name == "Newton Abbot"
    assert [slot.role for slot in found.slots] == [Role.MUST, Role.SAID, Role.NEAR]


@pytest.mark.parametrize("text", ["something for my", "can I use", "the near me", "NOT NOT a", "*"])
def test_empty_words_ask_for_nothing(text: str) -> None:
    assert understand(text).slots == ()


def test_words_most_services_share_are_not_required() -> None:
    assert [
        slot.texts[0][0] for slot in required("clubs and activities for disabled kids dance")
    ] == [("danc",)]


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("respite", "short_break"),
        ("dla", "dla"),
        ("free summer clubs", "haf"),
        ("scouts for autistic boy", "reasonable_adjustments"),
        ("youth club 17 year old", "transition_assessment"),
    ],
)
def test_cards(text: str, card: str) -> None:
    assert card in understand(text).help_cards


@given(st.text(max_size=400))
def test_nothing_typed_is_too_much(text: str) -> None:
    assert len(understand(text, PLACES).slots) <= MOST_SLOTS


@pytest.mark.parametrize("word", ["swimming ", "a b c d e f ", "autism or (", '"', "*~9 ", "عربي "])
def test_work_is_bounded_by_count(word: str) -> None:
    found = understand(word * 10_000, PLACES)
    assert len(found.slots) <= MOST_SLOTS
    assert len(found.understood) <= MOST_WORDS
    assert sum(len(slot.texts) + len(slot.codes) for slot in found.slots) <= 40 * MOST_SLOTS


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("loves trains what can we do together", ("activity", "family_fun")),
        ("by bus or train", ("access", "public_transport")),
        ("near a train station", ("access", "public_transport")),
        ("what can i spend tsb money on", ("cost", "tsb_allowance")),
        ("somebody to sit with him at night", ("break", "home_support")),
        ("any 1to1 help", ("break", "enabling")),
    ],
)
def test_the_same_word_is_read_by_its_neighbours(text: str, code: tuple[str, str]) -> None:
    assert codes(text) == [code]


def test_taking_out_what_was_understood_leaves_the_rest() -> None:
    found = understand("Swiming for my AUTISTIC son near Exeter, saturdays", PLACES).understood
    rests = {item.kind: item.rest for item in found}
    assert rests["activity"] == "for my AUTISTIC son near Exeter, saturdays"
    assert rests["need"] == "Swiming for my son near Exeter, saturdays"
    assert rests["place"] == "Swiming for my AUTISTIC son, saturdays"
    assert rests["when"] == "Swiming for my AUTISTIC son near Exeter"


def test_a_thing_said_twice_is_one_thing_and_goes_as_one() -> None:
    (item,) = understand("pool swimming please").understood
    assert item.rest == "please"


def test_what_is_not_wished_for_is_not_looked_for() -> None:
    assert codes("not overnight swimming no football") == [("activity", "swimming")]
    assert ("need", "no_diagnosis") in codes("no diagnosis")
    assert codes("too tired to cook") == []


def test_words_of_their_own_are_only_words() -> None:
    found = understand_exactly("swimming for autistic boys")
    assert [slot.texts[0][0] for slot in found.slots] == [("swim",), ("autist",), ("boy",)]
    assert (found.understood, found.ages, found.spot) == ((), None, None)
    assert understand_exactly("my son hits me").help_cards == ("get_help",)


def test_what_was_read_is_told_as_we_write_it() -> None:
    beside = Lexicon([frozenset({"club"})], PLACES.towns)
    told = understand("autisic swwimming exter", beside).mended
    assert told == (("autisic", "autism"), ("swwimming", "swimming"), ("exter", "Exeter"))


def test_everyday_words_of_a_tale_are_asked_of_no_service() -> None:
    assert required("he told us its going to take forever and i feel awful") == []
    assert not understand("bored to death", Lexicon([frozenset({"depth"})], PLACES.towns)).mended
