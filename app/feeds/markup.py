"""From mended HTML to a flat list of blocks: paragraphs, headings and list items."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import groupby
from typing import Final
from urllib.parse import quote, urlsplit

Run = tuple[str, bool, str]
"""Words, whether they are bold, and the address they link to (or "")."""

LONGEST_HEADING: Final = 90
_BREAKING: Final = frozenset(
    "p div section article header main footer aside blockquote pre address hr "
    "ul ol dl dt dd table thead tbody tfoot tr caption figure figcaption".split()
)
_HEADINGS: Final = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_BULLET = re.compile(r"\s*(?:[•·▪●○◦‣⁃]|[*\-–](?=\s))\s*(?=\S)")
_SPACES = re.compile(r"\s+")
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f]+")
_MAIL = re.compile(r"[^@\s/:?&]+@[^@\s/:?&]+\.[a-zA-Z]{2,}")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?", re.I)


@dataclass(slots=True)
class Block:
    """A paragraph (`p`), heading (`h3`, `h4`) or list item (`ul`, `ol`), in lines of runs."""

    kind: str
    lines: list[list[Run]]


class Walker(HTMLParser):
    """Collects blocks; feed it only markup that nh3 has mended."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = [Block("p", [[]])]
        self.bad_links: list[str] = []
        self._lists: list[str] = []
        self._in_item = False
        self._bold = 0
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block, a line, a cell, bold or a link."""
        if tag in ("strong", "b"):
            self._bold += 1
        elif tag == "a":
            self._link = self._usable(dict(attrs).get("href") or "")
        elif tag == "br":
            self.blocks[-1].lines.append([])
        elif tag in ("td", "th"):
            self._separate_cells()
        else:
            self._start_block(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag in ("ul", "ol"):
            self._lists[-1:] = []
            self._in_item = False
        if tag == "li":
            self._in_item = False
        if tag in ("strong", "b"):
            self._bold = max(0, self._bold - 1)
        elif tag == "a":
            self._link = ""
        elif tag == "li" or tag in _HEADINGS:
            self._open("p")
        elif tag in _BREAKING:
            self._break()

    def handle_data(self, data: str) -> None:
        """Words: white space is one space, and what was encoded twice is decoded."""
        words = _SPACES.sub(" ", html.unescape(data))
        self.blocks[-1].lines[-1].append((words, self._bold > 0, self._link))

    def finished(self) -> list[Block]:
        """The blocks that have words, bullets typed by hand made into list items."""
        parts = [part for block in self.blocks for part in _split(block)]
        return [whole for _, group in groupby(parts, _heading) for whole in _sentence(list(group))]

    def _start_block(self, tag: str) -> None:
        if tag == "li":
            self._in_item = True
            self._open(self._lists[-1] if self._lists else "ul")
        elif tag in ("ul", "ol"):
            self._lists.append(tag)
            self._break()
        elif tag in _HEADINGS:
            self._open(_HEADINGS[tag])
        elif tag in _BREAKING:
            self._break()

    def _open(self, kind: str) -> None:
        self.blocks.append(Block(kind, [[]]))

    def _break(self) -> None:
        """A new paragraph; inside a list item only a new line."""
        if self._in_item:
            self.blocks[-1].lines.append([])
        else:
            self._open("p")

    def _separate_cells(self) -> None:
        runs = self.blocks[-1].lines[-1]
        if any(words.strip() for words, _, _ in runs):
            runs.append((", ", False, ""))

    def _usable(self, href: str) -> str:
        if not href.strip() or href.startswith("#"):
            return ""
        address = safe_link(href)
        if not address:
            self.bad_links.append(href)
        return address


def safe_link(href: str) -> str:
    """A web, mail or telephone address that may be linked to, or "" for any other."""
    address = _UNSEEN.sub("", html.unescape(href)).replace("\\", "/")
    scheme, colon, rest = address.partition(":")
    if scheme.lower() == "mailto" or _MAIL.fullmatch(address):
        found = _MAIL.fullmatch(
            (rest if colon else address).partition("?")[0].removesuffix("%20").strip(".,;")
        )
        return f"mailto:{found[0]}" if found else ""
    if scheme.lower() == "tel":
        digits = re.sub(r"[^0-9+]", "", rest)
        return f"tel:{digits}" if len(digits) >= 3 else ""
    if address.lower().startswith("www."):
        address = f"http://{address}"
    return web_address(address)


def web_address(address: str) -> str:
    """A whole http or https address, written so that it fits anywhere, or ""."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https") or "." not in host or not _HOST.fullmatch(host):
        return ""
    if parts.username is not None or parts.password is not None:
        return ""
    where = f"{host}:{port}" if port else host
    tail = parts._replace(scheme="", netloc="").geturl()
    return f"{parts.scheme}://{where}{quote(tail, safe='/?#%&=+:;,@!$~-._*')}"


def _split(block: Block) -> list[Block]:
    """A paragraph at its empty lines and at bullets typed by hand."""
    lines = [_trimmed(runs) for runs in block.lines]
    if block.kind != "p":
        whole = [runs for runs in lines if runs]
        long_heading = block.kind.startswith("h") and _length(whole) > LONGEST_HEADING
        return [Block("p" if long_heading else block.kind, whole)] if whole else []
    parts: list[Block] = [Block("p", [])]
    for runs in lines:
        bullet = _BULLET.match(runs[0][0]) if runs else None
        if bullet:
            rest = [(runs[0][0][bullet.end() :], *runs[0][1:]), *runs[1:]]
            parts.append(Block("ul", [_trimmed(rest)]))
        elif not runs or parts[-1].kind == "ul":
            parts.append(Block("p", [runs] if runs else []))
        else:
            parts[-1].lines.append(runs)
    return [part for part in parts if any(part.lines)]


def _heading(block: Block) -> str:
    return block.kind if block.kind.startswith("h") else ""


def _sentence(group: list[Block]) -> list[Block]:
    """Headings straight after each other are a sentence somebody wanted large: a paragraph."""
    if len(group) < 2 or not _heading(group[0]):
        return group
    return [Block("p", [runs for block in group for runs in block.lines])]


def _length(lines: list[list[Run]]) -> int:
    return sum(len(words) for runs in lines for words, _, _ in runs)


def _trimmed(runs: list[Run]) -> list[Run]:
    """A line without white space at its ends or twice inside, equal neighbours joined."""
    joined: list[Run] = []
    for given, bold, link in runs:
        words = given.lstrip() if not joined or joined[-1][0].endswith(" ") else given
        if joined and joined[-1][1:] == (bold, link):
            joined[-1] = (joined[-1][0] + words, bold, link)
        elif words:
            joined.append((words, bold, link))
    while joined and not joined[-1][0].strip():
        joined.pop()
    if joined:
        words, bold, link = joined[-1]
        joined[-1] = (words.rstrip(), bold, link)
    return joined
