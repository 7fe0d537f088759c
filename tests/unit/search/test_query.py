"""What is found, in which order, and what the facets say."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.index import create_in

from app.listing import Listing
from app.search import query
from app.search.criteria import FACETS, Criteria, Results
from app.search.documents import make_schema, to_document
from app.search.snapshot import Snapshot, load_snapshot
from app.states import Stays
from app.vocabulary import ACTIVITIES, AGE_BANDS, NEEDS, TIERS
from tests.unit.search.conftest import (
    EXETER,
    IN_BIDEFORD,
    IN_EXETER,
    IN_TIVERTON,
    named,
    says,
    stored,
)

Make = Callable[..., Snapshot]


def names(results: Results) -> list[str]:
    """The ids found; the tests use names as ids."""
    return [hit.id for hit in results.hits]


def found(snapshot: Snapshot, text: str = "", **criteria: object) -> list[str]:
    return names(query.find(snapshot, Criteria(text=text, **criteria)))


def item(name: str, **facts: object) -> Listing:
    return named(name, **{"id": name, **facts})


@pytest.mark.parametrize("text", ["swimming", "SWIM", "swims", "pool", "swiming", "swimmming"])
def test_everyday_and_misspelt_words_find_the_same(snapshot_of: Make, text: str) -> None:
    snapshot = snapshot_of(
        item("Dolphins", activities=("swimming",)), item("Chess", activities=("music",))
    )
    assert found(snapshot, text) == ["Dolphins"]


def test_a_wish_is_answered_by_code_before_a_passing_mention(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        item("Mention", description="After the swimming season we do makaton."),
        item("Pool", activities=("swimming",)),
        item("Both", activities=("swimming",), description="Swimming in warm water."),
    )
    assert found(snapshot, "swimming") == ["Both", "Pool", "Mention"]


def test_the_very_name_comes_first(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        item("Swim Swim Swim Club", activities=("swimming",)),
        item("The Swim", places=(IN_BIDEFORD,)),
    )
    assert found(snapshot, "the swim", point=EXETER)[0] == "The Swim"


def test_all_words_first_and_most_of_them_when_there_are_few(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        item("One", activities=("music",)),
        item("Both", activities=("music", "dance")),
        item("Other", activities=("dance",)),
        item("None", activities=("cooking",)),
    )
    results = found(snapshot, "music dance")
    assert results[0] == "Both"
    assert set(results) == {"Both", "One", "Other"}


def test_enough_with_every_word_leave_the_others_out(snapshot_of: Make) -> None:
    both = [item(f"Both {n}", activities=("music", "dance")) for n in range(20)]
    snapshot = snapshot_of(*both, item("One", activities=("music",)))
    assert query.find(snapshot, Criteria(text="music dance")).total == 20


def test_a_need_that_is_named_beats_one_that_is_only_welcomed(snapshot_of: Make) -> None:
    snapshot = snapshot_of(item("Any", needs=("any_send",)), item("Named", needs=("autism",)))
    assert found(snapshot, "autistic") == ["Named", "Any"]


def test_one_that_cannot_give_the_support_asked_for_is_left_out(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        item("No", needs=("physical_disability",), support=says(wheelchair="no")),
        item("Yes", needs=("physical_disability",), support=says(wheelchair="yes")),
        item("Silent", needs=("physical_disability",)),
    )
    assert found(snapshot, "wheelchair") == ["Yes", "Silent"]


def test_a_town_among_the_words_brings_what_is_near_it(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        item("Far", activities=("swimming",), places=(IN_BIDEFORD,)),
        item("Near", activities=("swimming",), places=(IN_TIVERTON,)),
        item("There", activities=("swimming",), places=(IN_EXETER,)),
    )
    assert found(snapshot, "swimming in exeter")[:2] == ["There", "Near"]
    assert found(snapshot, "swiming exetre")[0] == "There"


def test_an_age_among_the_words_leaves_out_what_does_not_take_it(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        item("Tots", max_age=4, activities=("music",)),
        item("Teens", min_age=13, max_age=17, activities=("music",)),
    )
    assert found(snapshot, "music for my 3 year old") == ["Tots"]
    assert found(snapshot, "music teenager") == ["Teens"]
    assert set(found(snapshot, "music 30 years old")) == {"Tots", "Teens"}


def test_a_ticked_age_beats_the_one_typed(snapshot_of: Make) -> None:
    snapshot = snapshot_of(item("Tots", max_age=4), item("Teens", min_age=13, max_age=17))
    assert found(snapshot, "3 year old", age=("16-17",)) == ["Teens"]
    results = query.find(snapshot, Criteria(text="3 year old"))
    assert results.facets["age"] == {"0-4": 1, "11-15": 1, "16-17": 1}


def test_years_and_bands_are_alternatives(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        item("Tots", max_age=4), item("Teens", min_age=13, max_age=17), item("Men", min_age=18)
    )
    assert set(found(snapshot, years=(3,), age=("16-17",))) == {"Tots", "Teens"}


def test_without_words_what_was_checked_last_comes_first(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        item("A", assured=date(2025, 1, 1)),
        item("C", assured=date(2026, 1, 1)),
        item("B", assured=date(2026, 1, 1)),
        item("D"),
    )
    assert found(snapshot) == ["B", "C", "A", "D"]
    assert found(snapshot, "anything", sort="updated") == ["B", "C", "A", "D"]
    assert found(snapshot, sort="name") == ["A", "B", "C", "D"]


def test_with_a_point_the_near_comes_first(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        item("Online"),
        item("Bideford", places=(IN_BIDEFORD,)),
        item("Exeter", places=(IN_EXETER,)),
    )
    assert found(snapshot, point=EXETER) == ["Exeter", "Bideford", "Online"]


def test_distance_ranks_by_the_nearest_place_and_covering_ones_before_other_placeless(
    snapshot_of: Make,
) -> None:
    snapshot = snapshot_of(
        item("Anywhere"),
        item("Covers", areas=("exeter",)),
        item("Bideford", places=(IN_BIDEFORD,), areas=("exeter",)),
        item("Two", places=(IN_BIDEFORD, IN_TIVERTON)),
    )
    criteria = Criteria(point=EXETER, home="exeter", sort="distance")
    results = query.find(snapshot, criteria)
    assert names(results) == ["Two", "Bideford", "Covers", "Anywhere"]
    assert [hit.covers for hit in results.hits] == [False, True, True, False]
    assert results.hits[-1].miles is None
    assert names(query.find(snapshot, replace(criteria, within=20))) == [
        "Two",
        "Bideford",
        "Covers",
    ]


def test_within_without_a_point_says_nothing(snapshot_of: Make) -> None:
    assert found(snapshot_of(item("A")), within=1) == ["A"]


@pytest.mark.parametrize(
    ("page", "shown", "expected"), [(1, 1, 20), (3, 3, 5), (9, 3, 5), (0, 1, 20), (-4, 1, 20)]
)
def test_pages_of_twenty(snapshot_of: Make, page: int, shown: int, expected: int) -> None:
    snapshot = snapshot_of(*(item(f"Club {n:02}") for n in range(45)))
    results = query.find(snapshot, Criteria(page=page))
    assert (results.page, results.pages, len(results.hits)) == (shown, 3, expected)
    assert results.total == 45


def test_pages_hold_every_service_once(snapshot_of: Make) -> None:
    snapshot = snapshot_of(*(item(f"Club {n:02}", activities=("music",)) for n in range(45)))
    pages = [found(snapshot, "music", page=page) for page in (1, 2, 3)]
    assert sorted(name for page in pages for name in page) == [f"Club {n:02}" for n in range(45)]


def test_nothing_found_is_an_empty_page(snapshot_of: Make) -> None:
    results = query.find(snapshot_of(item("A")), Criteria(text="qqqqqqqq", need=("autism",)))
    assert (results.total, results.hits, results.page, results.pages) == (0, [], 1, 0)


def test_stems_to_mark_are_of_the_telling_words(snapshot_of: Make) -> None:
    snapshot = snapshot_of(item("A", activities=("dance",)))
    assert query.find(snapshot, Criteria(text="dance clubs for children")).words == ("danc",)


BAD = [
    "a" * 10_000,
    "swim " * 2_000,
    '"unbalanced',
    "*",
    "?",
    "w????",
    "swim~9",
    "AND OR NOT NOT a",
    "[a TO z]",
    "(((",
    "\x00swim\x00",
    "\ud800\udfff",
    "\u202eswim",
    "sw\u200bim",
    "<script>alert(1)</script>",
    "name:swim^1000",
    "' OR 1=1 --",
    "%",
    "_" * 50,
    "\N{FACE WITH TEARS OF JOY}",
    "سباحة",
]


@pytest.mark.parametrize("text", BAD, ids=range(len(BAD)))
def test_bad_input_is_only_words(snapshot_of: Make, text: str) -> None:
    snapshot = snapshot_of(item("A", activities=("swimming",)))
    assert query.find(snapshot, Criteria(text=text)).total in {0, 1}


def test_a_search_decodes_few_lists(snapshot_of: Make) -> None:
    snapshot = snapshot_of(item("A", activities=("swimming",)))
    (part,) = snapshot.parts.values()
    query.find(
        snapshot, Criteria(text=" ".join(f"swim{n} wheelchair{n} dance" for n in range(999)))
    )
    assert len(part._postings) < 200


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A directory of eighty mixed services, in two parts."""
    dice = random.Random(3)
    folder = tmp_path_factory.mktemp("mixed")
    index = create_in(folder, make_schema())
    for part in range(2):
        writer = index.writer()
        for number in range(40):
            low = dice.choice([0, 4, 8, 14])
            made = item(
                f"Club {part}{number:02}",
                tier=dice.choice(TIERS.codes),
                needs=tuple(dice.sample(NEEDS.codes, 2)),
                activities=tuple(dice.sample(ACTIVITIES.codes[:8], 2)),
                min_age=low,
                max_age=dice.choice([None, low + 4]),
                places=(dice.choice([IN_EXETER, IN_TIVERTON, IN_BIDEFORD]),),
                areas=(dice.choice(["exeter", "torridge"]),),
                support=says(hoist=dice.choice(["yes", "no", "ask"])),
            )
            writer.add_document(**to_document(stored(made)))
        writer.commit(merge=False)
    return load_snapshot(folder)


