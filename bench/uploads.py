"""A file of 200 MB through gunicorn: received, checked, hashed and stored, against a raw copy.

The ways take turns, so that a busy moment falls on all of them alike. Sent from a file on the
disk, in pieces; what is measured is the whole way until the evidence is in the library.
"""

import base64
import os
import random
import sqlite3
import statistics
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.serving import Part, Seen, Server, running

MEGABYTES = 200
SIZE = MEGABYTES * 1024 * 1024 - 4096  # the limit holds for the whole file
MB = 1024 * 1024
FIRST = 4 * MB  # as static/js/upload-sending.js: then the rest, when the network is fast
ROUNDS = 15
PIECES = "application/offset+octet-stream"
Way = Callable[[Server, Path], None]
BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"  # as long as browsers make it: it is looked for


def report() -> None:
    """Print the table for docs/performance.md."""
    with TemporaryDirectory() as folder, running() as server:
        film = Path(folder) / "Film.mp4"
        film.write_bytes(_film())
        ways: dict[str, Way] = {
            "raw copy": _raw,
            "raw copy and SHA-256": lambda server, file: _raw(server, file, "?skrot"),
            "tus, one piece": lambda server, file: _tus(server, file, SIZE, SIZE),
            "tus, as our page sends": lambda server, file: _tus(server, file, FIRST, SIZE),
            "plain form": _form,
            "download": _download,
        }
        for way in ways.values():  # everything is imported once
            way(server, film)
        seen = {name: Seen() for name in ways}
        for number in range(ROUNDS):
            for name, way in _shuffled(ways, number):
                _settle(server)
                with server.watched(seen[name]):
                    way(server, film)
    print(_table(seen))


def _shuffled(ways: dict[str, Way], number: int) -> list[tuple[str, Way]]:
    """In another order each round: the file before leaves warm memory to the next, or none."""
    return random.Random(number).sample(list(ways.items()), len(ways))  # noqa: S311 - no secret


def _film() -> bytes:
    """What is checked of an MP4, and noise."""

    def box(name: bytes, content: bytes) -> bytes:
        return (8 + len(content)).to_bytes(4, "big") + name + content

    head = box(b"ftyp", b"isom\0\0\0\0isommp42") + box(b"moov", box(b"mvhd", bytes(100)))
    return head + box(b"mdat", os.urandom(SIZE - len(head) - 8))


def _raw(server: Server, file: Path, query: str = "") -> None:
    done = server.ask("POST", f"/surowo/{query}", Part(file, 0, SIZE))
    assert done.status == 204


def _tus(server: Server, file: Path, first: int, others: int) -> None:
    tus = {"Tus_Resumable": "1.0.0"}
    named = f"filename {base64.b64encode(file.name.encode()).decode()}"
    announced = tus | {"Upload_Length": str(SIZE), "Upload_Metadata": named}
    created = server.ask("POST", f"/dowody/dodaj/{server.institution}/przesylanie/", **announced)
    assert created.status == 201
    address = created.headers["Location"]
    for offset in (0, *range(first, SIZE, others)):
        part = Part(file, offset, min(others if offset else first, SIZE - offset))
        about = tus | {"Upload_Offset": str(offset), "Content_Type": PIECES}
        assert server.ask("PATCH", address, part, **about).status == 204
    described = {
        "row": "r1",
        "r1-upload": address.split("/")[-2],
        "r1-title": "Film",
        "r1-type": server.kind,
    }
    body, kind = _multipart(described)
    adding = f"/dowody/dodaj/{server.institution}/pliki/"
    assert server.ask("POST", adding, body, Content_Type=kind).status == 302


def _form(server: Server, file: Path) -> None:
    before, kind = _multipart({"title": "Film", "type": server.kind}, file.name)
    address = f"/dowody/dodaj/{server.institution}/"
    body = (before, Part(file, 0, SIZE), f"\r\n--{BOUNDARY}--\r\n".encode())
    done = server.ask("POST", address, *body, Content_Type=kind)
    assert done.status == 302, done.status


def _download(server: Server, file: Path) -> None:
    done = server.ask("GET", f"/dowody/wersje/{_newest(server)}/plik/")
    assert done.status == 200, done.status


def _settle(server: Server) -> None:
    """Let the disk write what it owes, and forget older files: neither is what is measured."""
    files = Path(server.environment["MEDIA_ROOT"])
    stored = sorted(files.rglob("*.mp4"), key=lambda path: path.stat().st_mtime)
    for old in (*stored[:-1], *files.glob("*.raw")):
        old.unlink()
    os.sync()


def _newest(server: Server) -> int:
    with closing(sqlite3.connect(server.environment["BENCH_DATABASE"])) as connection:
        (pk,) = connection.execute("SELECT max(id) FROM institutions_evidencerevision").fetchone()
    return int(pk)


def _multipart(fields: dict[str, str], filename: str = "") -> tuple[bytes, str]:
    """A form; with a file name it ends where the file begins."""
    head = 'Content-Disposition: form-data; name="{}"{}\r\n\r\n'
    parts = [f"--{BOUNDARY}\r\n{head.format(name, '')}{value}" for name, value in fields.items()]
    if filename:
        parts.append(
            f"--{BOUNDARY}\r\n{head.format('file', f'; filename={chr(34)}{filename}{chr(34)}')}"
        )
    else:
        parts.append(f"--{BOUNDARY}--\r\n")
    return "\r\n".join(parts).encode(), f"multipart/form-data; boundary={BOUNDARY}"


def _table(seen: dict[str, Seen]) -> str:
    raw = statistics.median(seen["raw copy"].seconds)
    rows = []
    for name, each in seen.items():
        taken, processor = statistics.median(each.seconds), statistics.median(each.processor)
        figures = f"{taken:.2f} | {min(each.seconds):.2f} | {MEGABYTES / taken:.0f}"
        share = f"{100 * raw / taken:.0f} %"
        rows.append(f"| {name} | {figures} | {share} | {processor:.2f} | {max(each.peaks):.0f} |")
    heads = "| 200 MB | seconds | quickest | MB/s | of a raw copy | CPU s | peak above idle, MB |"
    return "\n".join([heads, "|---|---:|---:|---:|---:|---:|---:|", *rows])
