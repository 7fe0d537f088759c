"""Compiles the address of a page once for all applications of a run.

Each test has an application of its own, and all have the same hundred addresses. What Werkzeug
compiles for one depends on nothing but its parts, and took nearly all the time an application takes
to make.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule


def compile_once() -> None:
    """From here on, builders of the same address are shared."""
    compile_builder = Rule._compile_builder
    kept: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}

    def compile_or_take(rule: Rule, append_unknown: bool = True) -> Callable[..., Any]:
        defaults = tuple(sorted((rule.defaults or {}).items()))
        key = (rule.rule, tuple(rule._trace), defaults, append_unknown)
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    Rule._compile_builder = compile_or_take  # type: ignore[method-assign]
