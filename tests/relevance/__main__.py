"""`make relevance`: how well the judged searches are answered, and what each layer is worth.

Ninety searches on the made-up directories of seeds 1 and 7 (thirty that everybody is given,
sixty of our own), fifteen on a real council's feed. Only the words are given to the search, as
a family would type them. Printed are nDCG at 10, good first fives, empty answers and help
cards, for the whole search and with each layer taken away; then every bad first five. Thirty
more were held out once and have been opened since, and another thirty are held out: the figures
of each are printed apart, and of the held-out ones nothing that the search could be tuned with.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tests.relevance import report
from tests.relevance.directories import FEED
from tests.relevance.judge import APART, Judged, judge_all
from tests.relevance.layers import FULL
from tests.relevance.measures import Outcome
from tests.relevance.searches import QUERIES

SEEDS = (1, 7)
BySeed = dict[int, dict[str, list[Outcome]]]


def gathered(judged: Iterable[Judged]) -> BySeed:
    """The outcomes of each seed's directories together, by layer, in order of the searches."""
    found: BySeed = defaultdict(lambda: defaultdict(list))
    for item in judged:
        for layer, outcomes in item.outcomes.items():
            found[item.task.seed][layer] += outcomes
    for by_layer in found.values():
        for outcomes in by_layer.values():
            outcomes.sort(key=lambda outcome: outcome.search)
    return found


def of_seed(judged: Iterable[Judged], title: str, seed: int) -> list[Outcome]:
    """The outcomes of one set measured apart on one seed's directories together."""
    return [found for item in judged if item.task.seed == seed for found in item.apart[title]]


def sections(judged: Sequence[Judged]) -> Iterator[str]:
    """The whole report, line by line."""
    found = gathered(judged)
    full = {seed: found[seed][FULL.name] for seed in SEEDS}
    for seed in SEEDS:
        yield from ("", *report.seed_table(seed, found[seed]))
    for title in APART:
        by_seed = {seed: of_seed(judged, title, seed) for seed in SEEDS}
        yield from ("", *report.short_table(title, by_seed))
    yield ""
    yield from (*report.gap(full), *report.unanswerable(full))
    yield from ("", *report.feed_table(found[0]))
    yield from ("", "Lowest nDCG (one column a seed)", *report.lowest(full))
    typed = [*full.values(), found[0][FULL.name]]
    yield from ("", "Help cards not as expected", *report.card_faults(typed))
    for seed in (*SEEDS, 0):
        title = f"seed {seed}" if seed else "the feed"
        yield from ("", f"Bad first fives, {title}", *report.bad_fives(found[seed][FULL.name]))


def main() -> int:
    """Judge and print; exit status 1 when the shared folder is not there."""
    missing = [path for path in (QUERIES, FEED) if not path.is_file()]
    if missing:
        print(f"no judged searches: {missing[0].name} is not in the shared folder", file=sys.stderr)
        return 1
    started = time.monotonic()
    for line in sections(list(judge_all(SEEDS))):
        print(line)
    print(f"\nin {time.monotonic() - started:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
