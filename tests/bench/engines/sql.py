"""What SQLite and PostgreSQL share: codes as the bits of whole numbers.

Each group of a listing is one number with a bit for each code, so that a filter is one "and" and
a count is a sum of bits: some five times faster than rows of codes. A listing found also has a
number that says which groups it fails, so that each group's counts can ignore its own filter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.search.criteria import FACETS, Criteria
from tests.bench.engines.protocol import GROUPS, ages, filtered

FAR = len(GROUPS)
"""The bit of those too far away; the others are those of `GROUPS`."""
COLUMNS = ", ".join(f"g_{group} BIGINT" for group in GROUPS)


class Masks:
    """The number of every code, each given when it is first met."""

    def __init__(self) -> None:
        self.codes: dict[str, list[str]] = {group: [] for group in GROUPS}

    def all_of(self, codes: dict[str, tuple[str, ...]]) -> list[int]:
        """The numbers of all groups of a listing."""
        return [self.of(group, codes[group]) for group in GROUPS]

    def of(self, group: str, codes: Iterable[str]) -> int:
        """Codes of one group as a number."""
        known = self.codes[group]
        known += [code for code in dict.fromkeys(codes) if code not in known]
        return sum(1 << known.index(code) for code in set(codes))

    def sums(self, group: str) -> str:
        """One sum for each code of a group."""
        bits = range(len(self.codes[group]))
        return ", ".join(f"sum(CAST(g_{group} >> {bit} & 1 AS INT))" for bit in bits)

    def failed(self, criteria: Criteria) -> str:
        """An expression with one bit for each group whose filter a listing fails."""
        tests = {
            group: f"g_{group} & {self.of(group, criteria.chosen(group))} <> 0"
            for group in filtered(criteria)
        }
        if spans := ages(criteria):
            tests["age"] = " OR ".join(f"(low <= {b} AND high >= {a})" for a, b in spans)
        bits = (
            f"CASE WHEN {test} THEN 0 ELSE {1 << GROUPS.index(group)} END"
            for group, test in tests.items()
        )
        return " | ".join(bits) or "0"

    def counts(self, criteria: Criteria) -> Iterator[tuple[list[str], str]]:
        """Facets that are counted together, and what a listing must meet to be counted."""
        chosen = filtered(criteria)
        yield [group for group in FACETS if group not in chosen], "failed = 0"
        for group in chosen:
            yield [group], f"failed & ~{1 << GROUPS.index(group)} = 0"


def squared(easting: float, northing: float) -> str:
    """How far a place is, squared."""
    return (
        f"(easting - {easting}) * (easting - {easting})"
        f" + (northing - {northing}) * (northing - {northing})"
    )
