"""`people`: inviting, a sign-in address for somebody without mail, a lost second factor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup
from sqlalchemy import func, select

from app.accounts import factor
from app.accounts.demo import demo_links
from app.accounts.invitations import invite
from app.accounts.sessions import end_all_sessions
from app.accounts.signing_in import ANY_BROWSER, find_account, print_link
from app.audit import Actor, Work, record
from app.database import write
from app.forms import is_email
from app.models import Account, Membership, Organisation
from app.site import current_site
from app.states import Role

ROLES = [role.value for role in Role]
COMMAND = Actor("", "a command", "")
group = AppGroup("people", help="Who may sign in.")


@contextmanager
def _working() -> Iterator[Work]:
    with write() as database:
        yield Work(database, current_site(), COMMAND)


@group.command("invite")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What they may do.")
@click.option("--organisation", default="", help="Whom they act for; made when there is none.")
def invite_person(email: str, role: str, organisation: str) -> None:
    """Mail an invitation to EMAIL, good for 48 hours."""
    if not is_email(email):
        raise click.ClickException(f"“{email}” is not an email address.")
    if organisation and role != Role.PROVIDER:
        raise click.ClickException("only providers act for an organisation.")
    with _working() as work:
        place = _organisation(work, organisation) if organisation else None
        invite(work, email, role, place, is_lead=place is not None and _has_no_lead(work, place))
    click.echo(f"Invited {email}. The running site mails it, or `mail send`.")


@group.command("sign-in-link")
@click.argument("email")
def sign_in_link(email: str) -> None:
    """Print an address by which EMAIL signs in once, within 15 minutes.

    It does not pass the second factor of staff.
    """
    with _working() as work:
        click.echo(print_link(work, _account(work, email), ANY_BROWSER))


@group.command("reset-second-factor")
@click.argument("email")
def reset_second_factor(email: str) -> None:
    """Let EMAIL set the second factor up anew, after a lost telephone."""
    with _working() as work:
        account = _account(work, email)
        factor.reset(work, account)
        end_all_sessions(work, account)
    click.echo(f"{email} sets it up at the next sign-in.")


@group.command("demo-links")
def print_demo_links() -> None:
    """Print fresh addresses for three made-up people, on a developer's machine only."""
    links = demo_links(current_site())
    if links:
        click.echo("Sign in on this machine, once each, as a made-up")
    for role, address in links:
        click.echo(f"  {role:<14} {address}")


def _account(work: Work, email: str) -> Account:
    account = find_account(work.database, email)
    if account is None:
        raise click.ClickException(f"nobody with the address {email} may sign in.")
    return account


def _organisation(work: Work, name: str) -> Organisation:
    """The organisation of a name, made when there is none."""
    found = select(Organisation).where(func.lower(Organisation.name) == name.lower())
    held = list(work.database.scalars(found.limit(2)))
    if len(held) > 1:
        raise click.ClickException(f"more than one organisation is called “{name}”.")
    if held:
        return held[0]
    made = Organisation(name=name)
    work.database.add(made)
    work.database.flush()
    record(work, "organisation.made", ("organisation", made.id), None, {"name": name})
    click.echo(f"There was no organisation “{name}”: it is new.")
    return made


def _has_no_lead(work: Work, organisation: Organisation) -> bool:
    leads = select(Membership.id).where(
        Membership.organisation_id == organisation.id, Membership.is_lead
    )
    return work.database.scalar(leads.limit(1)) is None
