"""The strict client sees each fault that it is for."""

from __future__ import annotations

import pytest

from tests.strict import check_page

PAGE = (
    '<!doctype html><html lang="en"><title>Error: Feedback – Offer</title><h1>Feedback</h1>'
    '<div class="govuk-error-summary"><a href="#words">Write a few words.</a></div>'
    '<p>Tell us.</p><textarea id="words"></textarea></html>'
)


def test_a_sound_page_passes() -> None:
    check_page(PAGE)


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("Tell us.</p>", "Tell us.</p></div>", "markup"),
        ("<p>Tell us.", "<b>Tell us.", "markup"),
        ("Tell us.", "<p><div>Tell us.</div></p>", "markup"),
        ("Tell us.", "Tell & &nosuch; us.", "markup"),
        ("Tell us.", '<a href="/" href="/">us</a>', "markup"),
        ("<!doctype html>", "", "markup"),
        ("<h1>Feedback</h1>", "", "main headings"),
        ("<p>Tell us.</p>", "<h1>Us</h1>", "main headings"),
        ("<h1>Feedback", "<h1>Your feedback", "does not begin"),
        ('"govuk-error-summary"', '"summary"', "does not begin"),
        ("<p>", '<p id="words">', "ids used twice"),
        ('href="#words"', 'href="#other"', "other"),
        ('href="#words"', "", "None"),
    ],
)
def test_a_fault_is_seen(was: str, becomes: str, said: str) -> None:
    assert was in PAGE
    with pytest.raises(AssertionError, match=said):
        check_page(PAGE.replace(was, becomes, 1))
