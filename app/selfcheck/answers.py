"""A family's answers, kept nowhere but in one sealed cookie of their own browser.

The cookie is encrypted and signed (Fernet), so that neither the browser nor anyone on the way
can read or change it. It is sent back only to the pages of the self-check, ends with the browser,
and is refused half an hour after the last answer.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from functools import lru_cache

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Response

COOKIE = "self_check"
PATH = "/self-check"
SECONDS = 30 * 60
"""How long after the last answer the cookie can still be opened."""
LONGEST = 3500
"""Letters of the whole cookie: browsers keep 4,096."""
PURPOSE = b"local-offer self-check cookie 1"

Said = str | bool | int | list[str] | None
"""One answer as the cookie holds it: a code, yes or no, a number, or the codes that are ticked."""


class SealError(ValueError):
    """A cookie that is not ours, was changed, or is too old. Says nothing of what it held."""


class StaleFormError(SealError):
    """A form that was made for other answers than the cookie's: those stay."""


class Wrong(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was sent with a question and cannot be taken: shown once, with what is wrong, then gone.

    It waits in the cookie only from the form to the page that follows it. Were that page the
    form's own answer, the browser would write what was typed into its history, and Back would
    stop at it.
    """

    question: str
    problem: str
    chosen: frozenset[tuple[str, str]] = frozenset()
    typed: str = ""
    is_typed_wrong: bool = False


class Answers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a family has said so far.

    `token` must come back with every form. `said`: key to answer. `skipped`: ids of questions.
    `again`: ids of questions that were answered but must be asked once more, because another
    answer took away a part of theirs.
    """

    token: str
    said: Mapping[str, Said] = {}
    skipped: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()
    wrong: Wrong | None = None

    def has_token(self, token: str) -> bool:
        """Whether a form was made for these answers."""
        return secrets.compare_digest(self.token.encode(), token.encode("utf-8", "replace"))


def no_answers() -> Answers:
    """A clean beginning, with a token that nobody can guess."""
    return Answers(secrets.token_urlsafe(12))


def seal(answers: Answers, secret: str) -> str:
    """The text of the cookie. Raises `SealError` when it would be too long for a browser."""
    sealed = _box(secret).encrypt(msgspec.json.encode(answers)).decode("ascii")
    if len(sealed) > LONGEST:
        raise SealError("too many answers for a cookie")
    return sealed


def unseal(sealed: str, secret: str) -> Answers:
    """The answers in a cookie. Raises `SealError`."""
    try:
        opened = _box(secret).decrypt(sealed.encode("utf-8", "replace"), ttl=SECONDS)
        return msgspec.json.decode(opened, type=Answers)
    except (InvalidToken, msgspec.DecodeError):
        raise SealError("the cookie cannot be opened") from None


def keep(answers: Answers, response: Response, secret: str, *, secure: bool) -> None:
    """Put the answers into the browser's cookie; half an hour begins anew."""
    sealed = seal(answers, secret)
    response.set_cookie(COOKIE, sealed, path=PATH, httponly=True, samesite="Lax", secure=secure)


def drop(response: Response) -> None:
    """Take the cookie away."""
    response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="Lax")


@lru_cache(maxsize=8)
def _box(secret: str) -> Fernet:
    """The lock whose key is derived from the site's secret, for this one purpose."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(urlsafe_b64encode(derived))
