"""The press: fetches nothing, and prints the same bytes everywhere."""

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from certification.documents.press import FetchRefused, Press
from certification.documents.render import render_certificate, render_letter

from .sheets import certificate_sheet, letter_sheet

ROOT = Path(__file__).parents[2]
PRINT_BOTH = """
import hashlib, django
django.setup()
from certification.documents.render import render_certificate, render_letter
from tests.documents.sheets import certificate_sheet, letter_sheet
print(hashlib.sha256(render_certificate(certificate_sheet())).hexdigest())
print(hashlib.sha256(render_letter(letter_sheet())).hexdigest())
"""


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and the list of what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


HOSTILE = [
    "<img src='{where}/x.png'>",
    "<link rel=stylesheet href='{where}/x.css'>",
    "<link rel=attachment href='{where}/x'>",
    "<style>@import '{where}/x.css'; body {{ background: url({where}/y.png) }}</style>",
    "<style>@font-face {{ font-family: x; src: url({where}/x.ttf) }}</style>",
    "<p style='background: url({where}/x.png)'>x</p>",
    "<p style='list-style-image: url({where}/x.png); display: list-item'>x</p>",
    "<p style='content: url({where}/x.png)'>x</p>",
    "<object data='{where}/x.svg' type='image/svg+xml'></object>",
    "<embed src='{where}/x.svg' type='image/svg+xml'>",
    "<svg><image href='{where}/x.png' width='9' height='9'/></svg>",
    "<svg><use href='{where}/x.svg#a'/></svg>",
    "<a rel=attachment href='{where}/x'>x</a>",
]


@pytest.mark.parametrize("markup", HOSTILE)
@pytest.mark.parametrize("where", ["http", "file"])
def test_nothing_is_fetched_even_if_markup_got_in(
    markup: str, where: str, listener: tuple[str, list[str]], tmp_path: Path
) -> None:
    """Texts are escaped; this is the second wall, tried with the first one taken away."""
    secret = tmp_path / "x.png"
    secret.write_bytes(b"SECRET-CANARY")
    address, asked = listener
    base = address if where == "http" else f"file://{tmp_path}"
    html = f"<html lang=pl><title>x</title><body>{markup.format(where=base)}</body></html>"
    try:
        content = Press().print(html, "letter", letter_sheet().issued_on, {})
    except FetchRefused:
        content = b""
    assert asked == []
    assert b"SECRET-CANARY" not in content


def test_escaped_texts_try_to_fetch_nothing(listener: tuple[str, list[str]]) -> None:
    address, asked = listener
    markup = [text.format(where=address) for text in HOSTILE]
    for text in markup:
        render_certificate(certificate_sheet(holder=text))
    render_letter(letter_sheet(paragraphs=tuple(markup)))
    assert asked == []


def test_same_sheet_gives_the_same_bytes_in_any_process() -> None:
    environment = os.environ | {
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Auckland",
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "certification.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", PRINT_BOTH],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    here = [render_certificate(certificate_sheet()), render_letter(letter_sheet())]
    assert done.stdout.split() == [hashlib.sha256(content).hexdigest() for content in here]


def test_different_sheets_give_different_identifiers() -> None:
    one = render_certificate(certificate_sheet())
    other = render_certificate(certificate_sheet(number="CAL/OSL/13/2016"))
    assert one.partition(b"/ID")[2][:80] != other.partition(b"/ID")[2][:80]


def test_two_threads_print_what_one_would() -> None:
    sheets = [certificate_sheet(number=f"CAL/OSL/{n}/2016") for n in range(6)]
    expected = [render_certificate(sheet) for sheet in sheets]
    printed: dict[int, bytes] = {}

    def work(numbers: range) -> None:
        for n in numbers:
            printed[n] = render_certificate(sheets[n])

    threads = [threading.Thread(target=work, args=(range(start, 6, 2),)) for start in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [printed[n] for n in range(6)] == expected
