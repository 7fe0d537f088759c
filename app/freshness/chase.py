"""The list to chase by telephone, as staff see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from app import listing_words as wording
from app.council import Council
from app.forms import clean
from app.freshness import queries
from app.freshness.queries import CHASE_SIZE, DAYS_LEFT_ALONE, GROUPS, Chased, Counts
from app.freshness.stages import chase_before
from app.freshness.table import PATH, name_of, page_number
from app.languages import gettext, ngettext
from app.service_page import contact_view
from app.service_views import ContactView


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the list: of one group, or all; with those rung lately, or without."""

    by: str = ""
    key: str | None = None
    page: int = 1
    with_rung: bool = False

    def address(self, **changes: str) -> str:
        """Where this part of the list is, with some of it changed."""
        said = {
            "list": "chase",
            "by": self.by,
            "of": self.key,
            "rung": "1" if self.with_rung else "",
            "page": str(self.page) if self.page > 1 else "",
            **changes,
        }
        kept = {name: value for name, value in said.items() if value or name == "of"}
        return f"{PATH}?{urlencode({k: v for k, v in kept.items() if v is not None})}"


@dataclass(frozen=True, slots=True)
class Call:
    """One listing to ring about."""

    id: str
    slug: str
    name: str
    organisation: str
    checked: str
    tried: tuple[str, ...]
    contacts: tuple[ContactView, ...]


@dataclass(frozen=True, slots=True)
class ChasePage:
    """A page of the list. `group`: the name of the one group it is about."""

    wanted: Wanted
    group: str
    total: int
    calls: tuple[Call, ...]
    pages: int
    days_left_alone: int = DAYS_LEFT_ALONE

    @property
    def before(self) -> str:
        """The page before, if there is one."""
        page = self.wanted.page
        return self.wanted.address(page=str(page - 1)) if page > 1 else ""

    @property
    def after(self) -> str:
        """The page after, if there is one."""
        page = self.wanted.page
        return self.wanted.address(page=str(page + 1)) if page < self.pages else ""

    @property
    def query(self) -> str:
        """What a button adds to its address, to come back to this page."""
        return self.wanted.address().removeprefix(PATH)

    @property
    def other(self) -> str:
        """The same list with those rung lately, or without them."""
        return self.wanted.address(rung="" if self.wanted.with_rung else "1", page="")


def read_wanted(args: Mapping[str, str]) -> Wanted:
    """What the address asks for; a group nobody knows is no group."""
    by = args.get("by", "")
    is_known = by in GROUPS and "of" in args
    return Wanted(
        by if is_known else "",
        (clean(args["of"]) or "")[:40] if is_known else None,
        page_number(args.get("page", "")),
        args.get("rung", "") == "1",
    )


def chase_page(wanted: Wanted, council: Council, today: date) -> ChasePage:
    """The listings to ring about, oldest first."""
    before = chase_before(today, council.reminders)
    chased, total = queries.find_chased(
        before, wanted.by, wanted.key, wanted.page, with_rung=wanted.with_rung
    )
    return ChasePage(
        wanted=wanted,
        group=_group(wanted, council),
        total=total,
        calls=tuple(call(item) for item in chased),
        pages=max(-(-total // CHASE_SIZE), 1),
    )


def call(item: Chased) -> Call:
    """One listing in words."""
    listing = item.listing
    checked = (
        wording.stale_words(listing.assured)
        if listing.assured is None
        else gettext("Last checked on %(day)s.", day=wording.day(listing.assured))
    )
    return Call(
        id=listing.id,
        slug=listing.slug,
        name=listing.name,
        organisation=listing.organisation,
        checked=checked,
        tried=tuple(_tried(item.reminded, item.rang, item.rang_times)),
        contacts=tuple(contact_view(contact) for contact in listing.contacts),
    )


def _tried(reminded: datetime | None, rang: datetime | None, times: int) -> list[str]:
    said = []
    if reminded is None:
        said.append(gettext("No reminder has been sent."))
    else:
        said.append(gettext("Last reminder: %(day)s.", day=wording.day(reminded.date())))
    if rang is not None:
        words = ngettext("Rang %(num)s time,", "Rang %(num)s times,", times)
        said.append(f"{words} {gettext('last on %(day)s.', day=wording.day(rang.date()))}")
    return said


def _group(wanted: Wanted, council: Council) -> str:
    if wanted.key is None:
        return ""
    name = queries.get_name(wanted.key) if wanted.by == "organisation" else ""
    return name_of(wanted.by, Counts(wanted.key, name, 0, ()), council)
