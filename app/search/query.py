"""Turns criteria into ranked ids, a total and facet counts; knows nothing of requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from app.search.bits import Bits, popcount, unpack
from app.search.columns import FURTHEST, Columns
from app.search.criteria import FACETS, Criteria, Hit, Results
from app.search.ranking import Match, match
from app.search.scoring import Factor, Near, Rows, Scoring, near_of
from app.search.slots import Role
from app.search.snapshot import Snapshot
from app.search.spelling import USUAL, Said
from app.search.text import STOP
from app.search.words import Understanding, legible, understand_exactly
from app.vocabulary import AGE_BAND_BY_CODE

FINENESS, NAME_BITS = 10_000, 32
"""Scores differ when their ten-thousandths do; below that, names decide."""
RARE, MUCH_MORE, FEW = 2, 10, 5
"""Listings with a word that may be a slip, how many times more have the one that may be meant,
and how many of the first results must differ for it to be worth asking."""
MOST_DOUBTED = 6
"""Rare words that may be a slip, of one search."""
LARGEST_PAGE = 100


@dataclass(frozen=True, slots=True)
class Chosen:
    """Every row that meets the criteria, as bits, and each group's own filter."""

    words: Bits
    filters: Mapping[str, Bits]

    def without(self, group: str = "") -> Bits:
        """The rows that meet everything but one group."""
        kept = (bits for name, bits in self.filters.items() if name != group)
        return reduce(np.bitwise_and, kept, self.words)


def read(snapshot: Snapshot, criteria: Criteria) -> Understanding:
    """What the text of a search asks for."""
    return understand_exactly(criteria.text) if criteria.exact else snapshot.read(criteria.text)


def find(snapshot: Snapshot, criteria: Criteria) -> Results:
    """Search. Raises only what a damaged index makes Whoosh raise."""
    asked = read(snapshot, criteria)
    results = _answered(snapshot, criteria, asked)
    meant = _meant_instead(snapshot, criteria, asked)
    if not meant:
        return results
    other = replace(criteria, text=meant, page=1)
    changed = _answered(snapshot, other, read(snapshot, other))
    is_other = changed.total and _first(changed) != _first(results)
    return replace(results, did_you_mean=meant if is_other else "")


def _first(results: Results) -> list[str]:
    """The first services found, whatever their scores."""
    return [hit.id for hit in results.hits[:FEW]]


def scoring_of(snapshot: Snapshot, criteria: Criteria) -> Scoring:
    """How the answers to a search are scored."""
    asked = read(snapshot, criteria)
    matched = match(snapshot, asked) if asked.slots else None
    return Scoring(snapshot, criteria, asked, matched, near_of(snapshot, criteria, asked))


def _answered(snapshot: Snapshot, criteria: Criteria, asked: Understanding) -> Results:
    """The answer to words already read."""
    matched = match(snapshot, asked) if asked.slots else None
    return answer(snapshot, criteria, asked, matched)


def _meant_instead(snapshot: Snapshot, criteria: Criteria, asked: Understanding) -> str:
    """The text with its first rare word replaced by a much more usual one beside it in spelling.

    Beside a wish that was understood, other words only raise: there the other one must have a
    meaning. In a crisis no word is questioned.
    """
    is_sure = any(slot.is_sure and slot.role is Role.MUST for slot in asked.slots)
    is_read = criteria.exact or "get_help" in asked.help_cards
    for said in () if is_read else _doubtful(snapshot, asked):
        for rival in snapshot.lexicon.rivals(said.word):
            is_usual = not is_sure and snapshot.frequency(rival) > RARE * MUCH_MORE
            if is_usual or snapshot.lexicon.is_meant(rival):
                text = legible(criteria.text)
                return f"{text[: said.start]}{rival}{text[said.end :]}"
    return ""


def _doubtful(snapshot: Snapshot, asked: Understanding) -> Iterator[Said]:
    """The first words that hardly any listing has: each is compared with many others."""
    rare = (
        said
        for said in asked.words
        if not (said.is_mended or said.word in USUAL) and snapshot.frequency(said.word) <= RARE
    )
    return islice(rare, MOST_DOUBTED)


def answer(
    snapshot: Snapshot, criteria: Criteria, asked: Understanding, matched: Match | None
) -> Results:
    """Filter, count, order and cut to a page the rows that match the words (all, when None)."""
    columns = snapshot.columns
    near = near_of(snapshot, criteria, asked)
    chosen = _chosen(snapshot, criteria, asked, matched, near)
    found = chosen.without()
    rows = np.flatnonzero(unpack(found, columns.size))
    scoring = Scoring(snapshot, criteria, asked, matched, near)
    first, scores = _ordering(snapshot, criteria, rows, scoring)
    page, pages, places = _page((first << NAME_BITS) + snapshot.name_ranks[rows], criteria)
    shown = rows[places]
    told = np.zeros(len(shown)) if scores is None else scores[places]
    return Results(
        hits=_hits(columns, shown, told, near),
        total=len(rows),
        facets=facet_counts(columns, chosen, found),
        words=matched.stems if matched else (),
        page=page,
        pages=pages,
        understood=asked.understood,
        help_cards=asked.help_cards,
        centre=asked.spot.name if asked.spot and criteria.point is None else "",
        is_loose=matched is not None and matched.is_loose,
        mended=tuple(pair for pair in asked.mended if not STOP.issuperset(pair[1].split())),
    )


