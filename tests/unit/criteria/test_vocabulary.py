"""facts.toml and the phrases never said are those of the shared vocabulary, when it is near."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.criteria.load import load_criteria
from app.criteria.proof.words import NEVER_SAID

KEYS = load_criteria().keys


@pytest.fixture(scope="module")
def vocabulary(shared: Path) -> dict[str, Any]:
    text = (shared / "domain" / "vocabulary.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def test_keys(vocabulary: dict[str, Any]) -> None:
    asked = vocabulary["facts_keys"]["items"]
    assert {key.name for key in KEYS.asked} == asked.keys() - {"on", "district"}
    for key in KEYS.asked:
        said = asked[key.name]
        codes = said.get("codes", [])
        if key.name == "needs":
            codes = [item["code"] for item in vocabulary["need_groups"]["items"]]
        skipped = said["skipped"]
        assert [*key.codes] == codes
        assert key.skipped == (frozenset(skipped) if isinstance(skipped, list) else skipped)
        assert (key.youngest, key.oldest) == (said.get("min", 0), said.get("max", 0))
        assert key.ordered is ("order" in said)
        assert [*key.codes] == said.get("order", codes)
        assert said.get("step_up", "").endswith(key.step_up or "")
        assert (key.step_up is None) is ("step_up" not in said)
        assert [*key.alone] == said.get("alone", [])


def test_groups_signs_and_what_is_never_lost(vocabulary: dict[str, Any]) -> None:
    said = vocabulary["facts_keys"]
    groups = {name: (group.key, [*group.codes]) for name, group in KEYS.groups.items()}
    assert groups == {
        name: (group["key"], group["codes"]) for name, group in said["groups"].items()
    }
    signs = {(sign.key, *sign.codes) for sign in KEYS.strong_signs}
    assert signs == {(sign["key"], sign["code"]) for sign in said["strong_signs"]["items"]}
    assert [*KEYS.never_lost] == said["never_lost"]


def test_phrases_never_said(vocabulary: dict[str, Any]) -> None:
    for phrase in vocabulary["page_must_never_say"]:
        assert any(form.fullmatch(phrase) for form in NEVER_SAID), phrase