CHOICES = {
    "need": NEEDS.codes[:4],
    "activity": ACTIVITIES.codes[:4],
    "tier": TIERS.codes,
    "age": tuple(band.code for band in AGE_BANDS),
    "locality": ("exeter", "mid-devon", "torridge"),
    "access": ("hoist",),
}
TICKS = st.fixed_dictionaries(
    {
        group: st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)
        for group, values in CHOICES.items()
    }
)
TEXTS = st.sampled_from(["", "swimming", "football autistic", "hoist", "music for my 6 year old"])


@settings(max_examples=40)
@given(TICKS, TEXTS, st.sampled_from([None, 10]))
def test_a_count_is_what_ticking_gives(
    mixed: Snapshot, ticks: dict[str, tuple[str, ...]], text: str, within: int | None
) -> None:
    criteria = Criteria(text=text, point=EXETER, home="exeter", within=within, **ticks)
    results = query.find(mixed, criteria)
    assert query.count(mixed, criteria) == results.total
    for group in FACETS:
        codes = results.facets[group]
        assert all(codes.values())
        for code in CHOICES.get(group, ()):
            field = "break_" if group == "break" else group
            alone = replace(criteria, **{field: (code,)})
            assert codes.get(code, 0) == query.find(mixed, alone).total, (group, code)


