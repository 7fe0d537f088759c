"""Parts of pages that are the same for everyone, rendered once and kept ready.

A part is kept for a language and for whatever else it depends on, which its caller names.
It is a copy that can be thrown away: a new process begins with none.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

from flask import Flask, current_app, render_template
from markupsafe import Markup, escape

from app.languages import current_words

STORE = "local-offer-kept"
GAPS = "\ue000\ue001\ue002\ue003\ue004"
"""Stand where values go: letters for private use, which no template has."""
GAP = re.compile(b"(" + "|".join(GAPS).encode() + b")")


def kept(template: str, *depends: Hashable) -> Markup:
    """A part as HTML. `depends`: all that it shows beside the language's own words."""
    store: dict[Hashable, Markup] = current_app.extensions[STORE]
    key = (template, current_words(), depends)
    part = store.get(key)
    if part is None:
        part = store[key] = Markup(render_template(template))  # noqa: S704 - our own template
    return part


def filled(template: str, **values: object) -> Markup:
    """A kept part with gaps, in which each value stands as it is, made safe.

    The template may show its values, and choose by which there are, but not by what they say: it
    is given a letter for each of them.
    """
    store: dict[Hashable, str] = current_app.extensions[STORE]
    key = (template, current_words(), tuple(values))
    mould = store.get(key)
    if mould is None:
        gaps = dict(zip(values, GAPS, strict=False))
        mould = render_template(template, **gaps).replace("%", "%%")
        for name, gap in gaps.items():
            mould = mould.replace(gap, f"%({name})s")
        store[key] = mould
    safe = {name: escape(value) for name, value in values.items()}
    return Markup(mould % safe)  # noqa: S704 - our own template, and what was made safe


def macros(template: str) -> Any:
    """The macros of a template that need nothing of the page: `import` looks for that each time."""
    return current_app.jinja_env.get_template(template).module


class Ready:
    """Large parts of one page that are HTML as bytes already.

    The template gets a letter for each, and the parts are laid in when all round them is rendered:
    they are copied once, and one curly quote does not make the whole page slow to encode.
    """

    __slots__ = ("parts",)

    def __init__(self) -> None:
        self.parts: dict[bytes, bytes] = {}

    def add(self, part: bytes) -> Markup:
        """What stands for a part in the template; nothing for nothing."""
        if not part:
            return Markup()
        letter = GAPS[len(self.parts)]
        self.parts[letter.encode()] = part
        return Markup(letter)  # noqa: S704 - a letter

    def lay_in(self, html: str) -> bytes:
        """The whole page."""
        pieces = GAP.split(html.encode())
        pieces[1::2] = [self.parts.get(gap, gap) for gap in pieces[1::2]]
        return b"".join(pieces)


def init_kept(app: Flask) -> None:
    """Give these to templates."""
    app.extensions[STORE] = {}
    app.jinja_env.globals.update(kept=kept, filled=filled, macros=macros)
