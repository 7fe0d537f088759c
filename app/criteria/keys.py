"""What a family may be asked: keys, their codes and order, and groups of codes with a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import msgspec

COUNCIL: Final = "council"
"""Not asked: the council whose rules are used, worked out from where the child lives."""

Code = str | bool
Value = str | bool | int | None | frozenset[Code]
"""One answer: a code, yes or no, a number (None when not known), or the codes that are ticked."""


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of facts.toml: unchangeable, and a misspelt key is an error."""


class KeyRow(_Record, frozen=True):
    """A key as the file has it."""

    kind: Literal["one", "many", "yes_no", "number"]
    codes: tuple[Code, ...] = ()
    ordered: bool = False
    skipped: Code | tuple[Code, ...] | None = None
    youngest: int = 0
    oldest: int = 0
    step_up: str | None = None
    alone: tuple[str, ...] = ()


class Group(_Record, frozen=True):
    """Codes of one key that rules speak of by one word."""

    key: str
    codes: tuple[str, ...]
    source: str | None = None
    note: str | None = None


class Sign(_Record, frozen=True):
    """A sign of great need: one of these codes of a key."""

    key: str
    codes: tuple[str, ...]


class KeysFile(_Record, frozen=True):
    """The whole of facts.toml."""

    keys: dict[str, KeyRow]
    groups: dict[str, Group]
    strong_signs: tuple[Sign, ...]
    never_lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what kind of answer it takes, and which."""

    name: str
    kind: str
    codes: tuple[Code, ...] = ()
    ordered: bool = False
    skipped: Value = None
    """How rules read a question that was not answered."""
    youngest: int = 0
    oldest: int = 0
    step_up: str | None = None
    """The group each of whose codes is a step up when it is added."""
    alone: tuple[str, ...] = ()
    """Codes that are ticked alone or not at all."""


class Keys(Mapping[str, Key]):
    """Every key by its name, with the groups and signs that are made of their codes."""

    def __init__(self, file: KeysFile, councils: tuple[str, ...]) -> None:
        self._keys = {name: _key(name, row) for name, row in file.keys.items()}
        self._keys[COUNCIL] = Key(COUNCIL, kind="one", codes=councils)
        self.groups = file.groups
        self.strong_signs = file.strong_signs
        self.never_lost = file.never_lost
        self.asked: tuple[Key, ...] = tuple(
            key for key in self._keys.values() if key.name != COUNCIL
        )
        """The keys a family may answer: all but the one that is worked out."""

    def __getitem__(self, name: str) -> Key:
        return self._keys[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def _key(name: str, row: KeyRow) -> Key:
    many = row.kind == "many"
    skipped = frozenset(row.skipped) if isinstance(row.skipped, tuple) else row.skipped
    return Key(
        name,
        row.kind,
        row.codes,
        row.ordered,
        frozenset() if many and skipped is None else skipped,
        row.youngest,
        row.oldest,
        row.step_up,
        row.alone,
    )
