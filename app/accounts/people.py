"""What administrators do with people: roles, shutting out, letting in, a lost telephone.

Nobody does these to themselves, so an administrator is always left.
"""

from __future__ import annotations

from app.accounts import factor, mails
from app.accounts.invitations import withdraw_all_of
from app.accounts.sessions import end_all_sessions
from app.audit import Work, record
from app.database import now
from app.languages import gettext as _
from app.models import Account
from app.states import Role


class OwnAccountError(ValueError):
    """This is not done to oneself."""


def change_role(work: Work, account: Account, role: Role) -> None:
    """Give somebody another role, from the next sign-in on. Raises `OwnAccountError`."""
    _not_oneself(work, account)
    if account.role == role:
        return
    old, account.role = account.role, role
    record(work, "account.role", ("account", account.id), {"role": old}, {"role": role})
    end_all_sessions(work, account)


def disable(work: Work, account: Account) -> None:
    """Shut somebody out at once, and whom they invited. Raises `OwnAccountError`."""
    _not_oneself(work, account)
    if account.disabled_at is None:
        account.disabled_at = now()
        record(work, "account.disabled", ("account", account.id))
        end_all_sessions(work, account)
        withdraw_all_of(work, account.id)


def enable(work: Work, account: Account) -> None:
    """Let somebody in again, who then signs in anew."""
    if account.disabled_at is not None:
        account.disabled_at = None
        record(work, "account.enabled", ("account", account.id))


def reset_factor(work: Work, account: Account) -> None:
    """For a lost telephone: the next sign-in sets it up anew. Raises `OwnAccountError`."""
    _not_oneself(work, account)
    factor.reset(work, account)
    end_all_sessions(work, account)
    told = _("An administrator reset your second step. You set it up anew when you sign in.")
    mails.factor_changed(work, account.email, told)


def rename(work: Work, account: Account, name: str) -> None:
    """Call somebody as they wish."""
    if account.name != name:
        record(
            work, "account.name", ("account", account.id), {"name": account.name}, {"name": name}
        )
        account.name = name


def _not_oneself(work: Work, account: Account) -> None:
    if work.actor.id == account.id:
        raise OwnAccountError
