"""Listings that tell little by code, as a whole city's feed does: there their words must tell."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.listing import Listing
from app.search import query
from app.search.criteria import Criteria, Results
from app.search.crowd import Crowd, crowd_of
from app.search.meanings import key, load_meanings
from app.search.slots import Role
from app.search.snapshot import Snapshot
from app.search.text import stem, words
from app.search.words import understand
from tests.unit.search.conftest import named

Make = Callable[..., Snapshot]


def item(name: str, **facts: object) -> Listing:
    return named(name, **{"id": name, **facts})


def search(snapshot: Snapshot, text: str) -> Results:
    return query.find(snapshot, Criteria(text=text))


def found(snapshot: Snapshot, text: str) -> list[str]:
    return [hit.id for hit in search(snapshot, text).hits]


def test_other_words_for_a_need_tell_where_no_need_is_told(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        item("Sightline", description="For children with visual impairment."),
        item("Chess", description="For children who like boards."),
    )
    assert found(snapshot, "blind")[0] == "Sightline"
    scores = [hit.score for hit in search(snapshot, "blind").hits]
    assert scores[0] > scores[-1], "and not by its name alone"


def test_other_words_for_an_activity_tell_where_neither_activity_nor_break_is_told(
    snapshot_of: Make,
) -> None:
    silent = item("Pigs", description="A city farm for children.")
    told = item("Choir", description="We sing on a farm.", breaks=("play_leisure",))
    assert found(snapshot_of(silent, told, item("Chess")), "animals") == ["Pigs"]


def test_nothing_is_silent_in_a_directory_of_codes(snapshot_of: Make) -> None:
    snapshot = snapshot_of(item("A", activities=("music",)), item("B", breaks=("play_leisure",)))
    assert snapshot.silent("activity") is None and snapshot.silent("break") is None
    silent = snapshot.silent("need")
    assert silent is not None and silent.tolist() == [1, 1]


def test_the_very_words_of_a_need_come_before_its_code_among_silent_ones(snapshot_of: Make) -> None:
    told = [item(f"Mobility {n}", needs=("physical_disability",)) for n in range(9)]
    snapshot = snapshot_of(*told, item("Cerebral Palsy Plus"))
    for typed in ("cerebral palsy", "cerebal palsy"):
        assert found(snapshot, typed)[0] == "Cerebral Palsy Plus"


def test_every_misspelt_way_leads_to_words_that_mean_the_same() -> None:
    meanings = load_meanings()
    every = {meaning for found in meanings.phrases.values() for meaning in found}
    slips = [(right, meaning) for meaning in every for right in meaning.slips.values()]
    assert slips
    for right, meaning in slips:
        same = [each.code for each in meanings.phrases[key(right)]]
        assert meaning.code in same or right == tuple(words(meaning.means)), (right, meaning.code)


def test_a_vague_question_asks_for_nothing_itself(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        item("Parents", breaks=("parent_support",)),
        item("Stars", needs=("autism",)),
    )
    assert found(snapshot, "autism who can help") == ["Stars", "Parents"]
    roles = {slot.role for slot in understand("who can help").slots}
    assert Role.MUST not in roles


def test_disabled_tells_much_where_few_listings_are_for_the_disabled(snapshot_of: Make) -> None:
    many = [item(f"Apes {n}", description="Sport for children.") for n in range(6)]
    one = item("Zebras", description="Sport for disabled children.")
    assert found(snapshot_of(*many, one), "sport disabled")[0] == "Zebras"


def test_in_a_crisis_those_who_listen_are_found_by_their_words(snapshot_of: Make) -> None:
    snapshot = snapshot_of(
        item("Samaritans", description="A helpline that listens to young people."),
        item("Judo", description="Judo for young people."),
    )
    assert found(snapshot, "my daughter is self harming") == ["Samaritans"]


@pytest.mark.parametrize(
    ("facts", "crowd"),
    [
        ({"description": "For adults with dementia."}, Crowd.ADULTS),
        ({"description": "For adults and children."}, Crowd.CHILDREN),
        ({"description": "Sculpture."}, Crowd.ANYBODY),
        ({"description": "For adults.", "max_age": 25}, Crowd.CHILDREN),
        ({"description": "For the over-50s and retired people."}, Crowd.ADULTS),
        ({"name": "Women’s Choir"}, Crowd.ADULTS),
    ],
)
def test_whom_a_listing_speaks_of(facts: dict[str, object], crowd: Crowd) -> None:
    assert crowd_of(item(str(facts.pop("name", "Otters")), **facts)) is crowd


def test_what_speaks_of_adults_comes_last_unless_a_grown_up_is_looked_for(
    snapshot_of: Make,
) -> None:
    snapshot = snapshot_of(
        item("A", description="Music, elderly, wool."),
        item("B", description="Music, paint, wool."),
        item("C", description="Music, children, wool."),
    )
    assert found(snapshot, "music") == ["C", "B", "A"]
    assert found(snapshot, "music for my daughter 20") == ["A", "B", "C"]


@pytest.mark.parametrize(
    "text",
    ["youth club", "social group", "speech delay", "changing places", "water confidence"],
)
def test_words_that_tell_of_a_wish_are_no_everyday_ones(text: str) -> None:
    wish = understand(text).slots[0]
    assert tuple(map(stem, words(text))) in {kin for kin, _ in wish.kin}
