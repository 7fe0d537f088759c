"""The tables that `make relevance` prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from statistics import fmean

from tests.relevance import bristol
from tests.relevance.layers import FULL, LAYERS
from tests.relevance.measures import ENOUGH, FIRST, Outcome, Summary, summarise
from tests.relevance.search import Search
from tests.relevance.searches import OWN, given

WIDE_GAP = 0.03
"""A difference of nDCG between two seeds from which the searches behind it are shown."""
LOWEST, LEAST_TO_FIND = 25, 3
GIVEN, OURS = "q-", "t-"
SETS = {"30": (GIVEN,), "60": (OURS,), "90": (GIVEN, OURS)}
"""The searches everybody is given, our own, and both: by how their ids begin."""
Outcomes = Mapping[str, Sequence[Outcome]]
"""By layer."""


@cache
def texts() -> dict[str, Search]:
    """Every judged search by its id."""
    return {search.id: search for search in (*given(), *OWN, *bristol.SEARCHES)}


def of_set(outcomes: Sequence[Outcome], begins: tuple[str, ...]) -> list[Outcome]:
    """The outcomes of one set of searches."""
    return [item for item in outcomes if item.search.startswith(begins)]


def seed_table(seed: int, outcomes: Outcomes) -> Iterator[str]:
    """The measures on one seed's directories, for each set, with each layer away."""
    yield f"Made-up directories, seed {seed}"
    yield f"  {'':26}{'nDCG at 10':^21}{'good first five':^30}{'empty':^18}      cards"
    heads = "".join(f"{name:>7}" for name in SETS)
    fives = "".join(f"{name:>10}" for name in SETS)
    empties = "".join(f"{name:>6}" for name in SETS)
    yield f"  {'':26}{heads}{fives}{empties}    first  all of {_cards(outcomes)}"
    full = [summarise(of_set(outcomes[FULL.name], begins)) for begins in SETS.values()]
    for layer in LAYERS:
        sums = [summarise(of_set(outcomes[layer.name], begins)) for begins in SETS.values()]
        yield f"  {layer.name:26}{_cells(sums)}{_loss(sums, full) if layer is not FULL else ''}"
    yield from _scarce(full[-1])


def _cards(outcomes: Outcomes) -> int:
    return summarise(of_set(outcomes[FULL.name], SETS["90"])).with_cards


def _cells(sums: Sequence[Summary]) -> str:
    """One line's figures for the sets of searches."""
    ndcg = "".join(f"{item.ndcg:7.3f}" for item in sums)
    good = "".join(f"{item.good:4} {_share(item.good, item.count):>5}" for item in sums)
    empty = "".join(f"{_share(item.empty, item.count):>6}" for item in sums)
    whole = sums[-1]
    return f"{ndcg}{good}{empty}{whole.card_first:9}{whole.cards_given:5}"


def _loss(sums: Sequence[Summary], full: Sequence[Summary]) -> str:
    """What the last set loses, so that layers can be compared at a glance."""
    return f"   {sums[-1].ndcg - full[-1].ndcg:+.3f}"


def _share(some: int, of_all: int) -> str:
    return f"{some / of_all:.0%}" if of_all else "–"


def _scarce(full: Summary) -> Iterator[str]:
    yield (
        f"  of the {full.count}: where the directory has {ENOUGH} good listings or more, "
        f"{full.good - full.scarce_good} of {full.count - full.scarce} have {ENOUGH} among the "
        f"first {FIRST}; where it has fewer, {full.scarce_good} of {full.scarce} have all of them"
    )
    if full.wrong_cards:
        yield f"  {full.wrong_cards} searches get a help card that they must not get"


def short_table(title: str, by_seed: Mapping[int, Sequence[Outcome]]) -> Iterator[str]:
    """The whole search on a set measured apart: figures alone, not which searches went wrong."""
    yield f"{title} (the whole search alone)"
    yield f"  {'':26}{'nDCG at 10':>12}{'good first fives':>18}{'empty':>8}{'cards given':>14}"
    for seed, outcomes in by_seed.items():
        item = summarise(outcomes)
        good = f"{item.good} of {item.count}"
        cards = f"{item.cards_given} of {item.with_cards}"
        yield f"  {f'seed {seed}':26}{item.ndcg:12.3f}{good:>18}{item.empty:8}{cards:>14}"
    wrong = sum(summarise(outcomes).wrong_cards for outcomes in by_seed.values())
    if wrong:
        yield f"  {wrong} times a help card is given that must not be"


