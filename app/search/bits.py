"""Which rows are meant, one bit for each: masks that are small and quickly put together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

WIDTH = 64
"""Rows of one number."""
Bits = NDArray[np.uint64]
"""One bit a row, 64 rows a number; spare bits at the end are 0."""
Mask = NDArray[np.bool_]


def pack(mask: NDArray[np.bool_]) -> Bits:
    """A mask (its last axis is rows) as bits."""
    octets = np.packbits(mask, axis=-1, bitorder="little")
    whole = np.zeros((*octets.shape[:-1], -(-octets.shape[-1] // 8) * 8), np.uint8)
    whole[..., : octets.shape[-1]] = octets
    return whole.view(np.uint64)


def unpack(bits: Bits, rows: int) -> Mask:
    """Bits as a mask of so many rows."""
    octets = np.ascontiguousarray(bits).view(np.uint8)
    return np.unpackbits(octets, axis=-1, count=rows, bitorder="little").view(np.bool_)


def put(whole: Bits, places: Sequence[int], first: int, part: Bits) -> None:
    """Set in some of the masks of `whole`, at `places`, what is set in those of `part`, whose
    first row is its row `first`: without making masks of them, which take eight times the room.
    """
    number, shift = divmod(first, WIDTH)
    end = number + part.shape[1]
    whole[places, number:end] |= part << np.uint64(shift)
    if shift:  # the last rows of each number go to the next; a shift by its width says nothing
        room = whole.shape[1] - number - 1
        whole[places, number + 1 : end + 1] |= part[:, :room] >> np.uint64(WIDTH - shift)


def popcount(bits: Bits) -> NDArray[np.int64]:
    """How many bits are set along the last axis."""
    return np.bitwise_count(bits).sum(axis=-1, dtype=np.int64)
