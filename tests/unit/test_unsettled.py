"""What the council has still to settle before families are shown it as settled."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.config import SettingError, read_settings
from app.council import council_codes, load_council
from app.criteria.load import load_criteria
from app.operations.unsettled import find_unsettled, unagreed_rules, unchecked_contacts
from tests.unit.criteria.altered import altered

TODAY = date(2026, 11, 22)
DERIVED = ["T-05", "T-06", "T-07", "T-08", "T-09", "T-11", "T-12", "T-13", "T-14"]


@pytest.mark.parametrize("council", council_codes())
def test_every_derived_tier_rule_waits_for_each_council(council: str) -> None:
    assert unagreed_rules(load_criteria(), council, TODAY) == DERIVED


def test_a_rule_is_settled_for_the_council_that_agreed_it(tmp_path: Path) -> None:
    agreed = 'basis = "derived"\nagreed = [{ council = "devon", by = "A", on = 2026-12-01 }]'
    own = altered(tmp_path, "rules.toml", "T-11", 'basis = "derived"', agreed)
    assert "T-11" not in unagreed_rules(own, "devon", TODAY)
    assert "T-11" in unagreed_rules(own, "surrey", TODAY)


def test_a_rule_that_is_over_no_longer_waits(tmp_path: Path) -> None:
    over = "from = 2026-04-01\nuntil = 2026-05-01"
    own = altered(tmp_path, "rules.toml", "T-11", "from = 2026-04-01", over)
    assert "T-11" not in unagreed_rules(own, "devon", TODAY)
    assert "T-11" in unagreed_rules(own, "devon", date(2026, 5, 1))


def test_national_and_own_contacts_are_counted() -> None:
    """Not the council's own alone: fall-backs and those for families elsewhere are shown too."""
    found = unchecked_contacts(load_council("devon"))
    assert {"sendiass", "direct_payments", "dla_helpline", "find_council", "childline"} <= set(
        found
    )
    assert "front_door" not in found
    assert len(found) == len(set(found))


def test_nothing_is_said_when_all_is_settled() -> None:
    council = load_council("devon")
    national = council.national
    checked = msgspec.structs.replace(
        council,
        contacts=tuple(msgspec.structs.replace(item, verify=False) for item in council.contacts),
        national=msgspec.structs.replace(
            national,
            contacts=tuple(
                msgspec.structs.replace(item, verify=False) for item in national.contacts
            ),
        ),
    )
    lines = list(find_unsettled(load_criteria(), checked, TODAY))
    assert len(lines) == 1
    assert lines[0].startswith("9 of the rules")


@pytest.mark.parametrize(("text", "says"), [("", False), ("no", False), (" Yes ", True)])
def test_the_setting(text: str, says: bool) -> None:
    assert read_settings({"ACCEPT_UNAGREED_RULES": text}).accept_unagreed_rules is says


@pytest.mark.parametrize("text", ["1", "true", "yes please"])
def test_the_setting_takes_nothing_else(text: str) -> None:
    with pytest.raises(SettingError, match="ACCEPT_UNAGREED_RULES"):
        read_settings({"ACCEPT_UNAGREED_RULES": text})
