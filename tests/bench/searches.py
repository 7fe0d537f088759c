"""Searches as families make them, drawn from the directory itself with a seed.

Words stand in some listing, or are what families type for a wish (`meanings.toml`); filters
are codes of some listing, so that most searches find something. Ages are asked for as
filters and never as words, and no word is misspelt: the yardstick reads neither.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from app.council import Council
from app.directory.asked import Asked
from app.listing import Listing
from app.places import Place
from app.search.criteria import FACETS, Criteria
from app.search.documents import facts_of
from app.search.files import ENGLISH, every_way
from app.search.text import STOP, words
from app.search.words import understand
from tests.bench.directory import Directory

WORDED, WORDLESS = 200, 40
FEWEST_LETTERS = 4
SEED = 2026
FROM = 5_000
"""About how many listings words and filters are drawn from."""
MILES = (3, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Query:
    """One search, and the town it is near to (empty when it says none)."""

    criteria: Criteria
    town: str = ""

    @property
    def address(self) -> str:
        """The address of its results page."""
        asked = self.criteria
        codes = {group: asked.chosen(group) for group in FACETS}
        sort = asked.sort if asked.sort != "relevance" else ""
        return Asked(asked.text, self.town, asked.within, asked.years, codes, sort=sort).address()


def draw_searches(directory: Directory) -> list[Query]:
    """The mixed searches, `WORDED` with words first, the same for the same directory."""
    rng = Random(SEED)
    rows = list(directory.listings(max(1, directory.services // FROM)))
    listings = [listing for _, listing in rows]
    codes = [facts_of(stored, listing).codes for stored, listing in rows]
    maker = _Maker(rng, listings, codes, directory)
    return [maker.query(number) for number in range(WORDED + WORDLESS)]


class _Maker:
    """Draws one search after another."""

    def __init__(
        self,
        rng: Random,
        listings: Sequence[Listing],
        codes: Sequence[dict[str, tuple[str, ...]]],
        directory: Directory,
    ) -> None:
        self.rng, self.listings, self.codes = rng, listings, codes
        self.wishes = list(_wishes())
        self.towns = list(_towns(directory.site.council))
        self.find = directory.site.places.find

    def query(self, number: int) -> Query:
        """A quarter are sorted by distance; the last `WORDLESS` have no words."""
        text = self._text() if number < WORDED else ""
        criteria = Criteria(text=text, **self._filters())
        return self._near(criteria) if number % 4 == 0 else Query(criteria)

    def _text(self) -> str:
        """One to four words, mostly of one listing, or a wish beside them."""
        wanted = self.rng.randint(1, 4)
        while True:
            pieces = self._words_of_one(wanted)
            if self.rng.random() < 0.4:
                pieces[0] = self.rng.choice(self.wishes)
            text = " ".join(pieces)
            if len(text.split()) <= 4 and not _says_age(text):
                return text

    def _words_of_one(self, wanted: int) -> list[str]:
        """Telling words of one listing."""
        while True:
            listing = self.rng.choice(self.listings)
            texts = f"{listing.name} {listing.summary} {listing.description}"
            known = sorted({word for word in words(texts) if _is_telling(word)})
            if len(known) >= wanted:
                return self.rng.sample(known, wanted)

    def _filters(self) -> dict[str, Any]:
        """None to four groups, with codes of one listing, and now and then a second value."""
        held = self.rng.choice(self.codes)
        groups = [group for group in FACETS if held[group]]
        chosen: dict[str, Any] = {}
        for group in self.rng.sample(groups, self.rng.randint(0, 4)):
            values = self.rng.sample(held[group], min(len(held[group]), self.rng.choice((1, 1, 2))))
            chosen["break_" if group == "break" else group] = tuple(values)
        if "age" in chosen and self.rng.random() < 0.5:
            chosen["years"] = (self.rng.randint(0, 25),)
        return chosen

    def _near(self, criteria: Criteria) -> Query:
        """The search from a town, nearest first, half of them within some miles."""
        town = self.rng.choice(self.towns)
        place = self.find(town)
        assert isinstance(place, Place)
        point = (round(place.easting), round(place.northing))
        within = self.rng.choice((None, self.rng.choice(MILES)))
        home = place.locality or ""
        near = replace(criteria, point=point, home=home, within=within, sort="distance")
        return Query(near, town)


def _is_telling(word: str) -> bool:
    return len(word) >= FEWEST_LETTERS and word.isascii() and word.isalpha() and word not in STOP


def _says_age(text: str) -> bool:
    return understand(text).ages is not None


def _wishes() -> Iterator[str]:
    """What families type for the wishes the search knows."""
    for row in tomllib.loads(ENGLISH.read_text("utf-8"))["meaning"]:
        for text in every_way((row["means"], *row.get("everyday", ()))):
            if understand(text).slots and not _says_age(text):
                yield text


def _towns(council: Council) -> Iterator[str]:
    for locality in council.localities:
        for town in locality.towns:
            yield town.name
