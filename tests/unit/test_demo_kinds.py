"""The hand-written kinds: enough of them, true to their codes, and safe to vary."""

from __future__ import annotations

import re
import shutil
from itertools import combinations
from pathlib import Path

import pytest

from app.demo.kinds import FOLDER, SLOTS, Kind, KindFileError, load_kinds, pick
from app.demo.where import HIDDEN_SETTINGS, is_hidden
from app.vocabulary import BREAKS, TIERS, WITHHELD_BREAKS

KINDS = load_kinds()
IDS = [kind.code for kind in KINDS]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=IDS)
NO_CHARGE = {"free", "donation", "assessed_no_charge", "council_funded", "haf_free"}
SELF_REFERRED = {"drop_in", "book_direct", "ask_first"}
NEVER_SAID = ("entitle", "not eligible", "does not qualify", "suffers from", "wheelchair-bound")


def prose(kind: Kind) -> list[str]:
    """Every sentence or note of a kind that a family may read."""
    slots = [words for slot in kind.about for words in slot]
    steps = [step for way in kind.joining for step in way]
    notes = [*kind.support.yes.values(), *kind.support.ask.values(), *kind.support.no.values()]
    return [*slots, *steps, *notes, *kind.summaries, *kind.cost_notes, *kind.training,
            *kind.transport, *kind.names, *kind.funding, kind.trial, kind.stays_note]  # fmt: skip


def test_there_are_kinds_enough_for_a_varied_directory() -> None:
    assert len(KINDS) >= 120
    assert {kind.tier for kind in KINDS} == set(TIERS)


def test_every_kind_of_break_is_shown_in_the_demonstration() -> None:
    shown = {code for kind in KINDS for code in kind.breaks}
    assert shown == set(BREAKS)


@each_kind
def test_a_kind_has_alternatives_enough_to_vary(kind: Kind) -> None:
    assert [len(slot) for slot in kind.about] == [SLOTS] * SLOTS
    assert len(kind.names) >= 4
    assert sum("{place}" in name or "{org}" in name for name in kind.names) >= 2
    assert len(set(kind.summaries)) == 5
    assert kind.patterns or kind.setting == "online"
    assert kind.weight in {1, 2, 3}


@each_kind
def test_a_kind_is_reached_in_the_way_its_tier_says(kind: Kind) -> None:
    """Specialist help comes after an assessment; everybody may simply come to the universal."""
    if kind.tier == "specialist":
        assert {"social_care", "health"} & set(kind.routes)
    elif kind.tier == "universal":
        assert set(kind.routes) <= SELF_REFERRED | {"register_card"}
    else:
        assert kind.routes[0] not in {"social_care", "health"}


@each_kind
def test_ages_prices_and_times_of_a_kind_can_be(kind: Kind) -> None:
    for low, high in kind.ages:
        assert 0 <= low <= 25
        assert high == -1 or low <= high <= 99
    for price in kind.prices:
        assert all(pounds >= 0 for pounds in price.pounds)
        assert price.code in NO_CHARGE or any(price.pounds), price.code
    for session in (item for pattern in kind.patterns for item in pattern.sessions):
        assert re.fullmatch(r"[0-2]\d:[0-5]\d", session.opens), session.opens
        assert re.fullmatch(r"[0-2]\d:[0-5]\d", session.closes), session.closes
        assert set(session.days) <= {"MO", "TU", "WE", "TH", "FR", "SA", "SU"}
        assert session.every in {1, 2, 3, 4}


@each_kind
def test_words_have_no_gap_that_stays_open(kind: Kind) -> None:
    for words in prose(kind):
        assert not set(re.findall(r"\{[^}]*\}", words)) - {"{place}", "{org}"}, words


@each_kind
def test_nothing_a_kind_says_is_a_decision_about_a_child(kind: Kind) -> None:
    said = " ".join(prose(kind)).lower()
    assert not [words for words in NEVER_SAID if words in said]


@each_kind
def test_where_children_sleep_or_live_is_hidden_by_the_kind_itself(kind: Kind) -> None:
    if kind.setting in HIDDEN_SETTINGS or WITHHELD_BREAKS & set(kind.breaks):
        assert is_hidden(kind)
    else:
        assert not is_hidden(kind)
        assert kind.venues or kind.setting == "online"


def test_listings_of_a_kind_share_at_most_one_choice_until_the_twenty_sixth() -> None:
    choices = [tuple(pick(number, slot) for slot in range(SLOTS)) for number in range(125)]
    shared = {
        pair: sum(a == b for a, b in zip(choices[pair[0]], choices[pair[1]], strict=True))
        for pair in combinations(range(125), 2)
    }
    assert max(same for (_, later), same in shared.items() if later < 25) == 1
    assert max(shared.values()) == 2
    assert len(set(choices)) == 125


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with one kind, to be spoiled."""
    shutil.copy(FOLDER / "t2-riding-hoist.toml", tmp_path / "riding.toml")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('tier = "targeted"', 'tier = "top"', "riding.toml: .*tier"),
        ('breaks = ["play_leisure"]', 'breaks = ["nonsense"]', "riding.toml: breaks.*nonsense"),
        ('"horse_riding"', '"dragon_riding"', "riding.toml: activities.*dragon_riding"),
        ("weight = 2", "weight = 2\nsurprise = 1", "riding.toml: .*surprise"),
        ("weight = 2", 'weight = "two"', "riding.toml: .*weight"),
        ("weight = 2", "", "riding.toml: .*weight"),
        ("weight = 2", "weight = =", "riding.toml: "),
        ('code = "pay_session"', 'code = "pay_gold"', "riding.toml: prices.*pay_gold"),
        ("\nsometimes = [", '\nsometimes = ["magic", ', "riding.toml: support.*magic"),
        ("about = [\n", 'about = [\n  ["one"],\n', "riding.toml: about.*five slots"),
    ],
)
def test_a_mistake_in_a_file_is_named(broken: Path, old: str, new: str, fault: str) -> None:
    path = broken / "riding.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KindFileError, match=fault):
        load_kinds(broken)


def test_nothing_of_the_demonstration_reads_the_judged_searches() -> None:
    """The directory must not be written for the searches it is judged by."""
    code = "".join(path.read_text("utf-8") for path in FOLDER.parent.rglob("*.py"))
    for name in ("queries-dev", "synonyms", "relevance", "judgement", "shared"):
        assert name not in code, name
