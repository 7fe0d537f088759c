"""An organisation's people: its leads invite and remove them."""

from __future__ import annotations

from sqlalchemy import select

from app.accounts import mails
from app.accounts.invitations import withdraw_all_of
from app.audit import Work, record
from app.models import Membership, Organisation


class LastLeadError(ValueError):
    """An organisation keeps at least one lead who can sign in."""


def remove_member(work: Work, organisation: Organisation, account: str) -> bool:
    """End a membership, at once, and whom they invited; False when there is none.

    Raises `LastLeadError`.
    """
    held = _membership(work, organisation.id, account, is_lead_no_more=True)
    if held is None:
        return False
    email = held.account.email
    work.database.delete(held)
    record(work, "membership.ended", ("organisation", organisation.id), {"account": account})
    withdraw_all_of(work, account, organisation.id)
    mails.membership_ended(work, email, organisation.name)
    return True


def set_lead(work: Work, organisation: Organisation, account: str, *, is_lead: bool) -> bool:
    """Make a colleague a lead, or no longer one; False when there is no such colleague.

    Raises `LastLeadError`.
    """
    held = _membership(work, organisation.id, account, is_lead_no_more=not is_lead)
    if held is None:
        return False
    before, held.is_lead = held.is_lead, is_lead
    record(
        work,
        "membership.lead",
        ("organisation", organisation.id),
        {"account": account, "lead": before},
        {"account": account, "lead": is_lead},
    )
    return True


def _membership(
    work: Work, organisation: str, account: str, *, is_lead_no_more: bool
) -> Membership | None:
    """A colleague's membership. All of the organisation's are held: of two leads who go at once
    the second one finds itself the last. Raises `LastLeadError`."""
    found = select(Membership).where(Membership.organisation_id == organisation)
    members = work.database.scalars(
        found.with_for_update().execution_options(populate_existing=True)
    ).all()
    held = next((member for member in members if member.account_id == account), None)
    others = (member for member in members if member.is_lead and member is not held)
    goes = held is not None and held.is_lead and is_lead_no_more
    if goes and all(member.account.disabled_at is not None for member in others):
        raise LastLeadError
    return held
