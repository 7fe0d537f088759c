"""What a council sets for moderation is typed and checked when the site starts."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import get_args

import pytest

from app import council as councils
from app.council import CouncilFileError, council_codes, load_council
from app.council_habits import SafeField
from app.draft import SECTIONS, Draft


@pytest.mark.parametrize("code", council_codes())
def test_each_council_has_a_target_and_nothing_publishes_itself_unless_it_says_so(
    code: str,
) -> None:
    habits = load_council(code).moderation
    assert (habits.target_days, habits.self_publish) == (5, ())


def test_safe_fields_are_fields_of_a_draft_and_none_reaches_or_names_anybody() -> None:
    for name in get_args(SafeField):
        section, _, field = name.partition(".")
        assert section in SECTIONS and hasattr(getattr(Draft(), section), field), name
        assert section not in {"contact", "staff", "who"}
        assert name not in {"about.name", "about.url", "when.places", "could.support"}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("target_days = 0", "moderation.target_days: give a number"),
        ("target_days = 99", "moderation.target_days: give a number"),
        ('target_days = "soon"', "moderation.target_days"),
        ('self_publish = ["contact.contacts"]', "moderation.self_publish"),
        ('self_publish = ["joining.steps", "joining.steps"]', "stands here 2 times"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, line: str, fault: str) -> None:
    for path in councils.COUNCILS_FOLDER.glob("*.toml"):
        shutil.copy(path, tmp_path)
    text = (tmp_path / "devon.toml").read_text("utf-8")
    key = line.partition(" ")[0]
    old = {"target_days": "target_days = 5", "self_publish": "self_publish = []"}[key]
    assert old in text
    (tmp_path / "devon.toml").write_text(text.replace(old, line, 1), "utf-8")
    with pytest.raises(CouncilFileError, match=fault.replace(".", r"\.")):
        load_council("devon", tmp_path)
