"""The self-check: a start page, one question a page, answers to check, a result, and a way out.

Answers come by POST and are sealed into the family's own cookie; every POST that is taken is
answered by a redirect, so that Back and Reload work on a phone. No address holds an answer.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request
from flask import url_for as address
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from app.criteria.facts import FactsError
from app.criteria.load import load_criteria
from app.criteria.records import Question
from app.languages import gettext
from app.pdf import make_pdf, pdf_available
from app.selfcheck import flow
from app.selfcheck.answers import (
    COOKIE,
    Answers,
    SealError,
    StaleFormError,
    Wrong,
    drop,
    keep,
    no_answers,
    unseal,
)
from app.selfcheck.bridge import services_address
from app.selfcheck.flow import CHECK_ANSWERS, SAFETY, Journey
from app.selfcheck.forms import Asked, Reply, read_reply
from app.selfcheck.result import result_view
from app.selfcheck.sheet import sheet_view
from app.selfcheck.wording import answer_rows, question_page
from app.site import current_site

blueprint = Blueprint("selfcheck", __name__)
LEAVING = {"Referrer-Policy": "no-referrer"}


@blueprint.route("/self-check", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """The promises, and a button that begins with no answers."""
    criteria = load_criteria()
    if request.method == "POST":
        first = criteria.questions[0].id
        return _go(address("selfcheck.question", question=first), no_answers())
    promises = [gettext(words.to("child")) for words in criteria.guide.promises]
    return render_template("selfcheck/start.html", promises=promises)


@blueprint.post("/self-check/start-again")
def start_again() -> ResponseReturnValue:
    """Wipe the answers, for another child or for good."""
    response = _go(address("selfcheck.start"))
    drop(response)
    return response


@blueprint.route("/self-check/<question>", methods=["GET", "POST"])
def question(question: str) -> ResponseReturnValue:
    """One question: shown, or its answer taken."""
    asked = _find(question)
    journey = _open_journey()
    if journey is None:
        return _go(address("selfcheck.start"))
    if not journey.may_see(asked):
        return _go_on(journey)
    if request.method != "POST":
        return _show(journey, asked)
    return _take(journey, asked)


@blueprint.route("/self-check/safety", methods=["GET", "POST"])
def safety() -> ResponseReturnValue:
    """Whom to ring now, for a family that may be in danger; from here it may carry on."""
    journey = _open_journey()
    if journey is None:
        return _go(address("selfcheck.start"))
    if journey.values["danger_now"] != "yes":
        return _go_on(journey)
    if request.method == "POST":
        return _go_on(flow.carried_on(journey), kept=True)
    page = result_view(current_site(), flow.before_carrying_on(journey).facts)
    first = journey.path[0].id
    return render_template(
        "selfcheck/safety.html", page=page, token=journey.answers.token, back=first
    )


@blueprint.get("/self-check/check-answers")
def check_answers() -> ResponseReturnValue:
    """Every answer, each with a link to change it."""
    journey = _open_journey()
    if journey is None or journey.station != CHECK_ANSWERS:
        return _go_on(journey)
    rows = answer_rows(journey)
    return render_template("selfcheck/check_answers.html", rows=rows, token=journey.answers.token)


@blueprint.get("/self-check/result")
def result() -> ResponseReturnValue:
    """What the answers mean."""
    journey = _open_journey()
    if journey is None or journey.station != CHECK_ANSWERS:
        return _go_on(journey)
    page = result_view(current_site(), journey.facts)
    return render_template("selfcheck/result.html", page=page, token=journey.answers.token)


@blueprint.post("/self-check/services")
def services() -> ResponseReturnValue:
    """To all services that fit: the family presses a button, so its address is their choice."""
    journey = _open_journey()
    if journey is None or journey.station != CHECK_ANSWERS:
        return _go_on(journey)
    site = current_site()
    return _go(services_address(result_view(site, journey.facts).told, site))


@blueprint.get("/self-check/sheet")
def sheet() -> ResponseReturnValue:
    """The conversation sheet: one page to print."""
    journey = _open_journey()
    if journey is None or journey.station != CHECK_ANSWERS:
        return _go_on(journey)
    return _sheet(journey)


@blueprint.get("/self-check/sheet.pdf")
def sheet_pdf() -> ResponseReturnValue:
    """The conversation sheet as a PDF, where the site can make one."""
    if not pdf_available():
        abort(404)
    journey = _open_journey()
    if journey is None or journey.station != CHECK_ANSWERS:
        return _go_on(journey)
    made = make_pdf(_sheet(journey), request.base_url)
    return Response(made, mimetype="application/pdf")


@blueprint.get("/leave")
def leave() -> ResponseReturnValue:
    """Drop the answers and go at once to a site that says nothing about this one."""
    response = _go(current_site().settings.neutral_site)
    response.headers.update(LEAVING)
    drop(response)
    return response


@blueprint.errorhandler(SealError)
@blueprint.errorhandler(FactsError)
def answers_are_gone(error: Exception) -> ResponseReturnValue:
    """Half an hour is over, or the cookie is not one of ours: a plain way to start again."""
    response = current_app.make_response(render_template("selfcheck/start_again.html"))
    response.status_code = 400
    if not isinstance(error, StaleFormError):
        drop(response)
    return response


@blueprint.after_request
def keep_nowhere(response: Response) -> Response:
    """No page of the self-check stays in a cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _find(name: str) -> Question:
    found = next((item for item in load_criteria().questions if item.id == name), None)
    return found or abort(404)


