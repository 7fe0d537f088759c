"""Walks the self-check as a family does: one question a page, each answered by its fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from flask.testing import FlaskClient

from app.criteria.load import load_criteria
from app.criteria.records import Question

RESULT, SHEET, SAFETY, CHECK = (
    f"/self-check/{page}" for page in ("result", "sheet", "safety", "check-answers")
)
TOKEN = re.compile(r'name="token" value="([^"]+)"')


def walk(client: FlaskClient, facts: Mapping[str, Any]) -> str:
    """Answer every question with these facts; give the address the family stands at then.

    A question none of whose facts is given is skipped; `place` is typed where the home is
    asked. Who is in danger carries on only when the facts say so.
    """
    client.post("/self-check")
    here = client.post("/self-check").location
    for _ in range(40):
        if here.endswith(CHECK) or (here.endswith(SAFETY) and not facts.get("carried_on")):
            return str(here)
        here = go_on(client, here, facts)
    raise AssertionError(f"no end of questions: {here}")


def go_on(client: FlaskClient, here: str, facts: Mapping[str, Any]) -> str:
    """Answer the page at an address; give the next address."""
    token = TOKEN.findall(client.get(here).get_data(as_text=True))[-1]
    if here.endswith(SAFETY):
        response = client.post(here, data={"token": token})
    else:
        response = client.post(here, data={"token": token, **fields(here, facts)})
    assert response.status_code == 303, unescape(response.get_data(as_text=True))
    return str(response.location)


def fields(address: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the question at an address, as a form sends them."""
    question = question_at(address)
    if question.row.kind == "place" and "place" in facts:
        return {"place": facts["place"]}
    given = {key: facts[key] for key in question.row.keys if facts.get(key) is not None}
    if not given:
        return {"action": "skip"}
    sent = {key: sent_as(value) for key, value in given.items() if value is not False}
    return {"action": "continue", **sent}


def sent_as(value: Any) -> Any:
    """A fact as the value of a control."""
    if isinstance(value, list):
        return value
    return "true" if value is True else str(value)


def question_at(address: str) -> Question:
    """The question at an address."""
    name = address.rpartition("/")[2]
    return next(item for item in load_criteria().questions if item.id == name)


def text_of(html: str) -> str:
    """What a page says, in one line: no tags, no marks."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def signposts_of(html: str) -> list[str]:
    """The signposts of a page, in its order."""
    return re.findall(r'data-signpost="([^"]+)"', html)


def tier_of(html: str) -> str:
    """The outcome a page is marked with."""
    (tier,) = re.findall(r'<main[^>]* data-tier="([^"]+)"', html)
    return str(tier)
