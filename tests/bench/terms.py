"""Slots of our search as FTS5's own query language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.search.words import Slot


def expression(slots: Sequence[Slot]) -> str:
    """The slots as FTS5's own query: all required ones, or any when none is."""
    required = [slot for slot in slots if slot.is_required]
    joined = " AND " if required else " OR "
    return joined.join(f"({' OR '.join(_alternatives(slot))})" for slot in required or slots)


def _alternatives(slot: Slot) -> Iterator[str]:
    """Each way to answer a slot, as an expression."""
    for phrase, _ in slot.texts:
        yield "(" + " AND ".join(f'"{stem}"' for stem in phrase) + ")"
    for (group, code), _ in slot.codes:
        yield f'"{token(group, code)}"'


def token(group: str, code: str) -> str:
    """A code as a word that no listing says."""
    return "zz" + group + "".join(letter for letter in code if letter.isalnum())
