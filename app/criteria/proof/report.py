"""What a proof that succeeded has looked at, as lines a person can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from app.council import load_council
from app.criteria.criteria import Criteria
from app.criteria.proof.words import Gap
from app.criteria.proof.worlds import HOME, Walk, World

WIDTH = 60


@dataclass(slots=True)
class Report:
    """Worlds, questions, contacts and comparisons that were looked at."""

    criteria: Criteria
    promises: tuple[str, ...]
    worlds: dict[World, int] = field(default_factory=dict)
    """With how many combinations of answers."""
    days: dict[date, None] = field(default_factory=dict)
    """On which rules or contacts change."""
    joined: dict[str, None] = field(default_factory=dict)
    """The questions the outcome hangs on."""
    beside: dict[str, set[str]] = field(default_factory=dict)
    """For each signpost the questions that its rules read and the outcome's do not."""
    shown: set[tuple[str, str]] = field(default_factory=set)
    """Councils with the signposts that some family of theirs can be shown."""
    gaps: dict[Gap, None] = field(default_factory=dict)
    compared: int = 0
    openings: int = 0

    def add(self, walked: Walk) -> None:
        """Count a world that was walked."""
        self.worlds[walked.world] = walked.combinations
        self.joined |= dict.fromkeys((*walked.tier.grid.names, HOME))
        for code, sheet in walked.signposts.items():
            more = set(sheet.grid.names) - set(walked.tier.grid.names)
            self.beside.setdefault(code, set()).update(more)
            if sheet.held.any():
                self.shown.add((walked.world.council, code))

    @property
    def combinations(self) -> int:
        """All combinations of answers that were walked."""
        return sum(self.worlds.values())

    def lines(self) -> Iterator[str]:
        """The report."""
        yield "Every promise is kept:"
        yield from (f"  {promise}" for promise in self.promises)
        yield from self._walked()
        yield from self._questions()
        yield from self._contacts()
        yield f"\nThe arrays and `evaluate` say the same of {self.compared:,} drawn families, and"
        yield f"what skipped questions leave open is named exactly to {self.openings:,} of them."

    def _walked(self) -> Iterator[str]:
        yield "\nWorlds, and combinations of answers that rules can tell apart in them:"
        for world, size in self.worlds.items():
            yield f"  {f'{world}, from {world.day}':{WIDTH}}{size:>14,}"
        yield f"  {'together':{WIDTH}}{self.combinations:>14,}"
        yield f"Days on which rules or contacts change: {', '.join(map(str, sorted(self.days)))}"
        yield "On each, every signpost’s contact was looked up for every district."

    def _questions(self) -> Iterator[str]:
        asked = [key.name for key in self.criteria.keys.asked]
        yield "\nJoined, since the outcome hangs on them; walked with every signpost:"
        yield f"  {', '.join(name for name in asked if name in self.joined)}"
        yield "Proved apart, each with those above, since no rule joins them with one another:"
        for names, codes in self._groups().items():
            yield f"  {', '.join(names)}: read only for {', '.join(codes)}"
        read = {*self.joined, *(name for names in self.beside.values() for name in names)}
        unread = [name for name in asked if name not in read]
        if unread:
            yield f"Left out, since no rule reads them: {', '.join(unread)}"

    def _groups(self) -> dict[tuple[str, ...], list[str]]:
        """Signposts by the questions that only their rules read."""
        groups: dict[tuple[str, ...], list[str]] = {}
        for code, names in self.beside.items():
            if apart := sorted(names - self.joined.keys()):
                groups.setdefault(tuple(apart), []).append(code)
        return groups

    def _contacts(self) -> Iterator[str]:
        yield "\nEvery signpost has a sourced contact. Where none is published, this stands in:"
        for council in dict.fromkeys(gap.council for gap in self.gaps):
            yield f"  {load_council(council).name}"
            own = (gap for gap in self.gaps if gap.council == council)
            for gap in own:
                never = (gap.council, gap.signpost) not in self.shown
                yield f"    {gap.signpost}: {gap.stand_in}{', never shown here' if never else ''}"
