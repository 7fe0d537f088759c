"""Words that open doors: made at random, kept only as fingerprints, or sealed.

Everything here hangs on `SECRET_KEY`, by a key of its own for each purpose, so that one cannot
stand in for another.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CODE_DIGITS = 6


def new_token() -> str:
    """A word of 256 random bits, fit for an address or a cookie."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A short code of six digits, for reading off one screen and typing on another."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def fingerprint(word: str) -> str:
    """What is kept of a random word: enough to know it again, useless for making it."""
    return sha256(word.encode("utf-8", "replace")).hexdigest()


def keyed_fingerprint(secret: str, purpose: str, *words: str) -> str:
    """What is kept of a short or guessable word: nobody without the key can try them all."""
    said = "\0".join(words).encode("utf-8", "replace")
    return hmac.new(derive(secret, purpose), said, sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two fingerprints are the same, in a time that tells nothing."""
    return hmac.compare_digest(one, other)


@lru_cache(maxsize=64)
def derive(secret: str, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose."""
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"local-offer {purpose}".encode())
    return hkdf.derive(secret.encode())


def box(secret: str, purpose: str) -> Fernet:
    """What seals and unseals texts for one purpose."""
    return Fernet(urlsafe_b64encode(derive(secret, purpose)))
