"""Turns what a family typed into slots: each word or phrase with all that may answer it.

Work is bounded by count: letters read, words kept, words mended, slots made. Nothing typed is
an operator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.search.ages import AGE_WORDS, Heard, hear_age, is_number, spelt_out
from app.search.conditions import names_a_condition
from app.search.crisis import hear_crisis
from app.search.criteria import Understood
from app.search.meanings import Meaning, Meanings, key, load_meanings
from app.search.noted import Noted
from app.search.slots import (
    CHILD_IN_CRISIS,
    IN_CRISIS,
    ITSELF,
    Role,
    Slot,
    literal,
    meant,
    merged,
    placed,
    plain,
    told,
)
from app.search.spelling import NO_LEXICON, USUAL, Lexicon, Said, mended
from app.search.text import STOP, shortened, stem, tidy, tokens, words
from app.search.towns import Spot

MOST_LETTERS, MOST_WORDS, MOST_SLOTS = 600, 60, 12
ALMOST_ADULT = 17
TALE = 4
"""Words from which on somebody tells of a child, and does not name a thing or a service."""
DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
"""Letters with full stops between them: `p.a.` is `pa`."""
TO_A_PLACE = frozenset({"near", "nr", "in", "at", "by", "around", "round", "from"})
COINS = frozenset({"pounds", "quid"})
"""With a place goes the word that leads to it when it is taken out, with coins their number."""
UNWISHED = frozenset({"activity", "break", "when", "access"})


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was typed, as the search reads it."""

    slots: tuple[Slot, ...] = ()
    ages: tuple[int, int] | None = None
    """Whole years, both ends in."""
    are_two: bool = False
    """Whether these are the ages of two children, and not a range."""
    understood: tuple[Understood, ...] = ()
    help_cards: tuple[str, ...] = ()
    spot: Spot | None = None
    """The place named: the centre to measure from."""
    words: tuple[Said, ...] = ()
    """The words without a meaning, each a slot of its own."""
    is_exact: bool = False
    """Whether every word was asked for as it is."""
    mended: tuple[tuple[str, str], ...] = ()
    """Words as typed that nobody knows, each with what was read for it."""


@dataclass(frozen=True, slots=True)
class _Sense:
    """What decides how the words of one search are read."""

    aside: frozenset[str]
    """Words of an innocent phrase."""
    empty: frozenset[str]
    """Words that say nothing in the other language, where it is spoken."""
    meanings: Meanings
    lexicon: Lexicon


@dataclass(frozen=True, slots=True)
class Read:
    """A phrase, where it stands among the words, and what it means."""

    start: int
    length: int
    found: tuple[Meaning, ...] | Spot


def understand(text: str, lexicon: Lexicon = NO_LEXICON) -> Understanding:
    """Read a family's words. Never raises, whatever they are."""
    meanings = load_meanings()
    text = legible(text)
    spoken = tokens(text)[:MOST_WORDS]
    said = mended(spoken, lexicon)
    as_typed, as_read = [token.word for token in spoken], [each.word for each in said]
    aside, is_crisis = hear_crisis(as_read)
    is_crisis = is_crisis or (as_typed != as_read and hear_crisis(as_typed)[1])
    asked = [each for each in said if each.word not in meanings.ours]
    spoken_of = [each.word for each in asked]
    heard = hear_age(spoken_of)
    is_foreign = meanings.foreign.speaks(each.word for each in said)
    empty = meanings.foreign.stop if is_foreign else frozenset()
    reading = _Reading(text, asked, heard, lexicon)
    if is_crisis:
        reading.in_crisis(is_child=heard is not None and heard.is_own)
    for read in _phrases(asked, heard, _Sense(aside, empty, meanings, lexicon)):
        is_unread = is_foreign and not lexicon.has(asked[read.start].word)
        reading.take(read, may_miss=is_unread or names_a_condition(spoken_of, read.start))
    cards = ["get_help"] if is_crisis else []
    understood = reading.noted.understood()
    cards += [*reading.cards, *_further_cards(understood, heard, meanings)]
    return reading.understanding(understood, tuple(dict.fromkeys(cards)))


