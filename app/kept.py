"""Parts of pages that are the same for everyone, rendered once and kept ready.

A part is kept for a language and for whatever else it depends on, which its caller names.
It is a copy that can be thrown away: a new process begins with none.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from flask import Flask, current_app, render_template
from markupsafe import Markup

from app.languages import current_words

STORE = "local-offer-kept"


def kept(template: str, *depends: Hashable) -> Markup:
    """A part as HTML. `depends`: all that it shows beside the language's own words."""
    store: dict[Hashable, Markup] = current_app.extensions[STORE]
    key = (template, current_words(), depends)
    part = store.get(key)
    if part is None:
        part = store[key] = Markup(render_template(template))  # noqa: S704 - our own template
    return part


def macros(template: str) -> Any:
    """The macros of a template that need nothing of the page: `import` looks for that each time."""
    return current_app.jinja_env.get_template(template).module


def lines(parts: Iterable[str]) -> Markup:
    """Parts that are HTML already, one below another."""
    return Markup("\n".join(parts))  # noqa: S704 - as said


def init_kept(app: Flask) -> None:
    """Give these to templates."""
    app.extensions[STORE] = {}
    app.jinja_env.globals.update(kept=kept, macros=macros, lines=lines)
