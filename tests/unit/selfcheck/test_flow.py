"""Which question comes next: skipping, changing, and what a change makes void."""

from __future__ import annotations

from collections.abc import Mapping

from app.criteria.load import load_criteria
from app.criteria.records import Question
from app.selfcheck import flow
from app.selfcheck.answers import Answers, Said, no_answers
from app.selfcheck.flow import CHECK_ANSWERS, SAFETY, Journey

CRITERIA = load_criteria()
BY_ID = {question.id: question for question in CRITERIA.questions}
ELSEWHERE = ("other", "wales")


def begun() -> Journey:
    return Journey(CRITERIA, no_answers(), "devon")


def after(journey: Journey, **said: Said) -> Journey:
    """The journey after these answers, each given to the question that asks it."""
    for key, value in said.items():
        journey = flow.answered(journey, asking(key), {key: value})
    return journey


def asking(key: str) -> Question:
    return next(question for question in CRITERIA.questions if key in question.row.keys)


def skipping_the_rest(journey: Journey) -> Journey:
    while question := journey.first_open:
        journey = flow.skipped(journey, question)
    return journey


def said(journey: Journey) -> Mapping[str, Said]:
    return journey.answers.said


def test_a_journey_begins_with_danger() -> None:
    assert begun().station == "danger-now"
    assert BY_ID["danger-now"].row.kind == "danger"


def test_only_the_first_open_question_and_those_before_can_be_seen() -> None:
    journey = after(begun(), danger_now="no", who="parent_carer")
    assert journey.station == "lives-in"
    seen = [question.id for question in CRITERIA.questions if journey.may_see(question)]
    assert seen == ["danger-now", "who", "lives-in"]


def test_skipping_everything_but_danger_leads_to_the_answers() -> None:
    journey = skipping_the_rest(after(begun(), danger_now="no"))
    assert journey.station == CHECK_ANSWERS
    assert set(said(journey)) == {"danger_now"}
    assert "main-issue" not in journey.answers.skipped


def test_the_main_worry_is_asked_only_when_mental_health_is_ticked() -> None:
    journey = after(begun(), needs=["autism"])
    assert BY_ID["main-issue"] not in journey.path
    journey = after(journey, needs=["autism", "mental_health"])
    assert BY_ID["main-issue"] in journey.path


def test_unticking_mental_health_drops_the_main_worry_and_nothing_else() -> None:
    journey = after(
        begun(), needs=["mental_health"], main_issue="emotional_or_mental_health", nights="settled"
    )
    journey = after(journey, needs=["autism"])
    assert said(journey) == {"needs": ["autism"], "nights": "settled"}


def test_ticking_it_later_asks_for_the_main_worry_before_the_answers() -> None:
    journey = skipping_the_rest(after(begun(), danger_now="no", needs=["autism"]))
    journey = after(journey, needs=["mental_health"])
    assert journey.station == "main-issue"
    assert skipping_the_rest(journey).station == CHECK_ANSWERS


def test_a_skip_forgets_and_an_answer_takes_back_a_skip() -> None:
    journey = flow.skipped(after(begun(), coping="hard"), BY_ID["coping"])
    assert "coping" not in said(journey) and "coping" in journey.answers.skipped
    journey = after(journey, coping="ok")
    assert said(journey)["coping"] == "ok" and not journey.answers.skipped


def test_danger_comes_before_everything_until_the_family_carries_on() -> None:
    journey = skipping_the_rest(after(begun(), danger_now="no"))
    journey = after(journey, danger_now="yes")
    assert journey.station == SAFETY and journey.in_danger
    assert [item.id for item in journey.path if journey.may_see(item)] == ["danger-now"]
    on = flow.carried_on(journey)
    assert on.station == CHECK_ANSWERS and said(on)["carried_on"] is True
    assert flow.before_carrying_on(on).in_danger


def test_no_danger_takes_back_that_the_family_carried_on() -> None:
    journey = flow.carried_on(after(begun(), danger_now="yes"))
    journey = after(journey, danger_now="no")
    assert said(journey) == {"danger_now": "no"}


def test_another_council_asks_again_for_what_it_does_not_know() -> None:
    """Tariffs are one council's own: of the rest, nothing is lost."""
    with_tariffs = next(
        answer.only_in[0] for answer in BY_ID["evidence"].row.answers if answer.only_in
    )
    journey = after(begun(), lives_in=with_tariffs)
    ticked: dict[str, Said] = {"evidence": ["ehcp_tariff_d_or_above", "pip"]}
    others: dict[str, Said] = {"has_social_worker": True, "free_school_meals": False}
    journey = flow.answered(
        journey,
        BY_ID["evidence"],
        {**ticked, **others},
    )
    assert not journey.answers.again
    moved = after(journey, lives_in="devon")
    assert said(moved)["evidence"] == ["pip"]
    assert said(moved)["has_social_worker"] is True
    assert moved.answers.again == {"evidence"}
    assert skipping_the_rest(after(moved, danger_now="no")).station == CHECK_ANSWERS
    again = flow.answered(moved, BY_ID["evidence"], {"evidence": ["ehcp"]})
    assert not again.answers.again


def test_a_plan_stays_a_plan_in_every_council() -> None:
    journey = after(begun(), lives_in="devon", evidence=["ehcp"])
    for council in ("surrey", "herefordshire", *ELSEWHERE, "unsure"):
        journey = after(journey, lives_in=council)
        assert said(journey)["evidence"] == ["ehcp"] and not journey.answers.again


def test_a_home_that_is_none_of_ours_uses_the_sites_rules() -> None:
    assert begun().council == "devon"
    assert after(begun(), lives_in="surrey").council == "surrey"
    assert {after(begun(), lives_in=home).council for home in ELSEWHERE} == {"devon"}


def test_the_way_back_is_the_question_before_on_the_path() -> None:
    journey = after(begun(), needs=["autism"])
    assert journey.before(BY_ID["danger-now"]) is None
    assert journey.before(BY_ID["help-vs-same-age"]) is BY_ID["diagnosis"]
    journey = after(journey, needs=["mental_health"])
    assert journey.before(BY_ID["help-vs-same-age"]) is BY_ID["main-issue"]


def test_progress_counts_the_questions_of_this_family() -> None:
    journey = begun()
    total = len(CRITERIA.questions) - 2
    assert journey.progress(BY_ID["who"]) == (1, total, 5)
    assert journey.progress(BY_ID["evidence"]) == (total, total, 1)
    journey = after(journey, needs=["mental_health"])
    assert journey.progress(BY_ID["who"])[1] == total + 1


def test_the_voice_is_that_of_whoever_answers() -> None:
    voices = {who: after(begun(), who=who).voice for who in CRITERIA.keys["who"].codes}
    assert voices == {
        "parent_carer": "child",
        "foster_or_kinship": "child",
        "young_person": "you",
        "professional": "they",
    }


def test_answers_of_a_copy_leave_the_first_as_it_was() -> None:
    journey = begun()
    after(journey, coping="hard")
    assert journey.answers == Answers(journey.answers.token)
