"""One gunicorn worker in front of a database of its own, and how much memory it takes."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
from certification import clock
from certification.standards.models import EvidenceType, InstitutionKind
from django.test import Client
from institutions.models import Institution, Membership, User
kind = InstitutionKind.objects.create(code="a", name_pl="a", name_en="a")
type = EvidenceType.objects.create(code="film", name_pl="film")
town = {"town": "Łódź", "voivodeship": "10"}
institution = Institution.objects.create(name="Ośrodek", kind=kind, gender="m", **town)
user = User.objects.create_user("a@example.org", full_name="Anna")
today = clock.today()
Membership.objects.create(institution=institution, user=user, role="custodian", since=today)
client = Client()
client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
client.get(f"/dowody/dodaj/{institution.pk}/")
print(institution.pk, type.pk, client.cookies["sessionid"].value, client.cookies["csrftoken"].value)
"""
HOST = "testserver"
OPTIONS = ["--worker-class", "gthread", "--workers", "1", "--threads", "4", "--timeout", "120"]


@dataclass(frozen=True)
class Part:
    """So many bytes of a file from there on, sent by the kernel: the sender is not measured."""

    path: Path
    start: int
    length: int

    def __len__(self) -> int:
        return self.length


def _send(connection: socket.socket, part: bytes | Part) -> None:
    if isinstance(part, bytes):
        connection.sendall(part)
        return
    with part.path.open("rb") as file:
        connection.sendfile(file, part.start, part.length)


@dataclass
class Seen:
    """Of each round: seconds by the clock, of the worker's processor, and MB above its rest."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)


class Server:
    """What runs, and on whose behalf it is asked."""

    def __init__(self, home: Path) -> None:
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "bench.server_settings",
            "BENCH_DATABASE": str(home / "db.sqlite3"),
            "DATABASE_URL": f"sqlite:///{home / 'db.sqlite3'}",
            "UPLOADS_ROOT": str(home / "uploads"),
            "COPIES_ROOT": str(home / "copies"),
            "MEDIA_ROOT": str(home / "files"),
            "EVIDENCE_QUOTA_BYTES": str(10**12),
        }
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        prepared = [sys.executable, "-c", PREPARE]
        told = subprocess.run(  # noqa: S603 - ours
            prepared, env=self.environment, capture_output=True, check=True, text=True
        ).stdout.split()
        self.institution, self.kind, session, self.token = told
        self.headers = {
            "Host": HOST,
            "Cookie": f"sessionid={session}; csrftoken={self.token}",
            "X-CSRFToken": self.token,
        }

    def start(self) -> None:
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        bound = ["--bind", f"127.0.0.1:{self.port}", "--no-control-socket"]
        command = [gunicorn, "certification.wsgi", *bound, *OPTIONS]
        self.process = subprocess.Popen(  # noqa: S603 - ours
            command, env=self.environment, start_new_session=True, stderr=subprocess.DEVNULL
        )
        while True:
            try:
                if self.ask("GET", "/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.1)

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()

    def ask(self, method: str, address: str, *body: "bytes | Part", **more: str) -> HTTPResponse:
        """Ask, read the answer to its end in pieces, and throw it away."""
        headers = self.headers | {name.replace("_", "-"): value for name, value in more.items()}
        if body:
            headers["Content-Length"] = str(sum(map(len, body)))
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
            connection.putrequest(method, address, skip_host=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            for part in body:
                _send(connection.sock, part)
            answer = connection.getresponse()
            while answer.read(1024 * 1024):
                pass
            return answer

    @contextmanager
    def watched(self, seen: "Seen") -> Iterator[None]:
        """Note what the worker takes in the block: time, and memory above its rest before."""
        worker = self._worker()
        (worker / "clear_refs").write_text("5")  # the kernel counts the peak anew (proc(5))
        before, processor, start = _kilobytes(worker, "VmRSS"), _processor(worker), _now()
        yield
        seen.seconds.append(_now() - start)
        seen.processor.append(_processor(worker) - processor)
        seen.peaks.append((_kilobytes(worker, "VmHWM") - before) / 1024)

    def _worker(self) -> Path:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return Path("/proc") / listed.split()[0]


def _processor(process: Path) -> float:
    """Seconds, those of the programs it ran included."""
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _now() -> float:
    return time.perf_counter()


def _kilobytes(process: Path, what: str) -> int:
    lines = (process / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what))


@contextmanager
def running() -> Iterator[Server]:
    home = Path(tempfile.mkdtemp(prefix="bench-uploads-", dir=os.environ.get("TMPDIR")))
    (home / "files").mkdir()
    try:
        server = Server(home)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home)
