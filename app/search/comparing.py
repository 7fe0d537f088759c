"""How an index and the database that it is a copy of differ."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import PublishedListing
from app.search.snapshot import content_hashes
from app.search.state import CURRENT, checksum, opens, read_state

READ = 1_000
"""Listings read at once."""
MOST_NAMED = 500
"""Listings that are named; of more that differ it is not told which."""


class Differences(NamedTuple):
    """What differs."""

    told: list[str]
    """In plain words; empty when nothing does."""
    ids: frozenset[str] = frozenset()
    """The listings that do, where it is listings and not files, and they are few."""


NONE = Differences([])


def differences(root: Path, session: Session) -> Differences:
    """What is wrong with the index of a folder: files that changed, listings that are not alike.

    Raises `OSError` when a file is taken away meanwhile, as each commit does.
    """
    state = read_state(root)
    if state is None:
        is_there = (root / CURRENT).exists()
        why = "the index is damaged or of an older form" if is_there else "there is no index"
        return Differences([why])
    folder = root / state.build
    bad = sorted(name for name, told in state.files.items() if checksum(folder / name) != told)
    if bad:
        return Differences([f"the file {name} is damaged or missing" for name in bad])
    if not opens(folder):
        return Differences(["the index cannot be read"])
    return unlike(_published(session), content_hashes(folder, state.files))


def differences_among(ids: Set[str], root: Path, session: Session) -> Differences:
    """How these listings differ; quickly, as the files are taken for sound."""
    state = read_state(root)
    found = content_hashes(root / state.build, state.files, ids) if state else {}
    return unlike(_published(session, ids), found)


def unlike(expected: dict[str, str], found: dict[str, str]) -> Differences:
    """How the listings of an index differ from those of the database, by id and content hash."""
    if expected == found:  # as a rule, and sooner said than what would differ
        return NONE
    kinds = {
        "missing from the index": expected.keys() - found.keys(),
        "in the index only": found.keys() - expected.keys(),
        "out of date": {k for k in expected.keys() & found.keys() if expected[k] != found[k]},
    }
    told = [f"{len(ids)} {kind}, such as {min(ids)}" for kind, ids in kinds.items() if ids]
    ids = frozenset[str]().union(*kinds.values())
    return Differences(told, ids if len(ids) <= MOST_NAMED else frozenset())


def _published(session: Session, among: Set[str] = frozenset()) -> dict[str, str]:
    """Id to content hash of each listing of the database, or of those named."""
    held = select(PublishedListing.service_id, PublishedListing.content_hash)
    if among:
        held = held.where(PublishedListing.service_id.in_(among))
    found: dict[str, str] = {}
    for some in session.execute(held.execution_options(yield_per=READ)).partitions():
        found |= dict(some)
    return found
