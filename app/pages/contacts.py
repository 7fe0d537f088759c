"""The council's people and desks as the about page shows them, from the council's own file."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from app.council import Contact, Council


@dataclass(frozen=True, slots=True)
class Shown:
    """One contact with what a family can do: ring, write or read."""

    contact: Contact
    read_at: str
    """Where the contact was read, as a link; empty when that is not a page."""
    read_on: str
    """The name of that site, such as `www.devon.gov.uk`."""


def council_contacts(council: Council) -> tuple[Shown, ...]:
    """Every contact of the council that can be reached, in the order of its file."""
    return tuple(_show(contact) for contact in council.contacts if _can_be_reached(contact))


def _can_be_reached(contact: Contact) -> bool:
    is_there = not contact.none_found and not contact.not_offered
    return is_there and bool(contact.phone or contact.email or contact.url)


def _show(contact: Contact) -> Shown:
    source = contact.source or ""
    address = source if source.startswith(("https://", "http://")) and " " not in source else ""
    return Shown(contact, address, urlsplit(address).hostname or "")
