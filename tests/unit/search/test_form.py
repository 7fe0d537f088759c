"""What is indexed of a listing has a number, so that an index written otherwise is built anew."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import Any

import msgspec
from flask import Flask

from app.extensions import db
from app.listing import Answer, Availability, Listing, Place, Space, Support, to_json
from app.search import state as state_module
from app.search.columns import GROUPS, PLACE, ROW
from app.search.criteria import Criteria
from app.search.documents import FORM, Stored, make_schema, read_facts, to_document
from app.search.engine import Search
from app.search.segment import SATURATION
from app.search.state import read_state, write_state
from app.search.text import SOFT, STOP
from app.vocabulary import ACCESS, ACTIVITIES, BREAKS, COSTS, NEEDS, TIERS, WHEN
from tests.factories import listing
from tests.unit.search.conftest import TOWNS, Shelf, named

FORM_AND_DIGEST = 6, "b897441a8949c175"
"""When the test fails: raise `FORM` in `app/search/documents.py`, and put here what it found."""


def full_listing() -> Listing:
    """A listing with every code of every list, and words of every sort."""
    words = [*sorted(STOP), *sorted(SOFT), "Zażółć", "gęślą", "don't", "Children’s", "1:1", "swims"]
    return listing(
        "Otter's Swimming Club",
        id="o",
        slug="otters",
        organisation="Wagtail Trust",
        summary="Swimming, swimming and more swimming for autistic children.",
        description=" ".join(words) + " supercalifragilistic" * 3,
        min_age=5,
        max_age=11,
        activities=tuple(ACTIVITIES.codes),
        breaks=tuple(BREAKS.codes),
        needs=tuple(NEEDS.codes),
        costs=tuple(COSTS.codes),
        when=tuple(WHEN.codes),
        support=tuple(
            Support(code, Answer.NO if number % 3 == 0 else Answer.YES)
            for number, code in enumerate(ACCESS.codes)
        ),
        places=(
            Place("p", "exeter", "Catkin Hall", town="Exeter", easting=292000, northing=92500),
        ),
        areas=("exeter", "mid-devon"),
        languages=("Polish",),
        assured=date(2026, 5, 1),
        availability=Availability(space=Space.UNKNOWN),
    )


def written(item: Listing) -> dict[str, Any]:
    """What the index is given of a listing, as plain values."""
    document = to_document(Stored(item.id, "hash", item.name.lower(), False, to_json(item)))
    words: Any = document["words"]
    packed: Any = document["facts"]
    facts = msgspec.to_builtins(read_facts(packed))
    return {
        "id": document["id"],
        "words": {stem: round(weight, 3) for stem, weight in sorted(words.items())},
        "facts": facts,
    }


def digest() -> str:
    """A fingerprint of the form of the index."""
    fields = {name: type(kind).__name__ for name, kind in make_schema().items()}
    day = date(2026, 5, 1)
    bare = [listing("Bare", id="b", slug="bare", tier=tier, assured=day) for tier in TIERS.codes]
    whole = [fields, SATURATION, ROW.descr, PLACE.descr, GROUPS]
    whole += [written(item) for item in (full_listing(), *bare)]
    return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:16]


def test_what_is_indexed_does_not_change_without_a_new_number() -> None:
    assert (FORM, digest()) == FORM_AND_DIGEST


def test_an_index_of_another_form_is_noticed_and_built_anew(shelf: Shelf, app: Flask) -> None:
    shelf.put(named("Otter", id="o"))
    shelf.search.rebuild()
    folder = shelf.search._folder
    state = read_state(folder)
    assert state is not None
    write_state(folder, msgspec.structs.replace(state, form=FORM - 1))
    newer = Search(app, folder, TOWNS)
    assert newer.differences() == ["the index is damaged or of an older form"]
    assert newer.find(Criteria(text="otter")).limited
    newer._keep_up()
    newer._look_after = 0.0
    assert [hit.id for hit in newer.find(Criteria(text="otter")).hits] == ["o"]
    assert newer.differences() == []
    found = read_state(folder)
    assert found is not None and found.build != state.build
    newer.close()


def test_an_index_from_before_forms_had_numbers_is_none(shelf: Shelf) -> None:
    shelf.search.rebuild()
    state = read_state(shelf.search._folder)
    assert state is not None
    told = json.dumps({"build": state.build, "feed": state.feed, "files": state.files})
    (shelf.search._folder / state_module.CURRENT).write_text(told)
    assert read_state(shelf.search._folder) is None
    assert shelf.search._indexer.follow(db.session())
    assert read_state(shelf.search._folder) is not None
