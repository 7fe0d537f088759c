"""Cards that offer a way on above the results: help at once first of all, then at most one more.

Which cards a search calls for is the search's to say. What a card says follows from the criteria
and the council alone, so each is rendered once for a language and kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations
from typing import Final

from flask import render_template
from markupsafe import Markup

from app.council import Contact, Council, load_council
from app.criteria.help_cards import HelpCard, contacts_of, lines_of, load_help_cards
from app.criteria.load import load_criteria
from app.criteria.wording import Voice
from app.languages import current_words, gettext

MOST_CONTACTS = 6
VOICE: Final[Voice] = "child"
"""Cards speak to a parent or carer: nobody has said yet who is reading."""


@dataclass(frozen=True, slots=True)
class ShownHelp:
    """A card as its template shows it."""

    code: str
    heading: str
    lines: tuple[str, ...]
    contacts: tuple[Contact, ...]
    is_first: bool


def first_help(codes: Iterable[str], council: Council) -> Markup:
    """The card of help at once, if the search calls for it; else nothing."""
    code = next((card.code for card in _known(codes, council) if card.first), "")
    return _html(code, council, "section")


def other_help(codes: Iterable[str], council: Council) -> Markup:
    """One of the other cards: the first that is about one thing, else the first of any kind."""
    others = [card for card in _known(codes, council) if not card.first]
    others.sort(key=lambda card: card.code not in card.signposts)
    code = others[0].code if others else ""
    return _html(code, council, "div")


def _known(codes: Iterable[str], council: Council) -> Iterable[HelpCard]:
    """The cards of these codes that this council's families are shown."""
    cards = load_help_cards()
    return (cards[code] for code in codes if code in cards and cards[code].is_for(council.code))


def _html(code: str, council: Council, tag: str) -> Markup:
    return _rendered(code, council.code, tag, current_words()) if code else Markup()


@lru_cache(maxsize=512)
def _rendered(code: str, council: str, tag: str, _words: NullTranslations) -> Markup:
    """One card as HTML in the language of the request, whose catalogue is `_words`."""
    card = load_help_cards()[code]
    shown = ShownHelp(
        code,
        gettext(card.label.to(VOICE)),
        tuple(gettext(line.to(VOICE)) for line in lines_of(load_criteria(), card)),
        contacts_of(card, load_council(council))[:MOST_CONTACTS],
        card.first,
    )
    return Markup(render_template("directory/_help.html", card=shown, tag=tag))  # noqa: S704
