"""What is measured, what was aimed at, and the table of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

UNMET, NOT_MEASURED = "NOT MET", "NOT MEASURED"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement. Without a goal it is told for its own sake."""

    name: str
    value: float
    second: float | None = None
    """A further value, such as a 95th percentile beside the median."""
    unit: str = ""
    at_most: float | None = None
    at_least: float | None = None

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.at_most is not None:
            return f"≤ {_number(self.at_most)}"
        return f"≥ {_number(self.at_least)}" if self.at_least is not None else ""

    @property
    def verdict(self) -> str:
        """Whether the goal is met; empty when there is none."""
        if not self.goal:
            return ""
        is_low = self.at_least is not None and self.value < self.at_least
        is_high = self.at_most is not None and self.value > self.at_most
        return UNMET if is_low or is_high else "met"


@dataclass(frozen=True, slots=True)
class Section:
    """Figures that belong together, and what a reader of them should know."""

    heading: str
    figures: Sequence[Figure]
    notes: Sequence[str] = ()


HEAD = f"{'':58}{'measured':>16}  {'goal':>10}"


def rows(section: Section) -> str:
    """A section as lines of the table."""
    lines = ["", section.heading, *map(_line, section.figures)]
    lines += [f"  – {note}" for note in section.notes]
    return "\n".join(line.rstrip() for line in lines)


def _line(figure: Figure) -> str:
    numbers = [each for each in (figure.value, figure.second) if each is not None]
    value = f"{' / '.join(map(_number, numbers))} {figure.unit}".rstrip()
    return f"  {figure.name:56}{value:>16}  {figure.goal:>10}  {figure.verdict}"


def _number(value: float) -> str:
    """Three digits that tell."""
    if value >= 100 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"
