"""Commands that write the directory find their tables, and leave it searchable."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask.cli import with_appcontext

from app.operations.prepare import prepare_tables, search_engine


def on_ready_tables(command: click.Command) -> click.Command:
    """The command, or every command of the group, between tables made and changes indexed."""
    if isinstance(command, click.Group):
        for part in command.commands.values():
            on_ready_tables(part)
    elif command.callback is not None:
        command.callback = _ready(command.callback)
    return command


def _ready(callback: Callable[..., Any]) -> Callable[..., Any]:
    """Run on tables of the newest form, then index what changed."""

    @with_appcontext
    @wraps(callback)
    def run(*args: Any, **options: Any) -> Any:
        prepare_tables()
        given = callback(*args, **options)
        search_engine().catch_up()
        return given

    return run
