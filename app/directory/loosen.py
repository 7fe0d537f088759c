"""Ways on when little or nothing was found: what to leave out, and what comes close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.directory import queries
from app.directory.asked import GROUPS, Asked
from app.directory.chips import phrases
from app.directory.views import Loosen
from app.labels import Label
from app.languages import gettext
from app.search.criteria import FACETS, Criteria, Hit, Results

FEW = 3
"""Fewer services than this, and ways to find more are offered beside them."""
MOST_CHANGES, MOST_CLOSE = 6, 5
Change = tuple[str, Asked, Criteria]


def loosen(asked: Asked, criteria: Criteria, results: Results, label: Label) -> tuple[Loosen, ...]:
    """What to leave out to find more, best first, each with its count.

    To give up all words is offered only where it finds more than any lesser change.
    """
    if results.total >= FEW or asked.is_blank:
        return ()
    lesser = (*_of_words(asked, criteria, results, label), *_of_filters(asked, criteria, label))
    found = _counted(lesser, results.total)
    most = max((change.total for change in found), default=results.total)
    if asked.q:
        wordless = (gettext("Any words"), asked.but(q=""), replace(criteria, text=""))
        found += _counted((wordless,), most)
    return tuple(sorted(found, key=lambda change: -change.total)[:MOST_CHANGES])


def _counted(changes: Iterable[Change], least: int) -> list[Loosen]:
    """Those of the changes that find more than this."""
    engine = queries.search_engine()
    counted = (
        Loosen(words, engine.count(looser), left.address()) for words, left, looser in changes
    )
    return [change for change in counted if change.total > least]


def _of_words(asked: Asked, criteria: Criteria, results: Results, label: Label) -> Iterator[Change]:
    """Without each thing understood, and with any meaning of the words."""
    for meaning, rest in phrases(results, label):
        if rest:
            words = gettext("Without “%(filter)s”", filter=meaning)
            yield words, asked.but(q=rest), replace(criteria, text=rest)
    if asked.exact:
        inexact = replace(criteria, exact=False)
        yield gettext("With words that mean the same"), asked.but(exact=False), inexact


def _of_filters(asked: Asked, criteria: Criteria, label: Label) -> Iterator[Change]:
    """Without the distance, the age, and each group of filters."""
    if criteria.within:
        anywhere = replace(criteria, within=None)
        yield gettext("Any distance"), asked.but(within=None), anywhere
    if asked.years:
        yield gettext("Any age"), asked.but(years=()), replace(criteria, years=())
    for group in GROUPS:
        if asked.ticked(group):
            ticked = ", ".join(label(group, code) for code in asked.ticked(group))
            left = asked.but(codes={**asked.codes, group: ()})
            words = gettext("Without “%(filter)s”", filter=ticked)
            yield words, left, queries.without(criteria, group)


def close_matches(criteria: Criteria, results: Results) -> list[Hit]:
    """Services that come close when few or none fit: first any filters, then any words."""
    if results.total >= FEW or results.limited:
        return []
    seen = {hit.id for hit in results.hits}
    close: dict[str, Hit] = {}
    for looser in _looser(criteria, results):
        found = queries.search_engine().find(looser).hits
        close |= {hit.id: hit for hit in found if hit.id not in seen and hit.id not in close}
        if len(close) >= MOST_CLOSE:
            break
    return list(close.values())[:MOST_CLOSE]


def _looser(criteria: Criteria, results: Results) -> Iterator[Criteria]:
    """The same search with ever less asked of it; place and ages stay as long as they can."""
    wide = replace(
        criteria, within=None, exact=False, sort="relevance", page=1, size=FEW + MOST_CLOSE
    )
    kept = queries.without(wide, *(group for group in FACETS if group != "age"))
    yield kept
    yield replace(kept, text=" ".join(_of_place_and_age(results)))
    yield replace(kept, text="", age=(), years=())


def _of_place_and_age(results: Results) -> Iterator[str]:
    """Those of the words that say where the child is and how old."""
    return (item.text for item in results.understood if item.kind in {"age", "place"})
