"""Three made-up people for a developer: a provider, a moderator and an administrator.

Their addresses work only on the machine the site runs on, and never in production.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts import factor
from app.accounts.invitations import add_member
from app.accounts.signing_in import THIS_MACHINE, print_link
from app.audit import Actor, Work
from app.database import write
from app.models import Account, Membership, Organisation, Service
from app.site import Site
from app.states import STAFF_ROLES, Role

DEMO = "demo"
PEOPLE = {
    Role.PROVIDER: ("provider@demo.example.org", "Pat Provider"),
    Role.MODERATOR: ("moderator@demo.example.org", "Mo Moderator"),
    Role.ADMINISTRATOR: ("administrator@demo.example.org", "Addi Administrator"),
}
LASTS = timedelta(hours=8)
"""Longer than a mailed link: it lies in a developer's terminal, and works on no other machine."""
CLOCK = Actor("", "make run", "")


def demo_links(site: Site) -> list[tuple[str, str]]:
    """A fresh sign-in address for each of the three; none in production or without demo data.

    Staff set their second factor up anew with each: nobody keeps a made-up person's telephone.
    """
    if site.settings.is_production:
        return []
    with write() as database:
        organisation = _busiest_organisation(database)
        if organisation is None:
            return []
        work = Work(database, site, CLOCK)
        people = [_person(work, role) for role in PEOPLE]
        _give_organisation(work, people[0], organisation)
        return [
            (account.role, print_link(work, account, THIS_MACHINE, LASTS)) for account in people
        ]


def _busiest_organisation(database: Session) -> str | None:
    """The made-up organisation with the most services: there is something to see."""
    return database.scalar(
        select(Service.organisation_id)
        .join(Organisation, Organisation.id == Service.organisation_id)
        .where(Organisation.source == DEMO)
        .group_by(Service.organisation_id)
        .order_by(func.count(Service.id).desc(), Service.organisation_id)
        .limit(1)
    )


def _person(work: Work, role: Role) -> Account:
    email, name = PEOPLE[role]
    account = work.database.scalars(select(Account).where(Account.email == email)).first()
    if account is None:
        account = Account(email=email, name=name, role=role)
        work.database.add(account)
        work.database.flush()
    account.role, account.disabled_at = role, None
    if role in STAFF_ROLES and account.totp_confirmed_at is not None:
        factor.reset(work, account)
    return account


def _give_organisation(work: Work, account: Account, organisation: str) -> None:
    held = select(Membership.id).where(Membership.account_id == account.id)
    if work.database.scalar(held.limit(1)) is None:
        add_member(work, account, organisation, is_lead=True)
