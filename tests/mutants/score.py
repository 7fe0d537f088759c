"""How many mutants were caught, by what, and which were not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

EQUIVALENT = "equivalent"
SURVIVED = "survived"


@dataclass
class Score:
    """The fate of every mutant."""

    what: str
    fates: Counter[str] = field(default_factory=Counter)
    survivors: list[str] = field(default_factory=list)
    equivalent: list[str] = field(default_factory=list)

    def add(self, name: str, fate: str) -> None:
        """Count one."""
        self.fates[fate] += 1
        if fate == SURVIVED:
            self.survivors.append(name)
        elif fate == EQUIVALENT:
            self.equivalent.append(name)

    def lines(self) -> Iterator[str]:
        """The result, with every mutant that was not caught."""
        total = self.fates.total()
        different = total - self.fates[EQUIVALENT]
        caught = different - self.fates[SURVIVED]
        yield f"{self.what}: {total} mutants, {self.fates[EQUIVALENT]} of them change nothing."
        share = 100 * caught / different if different else 100
        yield f"  Of the {different} others {caught} were caught: {share:.1f} %."
        for fate, number in self.fates.most_common():
            if fate not in (EQUIVALENT, SURVIVED):
                yield f"    by {fate}: {number}"
        yield from (f"  equivalent: {name}" for name in self.equivalent)
        yield from (f"  NOT CAUGHT: {name}" for name in self.survivors)
