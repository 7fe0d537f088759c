"""A page as a PDF, where the optional extra `pdf` is installed.

The maker of PDFs is imported when it is first needed, so that a site without it starts as fast
and works as well. It reads our own static files from disk and never asks the network.
"""

from __future__ import annotations

import logging
from functools import cache
from importlib import import_module
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urljoin, urlsplit

MAKER: Final = "weasyprint"
STATIC: Final = Path(__file__).parent / "static"
STATIC_PATH: Final = "/static/"


@cache
def pdf_available() -> bool:
    """Whether PDFs can be made: the extra and the system's libraries are there."""
    try:
        import_module(MAKER)
    except (ImportError, OSError):  # OSError: a library of the system is missing
        return False
    return True


def make_pdf(html: str, base: str) -> bytes:
    """A whole page, styled as for paper, as a PDF.

    `base`: the page's own address, from which its static files are named. Raises ImportError
    or OSError where `pdf_available` says no.
    """
    logging.getLogger(MAKER).setLevel(logging.CRITICAL)  # it would write what it cannot draw
    maker: Any = import_module(MAKER)
    document: bytes = maker.HTML(string=html, base_url=base, url_fetcher=_fetcher(base)).write_pdf()
    return document


def read_static(base: str, url: str) -> bytes:
    """One of our static files by its address. Raises ValueError for any other address."""
    asked, own = urlsplit(url), urlsplit(urljoin(base, STATIC_PATH))
    file = (STATIC / unquote(asked.path).removeprefix(STATIC_PATH)).resolve()
    is_ours = asked[:2] == own[:2] and asked.path.startswith(STATIC_PATH)
    if not is_ours or not file.is_relative_to(STATIC.resolve()) or not file.is_file():
        raise ValueError("only the site's own static files are read")
    return file.read_bytes()


def _fetcher(base: str) -> Any:
    """What the maker asks for files, in its own terms."""
    urls: Any = import_module(f"{MAKER}.urls")

    class StaticFiles(urls.URLFetcher):
        """Gives static files, and nothing from anywhere else."""

        def fetch(self, url: str, _headers: Any = None) -> Any:
            """One file, with its type. Raises ValueError for an address that is not ours."""
            body = read_static(base, url)
            kind = guess_type(urlsplit(url).path)[0] or "application/octet-stream"
            return urls.URLFetcherResponse(url, body, {"Content-Type": kind})

    return StaticFiles()
