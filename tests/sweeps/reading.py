"""The measure of `app/reading.py`, which the sentences of the site are held to."""

from __future__ import annotations

from app.reading import Reading, grade, own_words, passage_grade, readings, syllables

__all__ = ["Reading", "grade", "own_words", "passage_grade", "readings", "syllables"]
