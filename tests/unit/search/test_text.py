"""Words, stems and marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.search.text import LONGEST_WORD, mark, stems, words


def test_words_lose_case_accents_apostrophes_and_invisible_letters() -> None:
    assert words("Café’s DON'T go\u200bod 1:1") == ["cafes", "dont", "good", "1", "1"]


def test_broken_and_endless_input_is_cut() -> None:
    assert words("\ud800swim\x00pool") == ["swim", "pool"]
    assert words("x" * 5_000) == ["x" * LONGEST_WORD]


def test_stems_bring_forms_of_a_word_together_and_drop_empty_words() -> None:
    assert stems("The swimming of swimmers swims") == ["swim", "swimmer", "swim"]


def test_marks_every_form_of_a_word_and_nothing_else() -> None:
    shown = mark("Swimming & <b>swim</b> in Exeter", ["swim"])
    assert shown == "<mark>Swimming</mark> &amp; &lt;b&gt;<mark>swim</mark>&lt;/b&gt; in Exeter"


def test_nothing_to_mark_is_still_made_safe() -> None:
    assert mark("<i>Down’s</i>", []) == "&lt;i&gt;Down’s&lt;/i&gt;"


def test_a_word_with_an_apostrophe_is_marked_whole() -> None:
    assert mark("Down’s club", stems("downs")) == "<mark>Down’s</mark> club"


@given(st.text(), st.text())
def test_marking_never_lets_markup_through(text: str, asked: str) -> None:
    bare = str(mark(text, stems(asked))).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare
