"""The ways to say what can be looked for that we would say ourselves: what is suggested."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from app.search.files import ENGLISH, FILES, read_file, ways
from app.search.text import STOP, words

WISHES = frozenset({"need", "activity", "break", "access"})
"""Kinds of meaning that a family can be helped to type."""


class Saying(NamedTuple):
    """A way to say a wish."""

    plain: str
    """As it is compared."""
    shown: str
    wish: tuple[str, str]
    """Facet and code."""
    language: str
    is_official: bool
    place: int
    """Its place among the ways to say it: the most usual first, other forms of a word later."""


@cache
def load_sayings() -> tuple[Saying, ...]:
    """Official and everyday words of every language, A to Z as they are compared.

    No slips, no outdated words, nothing of process or crisis, and nothing that is part of a tale:
    `has a drip` is understood, but no family is helped to type it.
    """
    found: dict[tuple[str, tuple[str, str], str], Saying] = {}
    for saying in (each for file in FILES for each in _sayings(file)):
        found.setdefault((saying.plain, saying.wish, saying.language), saying)
    return tuple(sorted(found.values()))


def _sayings(file: Path) -> Iterator[Saying]:
    """Every way to say each wish of a file, the official ones of a wish first."""
    language = _language_of(file)
    for row in read_file(file)["meaning"]:
        kind, _, code = row["code"].partition(":")
        if kind in WISHES and code:
            for place, (is_official, way) in enumerate(_ways_of(row, is_named=file == ENGLISH)):
                shown = " ".join(way.split())
                plain = " ".join(words(shown))
                if is_official or plain.split()[0] not in STOP:
                    yield Saying(plain, shown, (kind, code), language, is_official, place)


def _ways_of(row: dict[str, Any], *, is_named: bool) -> Iterator[tuple[bool, str]]:
    """Whether it is official, and each way to say what a row is for.

    The official words are English (`is_named`), whatever the language of the file.
    """
    official = (row["means"], *row.get("names", ())) if is_named else ()
    yield from ((True, way) for text in official for way in ways(text))
    yield from ((False, way) for text in row.get("everyday", ()) for way in ways(text))


def _language_of(file: Path) -> str:
    """`meanings.pl.toml` is in `pl`, `meanings.toml` in `en`."""
    return file.name.removeprefix("meanings").removesuffix("toml").strip(".") or "en"
