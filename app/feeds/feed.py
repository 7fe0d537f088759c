"""A feed: the raw records of one source, and what is wrong with the source as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from app.publishing import slugify

LARGEST: Final = 50 * 1024 * 1024
"""Bytes read of one source."""
MOST_RECORDS: Final = 100_000


class SourceError(Exception):
    """A source that cannot be read at all; the message says why in one plain line."""


@dataclass(slots=True)
class Feed:
    """The raw records of one source."""

    name: str
    """Short and lasting: marks which records came from it."""
    records: list[object] = field(default_factory=list)
    is_table: bool = False
    page: Mapping[str, object] = field(default_factory=dict)
    """What a page of a longer feed says of itself, such as `last_page`."""
    problems: list[str] = field(default_factory=list)
    """What is wrong with the source as a whole, such as its letters."""
    is_whole: bool = True
    """False when records are known to be missing: it says nothing of which services left."""

    def ends_early(self, problem: str) -> None:
        """Say that records are missing at the end, and why."""
        self.problems.append(problem)
        self.is_whole = False


def feed_name(source: str) -> str:
    """A short lasting name for a source: its file's name, or its host and path."""
    parts = urlsplit(source)
    plain = f"{parts.netloc} {parts.path}" if is_address(source) else Path(source).stem
    return slugify(plain)[:34].strip("-")


def is_address(source: str) -> bool:
    """Whether a source is a web address and not a file."""
    return source.lower().startswith(("http://", "https://"))
