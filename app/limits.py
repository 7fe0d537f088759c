"""How often something may be tried: counted in the database, so that all workers count as one.

A key says who tries what, and is kept as a fingerprint. Nobody is locked out: a key that has been
used up opens again when its stretch of time is over.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from sqlalchemy import DateTime, bindparam, text
from sqlalchemy.orm import Session

from app.sealing import keyed_fingerprint

ADD_TRY = text(
    "INSERT INTO rate_count (key_hash, stretch, times, ends_at) VALUES (:key, :stretch, 1, :ends)"
    " ON CONFLICT (key_hash, stretch) DO UPDATE SET times = rate_count.times + 1"
    " RETURNING times"
).bindparams(bindparam("ends", type_=DateTime))
"""One statement, so that two who try at once are both counted."""


def count_try(database: Session, secret: str, *who: str, most: int, seconds: int) -> bool:
    """Count one try; False when there have been more than `most` in this stretch of `seconds`.

    Inside the caller's write transaction, which is to be committed also when the try is refused.
    """
    stretch = int(time.time()) // seconds
    key = keyed_fingerprint(secret, "limits", *who, str(seconds))
    ends = datetime.fromtimestamp((stretch + 1) * seconds, UTC).replace(tzinfo=None)
    told = {"key": key, "stretch": stretch, "ends": ends}
    times: int = database.execute(ADD_TRY, told).scalar_one()
    return times <= most
