"""What could not be used of a record, said once in plain words and counted by field."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

MOST_LINES: Final = 30
"""Lines kept for one record; a broken record may have thousands of faults."""


class RefusedError(Exception):
    """A record that cannot be used at all; the message says why in plain words."""


@dataclass(slots=True)
class Notes:
    """The notes on one record."""

    lines: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """How often each kind of fact was left out."""
    unknown_words: Counter[str] = field(default_factory=Counter)
    """Words for an audience or a kind of service that we have no code for."""

    def leave_out(self, what: str, why: str) -> None:
        """Say that a fact was not used: `what` is its kind, such as "price"."""
        self.left_out[what] += 1
        self.say(f"{what} left out: {why}")

    def say(self, words: str) -> None:
        """Say something else that people should know, such as a text that was cut."""
        if len(self.lines) < MOST_LINES:
            self.lines.append(words)
        elif len(self.lines) == MOST_LINES:
            self.lines.append("and more like this")