def legible(text: str) -> str:
    """The text as it is read, and as every place in it is counted."""
    text = spelt_out(shortened(tidy(text[:MOST_LETTERS])))
    return DOTTED.sub(lambda letters: letters.group().replace(".", ""), text)


def understand_exactly(text: str) -> Understanding:
    """Every telling word as it is; only a crisis is still heard."""
    spoken = tokens(legible(text))[:MOST_WORDS]
    _, is_crisis = hear_crisis([token.word for token in spoken])
    telling = [token.word for token in spoken if token.word not in STOP]
    slots = (Slot((((stem(word),), ITSELF),), said=word) for word in telling)
    cards = ("get_help",) if is_crisis else ()
    return Understanding(tuple(merged(slots)[:MOST_SLOTS]), help_cards=cards, is_exact=True)


class _Reading:
    """Gathers slots and what was understood while phrases are read, first to last."""

    def __init__(
        self, text: str, asked: Sequence[Said], heard: Heard | None, lexicon: Lexicon
    ) -> None:
        self._text, self._asked, self._heard, self._lexicon = text, asked, heard, lexicon
        self._slots: list[Slot] = []
        self._words: list[Said] = []
        self._spot: Spot | None = None
        self._support: Slot | None = None
        self.cards: list[str] = []
        self.noted = Noted(text, asked, heard)

    def in_crisis(self, *, is_child: bool) -> None:
        """Whoever is at the end of their strength may look for people who support."""
        self._support = CHILD_IN_CRISIS if is_child else IN_CRISIS

    def take(self, read: Read, *, may_miss: bool = False) -> None:
        """Add a phrase; one without a meaning `may_miss` in a service that is found."""
        places = range(read.start, read.start + read.length)
        phrase = tuple(self._asked[place].word for place in places)
        if isinstance(read.found, Spot):
            self._spot = self._spot or read.found
            self._slots.append(placed(read.found, " ".join(phrase)))
            self.noted.note("place", read.found.name, " ".join(phrase), self._led(places))
            if not read.found.locality:
                self.cards.append("other_council_offer")
        elif read.found:
            meaning = read.found[0]
            spoken = meaning.slips.get(key(phrase), phrase)
            wish = meant(spoken, read.found)
            self._slots.append(wish)
            if wish.codes and wish.role is not Role.HINTS:
                self._slots += literal(spoken, wish.group)
            is_outdated = key(phrase) in meaning.outdated
            shown = meaning.means if is_outdated else " ".join(phrase)
            if meaning.code or meaning.card:
                whole = self._led(places) if phrase[0] in COINS else places
                both = (code for kind, code in meaning.equally if kind == meaning.kind == "when")
                for code in (meaning.code, *both):  # both days of a weekend
                    self.noted.note(meaning.kind, code, shown, whole)
            self.cards += [meaning.card for meaning in read.found if meaning.card]
        else:
            self._words.append(self._asked[read.start])
            self._slots.append(plain(self._asked[read.start], may_miss=may_miss))

    def _led(self, places: range) -> range:
        """A phrase with the word before it, where that goes when the phrase is taken out."""
        first = self._asked[places.start].word
        before = self._asked[places.start - 1].word if places.start else ""
        leads = is_number(before) if first in COINS else before in TO_A_PLACE
        return range(places.start - leads, places.stop)

    def understanding(
        self, understood: tuple[Understood, ...], cards: tuple[str, ...]
    ) -> Understanding:
        """All of it."""
        heard = self._heard
        return Understanding(
            slots=tuple(merged(self._wished())[:MOST_SLOTS]),
            ages=(heard.low, heard.high) if heard else None,
            are_two=heard is not None and heard.are_two,
            understood=understood,
            help_cards=cards,
            spot=self._spot,
            words=tuple(self._words),
            mended=tuple(self._mended()),
        )

    def _wished(self) -> list[Slot]:
        """The slots; in a crisis support must be there, and what else was wished for is let go.

        Whoever tells much of a child and wishes for nothing in particular asks for no word.
        """
        if self._support is None:
            return self._slots if len(self._asked) < TALE else told(self._slots)
        return [self._support, *(slot for slot in self._slots if slot.is_of_use_in_a_crisis)]

    def _mended(self) -> Iterator[tuple[str, str]]:
        """Each slip with what was read for it, where that is a word and not only its stem."""
        read: dict[tuple[int, int], list[str]] = {}
        for each in self._asked:
            if each.is_mended:
                read.setdefault((each.start, each.end), []).append(each.word)
        for (start, end), found in read.items():
            if all(self._lexicon.is_meant(word) or word in USUAL for word in found):
                yield self._text[start:end], " ".join(map(self._as_written, found))

    def _as_written(self, word: str) -> str:
        """A word that was read, as we write it: a town by its name, a usual slip without it."""
        phrase = key((word,))
        if phrase in self._lexicon.towns.spots:
            return self._lexicon.towns.spots[phrase].name
        meant = load_meanings().phrases.get(phrase, ())
        return next((" ".join(each.slips[phrase]) for each in meant if phrase in each.slips), word)


