"""The words of a filter's code, whichever group it is in."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from app.council import Council
from app.languages import current_language, gettext
from app.vocabulary import AGE_BAND_BY_CODE, FILTER_LISTS

Label = Callable[[str, str], str]


def label_of(council: Council) -> Label:
    """A function giving the words for a code of a facet group."""

    def label(group: str, code: str) -> str:
        if group == "locality":
            return council.locality_label(code)
        if group == "age":
            band = AGE_BAND_BY_CODE[code]
            return gettext("%(low)s to %(high)s", low=band.low, high=band.high)
        if code == "tsb_allowance" and council.allowance is not None:
            return council.allowance.name
        return _said(current_language().code, group, code)

    return label


@lru_cache(maxsize=4096)
def _said(_language: str, group: str, code: str) -> str:
    """The words of a closed list's code, found once for each language."""
    return FILTER_LISTS[group].label(code)
