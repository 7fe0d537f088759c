"""What families type, and the slots, ages and cards it becomes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.crisis import load_crisis
from app.search.files import FILES, every_way, read_file
from app.search.meanings import key, load_meanings
from app.search.slots import CHILD_IN_CRISIS, IN_CRISIS, Role, Slot
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


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("clubs for a 6 year old", (6, 6)),
        ("aged 12 adhd", (12, 12)),
        ("9yo swimming", (9, 9)),
        ("under 5s", (0, 4)),
        ("over 16s", (16, 25)),
        ("sensory play for toddlers", (1, 3)),
        ("teenager football", (13, 17)),
        ("club 99", None),
    ],
)
def test_ages_are_heard(text: str, ages: tuple[int, int] | None) -> None:
    assert understand(text).ages == ages


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
    "text", ["he hits me", "I can’t cope", "cant cope", "self-harm", "my son wants to die please"]
)
def test_a_crisis_shows_help_first(text: str) -> None:
    assert understand(text).help_cards[0] == "get_help"


@pytest.mark.parametrize(
    "text", ["greatest hits disco", "police cadets", "suicide squad", "hit the gym"]
)
def test_innocent_phrases_do_not(text: str) -> None:
    assert "get_help" not in understand(text).help_cards


def test_an_innocent_phrase_does_not_hide_a_crisis_beside_it() -> None:
    assert understand("police cadets for a boy who hits me").help_cards[0] == "get_help"


def test_every_crisis_phrase_shows_help_and_no_innocent_one_does() -> None:
    crisis = load_crisis()
    for phrase in crisis.phrases:
        assert "get_help" in understand_exactly(" ".join(phrase)).help_cards, phrase
    for phrase in crisis.innocent:
        assert "get_help" not in understand_exactly(" ".join(phrase)).help_cards, phrase


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
    ("text", "ages"),
    [
        ("my seven year old", (7, 7)),
        ("he is 7", (7, 7)),
        ("daughter 14 football", (14, 14)),
        ("8-11 year olds", (8, 11)),
        ("7 and 9 year old", (7, 9)),
        ("age 5 to 8", (5, 8)),
        ("16+ club", (16, 25)),
        ("up to 11", (0, 11)),
        ("18 months old", (1, 1)),
        ("year 9 boy", (13, 14)),
        ("turning 18", (18, 18)),
        ("my son 1 to 1 support", None),
        ("1:1 support", None),
        ("one to one", None),
        ("turn 0 99999 years", None),
        ("im autistic 15", (15, 15)),
        ("im autistic and 15", (15, 15)),
        ("pda 9", (9, 9)),
        ("aged 7 and a half", (7, 7)),
        ("between the ages of 5 and 9", (5, 9)),
        ("autistic 16+", (16, 25)),
        ("club for over 50s", None),
        ("I am 38 years old mum with autistic son", None),
        ("im 41 and my daughter is 9", (9, 9)),
    ],
)
def test_ages_are_heard_in_many_forms(text: str, ages: tuple[int, int] | None) -> None:
    assert understand(text).ages == ages


@pytest.mark.parametrize(
    ("text", "ages", "are_two"),
    [
        ("my 4 and 6 yr old", (4, 6), True),
        ("ages 9 and 5", (5, 9), True),
        ("between 4 and 6 years", (4, 6), False),
        ("ages 4 to 6", (4, 6), False),
        ("between the ages of 4 and 6", (4, 6), False),
        ("4 i 6 lat", (4, 6), True),
    ],
)
def test_two_children_are_no_range(text: str, ages: tuple[int, int], *, are_two: bool) -> None:
    found = understand(text)
    assert (found.ages, found.are_two) == (ages, are_two)
    shown = [item.code for item in found.understood if item.kind == "age"]
    assert (shown == [str(age) for age in ages]) is are_two


def test_what_a_child_does_not_do_yet_at_an_age_is_no_time_of_day() -> None:
    assert understand("not talking at 5").ages == understand("in nappies at 5").ages == (5, 5)
    assert understand("swimming at 5").ages is None


def test_a_child_in_crisis_is_not_sent_to_a_group_for_parents() -> None:
    children = ("i dont want to be here any more im 15", "mam 15 lat i nie chcę żyć")
    parents = ("i dont want to be here any more", "i dont want to be here any more im 24")
    for text in (*children, *parents):
        found = understand(text)
        assert found.help_cards[0] == "get_help"
        assert found.slots[0] == (CHILD_IN_CRISIS if text in children else IN_CRISIS), text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("loves trains what can we do together", ("activity", "family_fun")),
        ("by bus or train", ("access", "public_transport")),
        ("near a train station", ("access", "public_transport")),
        ("what can i spend tsb money on", ("cost", "tsb_allowance")),
        ("somebody to sit with him at night", ("break", "home_support")),
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


def test_words_of_their_own_are_only_words() -> None:
    found = understand_exactly("swimming for autistic boys")
    assert [slot.texts[0][0] for slot in found.slots] == [("swim",), ("autist",), ("boy",)]
    assert (found.understood, found.ages, found.spot) == ((), None, None)
    assert understand_exactly("my son hits me").help_cards == ("get_help",)


@pytest.mark.parametrize(
    "text",
    [
        "my son 14 has got a knife",
        "cant take no more",
        "I wish I was dead",
        "she says better off without me",
        "he tried to strangle his brother",
        "hes smashing up the house",
        "punched me in the face",
        "dont feel safe at home",
        "end of my tether",
        "we are being evicted",
    ],
)
def test_a_crisis_is_heard_in_the_words_people_use(text: str) -> None:
    assert understand(text).help_cards[0] == "get_help"


@pytest.mark.parametrize(
    "text", ["help me find a club", "knife skills cooking", "bored to death", "on the edge of town"]
)
def test_what_only_sounds_like_a_crisis_is_none(text: str) -> None:
    assert "get_help" not in understand(text).help_cards


def test_in_a_crisis_support_is_found_and_activities_are_let_go() -> None:
    found = understand("cant take no more need respite he loves swimming autistic")
    assert found.slots[0] == IN_CRISIS
    kinds = {slot.codes[0][0][0] for slot in found.slots[1:] if slot.codes}
    assert {"need", "break"} <= kinds
    assert ("activity", "swimming") not in {code for slot in found.slots for code, _ in slot.codes}


def test_everyday_words_of_a_tale_are_asked_of_no_service() -> None:
    assert required("he told us its going to take forever and i feel awful") == []
    assert not understand("bored to death", Lexicon([frozenset({"depth"})], PLACES.towns)).mended
