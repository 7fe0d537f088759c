"""One family's way through the self-check: a question a page, changed, skipped, gone back to."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

import pytest
from flask.testing import FlaskClient

from app.selfcheck.answers import PATH
from tests.selfcheck import answer, begin, cookie, questions, send, skip, token, walk

FACTS = {
    "danger_now": "no",
    "who": "parent_carer",
    "lives_in": "devon",
    "age": 9,
    "needs": ["autism", "mental_health"],
    "diagnosis": "waiting",
    "main_issue": "disability",
    "help_vs_same_age": "lot_more",
    "clubs": "needs_support",
    "nights": "some_nights",
    "safety_behaviour": "some",
    "health": "none",
    "family": [],
    "coping": "hard",
    "wants": ["things_to_do"],
    "evidence": ["ehcp"],
    "free_school_meals": True,
}
LEAVE = 'class="btn leave" href="/leave"'


def text(client: FlaskClient, page: str = "") -> str:
    response = client.get(f"{PATH}/{page}".rstrip("/"))
    assert response.status_code == 200, page
    return unescape(response.get_data(as_text=True))


def test_the_start_page_promises_and_sets_nothing(client: FlaskClient) -> None:
    response = client.get(PATH)
    html = unescape(response.get_data(as_text=True))
    assert "Set-Cookie" not in response.headers
    for promise in ("a guide, not a decision", "You do not need a diagnosis", "call 999"):
        assert promise in html
    assert LEAVE in html


def test_a_whole_journey_ends_in_a_result(client: FlaskClient) -> None:
    assert walk(client, FACTS) == "check-answers"
    html = text(client, "check-answers")
    for said in ("9 years", "Autism", "A lot more", "None of these", "Free school meals"):
        assert said in html
    assert "Skipped" not in html
    result = text(client, "result")
    assert 'data-tier="targeted"' in result


def test_everything_but_danger_can_be_skipped(client: FlaskClient) -> None:
    assert walk(client, {"danger_now": "no"}) == "check-answers"
    assert text(client, "check-answers").count("Skipped") == len(questions()) - 2
    assert 'data-tier="universal"' in text(client, "result")


def test_danger_cannot_be_skipped(client: FlaskClient) -> None:
    begin(client)
    assert "Skip this question" not in text(client, "danger-now")
    page = send(client, "danger-now", {"action": "skip"}).get_data(as_text=True)
    assert "Choose an answer." in page and "<title>Error: " in page


def test_what_is_wrong_is_said_once_on_a_page_of_its_own(client: FlaskClient) -> None:
    """The form itself is answered by a redirect, so that Back and Reload never send it again."""
    walk(client, FACTS)
    form = {"token": token(client, "age"), "age": "7.5"}
    response = client.post(f"{PATH}/age", data=form)
    assert (response.status_code, response.headers["Location"]) == (303, f"{PATH}/age")
    assert "Error: " not in text(client, "needs"), "it belongs to one question"
    html = text(client, "age")
    assert "Type the age in whole years, like 7." in html and 'value="7.5"' in html
    html = text(client, "age")
    assert "Error: " not in html and 'value="9"' in html
    client.post(f"{PATH}/age", data=form)
    assert answer(client, "coping", {"coping": "ok"}) == "check-answers"
    assert "Error: " not in text(client, "age"), "the next answer forgets it"


def test_the_worst_that_is_typed_fits_into_the_cookie(client: FlaskClient) -> None:
    walk(client, FACTS)
    html = unescape(send(client, "lives-in", {"place": "😀" * 4000}).get_data(as_text=True))
    assert "We do not know that place." in html
    assert len(cookie(client)) < 3500


def test_every_page_has_a_way_out_and_says_that_nothing_is_kept(client: FlaskClient) -> None:
    walk(client, FACTS)
    for page in (*questions(), "check-answers", "result", "sheet"):
        html = text(client, page)
        assert LEAVE in html, page
        assert "Nothing you choose is kept." in html, page


def test_progress_and_skip_stand_on_every_question_but_the_first(client: FlaskClient) -> None:
    walk(client, FACTS)
    total = len(questions()) - 1
    assert "Question 1 of" not in text(client, "danger-now")
    for number, page in enumerate(list(questions())[1:], 1):
        html = text(client, page)
        assert f"Question {number} of {total}." in html
        assert "Skip this question" in html and "Why we ask" in html


def test_back_leads_to_the_question_before(client: FlaskClient) -> None:
    walk(client, FACTS)
    ids = list(questions())
    back = re.compile(r'class="govuk-back-link" href="([^"]+)"')
    for earlier, page in pairwise(ids):
        found = back.search(text(client, page))
        assert found and found[1] == f"{PATH}/{earlier}"
    found = back.search(text(client, ids[0]))
    assert found and found[1] == PATH


def test_what_was_said_is_there_again_on_the_way_back(client: FlaskClient) -> None:
    walk(client, FACTS)
    assert re.search(r'value="lot_more" checked', text(client, "help-vs-same-age"))
    assert re.search(r'name="age" value="9"', text(client, "age"))
    assert text(client, "needs").count(" checked") == 2


def test_a_change_leads_back_to_the_answers(client: FlaskClient) -> None:
    walk(client, FACTS)
    assert answer(client, "coping", {"coping": "ok"}) == "check-answers"
    assert answer(client, "needs", {"needs": ["autism"]}) == "check-answers"
    assert "main worry" not in text(client, "check-answers")
    assert answer(client, "needs", {"needs": ["mental_health"]}) == "main-issue"


def test_each_answer_has_its_own_change_link(client: FlaskClient) -> None:
    walk(client, FACTS)
    links = re.findall(
        r'<dd class="change"><a href="([^"]+)">Change<span', text(client, "check-answers")
    )
    assert links == [f"{PATH}/{page}" for page in questions()]


def test_another_council_has_other_answers(client: FlaskClient) -> None:
    walk(client, {"danger_now": "no", "lives_in": "herefordshire"})
    assert "tariff D" in text(client, "evidence")
    send(client, "evidence", {"evidence": ["ehcp_tariff_d_or_above", "pip"]})
    assert answer(client, "lives-in", {"lives_in": "devon"}) == "evidence"
    html = text(client, "evidence")
    assert "tariff D" not in html and re.search(r'value="pip" checked', html)


@pytest.mark.parametrize("name", ["age", "evidence", "check-answers", "result", "sheet", "safety"])
def test_a_page_not_yet_reached_leads_to_the_first_open_question(
    client: FlaskClient, name: str
) -> None:
    begin(client)
    response = client.get(f"{PATH}/{name}")
    assert (response.status_code, response.headers["Location"]) == (303, f"{PATH}/danger-now")


def test_an_answer_to_a_question_not_yet_reached_is_not_taken(client: FlaskClient) -> None:
    begin(client)
    form = {"token": token(client), "age": "9"}
    response = client.post(f"{PATH}/age", data=form)
    assert response.headers["Location"] == f"{PATH}/danger-now"
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("name", ["nowhere", "danger_now", "main", "check-answers2", "%00", "é"])
def test_an_unknown_question_is_not_found(client: FlaskClient, name: str) -> None:
    begin(client)
    assert client.get(f"{PATH}/{name}").status_code in {400, 404}
    assert client.post(f"{PATH}/{name}").status_code in {400, 404}


def test_danger_leads_to_the_numbers_at_once_and_then_on(client: FlaskClient) -> None:
    begin(client)
    assert answer(client, "danger-now", {"danger_now": "yes"}) == "safety"
    html = text(client, "safety")
    assert 'data-tier="safety_exit"' in html
    for needed in ('href="tel:999"', "0345 155 1071", "0800 1111", "Carry on"):
        assert needed in html
    assert 'data-rule="T-01"' in html
    for signpost in ("safeguarding_999", "safeguarding_front_door", "rights_box", "sendiass"):
        assert f'data-signpost="{signpost}"' in html
    assert client.get(f"{PATH}/result").headers["Location"] == f"{PATH}/safety"
    assert client.get(f"{PATH}/who").headers["Location"] == f"{PATH}/safety"
    assert answer(client, "safety", {}) == "who"


def test_after_carrying_on_the_result_has_a_tier(client: FlaskClient) -> None:
    assert walk(client, {**FACTS, "danger_now": "yes", "carried_on": True}) == "check-answers"
    assert 'data-tier="targeted"' in text(client, "result")
    assert answer(client, "danger-now", {"danger_now": "no"}) == "check-answers"
    assert answer(client, "danger-now", {"danger_now": "yes"}) == "safety"
    assert client.get(f"{PATH}/check-answers").headers["Location"] == f"{PATH}/safety"


def test_a_family_in_despair_finds_the_front_door_on_the_safety_page(client: FlaskClient) -> None:
    walk(client, {**FACTS, "coping": "cannot_carry_on"})
    answer(client, "danger-now", {"danger_now": "yes"})
    assert 'data-signpost="urgent_front_door"' in text(client, "safety")


def test_another_child_starts_with_nothing(client: FlaskClient) -> None:
    walk(client, FACTS)
    response = client.post(f"{PATH}/start-again")
    assert response.headers["Location"] == PATH
    assert not cookie(client)
    begin(client)
    assert " checked" not in text(client, "danger-now")


def test_starting_again_in_the_middle_forgets(client: FlaskClient) -> None:
    walk(client, FACTS)
    before = token(client)
    begin(client)
    assert token(client) != before
    assert client.get(f"{PATH}/result").headers["Location"] == f"{PATH}/danger-now"


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("parent_carer", "How old is your child?"),
        ("young_person", "How old are you?"),
        ("professional", "How old is the child?"),
    ],
)
def test_the_pages_speak_to_whoever_answers(client: FlaskClient, who: str, words: str) -> None:
    walk(client, {"danger_now": "no", "who": who})
    assert words in text(client, "age")


def test_a_place_is_looked_up_and_never_shown_again(client: FlaskClient) -> None:
    walk(client, {"danger_now": "no"})
    answer(client, "lives-in", {"place": "EX16 6DH"})
    assert "Devon (Mid Devon)" in text(client, "check-answers")
    html = text(client, "lives-in")
    assert "EX16" not in html and re.search(r'value="devon" checked', html)


def test_two_tabs_at_once_keep_the_last_answer(client: FlaskClient) -> None:
    begin(client)
    tab = token(client)
    for code in ("no", "yes", "no"):
        form = {"token": tab, "danger_now": code}
        assert client.post(f"{PATH}/danger-now", data=form).status_code == 303
    for code in ("professional", "young_person"):
        client.post(f"{PATH}/who", data={"token": tab, "who": code})
    assert re.search(r'value="young_person" checked', text(client, "who"))


def test_a_tab_on_a_question_that_is_gone_goes_on(client: FlaskClient) -> None:
    walk(client, FACTS)
    tab = token(client, "main-issue")
    answer(client, "needs", {"needs": ["autism"]})
    form = {"token": tab, "main_issue": "emotional_or_mental_health"}
    response = client.post(f"{PATH}/main-issue", data=form)
    assert response.headers["Location"] == f"{PATH}/check-answers"


def test_skipping_takes_an_answer_back(client: FlaskClient) -> None:
    walk(client, FACTS)
    assert skip(client, "age") == "check-answers"
    assert "9 years" not in text(client, "check-answers")


def test_the_self_check_can_be_found(client: FlaskClient) -> None:
    for address in ("/", "/what-is-hard", "/about"):
        assert f'href="{PATH}"' in client.get(address).get_data(as_text=True), address


@pytest.mark.parametrize("name", ["who", "needs", "age", "lives-in"])
def test_every_page_is_in_polish_too(demo_client: FlaskClient, name: str) -> None:
    """Every page of the journey can be had in every language of the site."""
    walk(demo_client, FACTS)
    response = demo_client.get(f"{PATH}/{name}?lang=pl")
    assert response.status_code == 200 and '<html lang="pl"' in response.get_data(as_text=True)
