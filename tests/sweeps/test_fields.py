"""What a provider cannot set: every guarded column, by form, forged request and import."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.config import Settings
from app.extensions import Base
from tests.sweeps.fields import (
    GUARDED,
    MAY_SET,
    PROVIDER_COLUMN,
    Change,
    Try,
    by_import,
    by_request,
    guarded,
)
from tests.sweeps.posts import OWNER
from tests.sweeps.world import World, world_of

MUST_BE_GUARDED = {
    *("service.status", "service.tier", "service.slug", "service.organisation_id"),
    *("service.assured_date", "service.version", "service.source", "location.withheld"),
    *("quality_mark.kind", "quality_mark.ends_on", "organisation.name", "account.email"),
    *("account.role", "account.disabled_at", "membership.is_lead", "membership.organisation_id"),
    *("revision.decided_by", "revision.author_id", "revision.organisation_id", "revision.base"),
    *("listing.assured", "listing.tier", "audit_entry.actor", "audit_entry.seal"),
}


@pytest.fixture
def world(settings: Settings) -> Iterator[World]:
    with world_of(settings, [OWNER, PROVIDER_COLUMN]) as made:
        yield made


def said(tries: list[Try], way: str) -> str:
    mine = [one for one in tries if one.way == way]
    faults = sum(bool(one.faults) for one in mine)
    return f"{way}: {len(mine)} tries, {len(mine) - faults} changed nothing they should not"


def test_no_form_and_no_forged_request_sets_what_only_staff_set(
    world: World, record_property: Callable[[str, object], None]
) -> None:
    tries = list(by_request(world))
    faults = [fault for one in tries for fault in one.faults]
    told = "; ".join(said(tries, way) for way in ("form", "forged"))
    record_property("for_people", f"field table: {len(guarded())} columns; {told}")
    assert not faults, "\n".join(faults)
    forged = {name for one in tries if one.way == "forged" for name in one.columns}
    assert forged == {*map(str, guarded())}


def test_no_import_sets_what_only_staff_set(
    world: World, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    tries = list(by_import(world, tmp_path))
    record_property("for_people", f"field table: {said(tries, 'import')}")
    faults = [fault for one in tries for fault in one.faults]
    assert not faults, "\n".join(faults)


def test_what_matters_most_is_guarded() -> None:
    assert {*map(str, guarded())} >= MUST_BE_GUARDED
    assert {*MAY_SET} <= {*GUARDED} <= {*Base.metadata.tables}


def test_a_change_that_is_not_allowed_is_a_fault() -> None:
    assert not Change("service", "changed", '{"tier": "specialist"}').is_allowed
    assert not Change("quality_mark", "added", "{}").is_allowed
    assert not Change("membership", "taken away", "").is_allowed
    assert Change("service", "changed", '{"space": "full"}').is_allowed
