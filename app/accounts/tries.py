"""How often people may try: strict for one account, generous for one network.

A whole school may sit behind one address, so a network is counted far above what one person
does. Who has tried too often is told when to come back; nobody stays locked out.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from flask import request
from werkzeug.exceptions import TooManyRequests

from app.database import write
from app.limits import count_try
from app.site import current_site

QUARTER = 15 * 60
HOUR = 60 * 60
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries in so many seconds."""

    name: str
    most: int
    seconds: int


ASKS_OF_NETWORK = Limit("ask network", 150, QUARTER)
ASKS_FOR_EMAIL = Limit("ask email", 5, QUARTER)
OPENS_OF_NETWORK = Limit("open network", 400, QUARTER)
FACTORS = Limit("factor", 5, QUARTER)
FACTORS_A_DAY = Limit("factor day", 30, DAY)
JOINS_OF_NETWORK = Limit("join network", 60, HOUR)
JOINS_FOR_EMAIL = Limit("join email", 5, HOUR)
INVITATIONS = Limit("invite", 60, HOUR)


def allow(*tries: tuple[Limit, str]) -> None:
    """Count a try against each limit, in a transaction of its own.

    Raises 429 with `Retry-After` when one of them is used up.
    """
    secret = current_site().settings.secret_key
    refused: list[Limit] = []
    with write() as database:
        for limit, who in tries:
            most, seconds = limit.most, limit.seconds
            if not count_try(database, secret, limit.name, who, most=most, seconds=seconds):
                refused.append(limit)
                break
    if refused:
        raise TooManyRequests(retry_after=_left(refused[0].seconds))


def network() -> str:
    """The network a request comes from: its address, or for IPv6 the part a household has."""
    text = request.remote_addr or ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if not isinstance(address, IPv6Address):
        return text
    return text if address.ipv4_mapped else str(IPv6Address(int(address) >> 64 << 64))


def is_this_machine() -> bool:
    """Whether a request comes from the machine the site runs on."""
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _left(seconds: int) -> int:
    """Seconds until the present stretch of time is over."""
    return seconds - int(time.time()) % seconds
