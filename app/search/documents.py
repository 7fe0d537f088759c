"""What of a published listing is indexed: weighted words to find it by, and facts to filter it by.

Each word is kept once, with one weight: what each field it stands in is worth, against the
field's usual length. That is BM25F without its saturation, so a search decodes one posting list
for a word and not one for each field; and as a word counts once in a field, nobody rises by
saying it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import msgspec
from whoosh.columns import VarBytesColumn
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.formats import Existence

from app.listing import Listing, from_json
from app.search.crowd import crowd_of
from app.search.meanings import load_meanings
from app.search.text import stems
from app.states import Stays
from app.vocabulary import AGE_BANDS, NEEDS

FORM = 6
"""The form of the index: of its fields, its facts and its weights. Raise it whenever the same
listing would be written otherwise; an index of another form is built anew by itself."""
FIELDS: dict[str, tuple[float, float, float]] = {
    "name": (4.0, 0.4, 4.0),
    "place": (2.5, 0.2, 5.0),
    "activities": (2.0, 0.5, 6.0),
    "breaks": (1.5, 0.4, 6.0),
    "needs": (1.5, 0.4, 8.0),
    "summary": (1.5, 0.4, 12.0),
    "organisation": (1.0, 0.3, 4.0),
    "area": (0.8, 0.0, 4.0),
    "access": (0.6, 0.3, 20.0),
    "other": (0.6, 0.3, 10.0),
    "description": (0.6, 0.6, 60.0),
}
"""What a word is worth in a field, how much long fields are held back (0 to 1), usual length."""


class Stored(NamedTuple):
    """The columns of a published listing that the index is made from."""

    service_id: str
    content_hash: str
    sort_name: str
    is_demo: bool
    document: str


class Facts(msgspec.Struct, array_like=True, frozen=True):
    """The facts of one listing as the index keeps them."""

    id: str
    content_hash: str
    sort_name: str
    name_key: str
    """The stems of the name, for a search that is exactly the name."""
    codes: dict[str, tuple[str, ...]]
    """By group: `FACETS`, and `area` (localities served), `named` (needs it names) and `refused`
    (support it says it cannot give)."""
    low: int
    high: int
    """Ages taken, in whole years; open ends are 0 and 199."""
    points: tuple[tuple[int, int], ...]
    assured: int
    """The ordinal of the day it was last said to be right; 0 when never."""
    space: str
    crowd: int
    """Whom it is for, as `Crowd`."""
    is_demo: bool


class Weights(FieldType):
    """A Whoosh field whose value is a mapping of stem to weight."""

    def __init__(self) -> None:
        self.format = Existence()
        self.analyzer = None
        self.scorable = self.stored = self.unique = False

    def index(
        self, value: Mapping[str, float], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Each stem as Whoosh wants it: bytes, count, weight, no payload."""
        for stem, weight in value.items():
            yield stem.encode("utf-8"), 1, weight, b""


def make_schema() -> Schema:
    """The fields of the index. Nothing is stored but the facts, in one column."""
    return Schema(id=ID(unique=True), words=Weights(), facts=COLUMN(VarBytesColumn()))


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Facts)


def to_document(row: Stored) -> dict[str, object]:
    """The stored listing as the fields of the index."""
    listing = from_json(row.document)
    facts = _encoder.encode(facts_of(row, listing))
    return {"id": row.service_id, "words": weigh(listing), "facts": facts}


def read_facts(packed: bytes) -> Facts:
    """Facts out of the index. Raises `msgspec.MsgspecError` when they are damaged."""
    return _decoder.decode(packed)


def facts_of(row: Stored, listing: Listing) -> Facts:
    """The facts to filter and order by."""
    points = {
        (place.easting, place.northing)
        for place in listing.places
        if place.easting is not None and place.northing is not None
    }
    return Facts(
        id=row.service_id,
        content_hash=row.content_hash,
        sort_name=row.sort_name,
        name_key=" ".join(stems(listing.name)),
        codes=_codes(listing),
        low=max(0, listing.min_age or 0),
        high=199 if listing.max_age is None else listing.max_age,
        points=tuple(sorted(points)),
        assured=listing.assured.toordinal() if listing.assured else 0,
        space=str(listing.availability.space),
        crowd=crowd_of(listing),
        is_demo=row.is_demo or listing.source == "demo",
    )


def _staying(listing: Listing) -> tuple[str, ...]:
    """That a parent has to stay, where it is told of the sessions and not among the support."""
    is_told = listing.stays is not Stays.MUST_STAY or "parent_stays" in listing.access
    return () if is_told else ("parent_stays",)


def _codes(listing: Listing) -> dict[str, tuple[str, ...]]:
    """The codes of a listing by group. One that takes any SEND need welcomes every need."""
    bands = (band.code for band in AGE_BANDS if listing.takes_age(band.low, band.high))
    return {
        "locality": listing.localities,
        "age": tuple(bands),
        "need": NEEDS.codes if "any_send" in listing.needs else listing.needs,
        "activity": listing.activities,
        "break": listing.breaks,
        "tier": (listing.tier,),
        "cost": listing.costs,
        "access": (*listing.access, *_staying(listing)),
        "when": listing.when,
        "area": listing.areas,
        "named": listing.needs,
        "refused": listing.refused,
    }


def weigh(listing: Listing) -> dict[str, float]:
    """Every stem of a listing with its weight over all fields."""
    weights: dict[str, float] = {}
    for name, text in _texts(listing).items():
        worth, hold, usual = FIELDS[name]
        found = stems(text)
        scale = worth / (1 - hold + hold * len(found) / usual)
        for stem in dict.fromkeys(found):
            weights[stem] = weights.get(stem, 0.0) + scale
    return weights


def _texts(listing: Listing) -> dict[str, str]:
    """The words of each field; codes give their official names."""
    places = [f"{p.name} {p.town} {p.locality}" for p in listing.places]
    other = [*_named("when", listing.when), *listing.languages]
    return {
        "name": listing.name,
        "organisation": listing.organisation,
        "summary": listing.summary,
        "description": listing.description,
        "activities": " ".join(_named("activity", listing.activities)),
        "breaks": " ".join(_named("break", listing.breaks)),
        "needs": " ".join(_named("need", listing.needs)),
        "access": " ".join(_named("access", listing.access)),
        "other": " ".join(other),
        "place": " ".join(dict.fromkeys(" ".join(places).lower().replace("-", " ").split())),
        "area": " ".join(listing.areas).replace("-", " "),
    }


def _named(facet: str, codes: tuple[str, ...]) -> Iterator[str]:
    """The official words of these codes."""
    names = load_meanings().names
    for code in codes:
        yield names.get((facet, code), code.replace("_", " "))
