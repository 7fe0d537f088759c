"""Hears the age of a child among a family's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.vocabulary import AGE_BANDS, OLDEST

NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty""".split()
    )
    if number > 1
}
"""`one` and `zero` are rather said of other things (`one to one`)."""
AGE_WORDS = {
    **dict.fromkeys(("baby", "babies", "newborn", "newborns"), (0, 1)),
    **dict.fromkeys(("toddler", "toddlers", "tot", "tots"), (1, 3)),
    **dict.fromkeys(("preschool", "preschooler", "preschoolers"), (2, 4)),
    **dict.fromkeys(("tween", "tweens", "preteen", "preteens"), (9, 12)),
    **dict.fromkeys(("teen", "teens", "teenage", "teenager", "teenagers", "teenaged"), (13, 17)),
}
FIRST_SCHOOL_YEAR = 4
"""A child in school year N turns N + 5 in it, so is N + 4 or N + 5."""
_N = r"(?P<{}>\d{{1,2}})"
_YEARS = r"(?:years?|yrs?|yo|yos|y o)(?: olds?)?"
_CHILD = "(?:(?:grand)?(?:son|daughter|child)|brother|sister|boy|girl|he|she|hes|shes|kid|im|i am)"
_NOT_LONG = "(?<!list )(?<!waiting for )(?<!last )(?<!past )(?<!waiting )"
"""Two years on a waiting list are no age."""
PATTERNS = (
    rf"(?:ages?|aged) {_N.format('low')} (?:to|and|or) {_N.format('high')}",
    rf"{_N.format('low1')}(?: (?:to|and|or))? {_N.format('high1')} ?{_YEARS}",
    rf"(?:ages?|aged|turning|turned|nearly|almost) {_N.format('at')}",
    rf"{_NOT_LONG}{_N.format('at1')} ?{_YEARS}(?! ago)",
    rf"{_N.format('months')} ?(?:months?|mths?)(?: olds?)?",
    rf"(?:under|below) {_N.format('under')}s?",
    rf"up to {_N.format('most')}",
    rf"(?:over|above) {_N.format('over')}s?",
    rf"{_N.format('from')} ?plus",
    rf"{_CHILD}(?: is)? {_N.format('at2')}(?! (?:to|1|2)\b)",
    rf"(?<!\d )(?:year|yr) {_N.format('class')}s?",
)
AGE = re.compile("|".join(rf"(?:\b{pattern}\b)" for pattern in PATTERNS))
PLUS = re.compile(r"(?<=\d)\+")


class Heard(NamedTuple):
    """An age: whole years, both ends in, and the places of the words that say so."""

    low: int
    high: int
    spent: frozenset[int]

    @property
    def codes(self) -> tuple[str, ...]:
        """The age as a number of years, or as the bands it touches."""
        if self.low == self.high:
            return (str(self.low),)
        bands = (band for band in AGE_BANDS if band.low <= self.high and self.low <= band.high)
        return tuple(band.code for band in bands)


def hear_age(typed: Sequence[str]) -> Heard | None:
    """The age spoken of in these words, if any. The first one said counts."""
    line = " ".join(NUMBERS.get(word, word) for word in typed)
    match = AGE.search(line)
    if match is None:
        return next(_named(typed), None)
    first = line[: match.start()].count(" ")
    spent = frozenset(range(first, first + match.group().count(" ") + 1))
    low, high = _span({name.rstrip("12"): int(n) for name, n in match.groupdict().items() if n})
    return Heard(min(low, high), max(low, high), spent)


def _named(typed: Sequence[str]) -> Iterator[Heard]:
    """Ages that are said by a word."""
    for place, word in enumerate(typed):
        if word in AGE_WORDS:
            yield Heard(*AGE_WORDS[word], frozenset([place]))


def _span(said: dict[str, int]) -> tuple[int, int]:
    """Youngest and oldest, from the numbers of a pattern."""
    match said:
        case {"low": low, "high": high}:
            span = low, high
        case {"under": years}:
            span = 0, max(years - 1, 0)
        case {"most": years}:
            span = 0, years
        case {"over": years} | {"from": years}:
            span = years, max(OLDEST, years)
        case {"months": months}:
            span = months // 12, months // 12
        case {"class": year}:
            span = year + FIRST_SCHOOL_YEAR, year + FIRST_SCHOOL_YEAR + 1
        case _:
            span = said["at"], said["at"]
    return span
