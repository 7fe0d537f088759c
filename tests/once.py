"""Compiles addresses and templates once for all applications of a run.

Each test has an application of its own, and all have the same hundred addresses and templates. What
Werkzeug and Jinja compile for one depends on nothing but their source, and took most of the time
that a test with an application takes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


def compile_once() -> None:
    """From here on, builders of the same address and the code of the same template are shared."""
    _share_addresses()
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": _Templates()}


class _Templates(BytecodeCache):
    """The code of templates, by their name, place and source."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code if this very source was compiled before."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept[bucket.key, bucket.checksum] = bucket.code


def _share_addresses() -> None:
    compile_builder = Rule._compile_builder
    kept: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}

    def compile_or_take(rule: Rule, append_unknown: bool = True) -> Callable[..., Any]:
        defaults = tuple(sorted((rule.defaults or {}).items()))
        key = (rule.rule, tuple(rule._trace), defaults, append_unknown)
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    patch.object(Rule, "_compile_builder", compile_or_take).start()
