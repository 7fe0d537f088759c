"""Blocks written as markdown in which nothing is markup by accident, or as plain words."""

from __future__ import annotations

import re
from itertools import groupby

from app.feeds.markup import Block, Run

_ALWAYS = re.compile(r"[\\`*\[\]]")
_SOMETIMES = re.compile(
    r"(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word means nothing
    r"|<(?=[a-zA-Z/!?]|$)"
    r"|&(?=[#a-zA-Z0-9]|$)"
)
_LINE_START = re.compile(r"^(?:[-+=~#>]|(?P<number>\d{1,9})(?=[.)](?:\s|$)))")


def as_markdown(blocks: list[Block]) -> str:
    """The blocks as markdown: list items on neighbouring lines, all else apart."""
    parts: list[str] = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        drawn = [_block(block, number) for number, block in enumerate(group, 1)]
        parts.append(("\n" if kind in ("ul", "ol") else "\n\n").join(drawn))
    return "\n\n".join(parts)


def as_plain(blocks: list[Block]) -> str:
    """The blocks' words alone, a line for each line."""
    return "\n".join(
        "".join(words for words, _, _ in runs) for block in blocks for runs in block.lines
    )


def _block(block: Block, number: int) -> str:
    if block.kind.startswith("h"):
        words = [(text, False, link) for runs in block.lines for text, _, link in [*runs, _SPACE]]
        return "#" * int(block.kind[1]) + " " + _line(words).rstrip()
    mark = {"ul": "- ", "ol": f"{number}. "}.get(block.kind, "")
    return mark + ("  \n" + " " * len(mark)).join(_line(runs) for runs in block.lines)


_SPACE: Run = (" ", False, "")


def _line(runs: list[Run]) -> str:
    """One line: runs that share a link together, each run escaped, bold marked."""
    drawn = ""
    last = ""
    for link, group in groupby(runs, key=lambda run: run[2]):
        words, last = _runs(list(group), "" if link else last)
        if link and drawn.endswith("!"):
            drawn = f"{drawn[:-1]}\\!"  # or it would be a picture
        drawn += f"[{words}]({link})" if link else words
        last = "" if link else last
    start = _LINE_START.match(drawn)
    if not start:
        return drawn
    at = start.end() if start["number"] else 0
    return f"{drawn[:at]}\\{drawn[at:]}"


def _runs(runs: list[Run], last: str) -> tuple[str, str]:
    """The runs of one link, and their last character. `last` is the one before them.

    Markdown does not see `**` as bold between a letter and a mark of punctuation on the
    wrong side; a space there makes it plain.
    """
    drawn, was_bold = "", False
    for words, bold, _ in runs:
        first = words.lstrip()[:1]
        touching = bool(last.strip()) and words[:1] == first
        opens_badly = bold and last.isalnum() and not first.isalnum()
        closes_badly = was_bold and not last.isalnum() and first.isalnum()
        if touching and (opens_badly or closes_badly):
            drawn += " "
        drawn += _bold(words) if bold else _escaped(words)
        last, was_bold = words[-1:], bold
    return drawn, last


def _bold(words: str) -> str:
    """Bold words; spaces at the ends stay outside the marks."""
    inner = words.strip()
    if not inner:
        return words
    start, end = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{start}**{_escaped(inner)}**{end}"


def _escaped(words: str) -> str:
    """Words with a backslash before each character that markdown would take for its own."""
    return _SOMETIMES.sub(r"\\\g<0>", _ALWAYS.sub(r"\\\g<0>", words))
