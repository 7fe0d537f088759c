"""All judged searches: the thirty everybody is given, and sixty of our own.

The thirty are read from `domain/queries-dev.json` in the shared folder and their judgements
stand in `judgements.py`. The sixty stand in one module for each council.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.relevance import devon, herefordshire, surrey
from tests.relevance.judgements import JUDGEMENTS
from tests.relevance.search import Search

QUERIES = Path(__file__).resolve().parents[3] / "shared" / "domain" / "queries-dev.json"
OWN: tuple[Search, ...] = (*devon.SEARCHES, *surrey.SEARCHES, *herefordshire.SEARCHES)


def given() -> tuple[Search, ...]:
    """The thirty; raises FileNotFoundError where the shared folder is missing.

    Only the words are given to the search, as a family would type them; the filters that
    stand beside some are not. A search without a council is asked of Devon's site.
    """
    return tuple(
        Search(
            item["id"],
            item.get("council", "devon"),
            item["q"],
            why="; ".join(item["good"]),
            good=JUDGEMENTS[item["id"]],
            cards=tuple(filter(None, [item.get("help_card")])),
        )
        for item in json.loads(QUERIES.read_text(encoding="utf-8"))
    )
