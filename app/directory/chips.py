"""What was understood and what is in force: one chip each, with the search without it."""

from __future__ import annotations

from collections.abc import Iterator

from app.directory.asked import GROUPS, Asked
from app.directory.views import Chip
from app.labels import Label
from app.languages import gettext, ngettext
from app.places import Place
from app.search.criteria import Results, Understood
from app.search.slots import NIGHTS
from app.vocabulary import AGE_BAND_BY_CODE, FILTER_LISTS


def chips(asked: Asked, results: Results, place: Place | None, label: Label) -> tuple[Chip, ...]:
    """Everything the search goes by, first what was read in the words."""
    made = [*_of_words(asked, results, label), *_of_filters(asked, results, place, label)]
    return tuple(Chip(words, left.address()) for words, left in made)


def _of_words(asked: Asked, results: Results, label: Label) -> Iterator[tuple[str, Asked]]:
    """A chip for each phrase understood; for all the words together when none was."""
    if asked.q and not results.understood:
        yield gettext("“%(words)s”", words=asked.q), asked.but(q="")
    for words, rest in phrases(results, label):
        yield words, asked.but(q=rest)


def phrases(results: Results, label: Label) -> list[tuple[str, str]]:
    """What each phrase was taken for, and the text that is left without it.

    A phrase that was taken for several things is one phrase.
    """
    by_rest: dict[str, list[str]] = {}
    for item in results.understood:
        by_rest.setdefault(item.rest, []).append(meaning_of(item, label))
    return [(gettext(" or ").join(dict.fromkeys(words)), rest) for rest, words in by_rest.items()]


def meaning_of(item: Understood, label: Label) -> str:
    """What a phrase was taken for; the phrase itself where there is no plainer name for it."""
    if item.kind == "age":
        return _age(item.code, label)
    if item.kind == "place":
        return gettext("Near %(place)s", place=item.code)
    if item.kind == "break" and item.code in NIGHTS:
        return gettext("A night away")  # nights of one kind are answered by those of any other
    if (item.kind, item.code) == ("cost", "free"):
        return gettext("Free or low cost")  # "under £10" and "cheap" are read so too
    if item.kind in FILTER_LISTS and item.code in FILTER_LISTS[item.kind]:
        return label(item.kind, item.code)
    return gettext("“%(words)s”", words=item.text)


def _age(code: str, label: Label) -> str:
    """An age in years, or a band of ages."""
    years = label("age", code) if code in AGE_BAND_BY_CODE else code
    return gettext("Age %(years)s", years=years)


def _of_filters(
    asked: Asked, results: Results, place: Place | None, label: Label
) -> Iterator[tuple[str, Asked]]:
    """A chip for the place, the distance and each thing ticked."""
    centre = place.text if place else results.centre
    if asked.within and centre:
        words = ngettext(
            "Within %(num)s mile of %(place)s",
            "Within %(num)s miles of %(place)s",
            asked.within,
            place=centre,
        )
        yield words, asked.but(within=None)
    elif place is not None:
        yield gettext("Near %(place)s", place=place.text), asked.but(near="")
    for years in asked.years:
        left = tuple(item for item in asked.years if item != years)
        yield _age(str(years), label), asked.but(years=left)
    for group in GROUPS:
        for code in asked.ticked(group):
            words = _age(code, label) if group == "age" else label(group, code)
            yield words, asked.without(group, code)
