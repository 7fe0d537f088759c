"""What stands before every page: servers in front, and addresses that are nobody's.

An answer to an address that is not ours says so in plain text: a page would build links
from a host name that is not to be trusted.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix


def refuse_strange_addresses() -> Response | None:
    """Answer 400 to a host name that is not this site's, or a path with control characters."""
    is_strange_host = isinstance(request.routing_exception, SecurityError)
    if is_strange_host or not request.path.isprintable():
        return Response("This address is not one of ours.\n", 400, mimetype="text/plain")
    return None


def init_front(app: Flask, proxies: int) -> None:
    """Guard the door. `proxies`: how many servers in front are believed about https."""
    if proxies:
        front: Any = app
        front.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)
    app.before_request(refuse_strange_addresses)
