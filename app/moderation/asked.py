"""What staff ask of the queue and of the log, read from the query string."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from flask_babel import LazyString
from werkzeug.datastructures import MultiDict

from app.languages import lazy_gettext as _l

PAGE = 25
MOST_PAGES = 10_000
LONGEST_WORDS = 120

KINDS: dict[str, LazyString] = {
    "new": _l("New services"),
    "edit": _l("Changes"),
    "report": _l("“This is wrong”"),
    "join": _l("Asks to join"),
    "claim": _l("“This is ours”"),
}
FLAGS: dict[str, LazyString] = {
    "late": _l("Over the target"),
    "many": _l("Said to be wrong by three people"),
    "missing": _l("Must-have missing"),
    "contact": _l("Contact details changed"),
    "private": _l("Personal details"),
    "unreadable": _l("Does not look right"),
    "hard": _l("Hard to read"),
}
WHO: dict[str, LazyString] = {
    "mine": _l("Taken by you"),
    "free": _l("Taken by nobody"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A part of the queue: kind, flag, whose, one organisation; and the page."""

    kind: str = ""
    flag: str = ""
    who: str = ""
    organisation: str = ""
    page: int = 1

    def query(self, page: int) -> str:
        """The same part of the queue, another page, as a query string."""
        pairs = {
            "kind": self.kind,
            "flag": self.flag,
            "who": self.who,
            "organisation": self.organisation,
            "page": str(page) if page > 1 else "",
        }
        return urlencode({key: value for key, value in pairs.items() if value})

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.kind or self.flag or self.who or self.organisation)


@dataclass(frozen=True, slots=True)
class LogAsked:
    """A part of the log: a deed, who did it, a listing, days; entries before a number."""

    action: str = ""
    who: str = ""
    listing: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None

    def query(self, before: int) -> str:
        """The same part of the log, older entries, as a query string."""
        pairs = {
            "action": self.action,
            "who": self.who,
            "listing": self.listing,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "before": str(before),
        }
        return urlencode({key: value for key, value in pairs.items() if value})

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return replace(self, before=None) != LogAsked()

    @property
    def day_after(self) -> date | None:
        """The first day that is left out again."""
        return self.until + timedelta(days=1) if self.until else None


def read_asked(args: MultiDict[str, str]) -> Asked:
    """The part of the queue an address asks for; what is no choice is left out."""
    return Asked(
        kind=_one_of(args.get("kind", ""), KINDS),
        flag=_one_of(args.get("flag", ""), FLAGS),
        who=_one_of(args.get("who", ""), WHO),
        organisation=args.get("organisation", "")[:36],
        page=read_page(args),
    )


def read_page(args: MultiDict[str, str]) -> int:
    """The page an address asks for, the first unless it says so."""
    return _number(args.get("page", ""), MOST_PAGES) or 1


def read_log_asked(args: MultiDict[str, str]) -> LogAsked:
    """The part of the log an address asks for; what cannot be read is left out."""
    return LogAsked(
        action=args.get("action", "")[:60],
        who=args.get("who", "").strip()[:LONGEST_WORDS],
        listing=args.get("listing", "").strip()[:LONGEST_WORDS],
        since=_day(args.get("since", "")),
        until=_day(args.get("until", "")),
        before=_number(args.get("before", ""), 2**31 - 1),
    )


def _one_of(code: str, known: dict[str, LazyString]) -> str:
    return code if code in known else ""


def _number(text: str, most: int) -> int | None:
    """A whole number from 1 to `most`, in the digits of this alphabet."""
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    return min(int(text), most) or None if is_number else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 9000 else None
