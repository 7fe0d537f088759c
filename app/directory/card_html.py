"""Cards as ready HTML, kept for as long as nothing in them changes.

All of a card follows from the listing, the language and the day, except the marked words
and the miles. So a card is rendered once with three gaps, and filling the gaps is all that
is done for the next family. The key holds the listing's fingerprint: the search tells it with
what it found, as long as the index is in step; else it is read from the database.
"""

from __future__ import annotations

import re
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
from app.languages import current_words
from app.listing import from_json
from app.search.criteria import Hit
from app.site import current_site

NAME, SUMMARY, MILES = "\ue000", "\ue001", "\ue002"
"""Stand in the gaps: letters for private use, which no text has."""
MILES_PART = f", <b>{MILES}</b>"
"""The miles go with the comma before them, where there are any."""
GAP = re.compile(f"({NAME}|{SUMMARY}|{MILES_PART})")
MOST_KEPT = 6000
"""Cards kept in a process, about 3 kB each; when there are more, keeping begins anew."""


class Mould:
    """A card with gaps for its name, its summary and the miles."""

    __slots__ = ("gaps", "name", "parts", "stems", "summary")

    def __init__(self, html: str, name: str, summary: str) -> None:
        self.parts = GAP.split(html)
        self.gaps = [(place, part) for place, part in enumerate(self.parts) if GAP.match(part)]
        self.name, self.summary = name, summary
        self.stems = queries.search_engine().stems(f"{name} {summary}")

    def fill(self, mark: Mark, miles: float | None) -> Markup:
        """The card for one search: `mark` makes a text safe and marks the words looked for."""
        distance = "" if miles is None else f", <b>{escape(wording.miles_words(miles))}</b>"
        filled = {NAME: mark(self.name), SUMMARY: mark(self.summary), MILES_PART: distance}
        pieces = self.parts.copy()
        for place, gap in self.gaps:
            pieces[place] = filled[gap]
        return Markup("".join(pieces))  # noqa: S704


_kept: dict[tuple[str, NullTranslations, date], Mould] = {}


def cards_html(hits: Sequence[Hit], sought: frozenset[str], today: date) -> tuple[Markup, ...]:
    """The results as HTML, in order and in the language of the request; `sought`: stems to mark.

    Listings whose card is not kept are read from the database; those no longer there go.
    """
    engine = queries.search_engine()
    moulds: dict[str, Mould] = {}
    if engine.is_in_step:
        words = current_words()
        kept = ((hit.id, _kept.get((hit.hash, words, today))) for hit in hits)
        moulds = {key: mould for key, mould in kept if mould is not None}
    unknown = [hit.id for hit in hits if hit.id not in moulds]
    moulds |= {stored.id: mould_of(stored, today) for stored in queries.find_stored(unknown)}

    def mark(text: str) -> Markup:
        return engine.mark(text, sought)

    cards = [(moulds[hit.id], hit.miles) for hit in hits if hit.id in moulds]
    return tuple(
        card.fill(escape if sought.isdisjoint(card.stems) else mark, miles) for card, miles in cards
    )


def mould_of(stored: Stored, today: date) -> Mould:
    """The card of a listing, rendered when first asked for in a language on a day."""
    key = (stored.hash, current_words(), today)
    mould = _kept.get(key)
    if mould is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        mould = _kept[key] = _render(stored, today)
    return mould


def _render(stored: Stored, today: date) -> Mould:
    listing = from_json(stored.document)
    council = current_site().council
    card = card_of(listing, council, today, name=NAME, summary=SUMMARY, distance=MILES)
    macros: Any = current_app.jinja_env.get_template("directory/_card.html").module
    return Mould(str(macros.result_card(card)), listing.name, listing.summary)
