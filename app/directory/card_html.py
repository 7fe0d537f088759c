"""Cards as ready HTML, kept for as long as nothing in them changes.

All of a card follows from the listing, the language and the day, except the marked words
and the miles. So a card is rendered once with three gaps, and filling the gaps is all that
is done for the next family. The listing is read from the database each time and is itself
the key, so what is kept can never be out of date.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from datetime import date
from functools import lru_cache
from typing import Any

from flask import current_app
from markupsafe import Markup, escape

from app.directory import wording
from app.directory.cards import Mark, card_of
from app.languages import current_words
from app.listing import from_json
from app.site import current_site

NAME, SUMMARY, MILES = "\ue000", "\ue001", "\ue002"
"""Stand in the gaps: letters for private use, which no text has."""
GAP = re.compile(f"([{NAME}{SUMMARY}{MILES}])")
MOST_KEPT = 2048
"""Cards kept in a process, about 6 kB each."""


class Mould:
    """A card with gaps for its name, its summary and the miles."""

    __slots__ = ("name", "parts", "summary")

    def __init__(self, html: str, name: str, summary: str) -> None:
        self.parts = GAP.split(html)
        self.name, self.summary = name, summary

    def fill(self, mark: Mark, miles: float | None) -> Markup:
        """The card for one search: `mark` makes a text safe and marks the words looked for."""
        filled = {NAME: mark(self.name), SUMMARY: mark(self.summary)}
        if miles is not None:
            filled[MILES] = escape(wording.miles_words(miles))
        return Markup("".join(filled.get(part, part) for part in self.parts))  # noqa: S704


def card_html(document: str, miles: float | None, mark: Mark, today: date) -> Markup:
    """One result as HTML, from the stored listing."""
    return _mould(document, miles is not None, current_words(), today).fill(mark, miles)


@lru_cache(maxsize=MOST_KEPT)
def _mould(document: str, has_miles: bool, _words: Hashable, today: date) -> Mould:
    """A card in the language of the request; `_words` keeps the languages apart."""
    listing = from_json(document)
    distance = MILES if has_miles else ""
    council = current_site().council
    card = card_of(listing, council, today, name=NAME, summary=SUMMARY, distance=distance)
    macros: Any = current_app.jinja_env.get_template("directory/_card.html").module
    return Mould(str(macros.result_card(card)), listing.name, listing.summary)
