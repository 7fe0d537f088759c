"""The layers of the search, each a way to take one of them away for a while.

A layer replaces a function or a table of `app/search` and puts it back after. When what it
replaces is gone, it raises: a layer that took nothing away would be measured as worth nothing.
The engine must be made within the layer, because it keeps what it has read.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from app.search import ages as spoken_ages
from app.search import answers, documents, meanings, ranking, scoring, slots, spelling, text, towns
from app.search.columns import Columns
from app.search.meanings import Meanings
from app.search.segment import NO_POSTING

HOUSE = "app.search"
CACHED: Any = type(lru_cache(lambda: None))
"""The kind of a function that remembers."""
Without = Callable[[], AbstractContextManager[None]]


class NothingToTakeAwayError(LookupError):
    """What a layer replaces is no longer there: the layer must follow the search."""


@contextmanager
def replaced(owner: Any, name: str, instead: object) -> Iterator[None]:
    """Put something else in the place of an attribute that there is."""
    if name not in vars(owner):
        raise NothingToTakeAwayError(f"{owner.__name__} has no {name}")
    before = vars(owner)[name]
    setattr(owner, name, instead)
    try:
        yield
    finally:
        setattr(owner, name, before)


@contextmanager
def replaced_everywhere(thing: object, instead: object) -> Iterator[None]:
    """The same wherever a module of the search holds a thing under whatever name."""
    holders = [
        (module, name)
        for key, module in sorted(sys.modules.items())
        if key.partition(".")[0] == "app" and key.startswith(HOUSE)
        for name, value in vars(module).items()
        if value is thing
    ]
    if not holders:
        raise NothingToTakeAwayError(f"no module of {HOUSE} holds {thing!r}")
    with ExitStack() as stack:
        for module, name in holders:
            stack.enter_context(replaced(module, name, instead))
        yield


def forget() -> None:
    """Empty every cache of the search's modules, so that nothing outlives a layer."""
    for key, module in list(sys.modules.items()):
        if key.startswith(HOUSE):
            for value in list(vars(module).values()):
                if isinstance(value, CACHED):
                    value.cache_clear()


def other_meanings(change: Callable[[Meanings], Meanings]) -> AbstractContextManager[None]:
    """Understand with a changed list of meanings."""
    changed = change(meanings.load_meanings())
    return replaced_everywhere(meanings.load_meanings, lambda: changed)


def meanings_of_words() -> AbstractContextManager[None]:
    """No word means anything: neither synonyms nor phrases, nor the facts that answer them."""
    return other_meanings(lambda known: replace(known, phrases={}, together=(), reach={}))


def phrases() -> AbstractContextManager[None]:
    """Only single words have meanings."""
    return other_meanings(
        lambda known: replace(
            known,
            phrases={typed: found for typed, found in known.phrases.items() if len(typed) == 1},
        )
    )


def kindred_facts() -> AbstractContextManager[None]:
    """A meaning is answered by its own fact and by no kindred one."""
    return other_meanings(
        lambda known: replace(
            known,
            phrases={
                typed: tuple(replace(meaning, equally=(), also=()) for meaning in found)
                for typed, found in known.phrases.items()
            },
        )
    )


def needs_and_features() -> AbstractContextManager[None]:
    """What a listing says of needs and of support raises nothing: only its words do."""
    codes_of = slots._codes

    def others(found: Any) -> Any:
        return tuple(pair for pair in codes_of(found) if pair[0][0] not in {"need", "access"})

    return replaced(slots, "_codes", others)


def mending() -> AbstractContextManager[None]:
    """A word that no listing has stays as it was typed."""

    def as_typed(typed: Any, _lexicon: Any) -> Any:
        return [spelling.Said(token.word, token.start, token.end) for token in typed]

    return replaced_everywhere(spelling.mended, as_typed)


def places() -> AbstractContextManager[None]:
    """The name of a place is a word like any other."""
    return replaced_everywhere(towns.make_towns, lambda _council: towns.Towns())


