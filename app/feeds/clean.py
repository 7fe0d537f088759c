"""Text from elsewhere made safe: HTML or plain words in, a little markdown and plain words out.

What is kept: paragraphs, line breaks, lists, short headings, bold and harmless links.
Characters that mean something in markdown are written so that they show as themselves.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

import nh3

from app.feeds.markup import Block, Walker
from app.feeds.rendering import as_markdown, as_plain

LONGEST_RAW: Final = 200_000
"""Characters looked at; what comes after (nearly always a picture written as text) is not."""
LONGEST: Final = 20_000
"""Characters of markdown kept of one description."""
LEAD: Final = 160

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENCODED_TAG = re.compile(r"&lt;/?[a-zA-Z][^<>]*?&gt;")
_BREAKS_LINES = re.compile(r"<(?:p|br|div|li|ul|ol|h[1-6]|table|section|article)\b", re.I)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_EMBEDDED: Final = {
    "script": "a script",
    "iframe": "an embedded page",
    "object": "an embedded page",
    "embed": "an embedded page",
    "form": "a form",
    "img": "a picture",
    "video": "a film",
    "audio": "a recording",
}
_EMBEDDED_TAG = re.compile(rf"<\s*({'|'.join(_EMBEDDED)})\b", re.I)


class _Seen(dict[int, str]):
    """What each character is shown as; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        """A space for any white space, nothing for what cannot be seen."""
        char = chr(code)
        hidden = unicodedata.category(char)[0] == "C"
        self[code] = " " if char.isspace() else "" if hidden else char
        return self[code]


_SEEN = _Seen({ord(char): "\n" for char in "\n\u2028\u2029"} | {0xF0A7: "•", 0xF0B7: "•"})
"""Two private characters are the bullets of an old office font."""

_STRUCTURE = {
    *("p br div section article header main footer aside blockquote pre address hr".split()),
    *("ul ol li dl dt dd table thead tbody tfoot tr td th caption figure figcaption".split()),
    *("h1 h2 h3 h4 h5 h6 strong b a".split()),
}
_cleaner = nh3.Cleaner(
    tags=_STRUCTURE,
    attributes={"a": {"href"}},
    clean_content_tags={
        *("script style iframe object noscript template svg math title".split()),
        *("select textarea button".split()),
    },
    url_schemes={
        *("http https mailto tel sms ftp file".split()),
        *("javascript vbscript data".split()),
    },
    link_rel=None,
)
"""Mends the markup and drops what is never shown. Dangerous links pass so that
`app.feeds.markup` can name them; it lets none through."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A description made safe, as markdown and as plain words, and what was left out of it."""

    markdown: str = ""
    plain: str = ""
    lead: str = ""
    """The first words that are not a heading, about a sentence or two."""
    left_out: tuple[str, ...] = ()


def clean(text: str, longest: int = LONGEST) -> Cleaned:
    """Make a description safe. Never raises; at most `longest` characters of markdown."""
    left_out = ["its end, being far too long"] if len(text) > LONGEST_RAW else []
    source = text[:LONGEST_RAW]
    left_out += dict.fromkeys(_EMBEDDED[tag.lower()] for tag in _EMBEDDED_TAG.findall(source))
    blocks, bad_links = _blocks(source)
    left_out += dict.fromkeys(f"a link to “{shorten(line(link), 60)}”" for link in bad_links)
    kept, is_cut = _within(blocks, longest)
    if is_cut:
        left_out.append(f"all after its first {longest} characters")
    plain = as_plain(kept)
    return Cleaned(as_markdown(kept), plain, _lead(kept), tuple(left_out))


def line(text: str) -> str:
    """Words for one line: no markup, no invisible characters, single spaces."""
    if "<" in text or "&" in text:
        text = as_plain(_blocks(text[:LONGEST_RAW])[0])
    return " ".join(tidy(text).split())


def tidy(text: str) -> str:
    """The text without control, zero-width, private and broken characters; lines stay."""
    return unicodedata.normalize("NFC", text).translate(_SEEN)


def shorten(text: str, longest: int) -> str:
    """The text, or as many whole words as fit with a mark that there was more."""
    if len(text) <= longest:
        return text
    whole = text[: longest - 1].rsplit(" ", 1)[0] or text[: longest - 1]
    return whole[: longest - 1].rstrip(" ,;:-–—") + "…"


def _blocks(text: str) -> tuple[list[Block], list[str]]:
    walker = Walker()
    walker.feed(_cleaner.clean(_as_html(tidy(text))))
    walker.close()
    return walker.finished(), walker.bad_links


def _as_html(text: str) -> str:
    """Text that is not yet HTML as HTML: encoded tags decoded, line ends kept."""
    if not _TAG.search(text) and _ENCODED_TAG.search(text):
        text = html.unescape(text)
    if not _TAG.search(text):
        text = text.replace("<", "&lt;")
    if not _BREAKS_LINES.search(text):
        text = text.replace("\n", "<br>")
    return text


def _within(blocks: list[Block], longest: int) -> tuple[list[Block], bool]:
    """As many whole blocks as fit, or the start of the first when even that is too long."""
    kept: list[Block] = []
    size = 0
    for block in blocks:
        size += len(as_markdown([block])) + 2
        if size > longest + 2:
            break
        kept.append(block)
    if blocks and not kept:
        return [Block("p", [[(shorten(as_plain(blocks[:1]), longest // 2), False, "")]])], True
    return kept, len(kept) < len(blocks)


def _lead(blocks: list[Block]) -> str:
    """The first sentences of the running text, at most `LEAD` characters."""
    running = [block for block in blocks if not block.kind.startswith("h")] or blocks
    words = " ".join(as_plain(running[:6]).split())
    lead = ""
    for sentence in _SENTENCE_END.split(words[: LEAD * 20]):
        if len(lead) + len(sentence) + 1 > LEAD:
            break
        lead = f"{lead} {sentence}".strip()
    return lead if len(lead) >= 20 or lead == words else shorten(words, LEAD)
