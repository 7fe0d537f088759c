"""What a family may be about to type: wishes in everyday words, places, and names of services."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from app.search.names import find_names
from app.search.sayings import Saying, load_sayings
from app.search.snapshot import Snapshot
from app.search.text import words
from app.search.towns import Towns

SHORTEST = 2
"""Letters from which on anything is suggested."""
MOST_WISHES, MOST_PLACES, MOST_SERVICES = 4, 3, 3
MOST_WORDS = 3
"""Words at the end of the text that may be the beginning of something."""
MOST_LOOKED_AT = 1_000
"""Ways to say something that begin so, before the search for more is given up."""


class Suggestion(NamedTuple):
    """Words to go on with: those typed before, then the new ones. `service` is an id, or empty."""

    kind: str
    before: str
    words: str
    service: str = ""


def suggest(snapshot: Snapshot, typed: str, languages: Sequence[str]) -> list[Suggestion]:
    """What may go on from what was typed, wishes first. Never raises for what was typed.

    The longest end of the text that begins something is completed: in `swimming exm`, the
    place. `languages`: those whose everyday words are offered.
    """
    spoken = typed.split()
    for start in range(max(0, len(spoken) - MOST_WORDS), len(spoken)):
        begun = " ".join(words(" ".join(spoken[start:])))
        before = " ".join(spoken[:start])
        if len(begun) >= SHORTEST and (found := list(_all(snapshot, begun, before, languages))):
            return found
    return []


def _all(
    snapshot: Snapshot, begun: str, before: str, languages: Sequence[str]
) -> Iterator[Suggestion]:
    """Everything that begins so, each kind up to its number."""
    for kind, shown in islice(_wishes(begun, languages), MOST_WISHES):
        yield Suggestion(kind, before, shown)
    for shown in islice(_places(begun, snapshot.towns), MOST_PLACES):
        yield Suggestion("place", before, shown)
    for id_ in find_names(snapshot, begun, MOST_SERVICES) if not before else ():
        yield Suggestion("service", before, "", id_)


def _wishes(begun: str, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Kind and words of each wish that begins so, said once: official words, then short ones."""
    sayings = load_sayings()
    first = bisect_left(sayings, (begun,))
    near = takewhile(lambda saying: saying.plain.startswith(begun), sayings[first:])
    fit = [saying for saying in islice(near, MOST_LOOKED_AT) if saying.language in languages]
    said: dict[tuple[str, str], Saying] = {}
    for saying in sorted(fit, key=lambda saying: (not saying.is_official, saying.place)):
        said.setdefault(saying.wish, saying)
    for saying in sorted(said.values(), key=lambda each: (not each.is_official, len(each.plain))):
        yield saying.wish[0], saying.shown


def _places(begun: str, towns: Towns) -> Iterator[str]:
    """The names of places that begin so."""
    first = bisect_left(towns.names, (begun,))
    near = takewhile(lambda name: name[0].startswith(begun), towns.names[first:])
    return (shown for _, shown in near)
