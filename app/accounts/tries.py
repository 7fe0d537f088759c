"""How often people may try: strict for one account, generous for one network.

A whole school may sit behind one address, so a network is counted far above what one person
does. Who has tried too often is told when to come back, and keeps what they typed; nobody stays
locked out.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from ipaddress import ip_address
from typing import NoReturn

from flask import abort, make_response, render_template, request
from sqlalchemy.orm import Session

from app.access import typed_here
from app.database import write
from app.limits import count_try
from app.site import current_site

QUARTER = 15 * 60
HOUR = 60 * 60
DAY = 24 * HOUR
WORTH_KEEPING = 40
"""Letters in one field: more than a name or a code that is typed again in a moment."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many tries in so many seconds."""

    name: str
    most: int
    seconds: int


ASKS_OF_NETWORK = Limit("ask network", 150, QUARTER)
ASKS_FOR_EMAIL = Limit("ask email", 5, QUARTER)
CODES_FOR_EMAIL = Limit("code email", 20, DAY)
"""After so many mails have a link alone, which nobody can guess: a hundred guesses a day at most,
and whoever owns the address can still sign in."""
OPENS_OF_NETWORK = Limit("open network", 400, QUARTER)
FACTORS = Limit("factor", 5, QUARTER)
FACTORS_A_DAY = Limit("factor day", 30, DAY)
JOINS_OF_NETWORK = Limit("join network", 60, HOUR)
JOINS_FOR_EMAIL = Limit("join email", 5, HOUR)
INVITATIONS = Limit("invite", 60, HOUR)


def allow(*tries: tuple[Limit, str]) -> None:
    """Count a try against each limit, in a transaction of its own.

    Ends the request with 429 and `Retry-After` when one of them is used up.
    """
    with write() as database:
        used_up = (limit for limit, who in tries if not _is_within(database, limit, who))
        refused = next(used_up, None)
    if refused:
        _refuse(_left(refused.seconds))


def is_within(limit: Limit, who: str) -> bool:
    """Count a try; whether there have not been too many. Refuses nobody."""
    with write() as database:
        return _is_within(database, limit, who)


def _is_within(database: Session, limit: Limit, who: str) -> bool:
    secret = current_site().settings.secret_key
    return count_try(database, secret, limit.name, who, most=limit.most, seconds=limit.seconds)


def _refuse(seconds: int) -> NoReturn:
    """Stop with a page that says when to come back and holds the words that were typed."""
    typed = typed_here()
    is_worth_keeping = any(len(value) >= WORTH_KEEPING for _name, value in typed)
    page = render_template(
        "accounts/wait.html",
        minutes=-(-seconds // 60),
        typed=typed if is_worth_keeping else [],
    )
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(seconds)
    abort(response)


def is_this_machine() -> bool:
    """Whether a request comes from the machine the site runs on."""
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _left(seconds: int) -> int:
    """Seconds until the present stretch of time is over."""
    return seconds - int(time.time()) % seconds
