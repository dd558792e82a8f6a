"""The press: fetches nothing, is shut in, and prints the same bytes everywhere."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from certification import confinement
from certification.documents.orders import NotPrinted, Order, PressRoom, printed
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


def order_of(html: str) -> Order:
    return Order(html, "request", letter_sheet().issued_on)


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
        content = printed(order_of(html))
    except NotPrinted:
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


ENDLESS = "<html lang=pl><title>x</title><table><tr><td colspan=1000000>x</td></tr></table>"
HARMLESS = "<html lang=pl><title>x</title><p>Dzień dobry</p>"


@pytest.fixture
def room() -> Iterator[PressRoom]:
    room = PressRoom(allowed=1)
    yield room
    room.close()


def test_a_layout_without_end_ends_its_process_and_no_other(room: PressRoom) -> None:
    with pytest.raises(NotPrinted):
        room.printed(order_of(ENDLESS))
    assert room.printed(order_of(HARMLESS)).startswith(b"%PDF")


def test_a_press_that_was_killed_meanwhile_starts_anew(room: PressRoom) -> None:
    others = children()
    first = room.printed(order_of(HARMLESS))
    (child,) = children() - others
    os.kill(int(child), signal.SIGKILL)
    assert room.printed(order_of(HARMLESS)) == first


def test_the_press_is_shut_in_and_knows_nothing_of_the_environment(room: PressRoom) -> None:
    others = children()
    room.printed(order_of(HARMLESS))
    (child,) = children() - others
    process = Path("/proc") / child
    assert "Seccomp:\t2" in (process / "status").read_text()
    assert os.environ["PATH"].encode() not in (process / "environ").read_bytes()


def children() -> set[str]:
    """Numbers of the processes that this thread started."""
    thread = Path(f"/proc/self/task/{threading.get_native_id()}")
    return set((thread / "children").read_text().split())


def test_a_process_that_is_shut_in_reaches_nothing(tmp_path: Path) -> None:
    if missing := confinement.missing():
        pytest.skip(f"this kernel lacks {', '.join(missing)}")
    open_to_it, secret = tmp_path / "open", tmp_path / "secret.txt"
    open_to_it.mkdir()
    (open_to_it / "font.ttf").write_text("a font")
    secret.write_text("SECRET-CANARY")
    done = subprocess.run(
        [sys.executable, "-c", TRIED, str(open_to_it), str(secret), str(os.getpid())],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["read", *["refused"] * 8]


TRIED = """
import os, signal, socket, subprocess, sys
from pathlib import Path
from certification.confinement import shut_in
folder, secret, parent = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
shut_in([folder])
print("read" if (folder / "font.ttf").read_text() == "a font" else "")
for reach in (
    secret.read_text,
    lambda: os.listdir("/"),
    lambda: (folder / "new.txt").write_text("x"),
    lambda: (folder / "font.ttf").unlink(),
    socket.socket,
    lambda: subprocess.run(["/bin/true"]),
    lambda: os.kill(parent, 0),
    lambda: os.open(f"/proc/{parent}/mem", os.O_RDONLY),
):
    try:
        reach()
    except PermissionError:
        print("refused")
    else:
        print("reached")
"""
