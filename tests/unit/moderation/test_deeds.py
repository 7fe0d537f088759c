"""The log has a word for everything the site does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.models import AuditEntry
from app.moderation.deeds import ACTIONS, detail_of, ids_in, words_of

APP = Path(__file__).parents[3] / "app"
DEED = re.compile(r"[a-z_]+\.[a-z_]+")
RECORDERS = {"record", "_log", "_show"}


def deeds() -> Iterator[str]:
    """Every deed that is written to the log somewhere in the code."""
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _name(node.func) in RECORDERS:
                yield from (
                    item.value
                    for item in node.args
                    if isinstance(item, ast.Constant)
                    and isinstance(item.value, str)
                    and DEED.fullmatch(item.value)
                )


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def test_every_deed_of_the_code_has_words() -> None:
    found = {*deeds()}
    assert len(found) > 30, "they are found at all"
    assert found - ACTIONS.keys() == set()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", '{"fields":["who.min_age","who.max_age"]}', "fields: Ages"),
        ('{"lead":false}', '{"lead":true}', "leads: no → leads: yes"),
        ("", '{"account":"1","service":"2"}', "who: Nia"),
        ("", '{"about.summary":"Mended."}', "Summary: Mended."),
        ("", '{"reports":3,"why":""}', "reports: 3"),
        ("", "", ""),
    ],
)
def test_what_changed_in_one_line(app: Flask, old: str, new: str, said: str) -> None:
    with app.test_request_context():
        entry = AuditEntry(action="listing.updated", old=old, new=new)
        assert detail_of(entry, {"1": "Nia"}) == said
        assert words_of("listing.updated") == "Changed at once"
        assert words_of("not.known") == "not.known"


def test_people_and_organisations_are_found_in_both_halves() -> None:
    entry = AuditEntry(old='{"account":"1"}', new='{"organisation":"2","fields":["x"]}')
    assert [*ids_in(entry)] == ["1", "2"]
