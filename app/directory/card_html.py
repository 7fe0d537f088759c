"""Cards as ready HTML, kept for as long as nothing in them changes.

All of a card follows from the listing, the language and the day, except the marked words
and the miles. So a card is rendered once with three gaps, and filling the gaps is all that
is done for the next family. The key holds the listing's fingerprint, which is read from the
database each time, so what is kept can never be out of date.
"""

from __future__ import annotations

import re
from datetime import date
from gettext import NullTranslations
from typing import Any

from flask import current_app
from markupsafe import Markup, escape

from app.directory import wording
from app.directory.cards import Mark, card_of
from app.directory.queries import Stored
from app.languages import current_words
from app.listing import from_json
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

    __slots__ = ("name", "parts", "summary")

    def __init__(self, html: str, name: str, summary: str) -> None:
        self.parts = GAP.split(html)
        self.name, self.summary = name, summary

    def fill(self, mark: Mark, miles: float | None) -> Markup:
        """The card for one search: `mark` makes a text safe and marks the words looked for."""
        distance = "" if miles is None else f", <b>{escape(wording.miles_words(miles))}</b>"
        filled = {NAME: mark(self.name), SUMMARY: mark(self.summary), MILES_PART: distance}
        return Markup("".join(filled.get(part, part) for part in self.parts))  # noqa: S704


_kept: dict[tuple[str, NullTranslations, date], Mould] = {}


def card_html(stored: Stored, miles: float | None, mark: Mark, today: date) -> Markup:
    """One result as HTML, in the language of the request."""
    key = (stored.hash, current_words(), today)
    mould = _kept.get(key)
    if mould is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        mould = _kept[key] = _mould(stored, today)
    return mould.fill(mark, miles)


def _mould(stored: Stored, today: date) -> Mould:
    listing = from_json(stored.document)
    council = current_site().council
    card = card_of(listing, council, today, name=NAME, summary=SUMMARY, distance=MILES)
    macros: Any = current_app.jinja_env.get_template("directory/_card.html").module
    return Mould(str(macros.result_card(card)), listing.name, listing.summary)
