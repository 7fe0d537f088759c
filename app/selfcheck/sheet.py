"""The conversation sheet: one page to print, with what the family said and wants to ask."""

from __future__ import annotations

from app.criteria.facts import Facts
from app.selfcheck.result import ResultPage, result_view
from app.site import Site


def sheet_view(site: Site, facts: Facts) -> ResultPage:
    """What the sheet shows, made for one request and kept nowhere."""
    return result_view(site, facts)
