"""The table of freshness as staff see it: groups, counts, shares, and ways to order it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from flask_babel import LazyString

from app.council import Council
from app.freshness import queries
from app.freshness.queries import GROUPS, PAGE_SIZE, Counts
from app.freshness.stages import BANDS
from app.labels import label_of
from app.languages import gettext
from app.languages import lazy_gettext as _l
from app.vocabulary import TIERS

PATH = "/staff/freshness"
GROUP_WORDS: dict[str, LazyString] = {
    "organisation": _l("Organisation"),
    "locality": _l("Area"),
    "tier": _l("How you get in"),
}
BAND_WORDS: dict[str, LazyString] = {
    "fresh": _l("Under 6 months"),
    "six": _l("6 to 9 months"),
    "nine": _l("9 to 12 months"),
    "year": _l("Over a year"),
    "never": _l("Never"),
}
SORTS = ("name", "total", *BANDS)
MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """The table as asked for: grouped, ordered, and which page of it."""

    by: str = GROUPS[0]
    sort: str = "year"
    is_down: bool = True
    page: int = 1

    def address(self, path: str = PATH) -> str:
        """Where this table is."""
        pairs = {"by": self.by, "sort": self.sort, "order": "down" if self.is_down else "up"}
        more = {"page": str(self.page)} if self.page > 1 else {}
        return f"{path}?{urlencode(pairs | more)}"

    def ordered_by(self, sort: str) -> Asked:
        """The table ordered by a column; by the one in force, the other way round.

        Names begin at A, numbers at the largest.
        """
        is_down = not self.is_down if sort == self.sort else sort != "name"
        return replace(self, sort=sort, is_down=is_down, page=1)


@dataclass(frozen=True, slots=True)
class Head:
    """A column's name, where it leads, and how it is ordered now, as `aria-sort` says it."""

    words: str
    url: str
    order: str


@dataclass(frozen=True, slots=True)
class Cell:
    """How many listings, and which share of the row's."""

    count: int
    share: str


@dataclass(frozen=True, slots=True)
class Line:
    """One group. `url` lists those of it to ring about."""

    name: str
    url: str
    total: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A page of the table; `whole` is the directory in one row."""

    asked: Asked
    groups: tuple[tuple[str, str, bool], ...]
    """Words, address and whether it is this one, of each way to group."""
    heads: tuple[Head, ...]
    whole: Line
    lines: tuple[Line, ...]
    pages: int
    csv: str

    @property
    def before(self) -> str:
        """The page before, if there is one."""
        page = self.asked.page
        return replace(self.asked, page=page - 1).address() if page > 1 else ""

    @property
    def after(self) -> str:
        """The page after, if there is one."""
        page = self.asked.page
        return replace(self.asked, page=page + 1).address() if page < self.pages else ""


def read_asked(args: Mapping[str, str]) -> Asked:
    """What the address asks for; anything unknown gives way to the usual."""
    by, sort = args.get("by", ""), args.get("sort", "")
    return Asked(
        by if by in GROUPS else GROUPS[0],
        sort if sort in SORTS else "year",
        args.get("order", "") != "up",
        page_number(args.get("page", "")),
    )


def page_number(typed: str) -> int:
    """A page from 1 up; 1 for anything else."""
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    return min(max(number, 1), MOST_PAGES)


def make_table(asked: Asked, council: Council, today: date) -> Table:
    """Count, and put the counts in words."""
    groups = queries.count_freshness(asked.by, today)
    rows = queries.in_order(groups, asked.sort, is_down=asked.is_down)
    whole = queries.whole_of(groups)
    start = (asked.page - 1) * PAGE_SIZE
    return Table(
        asked=asked,
        groups=tuple(
            (str(words), Asked(by=by).address(), by == asked.by)
            for by, words in GROUP_WORDS.items()
        ),
        heads=tuple(_heads(asked)),
        whole=_line(replace(whole, name=gettext("All listings")), {"list": "chase"}),
        lines=tuple(lines(rows[start : start + PAGE_SIZE], asked.by, council)),
        pages=max(-(-len(rows) // PAGE_SIZE), 1),
        csv=replace(asked, page=1).address(f"{PATH}.csv"),
    )


def lines(rows: Iterable[Counts], by: str, council: Council) -> Iterator[Line]:
    """The rows with the names of their groups."""
    for row in rows:
        named = replace(row, name=name_of(by, row, council))
        yield _line(named, {"list": "chase", "by": by, "of": row.key})


def name_of(by: str, row: Counts, council: Council) -> str:
    """A group's name; a code the council no longer has stands for itself."""
    if by == "organisation":
        return row.name or gettext("No organisation")
    if not row.key:
        return gettext("No area given")
    known = {locality.code for locality in council.localities} if by == "locality" else TIERS
    return label_of(council)(by, row.key) if row.key in known else row.key


def _line(row: Counts, query: Mapping[str, str]) -> Line:
    cells = tuple(Cell(count, share(count, row.total)) for count in row.bands)
    return Line(row.name, f"{PATH}?{urlencode(query)}", row.total, cells)


def share(count: int, total: int) -> str:
    """A share in whole hundredths; something is never told as nothing, nor almost all as all."""
    if not total:
        return ""
    hundredths = round(100 * count / total)
    if count:
        hundredths = max(hundredths, 1)
    return f"{min(hundredths, 99) if count < total else hundredths}%"


def _heads(asked: Asked) -> Iterator[Head]:
    words = {"name": GROUP_WORDS[asked.by], "total": _l("Listings"), **BAND_WORDS}
    for sort in SORTS:
        order = ("descending" if asked.is_down else "ascending") if sort == asked.sort else ""
        yield Head(str(words[sort]), asked.ordered_by(sort).address(), order)


def csv_rows(asked: Asked, council: Council, today: date) -> Iterator[list[str | int]]:
    """The whole table for a spreadsheet, in the order of the page."""
    yield [str(words) for words in (GROUP_WORDS[asked.by], _l("Listings"), *BAND_WORDS.values())]
    groups = queries.count_freshness(asked.by, today)
    for row in queries.in_order(groups, asked.sort, is_down=asked.is_down):
        yield [name_of(asked.by, row, council), row.total, *row.bands]
