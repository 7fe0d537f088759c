"""The administrator's commands: every group, registered with the application."""

from __future__ import annotations

import click
from flask import Flask

from app.accounts.cli import group as people
from app.audit_cli import group as audit
from app.criteria_cli import group as self_check
from app.demo.cli import group as demo
from app.feeds.cli import group as feed
from app.freshness.cli import group as reminders
from app.operations import commands
from app.operations.plain import speak_plainly
from app.operations.ready import on_ready_tables
from app.places_cli import group as places
from app.search_cli import group as search

COMMANDS: tuple[click.Command, ...] = tuple(
    speak_plainly(command)
    for command in (
        commands.prepare,
        commands.check,
        commands.tidy_up,
        commands.backup,
        commands.mail,
        people,
        on_ready_tables(demo),
        on_ready_tables(feed),
        on_ready_tables(reminders),
        audit,
        search,
        places,
        self_check,
    )
)


def register_commands(app: Flask) -> None:
    """Make every command known to `flask --app wsgi`, each failing in one plain line."""
    for command in COMMANDS:
        app.cli.add_command(command)
