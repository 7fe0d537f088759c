"""Words and stems, alike for what is indexed, what is typed and what is marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup, escape
from whoosh.lang.porter2 import stem as porter

WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)*")
APOSTROPHES = str.maketrans("", "", "'\N{RIGHT SINGLE QUOTATION MARK}")
UNDIVIDED = str.maketrans({"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "ß": "ss", "æ": "ae"})
"""Letters that Unicode does not take apart into a plain one and its accent."""
LONGEST_WORD = 40
"""Letters kept of a word; nothing in the directory is longer."""


def _listed(name: str) -> frozenset[str]:
    """The words of a list beside this module."""
    return frozenset(Path(__file__).with_name(name).read_text("utf-8").split())


STOP = _listed("stop.txt")
"""Words that say nothing of a service: never indexed, never asked for."""
SOFT = _listed("soft.txt")
"""Words that most services share: they help to order, but a service need not have them."""
COMMON = _listed("common.txt") - STOP - SOFT
"""Everyday words of people who tell of themselves: the same, and never taken for a slip."""


def plain(text: str) -> str:
    """Lower case, without accents, invisible characters or broken surrogates."""
    if text.isascii():
        return text.lower()
    whole = unicodedata.normalize("NFKD", text.encode("utf-8", "ignore").decode("utf-8"))
    kept = (letter for letter in whole if unicodedata.category(letter) not in {"Mn", "Cf"})
    return "".join(kept).translate(UNDIVIDED).lower()


SHORTENED = {
    "do not": "don't",
    "does not": "doesn't",
    "can not": "cannot",
    "could not": "couldn't",
    "will not": "won't",
    "would not": "wouldn't",
}
"""What is said in two words or in one, and is read as one."""
NEGATED = re.compile(rf"\b(?:{'|'.join(SHORTENED)})\b", re.IGNORECASE)


def shortened(text: str) -> str:
    """The text with `does not` and its like in one word."""
    return NEGATED.sub(lambda said: SHORTENED[said.group().lower()], text)


class Token(NamedTuple):
    """One word as typed: plain, and where it stands in the text."""

    word: str
    start: int
    end: int


def tidy(text: str) -> str:
    """The text with letters and their accents joined, and without invisible characters."""
    if text.isascii():
        return text
    whole = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode("utf-8"))
    return "".join(letter for letter in whole if unicodedata.category(letter) != "Cf")


def tokens(text: str) -> list[Token]:
    """The words of a tidy text, as `words` gives them, with their places."""
    found = ((_bare(plain(match.group())), match) for match in WORD.finditer(text))
    return [Token(word, match.start(), match.end()) for word, match in found if word]


def words(text: str) -> list[str]:
    """The words of a text, plain, without apostrophes, cut to `LONGEST_WORD` letters."""
    found = WORD.findall(plain(text))
    return [_bare(word) for word in found]


def _bare(word: str) -> str:
    """A word without apostrophes, cut."""
    return (word if word.isalnum() else word.translate(APOSTROPHES))[:LONGEST_WORD]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one plain word: `swimming` and `swims` give `swim`."""
    return str(porter(word)) if word.isascii() else word


def stems(text: str) -> list[str]:
    """The stems of a text's telling words, in order, with repeats."""
    return [stem(word) for word in words(text) if word not in STOP]


@lru_cache(maxsize=50_000)
def _stem_of_shown(word: str) -> str:
    """The stem of a word as it stands on a page."""
    return stem(_bare(plain(word)))


def shown_stems(text: str) -> frozenset[str]:
    """The stems that `mark` looks at in a text."""
    return frozenset(_stem_of_shown(word) for word in WORD.findall(text))


def mark(text: str, wanted: Iterable[str]) -> Markup:
    """The text made safe, with `<mark>` round every word whose stem is wanted."""
    sought = frozenset(wanted)
    safe = escape(text)
    make_safe = str if len(safe) == len(text) else escape  # most texts have nothing to escape
    pieces: list[str] = []
    done = 0
    for match in WORD.finditer(text) if sought else ():
        if _stem_of_shown(match.group()) in sought:
            start, end = match.span()
            pieces += (make_safe(text[done:start]), "<mark>", make_safe(text[start:end]), "</mark>")
            done = end
    if not pieces:
        return safe
    pieces.append(make_safe(text[done:]))
    return Markup("".join(pieces))  # noqa: S704  every piece is safe