def test_two_children_are_both_taken_where_that_can_be(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        item("Both", activities=("swimming",), min_age=3, max_age=8),
        item("Older", activities=("swimming",), min_age=5, max_age=11),
        item("Drums", activities=("music",), min_age=5, max_age=11),
    )
    assert found(snapshot, "swimming for my 4 and 6 year old") == ["Both"]
    assert found(snapshot, "swimming ages 4 to 6") == ["Both", "Older"]
    assert found(snapshot, "music for my 4 and 6 year old") == ["Drums"]


def test_a_break_where_a_parent_stays_comes_after_a_true_one(snapshot_of: Make) -> None:
    alike = {"breaks": ("play_leisure",), "needs": ("autism",)}
    snapshot = snapshot_of(
        item("A stays", **alike, stays=Stays.MUST_STAY),
        item("B stays", **alike, support=says(parent_stays="yes")),
        item("C goes", **alike),
    )
    assert found(snapshot, "respite autism") == ["C goes", "A stays", "B stays"]
    assert found(snapshot, "autism", access=("parent_stays",)) == ["A stays", "B stays"]


def test_money_and_advice_come_after_something_for_the_child(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        item("Advice", breaks=("parent_support", "direct_payment"), needs=("complex_health",)),
        item("Nurses", breaks=("home_support",), needs=("complex_health",)),
    )
    assert found(snapshot, "peg feeds") == ["Nurses", "Advice"]