def count(snapshot: Snapshot, criteria: Criteria) -> int:
    """How many services `find` would find."""
    asked = read(snapshot, criteria)
    matched = match(snapshot, asked) if asked.slots else None
    near = near_of(snapshot, criteria, asked)
    return int(popcount(_chosen(snapshot, criteria, asked, matched, near).without()))


def _hits(columns: Columns, rows: Rows, scores: Factor, near: Near | None) -> list[Hit]:
    """These rows as they are handed back."""
    ids = columns.rows["id"][rows].astype("U36").tolist()
    hashes = columns.rows["hash"][rows].astype("U32").tolist()
    rounded = np.round(scores, 4).tolist()
    miles: list[float | None] = [None] * len(ids)
    covers = [False] * len(ids)
    if near is not None:
        miles = [round(mile, 2) if mile < FURTHEST else None for mile in near.miles[rows].tolist()]
        covers = near.covers[rows].tolist()
    return list(map(Hit, ids, rounded, miles, covers, hashes))


def _chosen(
    snapshot: Snapshot,
    criteria: Criteria,
    asked: Understanding,
    matched: Match | None,
    near: Near | None,
) -> Chosen:
    """The rows that meet each group in force. Values in a group are alternatives.

    An age typed among the words holds like a ticked one, unless an age is ticked or it
    would leave nothing at all.
    """
    columns = snapshot.columns
    words = matched.bits if matched else snapshot.live
    picked = {group: criteria.chosen(group) for group in FACETS}
    found = {group: columns.any_of(group, codes) for group, codes in picked.items() if codes}
    if criteria.years or criteria.age:
        found["age"] = _ages(columns, criteria)
    elif asked.ages is not None:
        low, high = asked.ages
        fits = [columns.taking(low, high)]
        if asked.are_two:
            fits.insert(0, columns.taking(low, low) & columns.taking(high, high))
        found |= next(({"age": fit} for fit in fits if np.any(fit & words)), {})
    if criteria.within is not None and near is not None:
        found["within"] = near.within(criteria.within)
    return Chosen(words, found)


def _ages(columns: Columns, criteria: Criteria) -> Bits:
    """The rows that take any age asked for, as years or as bands."""
    bands = [AGE_BAND_BY_CODE[code] for code in criteria.age if code in AGE_BAND_BY_CODE]
    spans = [(years, years) for years in criteria.years] + [(b.low, b.high) for b in bands]
    none = np.zeros(columns.bits.shape[1], np.uint64)
    return reduce(np.bitwise_or, (columns.taking(*span) for span in spans), none)


def facet_counts(columns: Columns, chosen: Chosen, found: Bits) -> dict[str, dict[str, int]]:
    """For each value, the services that meet every other group and have it."""
    facets = columns.count_all(found)
    for group in facets.keys() & chosen.filters.keys():
        facets[group] = columns.count(chosen.without(group), group)
    return facets


def _ordering(
    snapshot: Snapshot, criteria: Criteria, rows: Rows, scoring: Scoring
) -> tuple[NDArray[np.int64], Factor | None]:
    """A number for each row by what was asked to order by, least first (names decide between
    equals); and their scores, where those decide.

    Without words and without a place, relevance is what was checked last.
    """
    if criteria.sort == "name":
        return np.zeros(len(rows), np.int64), None
    if criteria.sort == "distance" and scoring.near is not None:
        return scoring.near.distances(rows), None
    is_blank = not criteria.text.strip() and scoring.near is None
    if criteria.sort == "updated" or is_blank:
        return -snapshot.columns.rows["assured"][rows].astype(np.int64), None
    scores = scoring.scores(rows)
    return -np.round(scores * FINENESS).astype(np.int64), scores


def _page(order: NDArray[np.int64], criteria: Criteria) -> tuple[int, int, NDArray[np.int64]]:
    """The page that can be shown, how many there are, and the places of its rows in order."""
    size = min(max(criteria.size, 1), LARGEST_PAGE)
    pages = -(-len(order) // size)
    page = min(max(criteria.page, 1), max(pages, 1))
    end = min(page * size, len(order))
    places = np.argpartition(order, end - 1)[:end] if 0 < end < len(order) else np.arange(end)
    return page, pages, places[np.argsort(order[places])][(page - 1) * size :]
