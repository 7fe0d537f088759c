"""Settings from the environment, typed and checked once at start-up."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent.parent
DEVELOPMENT_KEY = "development-only"
"""Locks nothing of value; `check` refuses it in production."""
NEUTRAL_SITE = "https://www.bbc.co.uk/weather"
"""Where a family that leaves in a hurry is sent: a page that anyone might read."""

DATABASES = ("sqlite", "postgresql+psycopg")
"""How the address of a database may begin."""
NO_DRIVER = "PostgreSQL's driver is missing: run `.venv/bin/pip install -e '.[postgres]'`"


class SettingError(ValueError):
    """A setting that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says, with defaults that suit a developer's machine."""

    council: str
    database_url: str
    search_index: Path
    secret_key: str
    public_url: str
    mail_url: str
    mail_folder: Path
    feedback_email: str
    config: str
    proxies: int = 0
    """How many servers in front are believed about a visitor's address."""
    accept_unagreed_rules: bool = False
    """Whether families may be shown rules the council has not agreed and numbers to be checked."""
    neutral_site: str = NEUTRAL_SITE
    """The address behind *Leave this site*."""

    @property
    def is_production(self) -> bool:
        """Whether families use this process."""
        return self.config == "production"

    @property
    def trusted_hosts(self) -> list[str] | None:
        """The host names answered to: in production the public address's, else any."""
        if not self.is_production:
            return None
        host = self.public_url.partition("://")[2].split("/")[0].partition(":")[0]
        return [host or "localhost", "127.0.0.1"]


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the environment. Raises `SettingError` for a value that cannot be right."""
    env = os.environ if environ is None else environ
    council = env.get("COUNCIL", "").strip().lower() or "devon"
    if not council.replace("-", "").isalpha():
        raise SettingError(f"COUNCIL: “{council}” is not the code of a council")
    config = env.get("CONFIG", "").strip() or "development"
    if config not in {"production", "development"}:
        raise SettingError(f"CONFIG: “{config}” is neither production nor development")
    instance = ROOT / "instance"
    return Settings(
        council=council,
        database_url=_database_url(env.get("DATABASE_URL", ""))
        or f"sqlite:///{instance / council}.db",
        search_index=Path(env.get("SEARCH_INDEX", "") or ROOT / "search_index" / council),
        secret_key=env.get("SECRET_KEY", "") or DEVELOPMENT_KEY,
        public_url=env.get("PUBLIC_URL", "").rstrip("/"),
        mail_url=env.get("MAIL_URL", ""),
        mail_folder=instance / "mail",
        feedback_email=env.get("FEEDBACK_EMAIL", ""),
        config=config,
        proxies=_proxies(env.get("PROXIES", "")),
        accept_unagreed_rules=_yes("ACCEPT_UNAGREED_RULES", env),
        neutral_site=_web_address(env.get("NEUTRAL_SITE", "").strip() or NEUTRAL_SITE),
    )


def _database_url(text: str) -> str:
    """An address of a database that this installation can speak to.

    Raises `SettingError`, which never quotes the address: it may hold a password.
    """
    if not text:
        return ""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise SettingError("DATABASE_URL: this is not the address of a database") from None
    if url.drivername not in DATABASES:
        raise SettingError(f"DATABASE_URL: it begins with none of {', '.join(DATABASES)}")
    try:
        url.get_dialect().import_dbapi()
    except ImportError:
        raise SettingError(f"DATABASE_URL: {NO_DRIVER}") from None
    return text


def _proxies(text: str) -> int:
    """A small number of servers. Raises `SettingError`."""
    if text.strip() in {"", "0", "1", "2", "3"}:
        return int(text.strip() or 0)
    raise SettingError(f"PROXIES: “{text}” is not a number from 0 to 3")


def _web_address(text: str) -> str:
    """An address that a browser can be sent to. Raises `SettingError`."""
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname or not text.isprintable():
        raise SettingError("NEUTRAL_SITE: this is not an address that begins with https://")
    return text


def _yes(name: str, env: Mapping[str, str]) -> bool:
    """Whether a setting says yes. Raises `SettingError` for anything but yes and no."""
    text = env.get(name, "").strip().lower() or "no"
    if text not in {"yes", "no"}:
        raise SettingError(f"{name}: “{text}” is neither yes nor no")
    return text == "yes"
