"""Reads `meanings*.toml`: a file for each language, whose lists hold texts with choices."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from app.search.text import plain, shortened, words

ENGLISH = Path(__file__).with_name("meanings.toml")
FILES = (ENGLISH, *sorted(ENGLISH.parent.glob("meanings.*.toml")))
"""English, and a file for each other language of the site."""
CHOICE = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)")
BAR = re.compile(r"\|(?![^()]*\))")
"""A choice in brackets, which may hold choices itself, and what parts it but not those."""
Phrase = tuple[str, ...]


@cache
def read_file(file: Path) -> dict[str, Any]:
    """One language's file, read once for each process."""
    return tomllib.loads(file.read_text("utf-8"))


def ways(text: str) -> list[str]:
    """Every way to read a text with choices: `(his|her) bike(|s)` is read in four."""
    choice = CHOICE.search(text)
    if choice is None:
        return [text]
    before, rests = text[: choice.start()], ways(text[choice.end() :])
    parts = (way for part in BAR.split(choice[1]) for way in ways(part))
    return [f"{before}{part}{rest}" for part in parts for rest in rests]


def listed(name: str, files: Iterable[Path] = FILES) -> frozenset[str]:
    """The entries of a plain list, of every file that has it, as plain words."""
    texts = (text for file in files for text in read_file(file).get(name, ()))
    return frozenset(" ".join(words(way)) for way in every_way(texts))


def every_way(texts: Iterable[str]) -> Iterator[str]:
    """Plain texts, each in every way it is read, and as what is typed is read."""
    return (shortened(way) for text in texts for way in ways(plain(text)))


def reach(phrases: Iterable[Phrase]) -> dict[str, int]:
    """By the word it begins with, the words of the longest of some phrases."""
    longest: dict[str, int] = {}
    for first, *rest in phrases:
        longest[first] = max(longest.get(first, 0), 1 + len(rest))
    return longest
