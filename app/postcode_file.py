"""The file of postcodes in and around one council: its form, and looking a postcode up in it.

The file is xz-compressed: a 4-byte length, a JSON header (outcodes, ONS authority codes, each
outcode's number of postcodes, middle and main authority), then four columns over all postcodes in
order of outcode and inward code: inward code, easting, northing, and position of the authority in
the header's list. The first three are stored as steps from the row before, low bytes apart from
high bytes, because that halves the file. Positions are rounded to 10 metres: a postcode is a
street, not a door.
"""

import json
import lzma
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from app.council import COUNCILS_FOLDER

VERSION: Final = 1
ROUND_TO: Final = 10

# A small window: reading then takes 1 MB beside the data, where the preset's own takes 64 MB.
_FILTERS: Final = [
    {
        "id": lzma.FILTER_LZMA2,
        "preset": 9 | lzma.PRESET_EXTREME,
        "dict_size": 1 << 20,
        "pb": 0,
    }
]

Ints = npt.NDArray[np.int64]


class PostcodeFileError(ValueError):
    """A postcode file is missing, damaged or of another version; the message names it."""


class PostcodeRow(NamedTuple):
    """Where a postcode or outcode is, in grid metres, and its authority's ONS code."""

    easting: int
    northing: int
    authority: str


class PostcodeExtract:
    """The decoded file: about 11 bytes of memory a postcode, looked up by bisection."""

    def __init__(
        self,
        header: dict[str, Any],
        inward: npt.NDArray[np.uint16],
        columns: list[npt.NDArray[Any]],
    ) -> None:
        """Keep the decoded columns; use `open_extract` to make one from a file."""
        self._authorities: list[str] = header["authorities"]
        self._outcodes: dict[str, int] = {
            name: index for index, name in enumerate(header["outcodes"])
        }
        self._middles: list[list[int]] = header["middles"]
        self._starts = np.concatenate([[0], np.cumsum(header["counts"])])
        self._inward = inward
        self._easting, self._northing, self._authority = columns

    def __len__(self) -> int:
        """Count the postcodes."""
        return len(self._inward)

    def outcodes(self) -> list[str]:
        """List the outcodes in the file, in alphabetical order."""
        return list(self._outcodes)

    def find(self, outcode: str, inward: str) -> PostcodeRow | None:
        """Give the postcode made of these halves ("EX14", "1AA": capitals, no spaces), or None."""
        index = self._outcodes.get(outcode)
        if index is None:
            return None
        start, end = self._starts[index], self._starts[index + 1]
        number = np.uint16(inward_number(inward))
        row = int(start + np.searchsorted(self._inward[start:end], number))
        if row == end or self._inward[row] != number:
            return None
        return PostcodeRow(
            int(self._easting[row]) * ROUND_TO,
            int(self._northing[row]) * ROUND_TO,
            self._authorities[self._authority[row]],
        )

    def find_outcode(self, outcode: str) -> PostcodeRow | None:
        """Give the middle of an outcode's postcodes and the authority of most, or None."""
        index = self._outcodes.get(outcode)
        if index is None:
            return None
        easting, northing, authority = self._middles[index]
        return PostcodeRow(easting, northing, self._authorities[authority])


def extract_path(council_code: str) -> Path:
    """Say where a council's committed extract is."""
    return COUNCILS_FOLDER / f"{council_code}.postcodes.xz"


def inward_number(inward: str) -> int:
    """Turn the last three characters of a postcode ("1AA") into a number that keeps their order."""
    return int(inward[0]) * 676 + (ord(inward[1]) - 65) * 26 + ord(inward[2]) - 65


@cache
def open_extract(path: Path) -> PostcodeExtract:
    """Read an extract once and keep it; raises PostcodeFileError when it is missing or damaged."""
    try:
        data = lzma.decompress(path.read_bytes())
        length = int.from_bytes(data[:4], "little")
        header = json.loads(data[4 : 4 + length])
        if header["version"] != VERSION:
            raise ValueError(f"version {header['version']}, not {VERSION}")
        return _decode(header, np.frombuffer(data, np.uint8, offset=4 + length))
    except (OSError, lzma.LZMAError, ValueError, KeyError, TypeError) as fault:
        raise PostcodeFileError(f"{path.name}: cannot be read: {fault}") from fault


def write_extract(path: Path, header: dict[str, Any], columns: list[Ints]) -> None:
    """Write a file of a header and columns: inward, easting, northing, authority's position."""
    text = json.dumps({"version": VERSION} | header, separators=(",", ":")).encode()
    inward, easting, northing, authority = columns
    stored = b"".join(
        [
            len(text).to_bytes(4, "little"),
            text,
            _steps(inward),
            _steps(_rounded(easting)),
            _steps(_rounded(northing)),
            authority.astype(np.uint8).tobytes(),
        ]
    )
    path.write_bytes(lzma.compress(stored, filters=_FILTERS))


def _rounded(metres: Ints) -> Ints:
    """Give metres as the nearest whole tens."""
    return (metres + ROUND_TO // 2) // ROUND_TO


def _steps(column: Ints) -> bytes:
    """Store steps from row to row (0, -1, 1, -2 … as 0, 1, 2, 3 …), low bytes first."""
    step = np.diff(column, prepend=0)
    folded = np.where(step < 0, -2 * step - 1, 2 * step).astype("<u4")
    return np.ascontiguousarray(folded.view(np.uint8).reshape(-1, 4).T).tobytes()


def _unsteps(stored: npt.NDArray[np.uint8]) -> npt.NDArray[np.int32]:
    """Undo `_steps`."""
    folded = np.ascontiguousarray(stored.reshape(4, -1).T).view("<u4").ravel().astype(np.int32)
    return np.cumsum(np.where(folded & 1, -(folded >> 1) - 1, folded >> 1), dtype=np.int32)


def _decode(header: dict[str, Any], stored: npt.NDArray[np.uint8]) -> PostcodeExtract:
    """Make an extract of a header and columns; raises ValueError when lengths disagree."""
    rows = sum(header["counts"])
    if len(stored) != rows * 13:
        raise ValueError(f"{len(stored)} bytes for {rows} postcodes")
    inward, easting, northing = (
        _unsteps(stored[start * rows : (start + 4) * rows]) for start in (0, 4, 8)
    )
    return PostcodeExtract(
        header,
        inward.astype(np.uint16),
        [easting, northing, stored[12 * rows :].copy()],
    )
