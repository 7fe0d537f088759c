"""Who is asked whether a listing is right: its people, else whoever it says to write to."""

from __future__ import annotations

from collections.abc import Iterable

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Account, Membership, Service

MOST_ASKED = 10
"""Mails about one listing at a time, however many people an organisation has."""


def people_of(database: Session, service: Service) -> list[str]:
    """The addresses to write to; empty when there is none."""
    return members(database, service) or listed(service)


def members(database: Session, service: Service) -> list[str]:
    """People with an account who act for the organisation, leads first."""
    rows = database.scalars(
        select(Account.email)
        .join(Membership)
        .where(Membership.organisation_id == service.organisation_id, Account.disabled_at.is_(None))
        .order_by(Membership.is_lead.desc(), Account.email)
    )
    return _known(rows)


def listed(service: Service) -> list[str]:
    """Addresses that the listing or the organisation gives to families."""
    return _known([*(contact.email for contact in service.contacts), service.organisation.email])


def may_answer(database: Session, service: Service, email: str, staff: str) -> bool:
    """Whether an address a link was sent to still speaks for a listing.

    No for somebody who left the organisation or was disabled, unless the listing names them.
    """
    return email in {*members(database, service), *listed(service), staff}


def _known(emails: Iterable[str]) -> list[str]:
    """Those that are mail addresses, once each."""
    tidy = dict.fromkeys(email.strip().lower() for email in emails if email)
    return [email for email in tidy if _is_mail(email)][:MOST_ASKED]


def _is_mail(email: str) -> bool:
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
