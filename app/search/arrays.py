"""Arrays one behind another in a file, in NumPy's own form: to be read whole, or piece by piece.

They are read and not mapped: cutting a mapped file short ends every process that looks at it.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray


class Held(NamedTuple):
    """Where an array of one dimension lies in a file."""

    start: int
    dtype: np.dtype[Any]

    def piece(self, file: BinaryIO, first: int, last: int) -> NDArray[Any]:
        """Its values from `first` up to and without `last`. Raises `ValueError` when they are
        not there."""
        file.seek(self.start + first * self.dtype.itemsize)
        size = (last - first) * self.dtype.itemsize
        return np.frombuffer(file.read(size), self.dtype, last - first)


def write_array(file: BinaryIO, array: NDArray[Any]) -> None:
    """Put an array behind what has been written."""
    npy.write_array(file, array, version=(1, 0), allow_pickle=False)


def read_array(file: BinaryIO) -> NDArray[Any]:
    """The next array. Raises `ValueError` when it is damaged."""
    array: NDArray[Any] = npy.read_array(file, allow_pickle=False)
    return array


def pass_array(file: BinaryIO) -> Held:
    """Where the next array lies; goes on behind it. Raises `ValueError` when it is damaged."""
    npy.read_magic(file)
    shape, _, dtype = npy.read_array_header_1_0(file)
    held = Held(file.tell(), dtype)
    file.seek(held.start + prod(shape) * dtype.itemsize)
    return held


def from_texts(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Texts without line breaks as an array."""
    return np.frombuffer("\n".join(texts).encode("utf-8"), np.uint8)


def to_texts(array: NDArray[np.uint8]) -> list[str]:
    """The texts again; none for an empty array."""
    return array.tobytes().decode("utf-8").split("\n") if array.size else []
