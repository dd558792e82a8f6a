"""Hints on spelling, where hunspell and its Polish dictionary are installed."""

import shutil
import subprocess
from typing import Any

import pytest

from certification.letters import spelling
from certification.letters.spelling import misspelt

needs_hunspell = pytest.mark.skipif(
    shutil.which("hunspell") is None, reason="hunspell is not installed (Debian: hunspell-pl)"
)


@pytest.fixture(autouse=True)
def _anew() -> None:
    spelling._unknown.cache_clear()


@needs_hunspell
def test_a_misspelt_word_is_told_with_what_it_could_be() -> None:
    ((hint,),) = misspelt(["Zespuł działa."], known=[])
    assert hint.word == "Zespuł"
    assert "Zespół" in hint.suggestions


@needs_hunspell
def test_names_are_right() -> None:
    assert misspelt(["Dębówka i CISTOR."], known=["CISTOR w Dębówce", "Dębówka"]) == [[]]


@needs_hunspell
def test_each_text_has_its_own_hints() -> None:
    first, second = misspelt(["Dobra pracca.", "Dobra praca."], known=[])
    assert ([each.word for each in first], second) == (["pracca"], [])


def test_nothing_is_said_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert misspelt(["Zespuł."], known=[]) == [[]]


def test_nothing_is_said_where_it_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_args: Any, **_options: Any) -> None:
        raise subprocess.TimeoutExpired("hunspell", 1)

    monkeypatch.setattr(shutil, "which", lambda _name: "/usr/bin/hunspell")
    monkeypatch.setattr(subprocess, "run", slow)
    assert misspelt(["Zespuł."], known=[]) == [[]]
