"""The site as gunicorn starts it, with two things more, for the search for answers in files.

It notes every file it opens to write. And while the file `broken` stands in its folder, the pages
of the self-check fail as badly as they can: with an error that quotes all that the family said.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

from flask import request

from app import create_app
from app.config import read_settings
from app.selfcheck import result, routes
from app.selfcheck.answers import COOKIE, unseal

FOLDER = Path(os.environ["CANARY_FOLDER"])
BROKEN, WRITTEN = FOLDER / "broken", FOLDER / "written"
AFTER, PAGE, RULES, LEAK = "after", "page", "rules", "leak"
"""What is broken: a view at its end, the making of a page, the rules; or a line is logged."""
FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND

settings = replace(read_settings(), mail_folder=FOLDER / "mail")
app = create_app(settings)
_notes = os.open(WRITTEN, os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def note_files(event: str, facts: tuple[Any, ...]) -> None:
    """Note the path of each file that is opened to write, databases among them."""
    is_written = event == "open" and isinstance(facts[2], int) and facts[2] & FOR_WRITING
    if is_written or event == "sqlite3.connect":
        os.write(_notes, f"{facts[0]}\n".encode())


def is_broken(part: str) -> bool:
    """Whether a part of the self-check is to fail just now."""
    return BROKEN.is_file() and BROKEN.read_text() == part


def all_it_knows() -> str:
    """Everything a family said, as an error may quote it."""
    sealed = request.cookies.get(COOKIE, "")
    said = unseal(sealed, settings.secret_key) if sealed else None
    return repr((request.full_path, request.form.to_dict(flat=False), sealed, said))


def fragile(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view that does its work and then fails, or tells it all to the log."""

    @wraps(view)
    def shown(**values: Any) -> Any:
        answer = view(**values)
        if is_broken(AFTER):
            raise RuntimeError(all_it_knows())
        if is_broken(LEAK):
            print(all_it_knows(), file=sys.stderr, flush=True)
        return answer

    return shown


def unless_broken(part: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """A function that fails with all it was given while its part is broken."""

    @wraps(work)
    def worked(*given: Any, **named: Any) -> Any:
        if is_broken(part):
            raise ValueError(f"{given!r} {named!r} {all_it_knows()}")
        return work(*given, **named)

    return worked


for name, view in list(app.view_functions.items()):
    if name.startswith("selfcheck."):
        app.view_functions[name] = fragile(view)
vars(routes)["render_template"] = unless_broken(PAGE, routes.render_template)
vars(result)["evaluate"] = unless_broken(RULES, result.evaluate)
sys.addaudithook(note_files)
