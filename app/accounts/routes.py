"""Getting in and out: asking for a link, opening it, the code, the second factor, signing out."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.access import Person, current_person, no_store
from app.accounts import factor, queries
from app.accounts.forms import CodeForm, EmailForm, FactorForm
from app.accounts.sessions import end_session, enter, leave, renew_session, session_here
from app.accounts.signing_in import MINUTES, Entered, ask, open_link, use_code
from app.accounts.tries import (
    ASKS_FOR_EMAIL,
    ASKS_OF_NETWORK,
    CODES_FOR_EMAIL,
    FACTORS,
    FACTORS_A_DAY,
    OPENS_OF_NETWORK,
    allow,
    is_this_machine,
    is_within,
)
from app.accounts.where import home_of, home_of_role, safe_next
from app.accounts.working import working
from app.languages import gettext as _
from app.network import network
from app.sealing import new_token
from app.site import current_site
from app.states import STAFF_ROLES

blueprint = Blueprint("accounts", __name__)
blueprint.after_request(no_store)
COOKIE, COOKIE_PATH = "sign_in", "/sign-in"
"""Which browser asked for a link and a code."""


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for a link and a code by mail."""
    person, onward = current_person(), _onward()
    if person is not None and request.method != "POST":
        waits = url_for("accounts.second_factor", next=onward or None)
        return redirect((onward or home_of(person)) if person.is_ready else waits, 303)
    form = EmailForm(request.form)
    if request.method != "POST" or not form.validate():
        return render_template("accounts/sign_in.html", form=form, next=onward)
    email, browser = str(form.email.data).lower(), new_token()
    allow((ASKS_OF_NETWORK, network()), (ASKS_FOR_EMAIL, email))
    has_code = is_within(CODES_FOR_EMAIL, email)
    with working() as work:
        ask(work, email, browser, onward, has_code=has_code)
    response = make_response(redirect(url_for("accounts.code", next=onward or None), 303))
    _remember(response, browser)
    return response


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """Look at your mail: open the link there, or type its code here."""
    browser, onward = request.cookies.get(COOKIE, ""), _onward()
    if not browser:
        return redirect(url_for("accounts.sign_in", next=onward or None), 303)
    form = CodeForm(request.form)
    if request.method == "POST" and form.validate():
        allow((OPENS_OF_NETWORK, network()))
        with working() as work:
            result = use_code(work, browser, form.digits, old_session=session_here())
        if isinstance(result, Entered):
            return _go_in(result, onward)
        form.complain(_wrong_code(result))
    return render_template("accounts/code.html", form=form, next=onward)


@blueprint.route("/sign-in/<link>", methods=["GET", "POST"])
def link(link: str) -> ResponseReturnValue:
    """The page behind the mailed link. Only its button signs in, so a mail scanner cannot."""
    allow_here = is_this_machine() and not current_site().settings.is_production
    onward = _onward()
    if request.method == "POST":
        allow((OPENS_OF_NETWORK, network()))
        with working() as work:
            entered = open_link(work, link, is_here=allow_here, old_session=session_here())
        if entered is not None:
            return _go_in(entered, onward)
    wish = queries.find_link(link, request.cookies.get(COOKIE, ""), is_here=allow_here)
    if wish is None:
        return render_template("accounts/dead_link.html"), 410
    return render_template("accounts/link.html", wish=wish, next=onward)


@blueprint.route("/sign-in/second-factor", methods=["GET", "POST"])
def second_factor() -> ResponseReturnValue:
    """Show the second factor, which staff need; at the first sign-in, set it up."""
    person, onward = current_person(), _onward()
    if person is None:
        return redirect(url_for("accounts.sign_in", next=onward or None), 303)
    if person.is_ready:
        return redirect(onward or home_of(person), 303)
    form = FactorForm(request.form)
    is_sent = request.method == "POST" and form.validate()
    if is_sent:
        allow((FACTORS, person.id), (FACTORS_A_DAY, person.id))
    account = queries.get_account(person.id)
    if account.totp_confirmed_at is None:
        return _set_up(person, form, onward, is_sent=is_sent)
    if is_sent:
        with working() as work:
            held = queries.lock_account(work.database, person.id)
            shown = factor.show(work, held, form.code.data or "")
            word = renew_session(work, person.session) if shown else ""
        if shown:
            enter(word)
            return redirect(onward or home_of(person), 303)
        form.complain(_("That code is not right, or was used before. Wait for the next one."))
    return render_template("accounts/second_factor.html", form=form, next=onward)


def _set_up(person: Person, form: FactorForm, onward: str, *, is_sent: bool) -> str:
    """The set-up page, then the recovery codes: they are shown this once."""
    site = current_site()
    secret = factor.opened_offer(site, person.id, form.offer.data or "")
    if is_sent and secret:
        with working() as work:
            held = queries.lock_account(work.database, person.id)
            codes = factor.confirm(work, held, secret, form.code.data or "")
            word = renew_session(work, person.session) if codes else ""
        if codes:
            enter(word)
            home = onward or home_of(person)
            return render_template("accounts/recovery_codes.html", codes=codes, onward=home)
        form.complain(_("That code is not right. Type the one your app shows now."))
    elif is_sent:
        form.complain(_("This page was open too long. Scan the new picture, please."))
    if not secret:
        secret, form.offer.data = factor.new_offer(site, person.id)
    picture = factor.qr_code(factor.setup_address(site, person.email, secret))
    return render_template(
        "accounts/set_up.html", form=form, next=onward, picture=picture, secret=secret
    )


@blueprint.route("/sign-out", methods=["GET", "POST"])
def sign_out() -> ResponseReturnValue:
    """Sign out in this browser. By GET there is only a button."""
    person = current_person()
    if request.method != "POST":
        return render_template("accounts/sign_out.html", person=person)
    if person is not None:
        with working() as work:
            end_session(work, person.session)
    response = make_response(redirect(url_for("accounts.sign_out"), 303))
    leave(response)
    return response


def _onward() -> str:
    return safe_next(request.values.get("next"))


def _go_in(entered: Entered, onward: str) -> Response:
    """Give the browser its session, and lead staff to their second factor."""
    account = entered.account
    target = onward or home_of_role(account.role)
    if account.role in STAFF_ROLES:
        target = url_for("accounts.second_factor", next=onward or None)
    enter(entered.word)
    response = make_response(redirect(target, 303))
    response.delete_cookie(COOKIE, path=COOKIE_PATH, httponly=True, samesite="Lax")
    return response


def _remember(response: Response, browser: str) -> None:
    """Let the browser that asked be known for as long as what was mailed is good."""
    response.set_cookie(
        COOKIE,
        browser,
        max_age=int(MINUTES.total_seconds()),
        path=COOKIE_PATH,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )


def _wrong_code(left: int) -> str:
    if left:
        return ngettext(
            "That code is not right. You can try once more.",
            "That code is not right. You can try %(num)s more times.",
            left,
        )
    return _("This code does not work any more. Ask for a new one.")
