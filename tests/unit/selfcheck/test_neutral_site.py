"""Where *Leave this site* goes: an address a browser can be sent to, or the site does not start."""

from __future__ import annotations

import pytest

from app.config import NEUTRAL_SITE, SettingError, read_settings


@pytest.mark.parametrize("address", ["https://example.org", "http://example.org/news?a=b"])
def test_an_address_is_taken(address: str) -> None:
    assert read_settings({"NEUTRAL_SITE": f" {address} "}).neutral_site == address


def test_there_is_one_when_none_is_set() -> None:
    assert read_settings({}).neutral_site == NEUTRAL_SITE
    assert read_settings({"NEUTRAL_SITE": " "}).neutral_site == NEUTRAL_SITE


@pytest.mark.parametrize(
    "wrong",
    ["example.org", "//example.org", "https://", "javascript:alert(1)", "/", "http://[", "ftp://a.b",
     "https://example.org/\r\nSet-Cookie: x=1"],
)  # fmt: skip
def test_anything_else_is_refused_by_name(wrong: str) -> None:
    with pytest.raises(SettingError, match="NEUTRAL_SITE"):
        read_settings({"NEUTRAL_SITE": wrong})
