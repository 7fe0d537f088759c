"""The result, the way to services and the conversation sheet, as pages."""

from __future__ import annotations

import re
import zlib

import pytest
from flask.testing import FlaskClient

from app import pdf
from app.selfcheck import routes
from tests import walk
from tests.unit.selfcheck.test_result import CALM

PDF = "/self-check/sheet.pdf"
HELPED = {**CALM, "place": "Tiverton", "clubs": "needs_support", "wants": ["break_for_carer"]}


@pytest.fixture
def family(demo_client: FlaskClient) -> FlaskClient:
    """A family that has answered everything."""
    assert walk.walk(demo_client, HELPED).endswith(walk.CHECK)
    return demo_client


def page(client: FlaskClient, address: str = walk.RESULT) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    return response.get_data(as_text=True)


def unpacked(made: bytes) -> bytes:
    """A PDF with its packed parts laid open."""
    parts = re.findall(rb"/FlateDecode.*?stream\r?\n(.*?)\r?\nendstream", made, re.S)
    return made + b"".join(zlib.decompressobj().decompress(part) for part in parts)


def test_the_page_stands_in_the_order_a_family_needs(family: FlaskClient) -> None:
    headings = re.findall(r"<h[12][^>]*>(.*?)</h[12]>", page(family), re.S)
    assert [re.sub("<.*?>", "", words) for words in headings] == [
        "Short breaks with extra help may suit you",
        "Why this result",
        "What to do next",
        "What to have ready",
        "While you wait",
        "Your right to ask",
        "Good to know",
        "Services for you now",
    ]


def test_the_head_says_that_it_is_a_guide(family: FlaskClient) -> None:
    head = page(family).split('class="result-head')[1].split("</div>")[0]
    assert "This is a guide, not a decision." in head


def test_danger_comes_before_the_tier_when_a_family_carried_on(demo_client: FlaskClient) -> None:
    walk.walk(demo_client, {**HELPED, "danger_now": "yes", "carried_on": True})
    html = page(demo_client)
    assert html.index('data-signpost="safeguarding_999"') < html.index("<h1>")
    assert 'href="tel:999"' in html


def test_the_button_leads_to_all_services_by_an_address_of_three_things(
    family: FlaskClient,
) -> None:
    html = page(family)
    assert html.count('class="card" data-service=') == 5
    assert "/services?" not in html
    token = walk.TOKEN.findall(html)[-1]
    response = family.post("/self-check/services", data={"token": token})
    assert response.status_code == 303
    assert response.location == "/services?age=5-10&locality=mid-devon&need=autism"


def test_the_button_needs_the_form_it_stands_in(family: FlaskClient) -> None:
    assert family.post("/self-check/services").status_code == 400


@pytest.mark.parametrize("address", [walk.RESULT, walk.SHEET])
def test_without_answers_there_is_no_result(client: FlaskClient, address: str) -> None:
    assert client.get(address).location == "/self-check"


def test_the_sheet_holds_what_was_said_and_whom_to_ring(family: FlaskClient) -> None:
    words = walk.text_of(page(family, walk.SHEET))
    assert "What would help most: A break for me" in words
    assert "Where your child lives: Devon (Mid Devon)" in words
    assert "What the guide says: Short breaks with extra help may suit you." in words
    assert "You can ask for an assessment whatever it says." in words
    assert "01392 383080 DiAS" in words
    assert "Danger" not in words


def test_what_was_skipped_is_not_on_the_sheet(demo_client: FlaskClient) -> None:
    given = {key: said for key, said in HELPED.items() if key != "nights"}
    walk.walk(demo_client, given)
    assert "Nights" not in walk.text_of(page(demo_client, walk.SHEET))


def test_long_answers_leave_less_room_for_questions(demo_client: FlaskClient) -> None:
    few = {"needs": ["autism"], "family": [], "wants": ["overnight"], "coping": "cannot_carry_on"}
    many = {
        **few,
        "needs": ["learning_disability", "physical_disability", "sensory", "complex_health",
                  "autism", "adhd", "behaviour", "mental_health", "communication"],
        "family": ["one_carer", "carer_unwell", "no_backup", "more_than_one_disabled_child",
                   "brothers_sisters_missing_out", "child_helps_care"],
        "evidence": ["dla_high", "ehcp", "professional_letter", "early_help_plan"],
        "wants": ["overnight", "help_at_home", "support_worker"],
        "main_issue": "disability", "nights": "most_nights", "health": "nursing",
    }  # fmt: skip
    boxes = []
    for facts in (few, many):
        walk.walk(demo_client, {**HELPED, **facts})
        html = page(demo_client, walk.SHEET)
        boxes.append(html.split('class="boxes"')[1].split("</ul>")[0].count("<li>"))
    assert boxes[0] > boxes[1] == 4


def test_without_the_extra_there_is_no_pdf_and_no_link_to_one(
    family: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "pdf_available", lambda: False)
    assert PDF not in page(family, walk.SHEET)
    assert family.get(PDF).status_code == 404


def test_with_the_extra_the_sheet_is_a_pdf_too(
    family: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(routes, "pdf_available", lambda: True)
    monkeypatch.setattr(routes, "make_pdf", lambda html, _base: asked.append(html) or b"%PDF-1.7")
    assert PDF in page(family, walk.SHEET)
    response = family.get(PDF)
    assert (response.mimetype, response.data) == ("application/pdf", b"%PDF-1.7")
    assert response.headers["Cache-Control"] == "no-store"
    assert "What would help most" in asked[0]


@pytest.mark.skipif(not pdf.pdf_available(), reason="the extra `pdf` is not installed")
def test_the_pdf_is_one_page_with_the_site_s_own_letters(family: FlaskClient) -> None:
    made = family.get(PDF).data
    assert made.startswith(b"%PDF")
    inside = unpacked(made)
    assert len(re.findall(rb"/Type ?/Page\b", inside)) == 1
    assert b"Atkinson" in inside
