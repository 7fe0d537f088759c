"""`python -m tests.mutants`: every small fault in rules and engine, and what catches it.

`python -m tests.mutants rules` or `engine` tries only these. Exit 1 when one is not caught.
"""

from __future__ import annotations

import sys

from app.criteria.load import load_criteria
from tests.mutants.catch import score_rules
from tests.mutants.run_engine import score_engine
from tests.mutants.score import SURVIVED


def main(wanted: list[str]) -> int:
    """Print what became of the mutants of each kind."""
    kinds = {"engine": score_engine, "rules": lambda: score_rules(load_criteria())}
    survived = 0
    for kind, score in kinds.items():
        if not wanted or kind in wanted:
            scored = score()
            print("\n".join(scored.lines()), flush=True)
            survived += scored.fates[SURVIVED]
    return int(survived > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
