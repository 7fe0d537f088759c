"""How often something may be tried: counted in the database, so that all workers count as one.

A key says who tries what, and is kept as a fingerprint. Nobody is locked out: a key that has been
used up opens again when its stretch of time is over.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.models import RateCount
from app.sealing import keyed_fingerprint


def count_try(database: Session, secret: str, *who: str, most: int, seconds: int) -> bool:
    """Count one try; False when there have been more than `most` in this stretch of `seconds`.

    Inside the caller's write transaction, which is to be committed also when the try is refused.
    """
    stretch = int(time.time()) // seconds
    key = keyed_fingerprint(secret, "limits", *who, str(seconds))
    row = database.get(RateCount, (key, stretch))
    if row is None:
        ends = datetime.fromtimestamp((stretch + 1) * seconds, UTC).replace(tzinfo=None)
        row = RateCount(key_hash=key, stretch=stretch, times=0, ends_at=ends)
        database.add(row)
    row.times += 1
    return row.times <= most
