"""Faults in the files are refused at start-up: each names file, rule and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.criteria.load import FILES, CriteriaFileError, load_criteria
from tests.unit.criteria.altered import alter, copy_files

R, S, F = "rules.toml", "signposts.toml", "facts.toml"
FAULTS = [
    (R, "T-10", "basis =", "bases =", ["rules.toml: T-10: ", "unknown field `bases`"]),
    (R, "T-10", 'basis = "published"\n', "", ["rules.toml: T-10: ", "`basis`"]),
    (R, "T-10", '"published"', '"guessed"', ["rules.toml: T-10: basis", "guessed"]),
    (R, "T-10", "clubs >=", "cluds >=", ["rules.toml: T-10: when: no key or group", "'cluds'"]),
    (R, "T-10", "needs_support", "need_support", ["rules.toml: T-10: when: 'clubs' has no code"]),
    (R, "T-10", "clubs >= needs_support", "coping = ok and coping = hard",
     ["rules.toml: T-10: when: no answers can make “coping = ok and coping = hard” hold"]),
    (R, "T-10", 'sources = ["S2", "D2", "U1", "H1"]\n', "", ["rules.toml: T-10: ", "`sources`"]),
    (R, "T-10", '["S2", "D2", "U1", "H1"]', "[]", ["rules.toml: T-10: sources: say where"]),
    (R, "T-10", '"S2"', '"S99"', ["rules.toml: T-10: sources: no source is called 'S99'"]),
    (R, "T-10", '"targeted"', '"middle"', ["rules.toml: T-10: outcome"]),
    (R, "T-10", "from = 2026-04-01", "from = 2026-04-01\nuntil = 2026-03-01",
     ["rules.toml: T-10: until: 2026-03-01 is before 2026-04-01"]),
    (R, "T-11", '"T-11"', '"T-10"',
     ["rules.toml: T-10: from, until: two rules of this id hold on the same days"]),
    (R, "T-16", "always", "coping = ok", ["rules.toml: on 2026-04-01 no rule holds for everyone"]),
    (R, "T-16", "from = 2026-04-01", "from = 2026-04-01\nuntil = 2027-03-31",
     ["rules.toml: on 2027-04-01 no rule holds for everyone"]),
    (R, "T-10", "from = 2026-04-01",
     'from = 2026-04-01\nagreed = [{ council = "kent", by = "A", on = 2026-01-01 }]',
     ["rules.toml: T-10: agreed: no council is called 'kent'"]),
    (R, "T-10", "because = {", "because = { he = \"x\", ", ["rules.toml: T-10: because", "'he'"]),
    (S, "S-22", '"young_carer_assessment"', "", ["signposts.toml: S-22: adds: a rule adds at"]),
    (S, "S-22", '["universal", "targeted", "specialist"]', "[]", ["S-22: on: a rule belongs to"]),
    (S, "S-22", '"young_carer_assessment"', '"young_carer"',
     ["signposts.toml: S-22: adds: no signpost is called 'young_carer'"]),
    (S, "S-22", '"young_carer_assessment"', '"early_help"',
     ["signposts.toml: no rule adds the signpost 'young_carer_assessment'"]),
    (S, "S-22", "child_helps_care", "child_helps", ["signposts.toml: S-22: when: 'family' has no"]),
    (S, "S-22", '"R7"', '"R77"', ["signposts.toml: S-22: sources: no source is called 'R77'"]),
    (F, "groups.strain", '"no_backup"', '"no_back_up"', ["facts.toml: groups.strain: no code"]),
    (F, "groups.strain", '"family"', '"kin"', ["facts.toml: ", "'kin'"]),
    (F, "keys.family", '"strain"', '"stress"', ["facts.toml: keys.family.step_up: no group"]),
    (F, "keys.coping", 'skipped = "ok"', 'skipped = "fine"', ["facts.toml: keys.coping.skipped"]),
    (F, "keys.wants", "skipped = []", 'skipped = ["x"]', ["facts.toml: keys.wants.skipped"]),
    (F, "keys.coping", "ordered = true", "sorted = true", ["facts.toml: ", "`sorted`"]),
    (F, "", '"tsb_allowance"', '"tsb"', ["facts.toml: never_lost: no signpost is called 'tsb'"]),
    ("steps.toml", "haf", 'code = "haf"', 'code = "hef"', ["steps.toml: "]),
    ("versions.toml", "", "2026-11-22", '"today"', ["versions.toml: "]),
    ("outcomes.toml", "adult", '"adult"', '"targeted"', ["outcomes.toml: adult has no words"]),
    ("rights.toml", "ask", '"R5"', '"R55"', ["rights.toml: ask: no source is called 'R55'"]),
    ("rights.toml", "", 'country = "wales"', 'country = "england"', ["no point for wales"]),
    ("guide.toml", "", "derived =", "worked_out =", ["guide.toml: basis: there are no words for"]),
    ("questions.toml", "", '"cannot_carry_on"', '"harder"', ["questions.toml: coping"]),
    ("sources.toml", "S1", '"council"', '"club"', ["sources.toml: "]),
]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[0]} {fault[1]} {fault[3]:.20}")
def test_fault_is_refused(tmp_path: Path, fault: tuple[str, str, str, str, list[str]]) -> None:
    file, table, old, new, says = fault
    folder = alter(tmp_path, file, table, old, new)
    with pytest.raises(CriteriaFileError) as caught:
        load_criteria(folder)
    assert [words for words in says if words not in str(caught.value)] == [], caught.value
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", FILES)
def test_missing_file(tmp_path: Path, name: str) -> None:
    folder = copy_files(tmp_path)
    (folder / name).unlink()
    with pytest.raises(CriteriaFileError, match=f"{name}: cannot be read"):
        load_criteria(folder)


@pytest.mark.parametrize("text", ["[[rules", "\udcff", "rules = 3", "", "\0"])
def test_file_that_is_none(tmp_path: Path, text: str) -> None:
    folder = copy_files(tmp_path)
    (folder / R).write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(CriteriaFileError, match=r"^rules\.toml: "):
        load_criteria(folder)


def test_rules_are_read_once() -> None:
    assert load_criteria() is load_criteria()


def test_version_follows_the_files(tmp_path: Path) -> None:
    same = load_criteria(copy_files(tmp_path))
    other = load_criteria(alter(tmp_path, R, "T-10", "You said", "You told us"))
    assert same.version == load_criteria().version
    assert other.version != same.version
    assert other.version.startswith("1-")
