"""What was asked lately is remembered for as long as the object that knows it is used."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast
from weakref import WeakMethod

Given = ParamSpec("Given")
Told = TypeVar("Told")


def lately(method: Callable[Given, Told], most: int | None) -> Callable[Given, Told]:
    """A method that remembers what it was `most` lately asked (all, when None).

    It does not keep its object. A cache of a bound method would: an index that has been followed
    by a newer one would then take up memory until the next sweep of all memory, which is rare.
    """
    held = WeakMethod(method)

    def ask(*given: Given.args, **named: Given.kwargs) -> Told:
        found = held()
        assert found is not None
        return found(*given, **named)

    return cast(Callable[Given, Told], lru_cache(maxsize=most)(ask))
