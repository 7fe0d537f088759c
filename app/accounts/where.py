"""Where people go: only to addresses of this site, and each role to its own first page."""

from __future__ import annotations

from urllib.parse import urlsplit

from app.access import Person
from app.states import STAFF_ROLES, Role

HOMES = {Role.PROVIDER: "/provider/", Role.MODERATOR: "/staff/", Role.ADMINISTRATOR: "/staff/"}
LONGEST = 1000
NEVER_NEXT = ("/sign-in", "/sign-out", "/leave", "/invitation")


def safe_next(address: str | None) -> str:
    """A path of this site to go on to, or nothing for any other address."""
    text = address or ""
    if not text.startswith("/") or text.startswith(("//", "/\\")) or "\\" in text:
        return ""
    if len(text) > LONGEST or not text.isprintable() or text.startswith(NEVER_NEXT):
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else text


def home_of(person: Person) -> str:
    """The first page of somebody signed in."""
    return HOMES[person.role]


def home_of_role(role: str) -> str:
    """The first page of a role."""
    return HOMES[Role(role)] if role in STAFF_ROLES else HOMES[Role.PROVIDER]
