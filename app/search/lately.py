"""What is asked of an object is remembered for as long as the object is used."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import ref

Owner = TypeVar("Owner")
Given = ParamSpec("Given")
Told = TypeVar("Told")
Method = Callable[Concatenate[Owner, Given], Told]


def lately(most: int | None) -> Callable[[Method[Owner, Given, Told]], Method[Owner, Given, Told]]:
    """Makes a method, or a function of an object, remember what it was `most` lately asked (all,
    when None).

    What is remembered lies with the object and does not keep it. A cache of a bound method would:
    an index that has been followed by a newer one would then take up memory until the next sweep
    of all memory, which is rare.
    """

    def remembering(method: Method[Owner, Given, Told]) -> Method[Owner, Given, Told]:
        place = _place(method.__name__)

        @wraps(method)
        def ask(self: Owner, /, *given: Given.args, **named: Given.kwargs) -> Told:
            known = vars(self).get(place)
            if known is None:
                known = vars(self).setdefault(place, lru_cache(most)(_loosely(method, self)))
            told: Told = known(*given, **named)
            return told

        return ask

    return remembering


def forget(owner: object, method: str) -> None:
    """Have a method of this object work everything out anew, as measuring needs it."""
    vars(owner).pop(_place(method), None)


def _place(method: str) -> str:
    """Under what name an object holds what a method of it remembers."""
    return f"_lately_{method}"


def _loosely(method: Callable[..., Told], owner: object) -> Callable[..., Told]:
    """The method of an object, not holding the object: whoever asks does."""
    held = ref(owner)

    def ask(*given: Hashable, **named: Any) -> Told:
        return method(held(), *given, **named)

    return ask
