"""Walks the self-check as a browser without scripts does: forms, hidden tokens, redirects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.criteria.load import load_criteria
from app.criteria.records import Question
from app.selfcheck.answers import COOKIE, PATH

TOKEN = re.compile(r'name="token" value="([^"]+)"')
Fields = Mapping[str, str | list[str]]


def questions() -> dict[str, Question]:
    """The questions by their id."""
    return {question.id: question for question in load_criteria().questions}


def begin(client: FlaskClient) -> None:
    """Press *Start*."""
    response = client.post(PATH)
    assert response.status_code == 303
    assert response.headers["Location"] == f"{PATH}/danger-now"


def token(client: FlaskClient, page: str = "danger-now") -> str:
    """The token of a page's form."""
    found = TOKEN.search(client.get(f"{PATH}/{page}").get_data(as_text=True))
    assert found, page
    return found[1]


def send(client: FlaskClient, page: str, fields: Fields | None = None) -> TestResponse:
    """Send a page's form with these fields; when it leads back to the page, go there."""
    form = {"token": token(client, page), **(fields or {})}
    response = client.post(f"{PATH}/{page}", data=form)
    is_back = response.headers.get("Location") == f"{PATH}/{page}"
    return client.get(f"{PATH}/{page}") if is_back else response


def answer(client: FlaskClient, page: str, fields: Fields) -> str:
    """Answer a question; gives the last part of the address it leads to."""
    response = send(client, page, fields)
    assert response.status_code == 303, (page, fields)
    return response.headers["Location"].rpartition("/")[2]


def skip(client: FlaskClient, page: str) -> str:
    """Press *Skip this question*."""
    return answer(client, page, {"action": "skip"})


def fields_for(question: Question, facts: Mapping[str, object]) -> dict[str, str | list[str]]:
    """The facts a question asks for, as a browser sends them."""
    asked = {key: facts.get(key) for key in question.row.keys}
    return {
        key: _sent(value)
        for key, value in asked.items()
        if value or (value == 0 and value is not False)
    }


def walk(client: FlaskClient, facts: Mapping[str, object]) -> str:
    """Answer every question that the facts know and skip the rest; gives where that ends."""
    begin(client)
    page = "danger-now"
    while page in questions():
        question = questions()[page]
        fields = fields_for(question, facts)
        known = bool(fields) or (question.row.may_be_none and question.row.keys[0] in facts)
        page = answer(client, page, fields) if known else skip(client, page)
        if page == "safety" and facts.get("carried_on"):
            page = answer(client, page, {})
    return page


def cookie(client: FlaskClient) -> str:
    """What the browser holds of the self-check; empty when nothing."""
    held = client.get_cookie(COOKIE, path=PATH)
    return held.value if held else ""


def _is_given(value: object) -> bool:
    """Whether a fact is something a browser sends: an age of 0 is, a box without a tick is not."""
    return bool(value) or (isinstance(value, int) and not isinstance(value, bool))


def _sent(value: object) -> str | list[str]:
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [str(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
