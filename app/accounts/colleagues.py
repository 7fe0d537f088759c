"""An organisation's people: its leads invite and remove them."""

from __future__ import annotations

from sqlalchemy import func, select

from app.accounts import mails
from app.audit import Work, record
from app.models import Membership, Organisation


class LastLeadError(ValueError):
    """An organisation keeps at least one lead."""


def remove_member(work: Work, organisation: Organisation, account: str) -> bool:
    """End a membership, at once; False when there is none. Raises `LastLeadError`."""
    held = _membership(work, organisation.id, account)
    if held is None:
        return False
    if held.is_lead and _count_leads(work, organisation.id) == 1:
        raise LastLeadError
    email = held.account.email
    work.database.delete(held)
    record(work, "membership.ended", ("organisation", organisation.id), {"account": account})
    mails.membership_ended(work, email, organisation.name)
    return True


def set_lead(work: Work, organisation: Organisation, account: str, *, is_lead: bool) -> bool:
    """Make a colleague a lead, or no longer one; False when there is no such colleague.

    Raises `LastLeadError`.
    """
    held = _membership(work, organisation.id, account)
    if held is None:
        return False
    if held.is_lead and not is_lead and _count_leads(work, organisation.id) == 1:
        raise LastLeadError
    before, held.is_lead = held.is_lead, is_lead
    record(
        work,
        "membership.lead",
        ("organisation", organisation.id),
        {"account": account, "lead": before},
        {"account": account, "lead": is_lead},
    )
    return True


def _membership(work: Work, organisation: str, account: str) -> Membership | None:
    found = select(Membership).where(
        Membership.organisation_id == organisation, Membership.account_id == account
    )
    return work.database.scalars(found.with_for_update()).first()


def _count_leads(work: Work, organisation: str) -> int:
    leads = select(func.count(Membership.id)).where(
        Membership.organisation_id == organisation, Membership.is_lead
    )
    return work.database.scalar(leads) or 0
