"""The primary stops and comes back: families notice nothing, and nobody loses what they typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.databases import POSTGRESQL, only_on
from tests.replica.experiment import experiment

pytestmark = only_on(POSTGRESQL, "a file has no replica")


@pytest.mark.slow
def test_a_replica_answers_while_the_primary_is_away(
    record_property: Callable[[str, object], None],
) -> None:
    record_property("for_people", "\n".join(experiment()))
