"""A server that is killed three times in mid-upload: the file comes out the same, byte by byte."""

import base64
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CONTENT = random.Random(7).randbytes(12 * 1024 * 1024)  # noqa: S311 - any bytes will do
PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
from tests.factories import make_institution, make_member
from django.test import Client
institution = make_institution(); client = Client()
backend = "allauth.account.auth_backends.AuthenticationBackend"
client.force_login(make_member(institution), backend=backend)
client.get(f"/dowody/dodaj/{institution.pk}/", headers={"host": "127.0.0.1"})
print(institution.pk, client.cookies["sessionid"].value, client.cookies["csrftoken"].value)
"""


class Server:
    """The program behind gunicorn, with a database and files of its own."""

    def __init__(self, home: Path) -> None:
        self.environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{home}/db.sqlite3",
            "UPLOADS_ROOT": str(home / "uploads"),
            "MEDIA_ROOT": str(home / "files"),
            "DJANGO_SETTINGS_MODULE": "certification.settings",
        }
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> list[str]:
        """Number of an institution, session and token of one who may add to its library."""
        done = subprocess.run(
            [sys.executable, "-c", PREPARE],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode().split()

    def start(self) -> None:
        gunicorn = Path(sys.executable).with_name("gunicorn")
        bound = f"127.0.0.1:{self.port}"
        options = ["--bind", bound, "--worker-class", "gthread", "--threads", "2"]
        self.process = subprocess.Popen(
            [gunicorn, "certification.wsgi", *options, "--no-control-socket", "--log-level=error"],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with self.connected() as connection:
                    connection.request("GET", "/healthz")
                    if connection.getresponse().status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        pytest.fail("gunicorn did not start")

    def connected(self) -> "closing[HTTPConnection]":
        return closing(HTTPConnection("127.0.0.1", self.port, timeout=60))

    def kill(self) -> None:
        """The whole group at once, as a power cut would: nothing of ours runs after it."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    if server.process and server.process.poll() is None:
        server.kill()


def test_killed_three_times_the_file_is_the_same(server: Server, tmp_path: Path) -> None:
    institution, session, token = server.prepare()
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={token}",
        "X-CSRFToken": token,
        "Tus-Resumable": "1.0.0",
    }

    def ask(method: str, address: str, **more: str) -> Any:
        with server.connected() as connection:
            connection.request(method, address, headers=headers | more)
            answer = connection.getresponse()
            answer.read()
            return answer

    server.start()
    named = f"filename {base64.b64encode(b'Film.mp4').decode()}"
    announced = {"Upload-Length": str(len(CONTENT)), "Upload-Metadata": named}
    created = ask("POST", f"/dowody/dodaj/{institution}/przesylanie/", **announced)
    assert created.status == 201, created.status
    address = created.headers["Location"]
    (staged,) = (tmp_path / "uploads").iterdir()

    offset = 0
    for _kill in range(3):
        with server.connected() as connection:
            send_part(connection, address, headers, offset, staged)
            server.kill()
        server.start()
        reached = int(ask("HEAD", address).headers["Upload-Offset"])
        assert offset < reached < len(CONTENT)
        assert staged.read_bytes() == CONTENT[:reached]
        offset = reached

    with server.connected() as connection:
        rest = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        connection.request("PATCH", address, CONTENT[offset:], headers=headers | rest)
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Upload-Offset"]) == (204, str(len(CONTENT)))
    assert staged.read_bytes() == CONTENT


def send_part(
    connection: HTTPConnection, address: str, headers: dict[str, str], offset: int, staged: Path
) -> None:
    """Announce all the rest, send 2 MB of it, and wait until the server has written some."""
    connection.putrequest("PATCH", address)
    announced = headers | {
        "Upload-Offset": str(offset),
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(len(CONTENT) - offset),
    }
    for name, value in announced.items():
        connection.putheader(name, value)
    connection.endheaders()
    connection.send(CONTENT[offset : offset + 2 * 1024 * 1024])
    deadline = time.monotonic() + 30
    while staged.stat().st_size <= offset:
        assert time.monotonic() < deadline, "nothing was written"
        time.sleep(0.02)
