"""From a feed's words for whom and what a service is to the codes of this directory.

Only plain matches count: a term that is one of our codes, or an audience in the table
below. "Disabled people" or "long term health conditions" say too little of children to be
turned into a need, so they are counted and reported instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from app.feeds.clean import line
from app.feeds.fields import Fields
from app.feeds.notes import Notes
from app.vocabulary import ACCESS, SERVICE_LISTS, TIERS

Code = tuple[str, str]
Ages = tuple[int | None, int | None]

_NOT_A_WORD = re.compile(r"[^a-z0-9+]+")
_ALL_LISTS = {**SERVICE_LISTS, ACCESS.name: ACCESS, TIERS.name: TIERS}
_FREE_TO_MATCH: Final[dict[str, Code]] = {
    code: (name, code)
    for name, terms in SERVICE_LISTS.items()
    for code in terms.codes
    if not code.isdigit()
} | {code: (ACCESS.name, code) for code in ACCESS.codes}

AUDIENCES: Final[dict[str, Code]] = {
    "autism": ("need", "autism"),
    "autistic": ("need", "autism"),
    "autistic people": ("need", "autism"),
    "autism spectrum": ("need", "autism"),
    "aspergers": ("need", "autism"),
    "asperger s": ("need", "autism"),
    "adhd": ("need", "adhd"),
    "learning disabilities": ("need", "learning_disability"),
    "learning difficulties": ("need", "learning_disability"),
    "learning disabled": ("need", "learning_disability"),
    "physical disabilities": ("need", "physical_disability"),
    "physically disabled": ("need", "physical_disability"),
    "wheelchair users": ("need", "physical_disability"),
    "sensory impaired": ("need", "sensory"),
    "sensory impairment": ("need", "sensory"),
    "visually impaired": ("need", "sensory"),
    "visual impairment": ("need", "sensory"),
    "hearing impaired": ("need", "sensory"),
    "hearing impairment": ("need", "sensory"),
    "deaf": ("need", "sensory"),
    "blind": ("need", "sensory"),
    "mental health": ("need", "mental_health"),
    "speech and language": ("need", "communication"),
    "children with disabilities": ("need", "any_send"),
    "disabled children": ("need", "any_send"),
    "send": ("need", "any_send"),
    "special educational needs": ("need", "any_send"),
    "parent carers": ("break", "parent_support"),
    "young carers": ("break", "sibling_group"),
    "siblings": ("break", "sibling_group"),
    "drop in": ("route", "drop_in"),
    "appointment": ("route", "book_direct"),
    "self referral": ("route", "ask_first"),
    "professional referral": ("route", "professional"),
    "referral": ("route", "professional"),
    "online": ("activity", "online"),
}
"""What a feed calls its audience or its way in, in lower case with single spaces."""

AUDIENCE_AGES: Final[dict[str, Ages]] = {
    "under 5s": (None, 4),
    "babies and toddlers": (None, 4),
    "early years": (None, 4),
    "children": (None, 17),
    "children with disabilities": (None, 17),
    "disabled children": (None, 17),
    "children and young people": (None, 25),
    "teenagers": (13, 19),
    "young people": (11, 25),
    "adults": (18, None),
    "older people": (50, None),
}
"""Ages an audience plainly has; used only when the record gives none."""


@dataclass(slots=True)
class Meant:
    """What the terms of one record come to."""

    codes: list[Code] = field(default_factory=list)
    ages: list[Ages] = field(default_factory=list)

    @property
    def service_codes(self) -> tuple[Code, ...]:
        """Codes a service carries as attributes, without repeats."""
        return tuple(code for code in dict.fromkeys(self.codes) if code[0] in SERVICE_LISTS)

    @property
    def support(self) -> tuple[str, ...]:
        """Support features that the feed says yes to."""
        said = (code for name, code in dict.fromkeys(self.codes) if name == ACCESS.name)
        return tuple(said)

    @property
    def tier(self) -> str:
        """The tier the feed names, else universal."""
        return next((code for name, code in self.codes if name == TIERS.name), "universal")


def add_terms(meant: Meant, terms: Iterable[Fields], notes: Notes) -> None:
    """Take in taxonomy terms: a code under its list's name, any code of ours, an audience."""
    for term in terms:
        keys = ("term", "code", "id", "name")
        names = [term.line(key, what="term", longest=200) for key in keys]
        list_name = _key(term.line("taxonomy", "vocabulary", what="taxonomy"))
        code = _known(names, list_name)
        if code:
            meant.codes.append(code)
        elif names[3]:
            add_audience(meant, names[3], notes)


def add_audience(meant: Meant, words: str, notes: Notes) -> None:
    """Take in one audience; `Parents>Grandparents` is looked up by its last part."""
    label = line(words)[:80]
    key = _words(label.rpartition(">")[2])
    code = AUDIENCES.get(key) or _FREE_TO_MATCH.get(_key(key))
    if code:
        meant.codes.append(code)
    if key in AUDIENCE_AGES:
        meant.ages.append(AUDIENCE_AGES[key])
    if key and not code and key not in AUDIENCE_AGES:
        notes.unknown_words[label] += 1


def widest(ages: Iterable[Ages]) -> Ages:
    """From the youngest to the oldest of several age ranges; open when one is open."""
    ranges = list(ages)
    lows = [low for low, _ in ranges]
    highs = [high for _, high in ranges]
    low = None if None in lows else min((age for age in lows if age is not None), default=None)
    high = None if None in highs else max((age for age in highs if age is not None), default=None)
    return low, high


def _known(names: list[str], list_name: str) -> Code | None:
    for name in names:
        code = _key(name)
        if list_name in _ALL_LISTS and code in _ALL_LISTS[list_name]:
            return list_name, code
    for name in names:
        if _key(name) in _FREE_TO_MATCH:
            return _FREE_TO_MATCH[_key(name)]
    return None


def _words(text: str) -> str:
    return _NOT_A_WORD.sub(" ", text.lower()).strip()


def _key(text: str) -> str:
    return _words(text).replace(" ", "_").replace("+", "")
