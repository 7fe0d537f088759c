"""What the folder of an index says of itself in its file `CURRENT`.

Which build is in use, up to which change, in what form it was written, and a checksum of each
file. Under it stands a checksum of its own, so that a state that was damaged is none.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from zlib import crc32

import msgspec

from app.search.documents import FORM
from app.search.segment import segments

CURRENT = "CURRENT"
CHUNK = 1 << 20
"""Bytes of a file read at once."""


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `CURRENT` says."""

    build: str
    feed: int
    """The number of the last change of the feed that is in the index."""
    files: dict[str, int] = {}
    """Name to checksum."""
    form: int = FORM


def read_state(root: Path) -> State | None:
    """The state of an index folder; None when there is no index, or none that can be used."""
    try:
        told, _, told_sum = (root / CURRENT).read_bytes().rpartition(b"\n")
        if told_sum != b"%08x" % crc32(told):
            return None
        state = msgspec.json.decode(told, type=State)
    except (OSError, msgspec.DecodeError):
        return None
    return state if state.form == FORM else None


def write_state(root: Path, state: State) -> None:
    """Put a state in the place of the one before, whole."""
    told = msgspec.json.encode(state)
    fresh = root / f"{CURRENT}.new"
    with fresh.open("wb") as file:
        file.write(b"%b\n%08x" % (told, crc32(told)))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(root / CURRENT)


def spoilt(root: Path, state: State, sound: Collection[str] = ()) -> list[str]:
    """The files that are there and not as they were written, without those known to be `sound`.

    Files that have gone are none of them: a commit takes away what it has replaced.
    """
    folder = root / state.build
    asked = ((name, told) for name, told in state.files.items() if name not in sound)
    return sorted(name for name, told in asked if checksum(folder / name) not in {told, None})


class Checked:
    """The files of an index that one process has found as they were written."""

    def __init__(self) -> None:
        self._stamps: dict[str, tuple[int, int]] = {}

    def spoilt(self, root: Path, state: State) -> list[str]:
        """The same as `spoilt`, without reading a file again that nobody has written to since."""
        now = stamps(root, state)
        sound = [name for name, stamp in now.items() if self._stamps.get(name) == stamp]
        bad = spoilt(root, state, sound)
        if not bad:
            self._stamps = now
        return bad


def stamps(root: Path, state: State) -> dict[str, tuple[int, int]]:
    """When each file that is there was last written, and its size: a look without reading."""
    found = {}
    for name in state.files:
        with suppress(OSError):
            told = (root / state.build / name).stat()
            found[name] = told.st_mtime_ns, told.st_size
    return found


def checksum(path: Path, *, flush: bool = False) -> int | None:
    """A file's checksum, once it is safely on disk if asked for; None when it is not there."""
    whole = 0
    try:
        with path.open("rb") as file:
            if flush:
                os.fsync(file.fileno())
            while part := file.read(CHUNK):
                whole = crc32(part, whole)
    except OSError:
        return None
    return whole


def opens(folder: Path) -> bool:
    """Whether every file that the newest generation needs can be opened."""
    try:
        for reader in segments(folder):
            reader.column_reader("facts")
    except Exception:  # a damaged file can make Whoosh raise anything
        return False
    return True
