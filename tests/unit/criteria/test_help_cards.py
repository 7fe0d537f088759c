"""Help cards: read once, checked at start-up, and never without somebody to ask."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from app.council import council_codes, load_council
from app.criteria.help_cards import FILE, contacts_of, lines_of, load_help_cards
from app.criteria.load import FOLDER, CriteriaFileError, load_criteria
from app.search.files import FILES, read_file

CARDS = load_help_cards()


def test_the_cards_are_those_of_the_domain(shared: Path) -> None:
    listed = msgspec.json.decode((shared / "domain" / "vocabulary.json").read_bytes())
    for item in listed["help_cards"]["items"]:
        card = CARDS[item["code"]]
        assert list(card.signposts) == item["signposts"]
        assert list(card.contacts) == item["contacts"]
        assert list(card.councils) == item.get("councils", [])
        assert card.first == item.get("first", False)
    assert len(CARDS) == len(listed["help_cards"]["items"])


def test_every_card_a_search_calls_for_is_there() -> None:
    called = {
        entry["card"]
        for file in FILES
        for entries in read_file(file).values()
        if isinstance(entries, list)
        for entry in entries
        if isinstance(entry, dict) and "card" in entry
    }
    assert called
    assert called <= CARDS.keys()


@pytest.mark.parametrize("council", council_codes())
def test_every_card_says_something_and_names_somebody(council: str) -> None:
    for card in CARDS.values():
        if card.is_for(council):
            assert lines_of(load_criteria(), card), card.code
            contacts = contacts_of(card, load_council(council))
            assert contacts, card.code
            assert len({contact.code for contact in contacts}) == len(contacts)
            assert not any(contact.none_found for contact in contacts)


def test_help_at_once_begins_with_999_and_the_councils_own_door() -> None:
    assert [code for code, card in CARDS.items() if card.first] == ["get_help"]
    reached = contacts_of(CARDS["get_help"], load_council("surrey"))
    assert [contact.phone for contact in reached[:2]] == ["999", "0300 470 9100"]


def test_an_allowance_is_one_councils_alone() -> None:
    assert [code for code in council_codes() if CARDS["tsb_allowance"].is_for(code)] == [
        "herefordshire"
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            'signposts = ["benefits_check"]',
            'signposts = ["tea"]',
            "help_cards.toml: dla: signposts: no signpost is called 'tea'",
        ),
        (
            'contacts = ["sibs"]',
            'contacts = ["sobs"]',
            "help_cards.toml: sibling_support: contacts: no contact is called 'sobs'",
        ),
        (
            'councils = ["herefordshire"]',
            'councils = ["narnia"]',
            "help_cards.toml: tsb_allowance: councils: no council is called 'narnia'",
        ),
        ('code = "pip"', 'code = "dla"', "help_cards.toml: dla: code: this card stands here twice"),
        (
            "label = ",
            "lable = ",
            "help_cards.toml: get_help: Object contains unknown field",
        ),
        ("first = true", 'first = "yes"', "help_cards.toml: get_help: first: Expected `bool`"),
        (
            'signposts = []\ncontacts = ["max_card"]',
            "signposts = []\ncontacts = []",
            "help_cards.toml: max_card: contacts: there is nobody to ask in devon",
        ),
        ("[[cards]]", "[[cards", "help_cards.toml: cannot be read"),
        ("[[cards]]", "[[card]]", "help_cards.toml: Object "),
    ],
)
def test_each_mistake_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    shutil.copy(FOLDER / FILE, tmp_path)
    text = (tmp_path / FILE).read_text("utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CriteriaFileError) as caught:
        load_help_cards(tmp_path)
    assert str(caught.value).startswith(fault)