def _open_journey() -> Journey | None:
    """The family's answers; None when it has none and only looks. Raises `SealError`."""
    sealed = request.cookies.get(COOKIE)
    if sealed is None and request.method != "POST":
        return None
    answers = unseal(sealed or "", _secret())
    if request.method == "POST":
        answers = replace(answers, wrong=None)
    journey = Journey(load_criteria(), answers, current_site().council.code)
    if request.method == "POST" and not answers.has_token(request.form.get("token", "")):
        raise StaleFormError("the form was made for other answers")
    return journey


def _asked(journey: Journey, question: Question) -> Asked:
    said = journey.answers.said
    return Asked(question, journey.criteria.keys, journey.council, journey.site, said)


def _show(journey: Journey, question: Question) -> Response:
    """A question; once, if it was answered wrongly just now, with what was wrong."""
    wrong = journey.answers.wrong
    if wrong is None or wrong.question != question.id:
        page = question_page(journey, _asked(journey, question))
        return current_app.make_response(render_template("selfcheck/question.html", page=page))
    reply = Reply({}, wrong.problem, wrong.chosen, wrong.typed, wrong.is_typed_wrong)
    page = question_page(journey, _asked(journey, question), reply)
    response = current_app.make_response(render_template("selfcheck/question.html", page=page))
    _keep(replace(journey.answers, wrong=None), response)
    return response


def _sheet(journey: Journey) -> str:
    page = sheet_view(current_site(), journey)
    return render_template("selfcheck/sheet.html", page=page, has_pdf=pdf_available())


def _take(journey: Journey, question: Question) -> ResponseReturnValue:
    """Keep what was answered and go on; or back to the question, to say what is wrong."""
    asked = _asked(journey, question)
    if request.form.get("action") == "skip" and question.row.kind != "danger":
        return _go_on(flow.skipped(journey, question), kept=True)
    reply = read_reply(asked, request.form)
    if reply.problem:
        wrong = Wrong(question.id, reply.problem, reply.chosen, reply.typed, reply.is_typed_wrong)
        to = address("selfcheck.question", question=question.id)
        return _go(to, replace(journey.answers, wrong=wrong))
    return _go_on(flow.answered(journey, question, reply.values), kept=True)


def _go_on(journey: Journey | None, *, kept: bool = False) -> Response:
    """To where the family goes on from: the start page without answers."""
    if journey is None:
        return _go(address("selfcheck.start"))
    pages = {SAFETY: "selfcheck.safety", CHECK_ANSWERS: "selfcheck.check_answers"}
    if journey.station in pages:
        return _go(address(pages[journey.station]), journey.answers if kept else None)
    to = address("selfcheck.question", question=journey.station)
    return _go(to, journey.answers if kept else None)


def _go(to: str, answers: Answers | None = None) -> Response:
    response = current_app.make_response(redirect(to, 303))
    if answers is not None:
        _keep(answers, response)
    return response


def _keep(answers: Answers, response: Response) -> None:
    keep(answers, response, _secret(), secure=request.is_secure)


def _secret() -> str:
    return current_site().settings.secret_key
