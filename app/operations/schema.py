"""Which form the tables have, which form the code wants, and the way from one to the other."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import upgrade

from app.config import ROOT
from app.extensions import db

MIGRATIONS = ROOT / "migrations"


def newest_revision() -> str:
    """The form of the tables that the code wants."""
    return _scripts().get_current_head() or ""


def known_revisions() -> set[str]:
    """Every form the tables have ever had."""
    return {script.revision for script in _scripts().walk_revisions()}


def current_revision() -> str:
    """The form the tables have; empty while there are none. Raises DBAPIError."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


def migrate_to_newest() -> bool:
    """Give the tables the form the code wants; True when they had another."""
    make_database_folder()
    db.session.remove()
    if current_revision() == newest_revision():
        return False
    upgrade(directory=str(MIGRATIONS))
    return True


def make_database_folder() -> None:
    """Make the folder of a SQLite file, so that the file can be made in it."""
    path = sqlite_file()
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)


def sqlite_file() -> Path | None:
    """The file of the SQLite database; None on PostgreSQL and in memory."""
    url = db.engine.url
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database))


def _scripts() -> ScriptDirectory:
    config = Config(str(MIGRATIONS / "alembic.ini"))
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)
