"""Ways on when little was found: true counts, and what comes close."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.council import load_council
from app.directory import queries
from app.directory.asked import Asked, read_asked
from app.directory.loosen import FEW, MOST_CHANGES, MOST_CLOSE, close_matches, loosen
from app.directory.views import Loosen
from app.labels import label_of
from app.places import Place
from app.search.criteria import Results
from app.site import Site
from tests import factories

DEVON = load_council("devon")
LABEL = label_of(DEVON)
EXETER = Place("Exeter", 292000.0, 92500.0, "", "", "exeter")
Ask = Callable[[Asked], Results]


@pytest.fixture
def clubs(app: Flask, site: Site) -> Iterator[None]:
    """Swimming for the young and for the older, drama, and a night away."""
    far = {"town": "Barnstaple", "locality": "north-devon", "easting": 255800, "northing": 133200}
    factories.show(
        site,
        factories.service("Otter", activities=["swimming"], min_age=5, max_age=10),
        factories.service("Heron", activities=["swimming"], min_age=11, max_age=17,
                          places=[factories.place(**far)]),
        factories.service("Wren", activities=["drama"], when=["saturday"], min_age=5, max_age=10),
        factories.service("Teens", activities=["drama"], min_age=13, max_age=17),
        factories.service("Night", breaks=["overnight_residential"], tier="specialist"),
    )  # fmt: skip
    app.extensions["search"].rebuild()
    with app.test_request_context():
        yield


def changes(asked: Asked, place: Place | None = None) -> tuple[Loosen, ...]:
    criteria = queries.to_criteria(asked, place)
    return loosen(asked, criteria, queries.search_engine().find(criteria), LABEL)


def close(asked: Asked, place: Place | None = None) -> list[str]:
    criteria = queries.to_criteria(asked, place)
    hits = close_matches(criteria, queries.search_engine().find(criteria))
    return [listing.name for listing in queries.find_listings(hit.id for hit in hits)]


def follow(url: str, place: Place | None) -> int:
    """How many are found at an address."""
    asked = read_asked(MultiDict(parse_qsl(urlsplit(url).query)), DEVON)
    assert not asked.notes
    near = place if asked.near else None
    return queries.search_engine().find(queries.to_criteria(asked, near)).total


HARD = [
    Asked(q="swimming", codes={"tier": ("specialist",)}),
    Asked(q="swimming for my 3 year old", codes={"tier": ("specialist",)}),
    Asked(q="drama saturdays for a teenager", codes={"access": ("hoist",)}),
    Asked(q="swimming", near="Exeter", within=1, codes={"need": ("adhd",), "when": ("sunday",)}),
    Asked(years=(3,), codes={"activity": ("drama", "swimming"), "locality": ("north-devon",)}),
    Asked(q="swims nights", exact=True),
    Asked(q="quokka xylophone"),
    Asked(q="quokka", years=(6,), page=9),
]


@pytest.mark.usefixtures("clubs")
@pytest.mark.parametrize("asked", HARD, ids=range(len(HARD)))
def test_each_count_is_what_following_it_finds_and_the_best_comes_first(asked: Asked) -> None:
    place = EXETER if asked.near else None
    found = queries.search_engine().find(queries.to_criteria(asked, place)).total
    offered = changes(asked, place)
    assert offered
    assert len(offered) <= MOST_CHANGES
    for change in offered:
        assert follow(change.url, place) == change.total > found, change
    totals = [change.total for change in offered]
    assert totals == sorted(totals, reverse=True)
    assert len({change.url for change in offered}) == len(offered), "each a way of its own"


@pytest.mark.usefixtures("clubs")
def test_a_phrase_taken_for_two_things_is_one_way() -> None:
    offered = changes(Asked(q="swimming for a teenager", codes={"tier": ("specialist",)}))
    assert len([change for change in offered if "Age" in change.words]) <= 1


@pytest.mark.usefixtures("clubs")
def test_what_is_offered_is_named_in_words() -> None:
    asked = Asked(q="swimming", near="Exeter", within=1, years=(3,),
                  codes={"when": ("saturday", "sunday"), "tier": ("specialist",)})  # fmt: skip
    said = {change.words for change in changes(Asked(q="drama", years=(3,)))}
    assert said == {"Any age"}
    for change in changes(asked, EXETER):
        assert "_" not in change.words and change.words[0].isupper()


@pytest.mark.usefixtures("clubs")
def test_to_give_up_all_words_is_offered_only_where_it_finds_most() -> None:
    offered = [[change.words for change in changes(asked)] for asked in HARD if not asked.near]
    assert all("Any words" not in words[1:] for words in offered)
    assert any(words[0] == "Any words" for words in offered)
    assert any("Any words" not in words for words in offered)


@pytest.mark.usefixtures("clubs")
def test_the_very_words_can_be_given_up_for_what_they_mean() -> None:
    offered = changes(Asked(q="swims nights", exact=True))
    assert "With words that mean the same" in [change.words for change in offered]


@pytest.mark.usefixtures("clubs")
def test_enough_found_offers_nothing_and_lists_nothing_close() -> None:
    everything = Asked()
    assert changes(everything) == ()
    enough = Asked(codes={"tier": ("universal",)})
    assert queries.search_engine().find(queries.to_criteria(enough, None)).total >= FEW
    assert changes(enough) == () and close(enough) == []


def test_an_empty_directory_has_nothing_to_offer(app: Flask) -> None:
    app.extensions["search"].rebuild()
    with app.test_request_context():
        assert changes(Asked()) == changes(Asked(q="swimming")) == ()
        assert close(Asked()) == close(Asked(q="swimming", years=(3,))) == []


@pytest.mark.usefixtures("clubs")
def test_what_comes_close_was_not_found_and_is_told_once() -> None:
    found = close(Asked(q="swimming", codes={"tier": ("specialist",)}))
    assert found[:2] == ["Otter", "Heron"] or found[:2] == ["Heron", "Otter"], "same words first"
    assert len(found) == len(set(found)) <= MOST_CLOSE
    beside = close(Asked(q="drama", years=(6,)))
    assert beside and "Wren" not in beside, "it was found"


@pytest.mark.usefixtures("clubs")
def test_what_comes_close_takes_the_child_while_anything_does() -> None:
    assert close(Asked(q="swimming", years=(6,), codes={"tier": ("specialist",)}))[0] == "Otter"
    for asked in (
        Asked(q="quokka", years=(6,)),
        Asked(q="quokka for my 6 year old"),
        Asked(q="quokka", codes={"age": ("5-10",)}),
    ):
        found = close(asked)
        assert {"Otter", "Wren"} <= set(found[:3]), asked
        assert not {"Heron", "Teens"} & set(found[:3]), asked


@pytest.mark.usefixtures("clubs")
def test_what_comes_close_is_near_the_place_among_the_words() -> None:
    free = {"cost": ("free",)}
    assert close(Asked(q="drama barnstaple", codes=free))[0] in {"Wren", "Teens"}, "drama first"
    assert close(Asked(q="quokka barnstaple", codes=free))[0] == "Heron"
    assert close(Asked(q="quokka exeter", codes=free))[0] != "Heron"


@pytest.mark.usefixtures("clubs")
def test_where_no_single_change_helps_none_is_offered_and_something_close_is() -> None:
    asked = Asked(q="quokka", codes={"cost": ("free",)})
    assert changes(asked) == ()
    assert len(close(asked)) == MOST_CLOSE


def test_without_an_index_nothing_is_called_close(app: Flask, site: Site) -> None:
    """Rough answers are not to be taken for near ones."""
    factories.published(site, "Otter")
    with app.test_request_context():
        assert close(Asked(q="quokka")) == []
