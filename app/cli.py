"""The administrator's commands: every group, registered with the application."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import click
from flask import Flask

from app.operations.plain import speak_plainly

COMMANDS = (
    ("app.search_cli", "group"),
    ("app.demo.cli", "group"),
    ("app.feeds.cli", "group"),
    ("app.operations.commands", "mail"),
    ("app.operations.commands", "backup"),
    ("app.operations.commands", "check"),
    ("app.operations.commands", "prepare"),
)


def register_commands(app: Flask) -> None:
    """Make every command known to `flask --app wsgi`."""
    for module, name in COMMANDS:
        folder = module.rpartition(".")[0]
        if find_spec(folder) is None or find_spec(module) is None:
            continue
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        app.cli.add_command(speak_plainly(command))
