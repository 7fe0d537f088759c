"""The loaded directory: repeatable, unlike any real one, gaps included, no text twice."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.council import council_codes
from app.database import write
from app.demo.load import DEFAULT_SERVICES, load_demo, remove_demo
from app.extensions import db
from app.listing import Listing, from_json
from app.listing_words import is_stale
from app.models import ChangeFeed, Location, Organisation, PublishedListing, Service
from app.operations.schema import migrate_to_newest
from app.publishing import publish
from app.site import Site, current_site
from app.states import Space
from app.vocabulary import WITHHELD_BREAKS
from tests import factories
from tests.conftest import close, settings_in
from tests.databases import drop

TODAY = date(2026, 11, 22)
SOME = 240
RUN = 5
MOST_SHARED = 0.40
WHOLE = [
    pytest.param((code, DEFAULT_SERVICES), marks=pytest.mark.slow, id=code)
    for code in council_codes()
]


def load(site: Site, services: int, seed: int = 1) -> None:
    load_demo(site, services, seed, TODAY, lambda _count: None)


def documents() -> dict[str, str]:
    db.session.expire_all()
    rows = db.session.execute(select(PublishedListing.service_id, PublishedListing.document))
    return dict(rows.all())


@pytest.fixture(scope="module", params=[pytest.param(("devon", SOME), id="some of devon"), *WHOLE])
def directory(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[Listing]:
    """The demonstration directory of a council: the slow ones look at the whole of each."""
    council, services = request.param
    folder = tmp_path_factory.mktemp("directory")
    app = create_app(settings_in(folder, council=council), testing=True)
    with app.app_context():
        migrate_to_newest()
        load(current_site(), services)
        found = [from_json(text) for text in documents().values()]
    close(app)
    drop(folder)
    assert len(found) == services
    return found


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", ""))
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def worst_pair(texts: list[str]) -> tuple[float, str, str]:
    """The two texts with most runs of five words in common, as a share of the shorter's."""
    held = [runs(text) for text in texts]
    having: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, found in enumerate(held):
        for run in found:
            having[run].append(number)
    common = Counter(pair for numbers in having.values() for pair in combinations(numbers, 2))
    share, (one, other) = max(
        (count / min(len(held[one]), len(held[other])), (one, other))
        for (one, other), count in common.items()
    )
    return share, texts[one], texts[other]


def test_the_measure_of_likeness_itself() -> None:
    share, one, other = worst_pair(["a b c d e f", "z a b c d e y", "nothing like the other two"])
    assert (share, one, other) == (0.5, "a b c d e f", "z a b c d e y")
    assert worst_pair(["Aa’b c, d e f!", "aab C d. E f"])[0] == 1.0


@pytest.mark.slow
def test_no_two_descriptions_share_more_than_two_fifths(directory: list[Listing]) -> None:
    share, one, other = worst_pair([item.description for item in directory])
    assert share <= MOST_SHARED, f"{share:.0%}\n\n{one}\n\n{other}"


def test_every_service_has_a_name_and_an_address_of_its_own(directory: list[Listing]) -> None:
    assert len({item.name for item in directory}) == len(directory)
    assert len({item.slug for item in directory}) == len(directory)


def test_nobody_real_can_be_rung_written_to_or_visited(directory: list[Listing]) -> None:
    postcode = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[CIKMOV]{2}")
    for item in directory:
        for contact in item.contacts:
            assert all(re.fullmatch(r"01632 960\d{3}", number) for number in contact.phones)
            assert not contact.email or contact.email.endswith(".example.org")
        for place in item.places:
            assert place.withheld or postcode.fullmatch(place.postcode), place.postcode
        for address in (item.url, item.organisation_url, item.send_report_url):
            assert not address or address.split("/")[2].endswith(".example.org"), address
        assert not item.registration or item.registration.startswith("DEMO-")
        assert item.source == "demo"


def test_no_gap_is_left_open_in_any_word(directory: list[Listing]) -> None:
    for item in directory:
        words = [item.name, item.summary, item.description, *item.joining, item.cost_note]
        assert not [text for text in words if re.search(r"[{}]|  ", text)], item.slug


def test_places_where_children_sleep_or_live_are_withheld(directory: list[Listing]) -> None:
    hidden = [item for item in directory if WITHHELD_BREAKS & set(item.breaks)]
    assert len(hidden) > len(directory) / 24
    for item in hidden:
        assert all(place.withheld for place in item.places)
        towns = {town for place in item.places for town in (place.town, place.postcode)}
        assert towns <= {""}


