"""One judged search: what a family typed, and what a good answer to it is.

Searches were written, and their judgements with them, before the ranking that they judge, and
without a look at the words the search knows. A gain is all that a judge says of a listing:

- 0, no use to this family;
- 1, good: what they asked for, that can take this child and that they can get to;
- 2, best: it meets their wishes too (the day, the price, the quiet, a named need).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.relevance.facts import Facts

Judgement = Callable[[Facts], bool]
GOOD, BEST = 1, 2


def every_good_one(_facts: Facts) -> bool:
    """No good listing is clearly better than the others."""
    return False


@dataclass(frozen=True, slots=True)
class Search:
    """A search as typed, the site it was typed on, and the judgement of a listing."""

    id: str
    council: str
    text: str
    why: str
    """What the family is after, and so why the judgement is as it is."""
    good: Judgement
    best: Judgement = every_good_one
    """Asked of good listings only."""
    cards: tuple[str, ...] = ()
    """Help cards that must be given; any of them may be the first."""
    never: tuple[str, ...] = ()
    """Help cards that must not be given."""

    def gain(self, facts: Facts) -> int:
        """How much one listing is worth to this family: 0, 1 or 2."""
        if not self.good(facts):
            return 0
        return BEST if self.best(facts) else GOOD
