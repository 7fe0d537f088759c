"""Invitations: mailed, good for 48 hours and once, and accepted by a button.

An address that has an account already is invited in the same words, so that nobody learns by
inviting who has one. Accepting never takes a role away.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.access import RANK
from app.accounts import mails
from app.accounts.sessions import end_all_sessions, end_session, start_session
from app.accounts.signing_in import Entered
from app.audit import Actor, Work, record
from app.database import now
from app.languages import gettext as _
from app.models import Account, Invitation, Membership, Organisation
from app.sealing import fingerprint, new_token
from app.site import Site
from app.states import Role

GOOD_FOR = timedelta(hours=48)


def invite(
    work: Work,
    email: str,
    role: str = Role.PROVIDER,
    organisation: Organisation | None = None,
    *,
    is_lead: bool = False,
) -> str:
    """Mail an invitation in place of earlier ones alike; gives its address."""
    word, email = new_token(), email.lower()
    withdraw_alike(work, email, organisation.id if organisation else None)
    invitation = Invitation(
        email=email,
        role=role,
        organisation_id=organisation.id if organisation else None,
        is_lead=is_lead,
        link_hash=fingerprint(word),
        invited_by=work.actor.id or None,
        expires_at=now() + GOOD_FOR,
    )
    work.database.add(invitation)
    work.database.flush()
    address = work.site.address_of(f"/invitation/{word}")
    mails.invitation(work, email, address, where_of(work.site, role, organisation))
    about = {"email": email, "role": role, "organisation": invitation.organisation_id}
    record(work, "invitation.sent", ("invitation", invitation.id), None, about)
    return address


def where_of(site: Site, role: str, organisation: Organisation | None) -> str:
    """What somebody would join, in words."""
    if organisation is not None:
        return organisation.name
    if role == Role.PROVIDER:
        return site.council.site_name
    return _("the team of %(council)s", council=site.council.name)


def withdraw_alike(work: Work, email: str, organisation: str | None) -> None:
    """Make earlier invitations of an address to the same place worthless."""
    work.database.execute(
        update(Invitation)
        .where(
            Invitation.email == email,
            Invitation.organisation_id == organisation,
            Invitation.used_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now())
    )


def withdraw(work: Work, invitation: Invitation) -> None:
    """Take an invitation back."""
    if invitation.used_at is None and invitation.withdrawn_at is None:
        invitation.withdrawn_at = now()
        record(work, "invitation.withdrawn", ("invitation", invitation.id))


def withdraw_all_of(work: Work, account: str, organisation: str | None = None) -> None:
    """Take back what somebody who has no say any more invited to: everywhere, or to one place."""
    wanted = select(Invitation).where(
        Invitation.invited_by == account,
        Invitation.used_at.is_(None),
        Invitation.withdrawn_at.is_(None),
    )
    if organisation is not None:
        wanted = wanted.where(Invitation.organisation_id == organisation)
    for invitation in work.database.scalars(wanted).all():
        withdraw(work, invitation)


def find_open(database: Session, word: str, *, locked: bool = False) -> Invitation | None:
    """The invitation of a link, while it is good."""
    wanted = select(Invitation).where(Invitation.link_hash == fingerprint(word))
    found = database.scalars(wanted.with_for_update() if locked else wanted).first()
    if found is None or found.used_at is not None or found.withdrawn_at is not None:
        return None
    return found if now() < found.expires_at and not _is_disabled(database, found) else None


def accept(work: Work, word: str, name: str, *, old_session: str) -> Entered | str | None:
    """Make the account, or give the one there is its new place.

    Somebody new is signed in at once, since the link came by their mail, in place of whoever was
    in this browser. Gives the address of somebody who had an account, and None when the link does
    not work.
    """
    invitation = find_open(work.database, word, locked=True)
    if invitation is None:
        return None
    invitation.used_at = now()
    account = _account(work.database, invitation.email)
    is_new = account is None
    if account is None:
        account = Account(email=invitation.email, name=name, role=invitation.role)
        work.database.add(account)
        work.database.flush()
    own = Work(work.database, work.site, Actor(account.id, account.name, account.role))
    _give_place(own, account, invitation)
    record(own, "invitation.accepted", ("invitation", invitation.id))
    if not is_new:
        return account.email
    if old_session:
        end_session(own, old_session)
    return Entered(account, start_session(own, account))


def _give_place(work: Work, account: Account, invitation: Invitation) -> None:
    if RANK[Role(invitation.role)] > RANK[Role(account.role)]:
        record(
            work,
            "account.role",
            ("account", account.id),
            {"role": account.role},
            {"role": invitation.role},
        )
        account.role = invitation.role
        end_all_sessions(work, account)
    if invitation.organisation_id:
        add_member(work, account, invitation.organisation_id, is_lead=invitation.is_lead)


def add_member(work: Work, account: Account, organisation: str, *, is_lead: bool) -> None:
    """Let somebody act for an organisation; a lead stays a lead."""
    held = work.database.scalars(
        select(Membership).where(
            Membership.account_id == account.id, Membership.organisation_id == organisation
        )
    ).first()
    if held is None:
        held = Membership(account_id=account.id, organisation_id=organisation)
        work.database.add(held)
    held.is_lead = bool(held.is_lead) or is_lead
    about = {"account": account.id, "lead": held.is_lead}
    record(work, "membership.added", ("organisation", organisation), None, about)


def _account(database: Session, email: str) -> Account | None:
    return database.scalars(select(Account).where(Account.email == email)).first()


def _is_disabled(database: Session, invitation: Invitation) -> bool:
    account = _account(database, invitation.email)
    return account is not None and account.disabled_at is not None
