"""The second factor of staff: codes of an app on their phone, and ten codes for a bad day.

The secret is sealed on the account; a code of the app counts once (RFC 6238, 5.2), and so does
each recovery code. Neither is ever asked for in mail.
"""

from __future__ import annotations

import hmac
import secrets
import time

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken
from markupsafe import Markup
from sqlalchemy import delete, select

from app.audit import Work, record
from app.database import now
from app.models import Account, RecoveryCode
from app.sealing import box, keyed_fingerprint
from app.site import Site

STEP = 30
"""Seconds for which the app shows one code."""
STEPS_BESIDE = (0, -1, 1)
"""A phone's clock may be half a minute wrong."""
OFFER_SECONDS = 30 * 60
CODES = 10
CODE_DIGITS = 10
SECRET_PURPOSE, OFFER_PURPOSE = "second factor", "second factor offer"


def new_offer(site: Site, account: str) -> tuple[str, str]:
    """A new secret, and the same sealed for the form: nothing is kept before it is confirmed."""
    secret = pyotp.random_base32()
    return secret, _box(site, OFFER_PURPOSE).encrypt(f"{account}:{secret}".encode()).decode()


def opened_offer(site: Site, account: str, sealed: str) -> str:
    """The secret of a form made for this person within half an hour, or nothing."""
    try:
        said = _box(site, OFFER_PURPOSE).decrypt(sealed.encode(), ttl=OFFER_SECONDS).decode()
    except (InvalidToken, UnicodeError):
        return ""
    owner, _, secret = said.partition(":")
    return secret if owner == account else ""


def setup_address(site: Site, email: str, secret: str) -> str:
    """What the QR code says to the app."""
    return str(pyotp.TOTP(secret, name=email, issuer=site.council.site_name).provisioning_uri())


def qr_code(address: str) -> Markup:
    """A QR code as SVG with no style of its own."""
    svg = segno.make(address, error="m").svg_inline(
        omitsize=True, border=4, svgclass="qr", lineclass=None, light="#fff"
    )
    return Markup(svg)  # noqa: S704 - shapes made by a library from our own address


def confirm(work: Work, account: Account, secret: str, code: str) -> list[str] | None:
    """Set the second factor up; gives the recovery codes, or None for a wrong code."""
    step = matching_step(secret, code)
    if step is None or account.totp_confirmed_at is not None:
        return None
    account.totp_secret = _box(work.site, SECRET_PURPOSE).encrypt(secret.encode()).decode()
    account.totp_confirmed_at, account.totp_step = now(), step
    record(work, "factor.set_up", ("account", account.id))
    return new_recovery_codes(work, account)


def show(work: Work, account: Account, code: str) -> str:
    """Check a code: `app`, `recovery`, or nothing when it is wrong or was used before."""
    if _is_new_app_code(work, account, code):
        record(work, "factor.shown", ("account", account.id))
        return "app"
    if _use_recovery_code(work, account, code):
        record(work, "factor.recovery_used", ("account", account.id))
        return "recovery"
    record(work, "factor.wrong", ("account", account.id))
    return ""


def new_recovery_codes(work: Work, account: Account) -> list[str]:
    """Ten codes in place of the earlier ones; gives them, for showing once."""
    work.database.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}" for _ in range(CODES)]
    work.database.add_all(
        RecoveryCode(account_id=account.id, code_hash=_code_hash(work.site, account.id, code))
        for code in codes
    )
    record(work, "factor.new_codes", ("account", account.id))
    return [f"{code[:5]} {code[5:]}" for code in codes]


def reset(work: Work, account: Account) -> None:
    """Forget the second factor, so that it is set up anew at the next sign-in."""
    account.totp_secret, account.totp_confirmed_at = "", None
    work.database.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    record(work, "factor.reset", ("account", account.id))


def matching_step(secret: str, code: str) -> int | None:
    """The time step whose code this is, near now; None for a wrong code."""
    app, typed = pyotp.TOTP(secret), _digits(code)
    current = int(time.time()) // STEP
    for beside in STEPS_BESIDE:
        if hmac.compare_digest(app.generate_otp(current + beside), typed):
            return current + beside
    return None


def _is_new_app_code(work: Work, account: Account, code: str) -> bool:
    if account.totp_confirmed_at is None:
        return False
    secret = _unsealed(work.site, account)
    step = matching_step(secret, code) if secret else None
    if step is None or step <= account.totp_step:
        return False
    account.totp_step = step
    return True


def _use_recovery_code(work: Work, account: Account, code: str) -> bool:
    held = work.database.scalars(
        select(RecoveryCode).where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.code_hash == _code_hash(work.site, account.id, _digits(code)),
            RecoveryCode.used_at.is_(None),
        )
    ).first()
    if held is None:
        return False
    held.used_at = now()
    return True


def _unsealed(site: Site, account: Account) -> str:
    """The secret; nothing when it was sealed with another key than today's."""
    try:
        return _box(site, SECRET_PURPOSE).decrypt(account.totp_secret.encode()).decode()
    except InvalidToken:
        return ""


def _digits(code: str) -> str:
    """What was typed without spaces and marks between; only plain digits count."""
    return "".join(letter for letter in code if letter.isascii() and letter.isdigit())


def _code_hash(site: Site, account: str, code: str) -> str:
    return keyed_fingerprint(site.settings.secret_key, "recovery code", account, code)


def _box(site: Site, purpose: str) -> Fernet:
    return box(site.settings.secret_key, purpose)
