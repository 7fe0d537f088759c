"""Turns what a family typed into slots: each word or phrase with all that may answer it.

Work is bounded by count: letters read, words kept, slots made. Nothing typed is an operator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.search.criteria import Understood
from app.search.meanings import Meaning, Meanings, Phrase, key, load_meanings
from app.search.text import SOFT, STOP, stem, words
from app.search.towns import Spot, Towns
from app.vocabulary import AGE_BANDS, OLDEST

MOST_LETTERS, MOST_WORDS, MOST_SLOTS = 600, 60, 12
ITSELF, OFFICIAL, COMPANION, RESPELT = 1.0, 0.9, 0.5, 0.8
"""How well each kind of alternative answers: what was typed, its official word or code,
another code for the same wish, a neighbour in spelling."""
NAMED_PLACE = 0.5
"""What naming a place counts for beside being near it."""
ALMOST_ADULT = 17
OURS = frozenset({"my", "our"})
NO_TOWNS = Towns()

AGE = re.compile(
    r"\b(?:aged? (?P<at>\d{1,2})|(?P<is>\d{1,2}) ?(?:years?|yrs?|yo|y o)(?: olds?)?"
    r"|under (?P<under>\d{1,2})s?|over (?P<over>\d{1,2})s?)\b"
)
AGE_WORDS = {
    **dict.fromkeys(("baby", "babies", "newborn"), (0, 1)),
    **dict.fromkeys(("toddler", "toddlers"), (1, 3)),
    **dict.fromkeys(("preschool", "preschooler", "preschoolers"), (2, 4)),
    **dict.fromkeys(("teen", "teens", "teenage", "teenager", "teenagers"), (13, 17)),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """One word or phrase, and its alternatives with their weights."""

    texts: tuple[tuple[Phrase, float], ...]
    """Stems that must all be there."""
    codes: tuple[tuple[tuple[str, str], float], ...] = ()
    """Facet and code."""
    is_required: bool = True
    word: str = ""
    """The word as typed, when its spelling may be wrong."""
    spot: Spot | None = None
    """The place meant: what is near answers."""

    @property
    def is_sure(self) -> bool:
        """Whether it has a meaning, and is not only a word."""
        return bool(self.codes) or self.spot is not None


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was typed, as the search reads it."""

    slots: tuple[Slot, ...] = ()
    ages: tuple[int, int] | None = None
    """Whole years, both ends in."""
    understood: tuple[Understood, ...] = ()
    help_cards: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def understand(text: str, towns: Towns = NO_TOWNS) -> Understanding:
    """Read a family's words. Never raises, whatever they are."""
    meanings = load_meanings()
    spoken = words(text[:MOST_LETTERS])[:MOST_WORDS]
    aside, is_crisis = _crisis(spoken, meanings)
    typed = [word for word in spoken if word not in OURS]
    ages, spent = _ages(typed)
    slots: list[Slot] = []
    understood: list[Understood] = list(_understood_ages(typed, spent, ages))
    cards = ["get_help"] if is_crisis else []
    for phrase, found in _phrases(typed, spent, aside, meanings, towns):
        if isinstance(found, Spot):
            slots.append(_placed(found))
            understood.append(Understood(" ".join(phrase), "place", found.name))
        elif found:
            slots.append(_meant(phrase, found))
            understood.append(_shown(phrase, found[0]))
            cards += [meaning.card for meaning in found if meaning.card]
        elif phrase[0] not in STOP:
            slots.append(_plain(phrase[0]))
    cards += _further_cards(understood, ages, meanings)
    return Understanding(
        tuple(_merged(slots)[:MOST_SLOTS]),
        ages,
        tuple(dict.fromkeys(understood)),
        tuple(dict.fromkeys(cards)),
    )


