"""Every mail reads well as plain text: short sentences, no markup, addresses one can press."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest

from app.database import now
from app.mail import to_message
from app.models import OutgoingMail
from app.reading import Reading, readings
from tests.conftest import settings_in
from tests.databases import Template
from tests.mails import ADMINISTRATOR, Mail, every_mail
from tests.sweeps.posts import OWNER
from tests.sweeps.world import world_of

MOST_WORDS, LONGEST_LINE, LONGEST_SUBJECT = 20, 160, 78
MARKUP = re.compile(r"</?[a-z]+|&[a-z]+;|&#|[*]{2}|__|\]\(|\u00a0|\t| $", re.MULTILINE)
STAFF = "sendlocaloffer@devon.gov.uk"
CAUSES = 18
"""How many things the site writes mail about."""


@pytest.fixture(scope="module")
def mails(
    tmp_path_factory: pytest.TempPathFactory, empty_database: Template
) -> Iterator[list[Mail]]:
    folder = tmp_path_factory.mktemp("mails")
    empty_database.copy_to(folder)
    with world_of(settings_in(folder), [OWNER, ADMINISTRATOR]) as world:
        yield list(every_mail(world))


def test_every_mail_reads_well(mails: list[Mail]) -> None:
    assert len({mail.cause for mail in mails}) >= CAUSES, {mail.cause for mail in mails}
    for mail in mails:
        text = f"{mail.cause}\n{mail.subject}\n{mail.body}"
        prose = "\n".join(line for line in mail.body.splitlines() if "://" not in line)
        assert not MARKUP.search(prose), text
        assert mail.subject and len(mail.subject) <= LONGEST_SUBJECT, text
        assert mail.body.endswith("\n") and "\n\n\n" not in mail.body, text
        lines = mail.body.splitlines()
        assert max(len(line) for line in lines if "://" not in line) <= LONGEST_LINE, text
        alone = [line for line in lines if "://" in line and line.split() != [line]]
        assert not alone, "an address stands on a line of its own, so that it can be pressed"
        assert all(item.words <= MOST_WORDS for item in sentences(mail)), text
        if mail.to != STAFF:
            assert mail.body.startswith("Hello") and "Devon Local Offer" in lines[-1], text


def sentences(mail: Mail) -> Iterator[Reading]:
    """The site's own sentences; what a listing says is its provider's."""
    for line in mail.body.splitlines():
        if "://" not in line and not line.startswith("  "):
            yield from readings(line)


def test_every_mail_arrives_as_it_was_written(mails: list[Mail]) -> None:
    for mail in mails:
        queued = OutgoingMail(id="x", recipient=mail.to, subject=mail.subject, body=mail.body)
        queued.queued_at, queued.reply_to = now(), ""
        sent = to_message(queued, STAFF).as_bytes()
        assert max(map(len, sent.splitlines())) <= 998, "a longer line may be cut by a server"
        read = message_from_bytes(sent, policy=policy.default)
        assert read.get_content_type() == "text/plain"
        assert (read["Subject"], read.get_content()) == (mail.subject, mail.body)
