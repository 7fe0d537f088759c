"""Whom families are sent to: by council, district and day, and when they live elsewhere."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.council import COUNCILS_FOLDER, Council, load_council
from app.criteria.contacts import Reach, contacts_for, council_on, home_of, is_elsewhere
from app.criteria.facts import read_facts
from app.criteria.load import load_criteria
from app.criteria.rules import evaluate

BEFORE, AFTER = date(2027, 3, 31), date(2027, 4, 1)
EAST, WEST = "Elmbridge", "Guildford"
PUBLISHED = """
[[successors.contacts."East Surrey"]]
code = "front_door"
label = "East Surrey front door"
phone = "01737 000000"
source = "https://example.org/east-surrey"
"""


def reach(signpost: str, site: str = "surrey", **raw: Any) -> Reach:
    criteria = load_criteria()
    facts = read_facts(criteria, {"lives_in": site, "on": "2026-12-01", **raw})
    return contacts_for(facts, evaluate(criteria, facts, site), signpost)


def district(name: str) -> str:
    surrey = load_council("surrey")
    return next(place.code for place in surrey.localities if place.label == name)


@pytest.fixture
def published(tmp_path: Path) -> Council:
    """Surrey, had one of its successors published its front door."""
    for path in COUNCILS_FOLDER.glob("*.toml"):
        shutil.copy(path, tmp_path)
    old = load_council("surrey").contact("front_door")
    signposts = f"signposts = {list(old.signposts)}\nalso_for = {list(old.also_for)}\n"
    file = tmp_path / "surrey.toml"
    text = file.read_text(encoding="utf-8")
    before, note, after = text.partition('say so."\n')
    file.write_text(before + note + PUBLISHED + signposts.replace("'", '"') + after, "utf-8")
    return load_council("surrey", tmp_path)


def label(council: Council) -> str | None:
    return council.contact("front_door").label


def test_old_contacts_are_kept_while_new_ones_are_not_published() -> None:
    surrey = load_council("surrey")
    for name, successor in ((EAST, "East Surrey"), (WEST, "West Surrey")):
        before = council_on(surrey, BEFORE, district(name))
        assert (before.council, before.successor, before.kept) == (surrey, None, None)
        after = council_on(surrey, AFTER, district(name))
        assert after.council == surrey
        assert after.successor == successor
        assert after.kept == surrey.successors


def test_new_contacts_from_the_day_on(published: Council) -> None:
    assert label(council_on(published, BEFORE, district(EAST)).council) == label(published)
    home = council_on(published, AFTER, district(EAST))
    assert (home.successor, home.kept) == ("East Surrey", None)
    assert label(home.council) == "East Surrey front door"
    others = {contact.code for contact in published.contacts} - {"front_door"}
    for code in others:
        assert home.council.find_contact(code) == published.find_contact(code) or (
            home.council.find_contact(code) == home.council.contact("front_door")
        )


def test_district_of_the_other_successor_keeps_the_old(published: Council) -> None:
    home = council_on(published, AFTER, district(WEST))
    assert (home.successor, home.council) == ("West Surrey", published)
    assert home.kept is not None


@pytest.mark.parametrize("where", [None, "nowhere"])
def test_district_that_is_not_known(published: Council, where: str | None) -> None:
    home = council_on(published, AFTER, where)
    assert (home.successor, home.council) == (None, published)
    assert home.kept == published.successors


def test_council_without_successors() -> None:
    devon = load_council("devon")
    home = council_on(devon, date(2040, 1, 1), "exeter")
    assert (home.council, home.successor, home.kept) == (devon, None, None)


def test_home_is_the_family_s_own_council() -> None:
    criteria = load_criteria()
    facts = read_facts(
        criteria, {"lives_in": "surrey", "on": "2027-04-01", "district": district(WEST)}
    )
    home = home_of(facts, evaluate(criteria, facts, "devon"))
    assert home.council.code == "surrey"
    assert home.successor == "West Surrey"


@pytest.mark.parametrize("council", ["devon", "surrey", "herefordshire"])
def test_every_signpost_is_reached(council: str) -> None:
    for signpost in load_criteria().steps:
        found = reach(signpost, council)
        entry = next(entry for entry in load_council(council).contacts if signpost in entry.serves)
        assert found.contacts[0] == load_council(council).contact(entry.code)
        assert found.is_gap is entry.none_found
        assert found.note == entry.note
        assert all(contact.source for contact in found.contacts)


def test_gap_says_so() -> None:
    found = reach("tell_social_worker", "devon")
    assert found.is_gap
    assert found.contacts[0].code == "front_door"
    assert found.note is not None
    assert not reach("urgent_front_door", "devon").is_gap


def test_contacts_shown_beside() -> None:
    for council in ("devon", "surrey", "herefordshire"):
        for contact in load_council(council).contacts:
            for signpost in contact.also_for:
                assert contact in reach(signpost, council).contacts[1:]


@pytest.mark.parametrize(
    ("home", "signpost", "code"),
    [
        ("other", "sendiass", "sendiass_finder"),
        ("wales", "sendiass", "snap_cymru"),
        ("other", "complaint_route", "lgsco"),
        ("wales", "complaint_route", "ombudsman_wales"),
        ("other", "rights_box", "contact_helpline"),
        ("wales", "rights_box", "wales_rights"),
        ("other", "safeguarding_999", "emergency_999"),
        ("wales", "urgent_front_door", "find_council"),
    ],
)
def test_families_elsewhere_are_sent_to_their_own(home: str, signpost: str, code: str) -> None:
    for site in ("devon", "surrey", "herefordshire"):
        found = reach(signpost, site, lives_in=home)
        assert [contact.code for contact in found.contacts] == [code]
        assert (found.is_gap, found.note) == (False, None)


def test_nobody_is_made_up_elsewhere() -> None:
    assert reach("tsb_allowance", "herefordshire", lives_in="wales") == Reach(())


@pytest.mark.parametrize(
    ("home", "is_so"),
    [("devon", False), ("surrey", False), ("unsure", False), ("other", True), ("wales", True)],
)
def test_elsewhere(home: str, is_so: bool) -> None:
    assert is_elsewhere(read_facts(load_criteria(), {"lives_in": home})) is is_so
