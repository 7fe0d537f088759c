"""The sealed cookie: nobody else can read, change or keep it."""

from __future__ import annotations

import pytest
import time_machine
from cryptography.fernet import Fernet
from msgspec.structs import replace

from app.criteria.load import load_criteria
from app.selfcheck.answers import (
    LONGEST,
    SECONDS,
    Answers,
    SealError,
    no_answers,
    seal,
    unseal,
)

SECRET = "a secret of the tests"
SAID = Answers("t", {"needs": ["autism"], "age": 7, "has_social_worker": True, "coping": "hard"})


def test_what_is_sealed_comes_back_and_cannot_be_read() -> None:
    answers = replace(SAID, skipped=frozenset({"nights"}), again=frozenset({"evidence"}))
    sealed = seal(answers, SECRET)
    assert unseal(sealed, SECRET) == answers
    assert "autism" not in sealed and "coping" not in sealed


def test_two_seals_of_the_same_answers_differ() -> None:
    assert seal(SAID, SECRET) != seal(SAID, SECRET)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda sealed: "",
        lambda sealed: "x",
        lambda sealed: sealed[:-5],
        lambda sealed: sealed[5:],
        lambda sealed: sealed[:40] + ("A" if sealed[40] != "A" else "B") + sealed[41:],
        lambda sealed: "\udcff\x00é" + sealed[9:],
        lambda sealed: seal(SAID, "another site’s secret"),
        lambda sealed: Fernet(Fernet.generate_key()).encrypt(b"{}").decode(),
    ],
    ids=["empty", "short", "cut", "headless", "changed", "odd", "foreign", "strange"],
)
def test_a_cookie_that_is_not_as_we_sealed_it_is_refused(spoil) -> None:
    with pytest.raises(SealError):
        unseal(spoil(seal(SAID, SECRET)), SECRET)


def test_a_cookie_of_an_older_shape_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("msgspec.json.encode", lambda _answers: b'{"token":"t","old":1}')
    with pytest.raises(SealError):
        unseal(seal(SAID, SECRET), SECRET)


def test_half_an_hour_is_the_end() -> None:
    with time_machine.travel("2026-11-22 10:00", tick=False) as clock:
        sealed = seal(SAID, SECRET)
        clock.shift(SECONDS - 1)
        assert unseal(sealed, SECRET) == SAID
        clock.shift(2)
        with pytest.raises(SealError):
            unseal(sealed, SECRET)


def test_all_answers_at_once_fit_into_a_cookie() -> None:
    criteria = load_criteria()
    said = {
        key.name: [*key.codes] if key.kind == "many" else key.codes[-1]
        for key in criteria.keys.asked
        if key.codes
    }
    every = frozenset(question.id for question in criteria.questions)
    answers = Answers(no_answers().token, {**said, "age": 17, "district": "x" * 40}, every, every)
    assert len(seal(answers, SECRET)) < LONGEST


def test_answers_too_long_for_a_cookie_are_never_sent() -> None:
    with pytest.raises(SealError):
        seal(Answers("t", {"x": "y" * LONGEST}), SECRET)


def test_a_token_is_compared_whole() -> None:
    assert SAID.has_token("t")
    assert not any(SAID.has_token(token) for token in ("", "T", "tt", "é", "\udcff"))
    assert no_answers().token != no_answers().token
