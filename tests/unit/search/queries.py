"""Searches nobody would type, and many that somebody might: drawn by hypothesis, counted as they
are answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any
from unittest.mock import patch

from hypothesis import strategies as st

from app.directory.asked import GROUPS, SORTS
from app.search import ranking, spelling
from app.search.criteria import FACETS, Criteria
from app.search.meanings import load_meanings
from app.search.segment import Part, Posting
from app.search.spelling import Lexicon
from app.vocabulary import ACCESS, ACTIVITIES, AGE_BAND_BY_CODE, BREAKS, COSTS, NEEDS, TIERS, WHEN

HOSTILE = (
    "<script>alert(1)</script>", "\"'><img src=x>", "{{ 7*7 }}${7*7}", "%s%n%(x)s", "a\x00b",
    "\x1b[31m\x08\x7f", "\r\nSet-Cookie: x=1", "\u202eevil\u2066", "\u200b\u200d\ufeff",
    "\ud800", "🏊‍♀️👨‍👩‍👧‍👦",
    "'; DROP TABLE service; --", "AND OR NOT NOT a", "(((((", "*", "w????", "~9",
    "[a TO z]", "title:x^100", "-1", "1e309", "NaN", "../../etc/passwd", "Zażółć gęślą jaźń",
    "﷽", "Ⅷ", "①②③", "ﬁnancial", "İstanbul", "ß", "א", "日本語", "a\u0300\u0301\u0302" * 9, "p.a.",
    "1:1", "7-11", "0-25", "under 5s", "200 year old", "9" * 30, "٣", "x" * 500, "ab" * 300,
    "o'" * 90, "''''", "___", "a_b_c", "don’t", "i want to kill myself", "nie chcę żyć",
)  # fmt: skip
EVERYDAY = (
    "swimming", "swiming", "autistic", "my 7 year old", "saturdays", "near exmouth", "play scheme",
    "footbal", "wheelchair", "respite", "EHCP", "half term", "teenager", "free", "honiton", "adhd",
    "drama", "one to one", "holiday club", "help", "basen dla dziecka", "sobota", "totness",
    "music", "down syndrom", "tiverton", "short breaks", "toddler", "siblings", "hoist",
)  # fmt: skip
LISTS = {
    "tier": TIERS, "when": WHEN, "access": ACCESS, "cost": COSTS, "need": NEEDS, "break": BREAKS,
    "activity": ACTIVITIES,
}  # fmt: skip


@st.composite
def slips(draw: st.DrawFn) -> str:
    """A known word, spelt wrong in a place or two."""
    word = draw(st.sampled_from(KNOWN))
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.integers(0, len(word)))
        put = draw(st.sampled_from("aeiourstnlxz "))
        word = word[:place] + put + word[place + draw(st.integers(0, 1)) :]
    return word


KNOWN = sorted(load_meanings().words)
said = st.one_of(
    st.sampled_from(EVERYDAY),
    st.sampled_from(KNOWN),
    slips(),
    st.sampled_from(HOSTILE),
    st.text(max_size=12),
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=9),
    st.integers(0, 30).map(str),
)
"""One word, or something like one."""
texts = st.one_of(
    st.lists(said, max_size=6).map(" ".join),
    st.lists(said, max_size=80).map(" ".join),
    st.builds("{}{}{}".format, said, st.sampled_from((",", ";", "/", "\t", "+", "-", ".")), said),
    st.builds(lambda word, often: f"{word} " * often, said, st.integers(1, 400)),
)
codes = {
    name: st.sampled_from([*known.codes, "", "nobody", "\x00", "x" * 99])
    for name, known in LISTS.items()
}
codes["age"] = st.sampled_from([*AGE_BAND_BY_CODE, "", "0-99"])
codes["locality"] = st.sampled_from(["exeter", "mid-devon", "torridge", "", "nowhere", "é"])


def several(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """None mostly, or a few."""
    return st.one_of(st.just(()), st.lists(values, max_size=4).map(tuple))


metres = st.floats(-1e7, 1e7)
criteria = st.builds(
    Criteria,
    text=texts,
    point=st.none() | st.tuples(metres, metres),
    home=codes["locality"],
    within=st.none() | st.integers(-1, 10**6),
    years=st.lists(st.integers(-1, 10**6), max_size=3).map(tuple),
    exact=st.booleans(),
    sort=st.sampled_from([*SORTS, "", "nothing"]),
    page=st.integers(-(10**9), 10**9),
    size=st.integers(-5, 10**6),
    **{"break_" if name == "break" else name: several(codes[name]) for name in FACETS},
)
"""Anything that a search can be asked."""
values = st.one_of(texts, *codes.values(), st.text(max_size=20))
pairs = st.lists(
    st.one_of(
        st.tuples(st.just("q"), texts),
        st.tuples(
            st.sampled_from(("near", "within", "exact", "sort", "page", "lang", *GROUPS)), values
        ),
    ),
    max_size=8,
)
"""What may stand in an address."""


@dataclass
class Work:
    """What one search took."""

    slots: int = 0
    lists: int = 0
    """Posting lists that were looked up."""
    postings: int = 0
    mended: int = 0
    """Words that neighbours in spelling were looked for of."""
    compared: int = 0
    """Pairs of words whose distance was worked out."""

    def most(self, other: Work) -> None:
        """Keep the greater of each number."""
        for each in fields(self):
            setattr(self, each.name, max(getattr(self, each.name), getattr(other, each.name)))


@contextmanager
def counting() -> Iterator[Work]:
    """Count the work done meanwhile."""
    work = Work()
    posting, sifted, distance = Part.posting, Lexicon._sifted, spelling.distance
    answer_slot = ranking.answer_slot

    def counted_posting(self: Part, stem: str) -> Posting:
        found = posting(self, stem)
        work.lists += 1
        work.postings += len(found[0])
        return found

    def counted_distance(*given: Any) -> int:
        work.compared += 1
        return distance(*given)

    def counted_sifted(self: Lexicon, *given: Any) -> list[str]:
        work.mended += 1
        return sifted(self, *given)

    def counted_slot(*given: Any) -> Any:
        work.slots += 1
        return answer_slot(*given)

    with (
        patch.object(Part, "posting", counted_posting),
        patch.object(spelling, "distance", counted_distance),
        patch.object(Lexicon, "_sifted", counted_sifted),
        patch.object(ranking, "answer_slot", counted_slot),
    ):
        yield work
