"""Which rows are meant, one bit for each: masks that are small and quickly put together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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


def popcount(bits: Bits) -> NDArray[np.int64]:
    """How many bits are set along the last axis."""
    return np.bitwise_count(bits).sum(axis=-1, dtype=np.int64)
