"""What the directory writes: reports that a listing is wrong."""

from __future__ import annotations

from flask import url_for

from app.database import write
from app.directory.forms import ReportForm
from app.languages import in_english
from app.listing import Listing
from app.mail import queue_mail
from app.models import Feedback
from app.sealing import keyed_fingerprint
from app.site import Site
from app.vocabulary import WRONG


def report_wrong(listing: Listing, form: ReportForm, site: Site, visitor: str) -> None:
    """Store a report and queue the mail that tells staff, in one transaction.

    The network `visitor` comes from is not kept: only a fingerprint of it with this listing, which
    nobody without the key can work out, so that one household's reports count as one.
    """
    about, words = form.about.data, form.words.data or ""
    reply_to = form.reply_to.data or ""
    address = site.address_of(url_for("directory.service", slug=listing.slug))
    with in_english():
        what = str(WRONG[about])
    with write() as database:
        report = Feedback(service_id=listing.id, about=about, words=words, reply_to=reply_to)
        report.reporter = keyed_fingerprint(
            site.settings.secret_key, "who reported", listing.id, visitor
        )
        database.add(report)
        queue_mail(
            database,
            site,
            subject=f"Something is wrong: {listing.name}",
            body=f"{listing.name}\n{address}\n\nWhat is wrong: {what}\n\n{words}\n",
            reply_to=reply_to,
        )
