"""Cards as ready HTML, kept for as long as nothing in them changes.

All of a card follows from the listing, the language and the day, except the marked words
and the miles. So a card is rendered once with three gaps, and filling the gaps is all that
is done for the next family. The key holds the listing's fingerprint: the search tells it with
what it found, as long as the index is in step; else it is read from the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from gettext import NullTranslations
from typing import Any

from flask import current_app
from markupsafe import Markup, escape

from app import listing_words as wording
from app.directory import queries
from app.directory.cards import Mark, card_of
from app.directory.queries import Stored
from app.languages import current_words, gettext
from app.listing import from_json
from app.search.criteria import Hit
from app.site import current_site

NAME, SUMMARY, MILES = "\ue000", "\ue001", "\ue002"
"""Stand in the gaps: letters for private use, which no text has."""
MILES_PART = f", <b>{MILES}</b>"
"""The miles go with the comma before them, where there are any."""
MOST_KEPT = 6000
"""Cards kept in a process, about 3 kB each; when there are more, keeping begins anew."""


class Mould:
    """A card as bytes, with gaps for its name, its summary and the miles."""

    __slots__ = ("has_miles", "is_in_many", "name", "parts", "stems", "summary", "unmarked")

    def __init__(self, html: str, name: str, summary: str, *, is_in_many: bool) -> None:
        before, _, rest = html.partition(NAME)
        between, has_summary, facts = rest.partition(SUMMARY)
        if not has_summary:
            between, facts, summary = "", rest, ""
        facts, has_miles, after = facts.partition(MILES_PART)
        self.parts = (before.encode(), between.encode(), facts.encode(), after.encode())
        self.has_miles, self.is_in_many = bool(has_miles), is_in_many
        self.name, self.summary = name, summary
        self.unmarked = (escape(name).encode(), escape(summary).encode())
        self.stems = queries.search_engine().stems(f"{name} {summary}")

    def fill(self, mark: Mark | None, miles: float | None) -> bytes:
        """The card for one search: `mark` makes a text safe and marks the words looked for."""
        name, summary = self.unmarked
        if mark is not None:
            name, summary = mark(self.name).encode(), mark(self.summary).encode()
        distance = b""
        if miles is not None and self.has_miles:
            distance = f", <b>{escape(self._miles_words(miles))}</b>".encode()
        before, between, facts, after = self.parts
        return b"".join((before, name, between, summary, facts, distance, after))

    def _miles_words(self, miles: float) -> str:
        """How far; of several places, the nearest need not be one that the card names."""
        words = wording.miles_words(miles)
        return gettext("nearest %(miles)s", miles=words) if self.is_in_many else words


_kept: dict[tuple[NullTranslations, date], dict[str, Mould]] = {}
"""For a language and a day, the cards by their listings' fingerprints."""


def cards_html(hits: Sequence[Hit], sought: frozenset[str], today: date) -> list[bytes]:
    """The results as HTML, in order and in the language of the request; `sought`: stems to mark.

    Listings whose card is not kept are read from the database; those no longer there go.
    """
    engine = queries.search_engine()
    moulds: dict[str, Mould] = {}
    if engine.is_in_step:
        shelf = _shelf(today)
        moulds = {hit.id: shelf[hit.hash] for hit in hits if hit.hash in shelf}
    unknown = [hit.id for hit in hits if hit.id not in moulds]
    moulds |= {stored.id: mould_of(stored, today) for stored in queries.find_stored(unknown)}

    def mark(text: str) -> Markup:
        return engine.mark(text, sought)

    cards = [(moulds[hit.id], hit.miles) for hit in hits if hit.id in moulds]
    return [
        card.fill(None if sought.isdisjoint(card.stems) else mark, miles) for card, miles in cards
    ]


def mould_of(stored: Stored, today: date) -> Mould:
    """The card of a listing, rendered when first asked for in a language on a day."""
    mould = _shelf(today).get(stored.hash)
    if mould is None:
        if sum(map(len, _kept.values())) >= MOST_KEPT:
            _kept.clear()
        mould = _shelf(today)[stored.hash] = _render(stored, today)
    return mould


def _shelf(today: date) -> dict[str, Mould]:
    """The cards kept in the language of the request for a day."""
    return _kept.setdefault((current_words(), today), {})


def _render(stored: Stored, today: date) -> Mould:
    listing = from_json(stored.document)
    council = current_site().council
    card = card_of(listing, council, today, name=NAME, summary=SUMMARY, distance=MILES)
    macros: Any = current_app.jinja_env.get_template("directory/_card.html").module
    html = str(macros.result_card(card))
    return Mould(html, listing.name, listing.summary, is_in_many=len(listing.places) > 1)
