"""What an import did and what it could not use, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from app.feeds.clean import shorten, tidy
from app.feeds.records import Read

MOST_WORDS: Final = 40


@dataclass(slots=True)
class Report:
    """Counts and lines of one import."""

    source: str
    is_dry_run: bool = False
    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    shown: int = 0
    """How many families see for the first time, or see changed."""
    taken_away: int = 0
    absent: int = 0
    lines: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    unknown_words: Counter[str] = field(default_factory=Counter)

    def take(self, record: Read) -> None:
        """Take in what was noted while a record was read."""
        self.read += 1
        self.left_out += record.notes.left_out
        self.unknown_words += record.notes.unknown_words
        for words in record.notes.lines:
            self.say(record, words)
        if record.refused:
            self.refuse(record, record.refused)

    def refuse(self, record: Read, why: str) -> None:
        """Count and say a record that is not imported."""
        self.refused += 1
        self.say(record, f"refused: {why}")

    def say(self, record: Read, words: str) -> None:
        """A line about one record: its number, id and name, and what there is to say."""
        key = f", id {shorten(record.external_id, 60)}" if record.external_id else ""
        name = f", “{shorten(record.name, 60)}”" if record.name else ""
        self.lines.append(f"Record {record.number}{key}{name}: {words}")

    def all_lines(self) -> Iterator[str]:
        """The whole report, safe to print: no control characters."""
        for words in (*self.lines, *self._totals()):
            yield " ".join(tidy(words).split())

    def _totals(self) -> Iterator[str]:
        yield (
            f"{self.read} read: {self.added} added, {self.changed} changed, "
            f"{self.unchanged} unchanged, {self.refused} refused."
        )
        yield f"{self.shown} newly shown or shown changed; {self.taken_away} taken away."
        if self.absent:
            yield f"{self.absent} were in this feed before and are not now; they were left as is."
        if self.left_out:
            yield f"Left out: {_counted(self.left_out)}."
        if self.unknown_words:
            yield f"Words we have no code for: {_counted(self.unknown_words)}."
        if self.is_dry_run:
            yield "This was a dry run: nothing was changed."


def _counted(words: Counter[str]) -> str:
    listed = [f"{word} ×{count}" for word, count in words.most_common(MOST_WORDS)]
    more = len(words) - len(listed)
    return ", ".join(listed) + (f" and {more} more" if more else "")