def test_a_directory_is_as_uneven_as_real_ones(directory: list[Listing]) -> None:
    """Stale entries, waiting lists, several places, and facts that nobody gave."""

    def share(wanted: Iterator[bool]) -> float:
        return sum(wanted) / len(directory)

    assert 0.10 <= share(is_stale(item.assured, TODAY) for item in directory) <= 0.35
    assert 0 < share(item.assured is None for item in directory) < 0.10
    assert 0.10 < share(item.availability.space is Space.WAITING for item in directory) < 0.5
    assert 0.10 < share(item.availability.space is Space.UNKNOWN for item in directory) < 0.5
    assert share(item.availability.space is Space.FULL for item in directory) > 0.02
    assert share(len(item.places) > 1 for item in directory) > 0.10
    assert share(not item.prices for item in directory) > 0.01
    assert share(not item.training for item in directory) > 0.05
    assert share(not item.places for item in directory) > 0
    assert share(not item.contacts[0].phones for item in directory) > 0.02
    assert share(any(one.every > 1 for place in item.places for one in place.sessions)
                 for item in directory) > 0.01  # fmt: skip
    waits = [item.availability.wait_weeks for item in directory]
    assert None in waits and max(week for week in waits if week) > 26


def test_a_family_can_always_reach_somebody(directory: list[Listing]) -> None:
    for item in directory:
        assert any(contact.phones or contact.email for contact in item.contacts), item.slug


def test_the_same_seed_gives_the_same_directory(app: Flask, site: Site) -> None:
    load(site, 60)
    first = documents()
    load(site, 60)
    assert documents() == first
    load(site, 60, seed=2)
    assert not set(documents()) & set(first)
    load(site, 61)
    assert documents() != first


def test_loading_again_tells_the_index_what_went_and_what_came(app: Flask, site: Site) -> None:
    load(site, 20)
    before = set(documents())
    newest = db.session.scalar(select(func.max(ChangeFeed.number)))
    load(site, 20, seed=2)
    rows = db.session.scalars(select(ChangeFeed).where(ChangeFeed.number > newest)).all()
    assert {row.service_id for row in rows if row.removed} == before
    assert {row.service_id for row in rows if not row.removed} == set(documents())


def test_publishing_a_demonstration_service_again_changes_nothing(app: Flask, site: Site) -> None:
    load(site, 40)
    with write() as database:
        services = database.scalars(select(Service)).all()
        again = [publish(database, made, site.centre_of) for made in services]
    assert again == [False] * 40


def test_what_people_wrote_stays_when_the_demonstration_is_loaded(app: Flask, site: Site) -> None:
    made = factories.published(site, "Otter Club").id
    load(site, 20)
    load(site, 20, seed=2)
    kept = db.session.get_one(Service, made)
    assert kept.places[0].location.town == "Exeter"
    assert db.session.get(PublishedListing, made) is not None
    assert db.session.scalar(select(func.count()).select_from(Service)) == 21


def test_removing_the_demonstration_leaves_no_trace_of_it(app: Flask, site: Site) -> None:
    load(site, 20)
    with write() as database:
        remove_demo(database)
    for record in (Service, Organisation, Location, PublishedListing):
        assert db.session.scalar(select(func.count()).select_from(record)) == 0, record


def test_a_load_that_fails_leaves_the_directory_as_it_was(app: Flask, site: Site) -> None:
    load(site, 20)
    before = documents()

    def stop(_count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_demo(site, 30, 2, TODAY, stop)
    assert documents() == before


def test_nothing_of_the_directory_holds_the_withheld_places_it_was_made_with(
    app: Flask, site: Site
) -> None:
    """The records know where; the stored listings do not."""
    load(site, 60)
    hidden = db.session.scalars(select(Location).where(Location.withheld)).all()
    assert hidden
    stored = "".join(documents().values())
    for location in hidden:
        assert location.name not in stored
        assert location.postcode not in stored


def test_the_code_of_the_demonstration_names_no_council() -> None:
    folder = Path(load_demo.__code__.co_filename).parent
    for path in folder.glob("*.py"):
        for code in council_codes():
            assert code not in path.read_text("utf-8").lower(), path.name