def closeness() -> AbstractContextManager[None]:
    """Far is as good as near."""
    return replaced(scoring, "HALF_CLOSE", 1e9)


def ages() -> AbstractContextManager[None]:
    """An age is not understood."""
    return replaced_everywhere(spoken_ages.hear_age, lambda _typed: None)


def refusals() -> AbstractContextManager[None]:
    """A service that says it cannot give the support is not left out for it."""

    def nobody(snapshot: Any, _slots: Any) -> Any:
        return snapshot.columns.any_of("refused", ())

    return replaced(ranking, "_refusing", nobody)


def freshness_and_spaces() -> AbstractContextManager[None]:
    """Old, full and silent listings score like any other."""
    return replaced(Columns, "quality", lambda self, _today: np.ones(self.size, np.float32))


def loosening() -> AbstractContextManager[None]:
    """Every word must be there, however few services have them all."""
    return replaced(ranking, "ENOUGH", 0)


@contextmanager
def words_most_share() -> Iterator[None]:
    """Words that most services share, or that tell of people, are asked for like any other."""
    with ExitStack() as stack:
        for words in (text.SOFT, text.COMMON):
            stack.enter_context(replaced_everywhere(words, frozenset()))
        stack.enter_context(replaced(slots, "HINTING", frozenset()))
        yield


def words_that_tell() -> AbstractContextManager[None]:
    """Where a listing tells nothing by code, no other words for it tell either."""
    return replaced(answers, "_by_words", lambda *_: NO_POSTING)


def crowds() -> AbstractContextManager[None]:
    """What speaks of adults alone is as good as what speaks of children."""
    return replaced(scoring, "LATER", np.ones(3))


def rarity() -> AbstractContextManager[None]:
    """A rare wish counts no more than a common one."""
    return replaced(answers, "_importance", lambda *_: 1.0)


def stemming() -> AbstractContextManager[None]:
    """Only the very form of a word is found."""
    return replaced_everywhere(text.stem, lambda word: word)


def fields() -> AbstractContextManager[None]:
    """A word in the name tells no more than one in the description."""
    alike = {name: (1.0, hold, usual) for name, (_, hold, usual) in documents.FIELDS.items()}
    return replaced(documents, "FIELDS", alike)


@contextmanager
def all_but_words() -> Iterator[None]:
    """Words alone: all of them, stemmed and weighed, and nothing understood."""
    with ExitStack() as stack:
        for without in (
            meanings_of_words,
            mending,
            places,
            ages,
            freshness_and_spaces,
            loosening,
        ):
            stack.enter_context(without())
        yield


@contextmanager
def nothing() -> Iterator[None]:
    """The whole search."""
    yield


@dataclass(frozen=True, slots=True)
class Layer:
    """One line of the report."""

    name: str
    without: Without
    is_indexed: bool = False
    """Whether the index itself is another one without it."""

    @contextmanager
    def taken_away(self) -> Iterator[None]:
        """Search without this layer, from caches that are empty before and after."""
        with self.without():
            forget()
            try:
                yield
            finally:
                forget()


FULL = Layer("full search", nothing)
LAYERS: tuple[Layer, ...] = (
    FULL,
    Layer("without meanings", meanings_of_words),
    Layer("without phrases", phrases),
    Layer("without kindred facts", kindred_facts),
    Layer("without needs and support", needs_and_features),
    Layer("without refusals", refusals),
    Layer("without spelling", mending),
    Layer("without places", places),
    Layer("without closeness", closeness),
    Layer("without ages", ages),
    Layer("without freshness, spaces", freshness_and_spaces),
    Layer("without loosening", loosening),
    Layer("without soft words", words_most_share),
    Layer("without words that tell", words_that_tell),
    Layer("without whom it speaks of", crowds),
    Layer("without rarity", rarity),
    Layer("without stemming", stemming, is_indexed=True),
    Layer("without field weights", fields, is_indexed=True),
    Layer("words alone, all of them", all_but_words),
)
