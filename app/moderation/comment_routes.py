"""Staff's pages of comments about the site: what people send by the feedback form."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import person_here
from app.moderation.asked import read_page
from app.moderation.comment_actions import settle_comment
from app.moderation.comment_queries import find_comments, get_comment
from app.moderation.forms import DealtForm
from app.moderation.frame import database, staff_blueprint, told

blueprint = staff_blueprint("comments", __name__, "/staff/comments")
DEALT = "dealt"


@blueprint.get("")
def every() -> ResponseReturnValue:
    """What waits, the oldest first; with `show=dealt`, what was dealt with."""
    is_dealt = request.args.get("show") == DEALT
    page = find_comments(database(), read_page(request.args), is_dealt=is_dealt)
    return render_template("moderation/comments.html", page=page)


@blueprint.route("/<key>", methods=["GET", "POST"])
@told
def show(key: str) -> ResponseReturnValue:
    """One comment, whole; and saying that it is dealt with."""
    comment, form = get_comment(database(), key), DealtForm(request.form)
    if comment is None:
        abort(404)
    if request.method == "POST" and form.validate():
        settle_comment(person_here(), key, form.reason.data or "")
        return redirect(url_for("comments.every"), 303)
    return render_template("moderation/comment.html", comment=comment, form=form)
