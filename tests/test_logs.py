"""What strangers choose (paths, names, agents) cannot write lines of the log."""

import logging

import pytest
from django.conf import settings
from django.test import Client

from certification.logs import OneLine


def shown(message: str, *given: object) -> str:
    record = logging.LogRecord("x", logging.ERROR, "", 0, message, given, None)
    assert OneLine().filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    ("given", "logged"),
    [
        ("/dowody/1/", "/dowody/1/"),
        ("/zażółć gęślą/🙂", "/zażółć gęślą/🙂"),
        ("/a\n2026-01-01 ERROR x", r"/a\n2026-01-01 ERROR x"),
        ("/a\r\nb", r"/a\r\nb"),
        ("/a\x1b[2Jb", r"/a\x1b[2Jb"),
        ("/a\x85b\u2028c", r"/a\x85b\u2028c"),
        ("fdp\u202egpj", r"fdp\u202egpj"),
    ],
)
def test_line_stays_one_line(given: str, logged: str) -> None:
    assert shown("Not found: %s", given) == f"Not found: {logged}"


def test_console_of_the_program_keeps_to_one_line() -> None:
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["without_secrets", "one_line"]


@pytest.mark.django_db
def test_path_of_a_stranger_writes_no_line(caplog: pytest.LogCaptureFixture) -> None:
    Client().get("/nie-ma%0d%0a2026-01-01 CRITICAL wymyślone")
    for record in caplog.records:
        OneLine().filter(record)
        assert record.getMessage().splitlines() == [record.getMessage()]
    assert any("wymy" in record.getMessage() for record in caplog.records)