def _further_cards(
    understood: Sequence[Understood], ages: tuple[int, int] | None, meanings: Meanings
) -> Iterator[str]:
    """Cards for several wishes together, and for an age at which much changes."""
    meant = {f"{item.kind}:{part}" for item in understood for part in (item.code, "")}
    for card, each in meanings.together:
        if all(meant & codes for codes in each):
            yield card
    if ages is not None and ages[0] >= ALMOST_ADULT:
        yield "transition_assessment"


def respelt(slot: Slot, neighbours: Sequence[str], towns: Towns) -> Slot:
    """The slot with words near to the one typed, which nothing in the directory has."""
    meanings = load_meanings()
    spot = next((towns.spots[n,] for n in neighbours if (n,) in towns.spots), None)
    codes: dict[tuple[str, str], float] = {}
    for neighbour in neighbours:
        found = meanings.phrases.get((neighbour,), ())
        for code, weight in _codes(found):
            codes[code] = max(codes.get(code, 0.0), weight * RESPELT)
    texts = tuple(((stem(neighbour),), RESPELT) for neighbour in neighbours)
    return replace(slot, texts=(*slot.texts, *texts), codes=tuple(codes.items()), spot=spot)


def _phrases(
    typed: Sequence[str],
    spent: frozenset[int],
    aside: frozenset[str],
    meanings: Meanings,
    towns: Towns,
) -> Iterator[tuple[Phrase, tuple[Meaning, ...] | Spot]]:
    """The phrases typed, longest first, each with what it means, if anything."""
    start = 0
    while start < len(typed):
        length, found = meanings.at(typed, start)
        if typed[start] in aside:
            found = tuple(m for m in found if m.kind not in {"need", "process"})
        named, spot = towns.at(typed, start)
        if named and named >= length:
            if spot is not None:
                yield tuple(typed[start : start + named]), spot
            start += named
        elif found and not _is_doubtful(typed, start, length, meanings):
            yield tuple(typed[start : start + length]), _at_home(found, towns)
            start += length
        else:
            if start not in spent:
                yield (typed[start],), ()
            start += 1


def _at_home(found: tuple[Meaning, ...], towns: Towns) -> tuple[Meaning, ...] | Spot:
    """What was found; a misspelt town is the town itself where we know it."""
    if found[0].kind != "place":
        return found
    return towns.spots.get(key(words(found[0].code)), found)


def _is_doubtful(typed: Sequence[str], start: int, length: int, meanings: Meanings) -> bool:
    """Whether a word that often means something else stands without what makes it clear."""
    rule = meanings.beside.get(typed[start]) if length == 1 else None
    if rule is None:
        return False
    beside, alone = rule
    if len(typed) == 1:
        return not alone
    others = [*typed[:start], *typed[start + 1 :]]
    kinds = {f"{m.kind}:" for word in others for m in meanings.phrases.get((stem(word),), ())}
    return not beside & {*others, *kinds}


def _meant(phrase: Phrase, found: tuple[Meaning, ...]) -> Slot:
    """The slot of a phrase with a meaning. Pure information is never required of a service.

    Money is a fact, not a word: a description may well say "feel free".
    """
    texts: dict[Phrase, float] = {}
    for text, weight in (
        (phrase, ITSELF),
        *((words(m.means), OFFICIAL) for m in found),
    ):
        kept = tuple(dict.fromkeys(stem(word) for word in text if word not in STOP))
        if kept:
            texts.setdefault(kept, weight)
    codes = _codes(found)
    is_soft = ("need", "any_send") in dict(codes) or all(word in SOFT for word in phrase)
    is_place = found[0].kind == "place"
    return Slot(tuple(texts.items()), codes, (bool(codes) or is_place) and not is_soft)


def _placed(spot: Spot) -> Slot:
    """The slot of a place."""
    name = tuple(dict.fromkeys(stem(word) for word in words(spot.name)))
    return Slot(((name, NAMED_PLACE),), spot=spot)


