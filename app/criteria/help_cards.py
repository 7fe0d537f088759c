"""Cards above search results: what a family seems to look for, first lines, and whom to ask.

`help_cards.toml` says which signposts and contacts a card has. The lines are those of the
signposts' own steps, so a card never says otherwise than the self-check.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from app.council import Contact, Council, council_codes, load_council, load_national
from app.criteria.criteria import Criteria
from app.criteria.load import FOLDER, CriteriaFileError
from app.criteria.records import Record
from app.criteria.wording import Saying, read_saying

FILE: Final = "help_cards.toml"
MOST_LINES: Final = 2


class HelpCard(Record, frozen=True):
    """One card, as its file has it. `first`: above the results, before all others."""

    code: str
    label: Saying
    signposts: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    councils: tuple[str, ...] = ()
    note: Saying | None = None
    first: bool = False

    def is_for(self, council: str) -> bool:
        """Whether the card is shown on a council's site."""
        return not self.councils or council in self.councils


class _File(Record, frozen=True):
    cards: tuple[HelpCard, ...]


@cache
def load_help_cards(folder: Path = FOLDER) -> dict[str, HelpCard]:
    """Read and check the cards, once. Raises `CriteriaFileError` naming the first fault."""
    hook: Callable[[type, Any], Any] = read_saying
    try:
        table = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
        cards = msgspec.convert(table, _File, dec_hook=hook).cards
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise CriteriaFileError(f"{FILE}: cannot be read: {fault}") from fault
    except msgspec.ValidationError as fault:
        raise CriteriaFileError(f"{FILE}: {_card_first(str(fault), table)}") from fault
    for words in _faults(cards):
        raise CriteriaFileError(f"{FILE}: {words}")
    return {card.code: card for card in cards}


def lines_of(criteria: Criteria, card: HelpCard) -> tuple[Saying, ...]:
    """The card's own note, then the first lines of the first signpost that has any."""
    steps = (criteria.steps[code].row for code in card.signposts)
    lines = next((step.lines[:MOST_LINES] for step in steps if step.lines), ())
    return (card.note, *lines) if card.note else lines


def contacts_of(card: HelpCard, council: Council) -> tuple[Contact, ...]:
    """Whom to ask in a council: the card's contacts, else those of its first signpost.

    Each is given once, though two codes may lead to it.
    """
    found = [contact for code in card.contacts if (contact := council.find_contact(code))]
    if not found and card.signposts:
        found = list(council.signpost_contacts(card.signposts[0]))
    return tuple({contact.code: contact for contact in found}.values())


def _faults(cards: tuple[HelpCard, ...]) -> Iterator[str]:
    """Repeats, names nobody knows, and a card without anybody to ask."""
    seen: set[str] = set()
    councils = [load_council(code) for code in council_codes()]
    for card in cards:
        if card.code in seen:
            yield f"{card.code}: code: this card stands here twice"
        seen.add(card.code)
        yield from _name_faults(card, councils)
        for council in councils:
            if card.is_for(council.code) and not contacts_of(card, council):
                yield f"{card.code}: contacts: there is nobody to ask in {council.code}"


def _name_faults(card: HelpCard, councils: list[Council]) -> Iterator[str]:
    for code in card.signposts:
        if code not in load_national().signposts:
            yield f"{card.code}: signposts: no signpost is called {code!r}"
            return
    for code in card.contacts:
        if not any(council.find_contact(code) for council in councils):
            yield f"{card.code}: contacts: no contact is called {code!r}"
    for code in card.councils:
        if code not in {council.code for council in councils}:
            yield f"{card.code}: councils: no council is called {code!r}"


def _card_first(fault: str, table: Mapping[str, Any]) -> str:
    """Turn "… - at `$.cards[3].label`" into "ehcp: label: …"."""
    words, _, path = fault.partition(" - at `$.cards[")
    number, _, rest = path.rstrip("`").partition("]")
    if not number.isdecimal():
        return fault
    name = table["cards"][int(number)].get("code", f"cards[{number}]")
    key = rest.lstrip(".")
    return f"{name}: {key}: {words}" if key else f"{name}: {words}"
