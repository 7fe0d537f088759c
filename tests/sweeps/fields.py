"""The field-level table: what a provider cannot set, by form, by forged request, by import.

All columns are tried that are not in the short list of what a provider may set, so a new one is
guarded until somebody lists it. A forged request is a provider's whole form with every guarded
column added under each name a forger might try: it must change just what the honest form does.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Boolean, Column, Date, DateTime, Integer

from app.extensions import Base
from tests.sweeps.matrix import Store, addresses, ask, watched
from tests.sweeps.posts import FORMS
from tests.sweeps.test_access import ACCESS, PROVIDER
from tests.sweeps.world import COLUMNS, World
from tests.unit.feeds.examples import oruk3

PROVIDER_COLUMN = next(column for column in COLUMNS if column.name == "provider, own")
GUARDED: Final = (
    "organisation",
    "service",
    "location",
    "quality_mark",
    "listing",
    "listing_version",
    "old_address",
    "revision",
    "field_comment",
    "account",
    "membership",
    "invitation",
    "login_session",
    "audit_entry",
)
"""The tables that hold what only staff, or only the site itself, decides."""
MAY_SET: Final = {
    "service": {"space", "wait_weeks", "space_note", "space_on", "closed_until", "modified_at"},
    "revision": {
        "content",
        "saved",
        "sections",
        "updated_at",
        "status",
        "submitted_at",
        "flags",
    },
    "listing": {"document", "words", "content_hash", "published_at"},
    "account": {"name"},
    "login_session": {"ended_at"},
}
"""What a provider's forms change of records that are there: spaces and closings at once, which
the listing then shows; the changes they propose, and sending them; their name; signing out."""
MAY_ADD: Final = {"revision", "cancellation", "change_feed", "audit_entry"}
MAY_TAKE_AWAY: Final = {"cancellation"}
MOST_NAMES = 300
"""Names forged in one request: more fields than a form may have are refused unread."""
WORDS, NUMBER, DAY = "forged", 7_654_321, "2099-09-09"
RANDOM = re.compile(
    r"new-[0-9a-f]{12}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|\d{4}-\d\d-\d\dT[\d:.]+"
)
COUNTED_ON = "number"
"""What is different each time: new ids, seals and moments, and what the database counts on."""
Rows = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Change:
    """One row that was added, taken away or changed; of a change only what is new."""

    table: str
    what: str
    values: str

    @property
    def is_allowed(self) -> bool:
        """Whether a provider may do so."""
        if self.what == "added":
            return self.table in MAY_ADD
        if self.what == "taken away":
            return self.table in MAY_TAKE_AWAY
        return {*json.loads(self.values)} <= MAY_SET.get(self.table, set())


@dataclass(frozen=True, slots=True)
class Try:
    """One request or import: by which way, where, and the faults it showed."""

    way: str
    where: str
    columns: tuple[str, ...]
    """The guarded columns it named."""
    faults: tuple[str, ...]


def guarded() -> list[Column[Any]]:
    """Every column of the guarded tables that a provider may not set."""
    tables = (Base.metadata.tables[name] for name in GUARDED)
    return [
        column
        for table in tables
        for column in table.columns
        if column.name not in MAY_SET.get(table.name, set())
    ]


def by_request(world: World) -> Iterator[Try]:
    """Each form of a provider: as it is, then with every guarded column forged into it."""
    with world.app.app_context():
        before = Store()
    for endpoint, path, _arguments in addresses(world):
        methods, least = ACCESS[endpoint]
        if least != PROVIDER or "POST" not in methods:
            continue
        form = dict(FORMS[endpoint](world, path))
        honest = changes_of(world, before, path, form)
        faults = tuple(f"{path}: {change}" for change in honest if not change.is_allowed)
        yield Try("form", endpoint, tuple(map(str, guarded())), faults)
        for columns in batches(guarded()):
            forged = {name: value_of(column) for column in columns for name in names_of(column)}
            found = changes_of(world, before, path, {**forged, **form})
            yield Try("forged", endpoint, tuple(map(str, columns)), difference(honest, found, path))


def batches(columns: list[Column[Any]]) -> Iterator[list[Column[Any]]]:
    """As many columns at a time as a form may have names for."""
    size = MOST_NAMES // len(names_of(columns[0]))
    for start in range(0, len(columns), size):
        yield columns[start : start + size]


def changes_of(world: World, before: Store, path: str, form: Mapping[str, Any]) -> Counter[Change]:
    """What a post changes in the whole database; afterwards all is as it was."""
    with watched(world) as wrote:
        ask(world, PROVIDER_COLUMN, "POST", path, form)
    if not wrote:
        return Counter()
    with world.app.app_context():
        found = compare(before.rows, Store().rows)
        before.put_back(frozenset(wrote))
    return found


def compare(before: Rows, after: Rows) -> Counter[Change]:
    """The changes from one state of the database to another."""
    found: Counter[Change] = Counter()
    for name in after:
        keys = [column.name for column in Base.metadata.tables[name].primary_key]
        old, new = (
            {tuple(row[key] for key in keys): row for row in rows[name]} for rows in (before, after)
        )
        for key in old.keys() | new.keys():
            if key not in old:
                found[Change(name, "added", plain(new[key]))] += 1
            elif key not in new:
                found[Change(name, "taken away", "")] += 1
            elif old[key] != new[key]:
                said = {
                    field: new[key][field]
                    for field in new[key]
                    if new[key][field] != old[key][field]
                }
                found[Change(name, "changed", plain(said))] += 1
    return found


def difference(honest: Counter[Change], found: Counter[Change], path: str) -> tuple[str, ...]:
    """What forging brought about."""
    return tuple(f"{path}: {change}" for change in (found - honest) + (honest - found))


def plain(values: Mapping[str, Any]) -> str:
    """Values in one line that can be compared with those of another try."""
    kept = {name: _still(value) for name, value in values.items() if name != COUNTED_ON}
    return RANDOM.sub("…", json.dumps(kept, sort_keys=True, default=str))


def _still(value: Any) -> Any:
    return "a moment" if isinstance(value, datetime) else value


def names_of(column: Column[Any]) -> tuple[str, ...]:
    """The names under which a forger might send a column."""
    table, name = column.table.name, column.name
    return (
        name,
        f"{table}.{name}",
        f"{table}-{name}",
        f"{table}[{name}]",
        f"{table}-0-{name}",
        f"places-0-{name}",
        f"staff.{name}",
    )


def value_of(column: Column[Any]) -> str:
    """A value that fits a column and that no honest record has."""
    if isinstance(column.type, Boolean):
        return "1"
    if isinstance(column.type, Integer):
        return str(NUMBER)
    return DAY if isinstance(column.type, Date | DateTime) else WORDS


def by_import(world: World, folder: Path) -> Iterator[Try]:
    """A feed that speaks of a provider's listing, then of a new service: as it is, then forged."""
    with world.app.app_context():
        before = Store()
    runner = {**oruk3()["organization"], "description": "We cook.", "email": "us@kettle.example"}
    new = oruk3(organization=runner)
    ours = {**new, "id": world.ids["service_id"]}
    ours["organization"] = {**runner, "id": world.ids["organisation"]}
    for where, record in (
        ("import of a listing kept here", ours),
        ("import of a new one", new),
    ):
        honest = _imported(world, before, folder, record)
        is_theirs = record is ours
        faults = tuple(map(str, honest)) if is_theirs else ()
        yield Try("import", where, tuple(map(str, guarded())), faults)
        found = _imported(world, before, folder, forged_record(record))
        yield Try("import", where, tuple(map(str, guarded())), difference(honest, found, where))


def forged_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record of a feed with every guarded column at each level of it."""
    flat = {name: value_of(column) for column in guarded() for name in names_of(column)}
    by_table: dict[str, dict[str, str]] = {}
    for column in guarded():
        by_table.setdefault(column.table.name, {})[column.name] = value_of(column)
    lists = {f"{name}s": [values] for name, values in by_table.items()}
    inside = {
        "organization": {**flat, **record["organization"]},
        "service_at_locations": [
            {**flat, **at, "location": {**flat, **at["location"]}}
            for at in record["service_at_locations"]
        ],
    }
    return {**flat, **by_table, **lists, **record, **inside}


def _imported(
    world: World, before: Store, folder: Path, record: Mapping[str, Any]
) -> Counter[Change]:
    file = folder / "kettle.json"
    file.write_text(json.dumps([record]))
    with watched(world) as wrote:
        result = world.app.test_cli_runner().invoke(args=["feed", "import", str(file), "--publish"])
    assert result.exit_code == 0, result.output
    with world.app.app_context():
        found = compare(before.rows, Store().rows)
        before.put_back(frozenset(wrote))
    return found