def _codes(found: tuple[Meaning, ...]) -> tuple[tuple[tuple[str, str], float], ...]:
    """Every facet code that answers these meanings, with its best weight.

    Where support for a need can be stated, stating it says more than welcoming the need.
    """
    codes: dict[tuple[str, str], float] = {}
    for meaning in found:
        own = (meaning.kind, meaning.code)
        if meaning.code and meaning.kind not in {"process", "info", "place"}:
            is_vague = meaning.kind == "need" and any(
                kind == "access" for kind, _ in meaning.equally
            )
            codes[own] = COMPANION if is_vague else OFFICIAL
        codes |= dict.fromkeys(meaning.equally, OFFICIAL)
        for companion in meaning.also:
            codes.setdefault(companion, COMPANION)
    return tuple(codes.items())


def _plain(word: str) -> Slot:
    """The slot of a word without a meaning."""
    soft = word in SOFT or word in AGE_WORDS or word.isdigit()
    return Slot((((stem(word),), ITSELF),), (), not soft, "" if soft else word)


def _merged(slots: Sequence[Slot]) -> list[Slot]:
    """The slots without repeats: two ways to say the same thing are one wish."""
    merged: dict[object, Slot] = {}
    for slot in slots:
        same = slot.codes[0][0] if slot.codes else slot.texts
        earlier = merged.get(same)
        if earlier is None:
            merged[same] = slot
        else:
            texts = {**dict(slot.texts), **dict(earlier.texts)}
            codes = {**dict(slot.codes), **dict(earlier.codes)}
            merged[same] = replace(earlier, texts=tuple(texts.items()), codes=tuple(codes.items()))
    return list(merged.values())


def _shown(phrase: Phrase, meaning: Meaning) -> Understood:
    """The phrase as we may show it: an outdated word gives way to the official one."""
    is_outdated = key(phrase) in meaning.outdated
    text = meaning.means if is_outdated else " ".join(phrase)
    return Understood(text, meaning.kind, meaning.code)


def _ages(typed: Sequence[str]) -> tuple[tuple[int, int] | None, frozenset[int]]:
    """The ages spoken of, and the places of the words that say so."""
    line = " ".join(typed)
    match = AGE.search(line)
    if match is None:
        spans = [AGE_WORDS[word] for word in typed if word in AGE_WORDS]
        return (spans[0] if spans else None), frozenset()
    years = int(match["at"] or match["is"] or match["under"] or match["over"])
    low, high = years, years
    if match["under"]:
        low, high = 0, max(years - 1, 0)
    elif match["over"]:
        high = max(OLDEST, years)
    first = line[: match.start()].count(" ")
    return (low, high), frozenset(range(first, first + match.group().count(" ") + 1))


def _understood_ages(
    typed: Sequence[str], spent: frozenset[int], ages: tuple[int, int] | None
) -> Iterator[Understood]:
    """The ages as a number of years or as the bands they touch."""
    if ages is None:
        return
    text = " ".join(typed[place] for place in sorted(spent))
    text = text or next(word for word in typed if word in AGE_WORDS)
    low, high = ages
    bands = [band.code for band in AGE_BANDS if band.low <= high and low <= band.high]
    for code in [str(low)] if low == high else bands:
        yield Understood(text, "age", code)


def _crisis(typed: Sequence[str], meanings: Meanings) -> tuple[frozenset[str], bool]:
    """The words of innocent phrases, and whether a crisis phrase stands outside them."""
    aside: set[int] = set()
    for start, length in _runs(typed, meanings.innocent):
        aside.update(range(start, start + length))
    rest = _runs(typed, meanings.crisis)
    is_crisis = any(aside.isdisjoint(range(start, start + length)) for start, length in rest)
    return frozenset(typed[place] for place in aside), is_crisis


def _runs(typed: Sequence[str], phrases: frozenset[Phrase]) -> Iterator[tuple[int, int]]:
    """Where any of the phrases stands in what was typed: start and length."""
    longest = max(map(len, phrases))
    for start in range(len(typed)):
        for length in range(1, min(longest, len(typed) - start) + 1):
            if tuple(typed[start : start + length]) in phrases:
                yield start, length