def feed_table(outcomes: Outcomes) -> Iterator[str]:
    """The measures on the feed."""
    count = len(bristol.SEARCHES)
    yield f"A real council's feed, {count} searches"
    yield f"  {'':26}{'nDCG at 10':>12}{'good first five':>18}{'empty':>8}"
    full = summarise(outcomes[FULL.name])
    for layer in LAYERS:
        item = summarise(outcomes[layer.name])
        loss = f"   {item.ndcg - full.ndcg:+.3f}" if layer is not FULL else ""
        good = f"{item.good} of {item.count}"
        yield f"  {layer.name:26}{item.ndcg:12.3f}{good:>18}{item.empty:8}{loss}"
    yield from _scarce(full)


def card_faults(directories: Sequence[Sequence[Outcome]]) -> Iterator[str]:
    """Searches whose help cards are not as expected, once each; a false alarm is one too."""
    lines = (_card_fault(item) for outcomes in directories for item in outcomes)
    yield from filter(None, dict.fromkeys(lines))


def _card_fault(item: Outcome) -> str:
    """What is wrong with the help cards of one search; empty when nothing is."""
    is_alarmed = "get_help" in item.cards and "get_help" not in item.expected
    is_right = not item.expected or (item.has_cards and item.has_card_first)
    if is_right and not item.has_wrong_card and not is_alarmed:
        return ""
    expected, cards = (", ".join(codes) or "none" for codes in (item.expected, item.cards))
    return f"  {item.search} “{texts()[item.search].text}”: expected {expected}; given {cards}"


def bad_fives(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Every bad first five: what was meant, what was understood and what was found."""
    for item in outcomes:
        if item.is_good or not item.to_find:
            continue
        search = texts()[item.search]
        yield f"  {search.id} “{search.text}” ({search.council})"
        yield f"     wanted: {search.why}"
        yield (
            f"     {item.good} good of {FIRST}, {item.to_find} in the directory, "
            f"{item.total} found, nDCG {item.ndcg:.2f}"
        )
        yield from (f"     {line}" for line in item.shown)


def lowest(by_seed: Mapping[int, Sequence[Outcome]]) -> Iterator[str]:
    """The searches with the lowest nDCG over the seeds."""
    values = by_search(by_seed)
    order = sorted(values, key=lambda key: (fmean(values[key].values()), key))
    for key in order[:LOWEST]:
        each = "".join(f"{values[key].get(seed, 0):6.2f}" for seed in by_seed)
        yield f"  {key}{each}  {texts()[key].text}"


def gap(by_seed: Mapping[int, Sequence[Outcome]]) -> Iterator[str]:
    """How far the seeds are apart, and the searches that make the difference when it is wide."""
    means = {seed: summarise(items).ndcg for seed, items in by_seed.items()}
    apart = max(means.values()) - min(means.values())
    yield f"  nDCG of all 90 between seeds: {apart:.3f} apart"
    if apart <= WIDE_GAP:
        return
    values = by_search(by_seed)
    spread = {key: max(each.values()) - min(each.values()) for key, each in values.items()}
    for key in sorted(spread, key=lambda key: -spread[key])[:10]:
        each = ", ".join(f"seed {seed}: {value:.2f}" for seed, value in values[key].items())
        yield f"  {key} “{texts()[key].text}”: {each}"


def by_search(by_seed: Mapping[int, Sequence[Outcome]]) -> dict[str, dict[int, float]]:
    """The nDCG of each search by seed, where the directory has a good listing."""
    values: dict[str, dict[int, float]] = defaultdict(dict)
    for seed, outcomes in by_seed.items():
        for item in outcomes:
            if item.to_find:
                values[item.search][seed] = item.ndcg
    return values


def unanswerable(by_seed: Mapping[int, Sequence[Outcome]]) -> Iterator[str]:
    """Searches that no seed has enough good listings for: a fault of the judgement."""
    most: dict[str, int] = defaultdict(int)
    for outcomes in by_seed.values():
        for item in outcomes:
            most[item.search] = max(most[item.search], item.to_find)
    few = [f"{key} ({count})" for key, count in sorted(most.items()) if count < LEAST_TO_FIND]
    yield (
        f"  every search has {LEAST_TO_FIND} good listings or more with one seed at least"
        if not few
        else f"  fewer than {LEAST_TO_FIND} good listings with every seed: {', '.join(few)}"
    )
