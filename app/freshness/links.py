"""The word in a reminder's link: random, signed, kept only as a fingerprint, good once."""

from __future__ import annotations

from hashlib import sha256

from itsdangerous import BadSignature, Signer

from app.sealing import fingerprint, new_token


def new_word(secret: str) -> str:
    """A fresh word, signed by this site."""
    return _signer(secret).sign(new_token()).decode()


def print_of(secret: str, word: str) -> str:
    """What is kept of a word; empty for one this site never signed."""
    try:
        _signer(secret).unsign(word)
    except BadSignature:
        return ""
    return fingerprint(word)


def _signer(secret: str) -> Signer:
    return Signer(secret, salt="still right", digest_method=sha256)
