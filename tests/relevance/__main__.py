"""`make relevance`: how well the judged searches are answered, for each demonstration seed.

Prints the share of searches with at least four good listings among the first five, and
every search that falls short, with what it found. Only the words are given to the search,
as a family would type them; filters of the judged file are not.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flask import Flask

from app import create_app
from app.config import read_settings
from app.demo.load import load_demo
from app.directory.queries import find_listings
from app.extensions import db
from app.listing import Listing
from app.search.criteria import Criteria
from app.site import current_site
from app.taxonomies import sync_taxonomy
from tests.relevance.facts import Facts, town_points
from tests.relevance.judgements import JUDGEMENTS

QUERIES = Path(__file__).resolve().parents[3] / "shared" / "domain" / "queries-dev.json"
SEEDS = (1, 7)
SERVICES = 1200
FIRST, ENOUGH = 5, 4


@dataclass(frozen=True, slots=True)
class Judged:
    """One search, how many of its first five were good, and what they were."""

    id: str
    text: str
    council: str
    good: int
    total: int
    found: tuple[tuple[bool, str], ...]

    @property
    def is_good(self) -> bool:
        """At least four good of the first five."""
        return self.good >= ENOUGH


def judge_seed(seed: int, queries: Iterable[dict[str, str]]) -> list[Judged]:
    """Judge every search on one seed's directories, one council after the other."""
    by_council: dict[str, list[dict[str, str]]] = defaultdict(list)
    for query in queries:
        by_council[query.get("council", "devon")].append(query)
    judged = []
    for council, asked in by_council.items():
        with tempfile.TemporaryDirectory() as folder:
            app = directory_of(council, seed, Path(folder))
            with app.app_context():
                judged += [judge(app, council, query) for query in asked]
    return sorted(judged, key=lambda item: item.id)


def directory_of(council: str, seed: int, folder: Path) -> Flask:
    """An application with one council's demonstration directory, indexed."""
    settings = replace(
        read_settings({"COUNCIL": council}),
        database_url=f"sqlite:///{folder / 'judged.db'}",
        search_index=folder / "index",
    )
    app = create_app(settings, testing=True)
    with app.app_context():
        db.create_all()
        sync_taxonomy(db.session())
        db.session.commit()
        load_demo(current_site(), SERVICES, seed, date.today(), lambda _count: None)
        app.extensions["search"].rebuild()
    return app


def judge(app: Flask, council: str, query: dict[str, str]) -> Judged:
    """Type one search as a family would, and look at its first five listings."""
    results = app.extensions["search"].find(Criteria(text=query["q"]))
    listings = find_listings(hit.id for hit in results.hits[:FIRST])
    towns = town_points(current_site().council)
    found = tuple(
        (JUDGEMENTS[query["id"]](Facts(listing, towns)), describe(listing)) for listing in listings
    )
    good = sum(is_good for is_good, _words in found)
    return Judged(query["id"], query["q"], council, good, results.total, found)


def describe(listing: Listing) -> str:
    """One listing in a line."""
    where = ",".join(listing.localities[:2])
    return f"{listing.name} [{where}] {'/'.join(listing.breaks)} {'/'.join(listing.activities)}"


def main() -> int:
    """Judge and print; exit status 1 when the judged searches are not there."""
    if not QUERIES.is_file():
        print(f"no judged searches: {QUERIES.name} is not in the shared folder", file=sys.stderr)
        return 1
    queries = json.loads(QUERIES.read_text(encoding="utf-8"))
    for seed in SEEDS:
        judged = judge_seed(seed, queries)
        good = sum(item.is_good for item in judged)
        empty = sum(item.total == 0 for item in judged)
        print(
            f"seed {seed}: {good} of {len(judged)} searches have at least {ENOUGH} good "
            f"of the first {FIRST} ({good / len(judged):.0%}); {empty} found nothing"
        )
        for item in judged:
            if not item.is_good:
                head = f"{item.id} “{item.text}” ({item.council})"
                print(f"  {head}: {item.good} good, {item.total} found")
                for is_good, words in item.found:
                    print(f"      {'+' if is_good else '-'} {words}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
