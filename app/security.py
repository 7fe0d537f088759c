"""Every answer's headers, and who may post: one place for both.

There are no sessions for visitors, so forms need no token: a browser says where a form
was sent from (`Sec-Fetch-Site`, `Origin`), and a post from anywhere else is refused.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, request
from flask.sessions import SessionInterface, SessionMixin

CONTENT_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "geolocation",
        "gyroscope",
        "microphone",
        "payment",
        "usb",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONE_YEAR = 365 * 24 * 3600
LARGEST_POST = 64 * 1024
"""Bytes: far more than the longest form, far less than an upload."""


def set_headers(response: Response) -> Response:
    """The headers of every answer, errors included; a view may set a stricter one."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}"
    if request.endpoint == "static" and request.args.get("v"):
        response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def refuse_foreign_posts() -> None:
    """Stop a form that another site sends in a family's name."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in {"same-origin", "none"}:
        abort(403)
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(403)
    if site is None and origin is None:
        abort(403)


class NoSession(SessionInterface):
    """Visitors have no session, so none is read or written."""

    def open_session(self, app: Flask, request: Request) -> None:
        """Nothing."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing either."""


def init_security(app: Flask) -> None:
    """Guard every request and dress every answer."""
    app.session_interface = NoSession()
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_POST
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_POST
    app.config["MAX_FORM_PARTS"] = 200
    app.before_request(refuse_foreign_posts)
    app.after_request(set_headers)
