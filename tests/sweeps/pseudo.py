"""A made-up language for finding words that nobody marked for translation.

In it every marked sentence stands in brackets with accents on its vowels. The directory's
own words, which are not translated, are written in Greek letters here, and the council's
are known. So a Latin letter left on a page, outside brackets, is a word nobody marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import msgspec
from babel.support import NullTranslations
from flask import Flask
from flask_babel import get_babel

from app.council import Council
from app.languages import LANGUAGES, Language
from tests.strict import XHTML, parse

CODE = "en_001"
"""A locale Babel knows, with English dates, that the site does not have."""
OPEN, CLOSE = "⟦", "⟧"
KEPT = re.compile(r"%\(\w+\)[sd]|<[^>]+>")
ACCENTS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
ADDRESS = re.compile(r"https?://\S+|\S+@\S+")
LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]")
ATTRIBUTES = ("alt", "aria-label", "aria-description", "placeholder", "title", "label")
UNSEEN = {"script", "style", "code", "svg"}
SHOWN = {
    "name",
    "label",
    "phone",
    "hours",
    "url",
    "email",
    "text",
    "source",
    "site_name",
    "area_name",
}
FEWEST_LETTERS = 4
"""Council words shorter than this are left on the page: they could hide a real word."""


def pseudo(words: str) -> str:
    """A sentence in the made-up language; its placeholders and tags stay as they are."""
    pieces = KEPT.split(words)
    kept = [*KEPT.findall(words), ""]
    told = "".join(piece.translate(ACCENTS) + tag for piece, tag in zip(pieces, kept, strict=True))
    return f"{OPEN}{told}{CLOSE}"


class PseudoTranslations(NullTranslations):
    """Every sentence altered; two forms as in English."""

    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)

    ugettext = gettext
    ungettext = ngettext


@contextmanager
def speaking_pseudo(app: Flask) -> Iterator[str]:
    """Give an application the made-up language for a while; gives its code."""
    with app.app_context():
        cache: dict[Any, Any] = get_babel(app).instance.domain_instance.cache
    LANGUAGES[CODE] = Language(CODE, "⟦Pseudo⟧")
    cache[CODE, "messages"] = PseudoTranslations()
    try:
        yield CODE
    finally:
        del LANGUAGES[CODE]
        del cache[CODE, "messages"]


def council_words(council: Council) -> list[str]:
    """Every name, number and address in a council's file, the longest first."""
    found = {text for value in _shown(msgspec.to_builtins(council)) for text in _ways(value)}
    return sorted((text for text in found if len(text) >= FEWEST_LETTERS), key=len, reverse=True)


def _shown(value: Any) -> Iterator[str]:
    """The values of those keys whose words pages show; never a code."""
    if isinstance(value, dict):
        yield from (value[key] for key in SHOWN & value.keys() if isinstance(value[key], str))
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from _shown(item)


def _ways(text: str) -> Iterator[str]:
    """A text, and for an address the shorter ways in which pages write it."""
    yield text
    parts = urlsplit(text)
    if parts.scheme in {"http", "https"}:
        yield from (text.partition("://")[2].strip("/"), parts.netloc)


def unmarked(html: str, known: list[str]) -> list[str]:
    """Each piece of text a reader can meet that holds words nobody marked.

    `known`: words of the directory and the council, which are shown as they are. One of
    them counts only where it stands alone, so that a short name cannot hide a sentence.
    """
    found, depth = [], 0
    for text in visible_texts(parse(html), CODE):
        left, depth = outside(text, depth)
        left = ADDRESS.sub(" ", left)
        for words in known:
            left = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " ", left)
        if LATIN.search(left):
            found.append(text)
    return found


def outside(text: str, depth: int = 0) -> tuple[str, int]:
    """What stands outside marked sentences, which may hold one another and other parts.

    `depth`: how many sentences were open before; gives how many are after.
    """
    left = ""
    for letter in text:
        depth += (letter == OPEN) - (letter == CLOSE)
        left += " " if depth or letter == CLOSE else letter
    return left, depth


def visible_texts(item: Element, language: str) -> Iterator[str]:
    """The texts and the words for screen readers, without parts in another language."""
    name = str(item.tag).removeprefix(XHTML)
    if name in UNSEEN or item.get("lang", language) != language:
        return
    yield from (item.get(key, "") for key in ATTRIBUTES if item.get(key))
    if name == "input" and item.get("type") in {"submit", "button"}:
        yield item.get("value", "")
    if item.text and item.text.strip():
        yield " ".join(item.text.split())
    for child in item:
        yield from visible_texts(child, language)
        if child.tail and child.tail.strip():
            yield " ".join(child.tail.split())
