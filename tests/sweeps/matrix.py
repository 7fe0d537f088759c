"""The access matrix: every address × method × kind of person, tried on the running application.

`python -m tests.sweeps` prints it. Each cell is a request with a whole form by a real session;
what was refused, and what only shows, must leave the database as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Table, event, select
from werkzeug.test import TestResponse

from app.database import write
from app.extensions import Base, db
from app.models import AuditEntry
from tests.sweeps.expected import METHODS, SECOND_STEP, SIGN_IN, expected
from tests.sweeps.posts import FORMS
from tests.sweeps.test_access import ACCESS, ARGUMENTS, SOME_ID
from tests.sweeps.world import Column, World

WRITES = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
LOG, LIMITS = "audit_entry", "rate_count"
DOORS = {SIGN_IN, SECOND_STEP}
HEADERS = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One try: who asked what, what should come and what came."""

    endpoint: str
    path: str
    method: str
    column: str
    expected: str
    got: str = ""
    wrote: frozenset[str] = frozenset()
    """The tables in which rows were written and kept."""
    doer: str = ""
    """The role under which the log has it; empty for nobody, and where nothing was logged."""

    @property
    def may_write(self) -> bool:
        """Whether it is a post that is taken: nothing else writes."""
        return self.method == "POST" and self.expected not in {"401", "404", "405"}

    @property
    def is_right(self) -> bool:
        """Whether it was answered as it should be, and nothing written that should not be."""
        return self.got == self.expected and (self.may_write or not self.wrote)


class Store:
    """What was in the database at first, to be put back after a try that wrote."""

    def __init__(self) -> None:
        self.tables: list[Table] = list(Base.metadata.sorted_tables)
        with db.engine.connect() as connection:
            self.rows = {
                table.name: [dict(row._mapping) for row in connection.execute(table.select())]
                for table in self.tables
            }

    def put_back(self, wrote: frozenset[str]) -> None:
        """Make the tables as they were that were written in, and those that hang on them."""
        touched = set(wrote)
        for table in self.tables:  # parents come before what hangs on them
            if any(key.column.table.name in touched for key in table.foreign_keys):
                touched.add(table.name)
        spoilt = [table for table in self.tables if table.name in touched]
        with write() as database:
            for table in reversed(spoilt):
                database.execute(table.delete())
            for table in spoilt:
                if self.rows[table.name]:
                    database.execute(table.insert(), self.rows[table.name])


@contextmanager
def watched(world: World) -> Iterator[set[str]]:
    """The tables in which something is written meanwhile and committed."""
    kept: set[str] = set()
    written: set[str] = set()

    def note(_connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        if found := WRITES.match(statement):
            written.add(found[1])

    def keep(_connection: Connection) -> None:
        kept.update(written)
        written.clear()

    def drop(_connection: Connection) -> None:
        written.clear()

    with world.app.app_context():
        engine = db.engine
    heard = (("before_cursor_execute", note), ("commit", keep), ("rollback", drop))
    for name, listener in heard:
        event.listen(engine, name, listener)
    try:
        yield kept
    finally:
        for name, listener in heard:
            event.remove(engine, name, listener)


def cells(world: World, column: Column, methods: tuple[str, ...] = METHODS) -> Iterator[Cell]:
    """Every address by every method, as one kind of person; each try begins with all as it was."""
    with world.app.app_context():
        store = Store()
    for endpoint, path, arguments in addresses(world):
        for method in methods:
            right = expected(endpoint, method, column, arguments)
            cell = _tried(world, column, Cell(endpoint, path, method, column.name, right))
            yield cell
            if cell.wrote:
                with world.app.app_context():
                    store.put_back(cell.wrote)


def _tried(world: World, column: Column, cell: Cell) -> Cell:
    form = _form(world, cell.endpoint, cell.path)
    with watched(world) as wrote:
        got = ask(world, column, cell.method, cell.path, form)
    doer = _last_doer(world) if LOG in wrote else ""
    return replace(cell, got=got, wrote=frozenset(wrote), doer=doer)


def _last_doer(world: World) -> str:
    with world.app.app_context():
        entries = select(AuditEntry.role).order_by(AuditEntry.number.desc()).limit(1)
        return db.session.scalar(entries) or ""


def addresses(world: World) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each endpoint with each of its addresses, and the names of the address's arguments."""
    with world.app.test_request_context():
        adapter = world.app.url_map.bind("localhost")
        for rule in sorted(world.app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
            assert rule.endpoint in ACCESS, f"{rule.endpoint} has no row in the access table"
            for things in world.things(rule.endpoint):
                known = {**ARGUMENTS, **things}
                values = {name: known.get(name, SOME_ID) for name in rule.arguments}
                path = adapter.build(rule.endpoint, values)
                yield rule.endpoint, path, frozenset(rule.arguments)


def ask(world: World, column: Column, method: str, path: str, form: Any) -> str:
    """What one request is answered, in a browser of its own."""
    client = world.browser(column)
    try:
        response = client.open(path, method=method, data=form, headers=HEADERS)
    except Exception as error:  # a crash is an answer here, and a wrong one
        return f"500 {type(error).__name__}"
    response.close()
    return told(response)


def told(response: TestResponse) -> str:
    """The status, and the door a redirect leads to."""
    door = f"{response.status_code} {(response.location or '').partition('?')[0]}"
    return door if door in DOORS else str(response.status_code)


def _form(world: World, endpoint: str, path: str) -> Any:
    """The form of an address, sent by any method: by GET it must do nothing."""
    if "POST" not in ACCESS[endpoint][0]:
        return None
    assert endpoint in FORMS, f"{endpoint} takes a form and has none in tests/sweeps/posts.py"
    return FORMS[endpoint](world, path)
