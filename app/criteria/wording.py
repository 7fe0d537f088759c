"""Sentences for families, in the voice of whoever is answering.

The English sentence is also its name in the catalogues, so a page says `gettext(saying.to(voice))`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

Voice = Literal["child", "you", "they"]
VOICE_OF_WHO: dict[str, Voice] = {"young_person": "you", "professional": "they"}
"""Who is answering, where the words are not those for a parent or carer."""


def voice_of(who: str) -> Voice:
    """Whether the page speaks of “your child”, of “you” or of “the child”."""
    return VOICE_OF_WHO.get(who, "child")


class Saying:
    """One sentence: to a parent or carer, to the young person, to a professional.

    A plain class, so that files may write a sentence as a text or as a table (`read_saying`).
    """

    __slots__ = ("_said",)

    def __init__(self, child: str, you: str, they: str) -> None:
        self._said: dict[Voice, str] = {"child": child, "you": you, "they": they}

    def to(self, voice: Voice) -> str:
        """The English sentence in a voice."""
        return self._said[voice]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(self._said.values()))

    def __repr__(self) -> str:
        return f"Saying({self._said['child']!r})"


def read_saying(_kind: type, raw: Any) -> Saying:
    """Make a saying of a string, or of a table of voices. Raises `ValueError` for anything else."""
    if isinstance(raw, str) and raw.strip():
        return Saying(raw, raw, raw)
    if not isinstance(raw, Mapping) or not raw.get("child"):
        raise ValueError("a sentence is a text, or a table with `child` and maybe `you` and `they`")
    if strange := sorted(raw.keys() - {"child", "you", "they"}):
        raise ValueError(f"no voice is called {strange[0]!r}")
    if not all(isinstance(said, str) and said.strip() for said in raw.values()):
        raise ValueError("every voice of a sentence is a text")
    child = raw["child"]
    return Saying(child, raw.get("you", child), raw.get("they", child))


def find_sayings(record: Any) -> Iterator[Saying]:
    """Every sentence inside a record, in the order of its fields."""
    if isinstance(record, Saying):
        yield record
    elif isinstance(record, msgspec.Struct):
        for name in record.__struct_fields__:
            yield from find_sayings(getattr(record, name))
    elif isinstance(record, Mapping):
        for value in record.values():
            yield from find_sayings(value)
    elif isinstance(record, tuple | list):
        for value in record:
            yield from find_sayings(value)
