"""What the pages of words write: what people tell the council about the site."""

from __future__ import annotations

from app.database import write
from app.forms import MessageForm
from app.mail import queue_mail
from app.models import Feedback
from app.site import Site

ABOUT_THE_SITE = "site"
COMMENTS = "/staff/comments"
"""Where staff read it."""


def keep_feedback(form: MessageForm, site: Site) -> None:
    """Store what somebody wrote and queue the mail that tells staff, in one transaction."""
    words, reply_to = form.words.data or "", form.reply_to.data or ""
    with write() as database:
        database.add(Feedback(about=ABOUT_THE_SITE, words=words, reply_to=reply_to))
        queue_mail(
            database,
            site,
            subject=f"Feedback on {site.council.site_name}",
            body=f"{words}\n\nSay when it is dealt with, here:\n{site.address_of(COMMENTS)}\n",
            reply_to=reply_to,
        )