def _further_cards(
    understood: Sequence[Understood], heard: Heard | None, meanings: Meanings
) -> Iterator[str]:
    """Cards for several wishes together, and for an age at which much changes."""
    meant = {f"{item.kind}:{part}" for item in understood for part in (item.code, "")}
    for card, each in meanings.together:
        if all(meant & codes for codes in each):
            yield card
    if heard is not None and heard.low >= ALMOST_ADULT:
        yield "transition_assessment"


def _phrases(asked: Sequence[Said], heard: Heard | None, sense: _Sense) -> Iterator[Read]:
    """The phrases typed, longest first, each with what it means, if anything."""
    typed = [said.word for said in asked]
    spent = heard.spent if heard else frozenset()
    start = since = 0
    while start < len(typed):
        length, found = sense.meanings.at(typed, start)
        if not sense.aside.isdisjoint((typed[start], typed[start + max(length, 1) - 1])):
            found = tuple(m for m in found if m.kind not in {"need", "process"})
        named, spot = sense.lexicon.towns.at(typed, start)
        if named and named >= length:
            if spot is not None:
                yield Read(start, named, spot)
            start += named
        elif found and not _is_doubtful(typed, start, length, sense):
            if not _is_unwished(typed[max(since, start - 2) : start], found[0], sense.meanings):
                yield Read(start, length, _at_home(found, sense.lexicon))
            start = since = start + length
        else:
            if not _is_empty(typed[start], sense) and (
                start not in spent or typed[start] in AGE_WORDS
            ):
                yield Read(start, 1, ())
            start += 1


def _is_empty(word: str, sense: _Sense) -> bool:
    """Whether a word says nothing of a service."""
    return word in STOP or word in sense.empty


def _is_unwished(before: Sequence[str], meaning: Meaning, meanings: Meanings) -> bool:
    """Whether the one or two words before, of no other phrase, say this is not wished for."""
    said = {*before, " ".join(before)}
    return meaning.kind in UNWISHED and not meanings.unwished.isdisjoint(said)


def _at_home(found: tuple[Meaning, ...], lexicon: Lexicon) -> tuple[Meaning, ...] | Spot:
    """What was found; a misspelt town is the town itself where we know it."""
    if found[0].kind != "place":
        return found
    return lexicon.towns.spots.get(key(words(found[0].code)), found)


def _is_doubtful(typed: Sequence[str], start: int, length: int, sense: _Sense) -> bool:
    """Whether a word that often means something else stands without what makes it clear."""
    if length == 1 and typed[start] in sense.empty and start + 1 < len(typed):
        return True  # "for" in their language; a last word is no such word
    rule = sense.meanings.beside.get(typed[start]) if length == 1 else None
    if rule is None:
        return False
    beside, alone = rule
    if len(typed) == 1:
        return not alone
    others = [*typed[:start], *typed[start + 1 :]]
    kinds = {f"{m.kind}:" for word in others for m in sense.meanings.phrases.get((stem(word),), ())}
    return not beside & {*others, *kinds}
