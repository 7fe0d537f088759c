"""How the administrator's commands fail: one plain line on standard error, exit status 1."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import current_app
from sqlalchemy.exc import DBAPIError


class PlainError(click.ClickException):
    """A command cannot go on; the message says why and what to do."""


def speak_plainly(command: click.Command) -> click.Command:
    """The command, or every command of the group, with its failures told in one line."""
    if isinstance(command, click.Group):
        for part in command.commands.values():
            speak_plainly(part)
    elif command.callback is not None:
        command.callback = _plain(command.callback)
    return command


def _plain(callback: Callable[..., Any]) -> Callable[..., Any]:
    """Turn an unexpected error into a line; with `--debug` it is shown whole instead."""

    @wraps(callback)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return callback(*args, **options)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            if current_app.debug:
                raise
            raise PlainError(describe(error)) from error

    return run


def describe(error: Exception) -> str:
    """An error in one line: what the driver said when it is the database's."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    words = " ".join(str(cause).split())
    return f"{type(cause).__name__}: {words}" if words else type(cause).__name__
