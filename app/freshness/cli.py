"""`reminders send`: what the council's clock runs once a day."""

from __future__ import annotations

from datetime import date

import click
from flask.cli import AppGroup

from app.freshness.asking import ask_about, find_due, find_unanswered, take_away
from app.site import current_site

group = AppGroup("reminders", help="Asking whether listings are still right.")


@group.command("send")
def send() -> None:
    """Ask by mail about every listing that is due, once; run it every day.

    The times are those of the council's file. Where it says so, listings that nobody answers
    for are shown to families no longer.
    """
    site, today = current_site(), date.today()
    due = find_due(today, site.council.reminders)
    with click.progressbar(due, label="Asking") as listings:
        mails = [ask_about(site, item) for item in listings]
    ends = find_unanswered(today, site.council.reminders)
    gone = sum(take_away(site, key, today) for key in ends)
    click.echo(f"Mails queued: {sum(mails)}, about {len(mails) - mails.count(0)} listings.")
    click.echo(f"Nobody to ask: {mails.count(0)} listings. No longer shown: {gone}.")
