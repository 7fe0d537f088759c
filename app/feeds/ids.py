"""Ids that a feed's records keep for ever, so that importing again finds them.

They are name-based UUIDs (version 5). Records that people make have random ones (version
4), so an item of an imported service that a person added is known by its id and left alone.
"""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID, uuid5

NAMESPACE: Final = UUID("6f0c1d52-5a0e-5c1b-9a57-0d7a4c3be1f4")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)


def record_id(feed: str, kind: str, external_id: str) -> str:
    """The id of a record: its own when that is a UUID, else one made of the feed and it."""
    if _UUID.fullmatch(external_id):
        return external_id.lower()
    return str(uuid5(NAMESPACE, f"{feed}\n{kind}\n{external_id}"))


def child_id(owner: str, kind: str, position: int) -> str:
    """The id of a part of a record. Ids rise with position, for what is shown in their order."""
    made = str(uuid5(NAMESPACE, f"{owner}\n{kind}\n{position}"))
    return f"{min(position, 255):02x}{made[2:]}"


def is_from_feed(key: str) -> bool:
    """Whether a part's id was made by `child_id`."""
    return UUID(key).version == 5
