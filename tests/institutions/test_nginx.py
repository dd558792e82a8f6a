"""nginx in front of gunicorn, both as the operator's guide has them.

The configuration is taken from docs/operating.md; only addresses and paths are put for this
machine's. So the guide cannot say what does not work.
"""

import http.client
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.urls import reverse

from institutions.models import EvidenceRevision
from tests.applications.factories import make_file
from tests.factories import make_institution, make_member

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
GUIDE = Path(__file__).parents[2] / "docs" / "operating.md"
HOST = "certyfikat.example.org"
KEY = "a key of the test's own, " + "k" * 30
PATIENCE = 60  # seconds; a busy machine is slow, not broken
CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 40

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not NGINX, reason="nginx is not installed: its configuration is not tried"),
    pytest.mark.xdist_group("nginx"),
]

# Every header of safety that the program sends with a file.
SAFETY = (
    "X-Content-Type-Options",
    "Content-Security-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Frame-Options",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "Cache-Control",
    "Content-Disposition",
    "Content-Type",
)


@dataclass
class Served:
    """A running pair: nginx on `port` (HTTPS), gunicorn on `behind` (plain)."""

    port: int
    behind: int

    def connect(self) -> ssl.SSLSocket:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        return _trusting().wrap_socket(plain, server_hostname=HOST)

    def get(self, path: str, cookie: str = "", **headers: str) -> tuple[Any, bytes]:
        """Through nginx."""
        asked = http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=PATIENCE, context=_trusting()
        )
        return _answer(asked, path, cookie, headers)

    def get_behind(self, path: str, cookie: str = "", **headers: str) -> tuple[Any, bytes]:
        """From gunicorn itself, as nginx asks it."""
        asked = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=PATIENCE)
        return _answer(asked, path, cookie, {"X-Forwarded-Proto": "https", **headers})


def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _answer(asked: Any, path: str, cookie: str, headers: dict[str, str]) -> tuple[Any, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    cookies = {"Cookie": f"{django_settings.SESSION_COOKIE_NAME}={cookie}"} if cookie else {}
    asked.request("GET", path, headers={"Host": HOST, **cookies, **named})
    response = asked.getresponse()
    body = response.read()
    asked.close()
    return response, body


def from_guide(language: str, *, holding: str) -> str:
    blocks = re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    found = [str(block) for block in blocks if holding in block]
    assert len(found) == 1, f"one block of {language} with {holding} in {GUIDE}"
    return found[0]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def put(text: str, changes: dict[str, str]) -> str:
    for there, here in changes.items():
        assert there in text, f"{there!r} is no longer in the guide"
        text = text.replace(there, here)
    return text


def nginx_conf(folder: Path, served: Served, media: Path) -> Path:
    """The guide's servers, in a main part that keeps everything below `folder`."""
    servers = put(
        from_guide("nginx", holding="proxy_pass"),
        {
            "listen 80;": f"listen 127.0.0.1:{free_port()};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{served.port} ssl http2;",
            f"/etc/letsencrypt/live/{HOST}/fullchain.pem": str(folder / "cert.pem"),
            f"/etc/letsencrypt/live/{HOST}/privkey.pem": str(folder / "key.pem"),
            "http://127.0.0.1:8000": f"http://127.0.0.1:{served.behind}",
            "/srv/certyfikat/var/files/": f"{media}/",
        },
    )
    own = "".join(
        f"{kind}_temp_path {folder / kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = folder / "nginx.conf"
    conf.write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{ worker_connections 256; }}\n"
        f"http {{ access_log off; default_type application/octet-stream;\n{own}{servers} }}\n"
    )
    return conf


def certificate(folder: Path) -> None:
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=" + HOST
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)


def gunicorn_command(port: int) -> list[str]:
    """The guide's own, at another address."""
    service = from_guide("ini", holding="/gunicorn ")
    line = re.search(r"ExecStart=\S+/gunicorn (.*?)\nRestart", service, re.DOTALL)
    assert line
    arguments = shlex.split(put(line[1].replace("\\\n", " "), {":8000": f":{port}"}))
    return [sys.executable, "-m", "gunicorn", *arguments]


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    place = f"{database['HOST'] or '127.0.0.1'}:{database['PORT'] or 5432}"
    return f"postgres://{database['USER']}{password}@{place}/{database['NAME']}"


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"nothing listens: {log.read_text()}")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Static files as in production, once."""
    folder = tmp_path_factory.mktemp("static")
    storages = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    with override_settings(STATIC_ROOT=folder, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture
def served(tmp_path: Path, settings: Any, collected: Path) -> Iterator[Served]:
    settings.SECRET_KEY = KEY
    media = Path(settings.MEDIA_ROOT)
    media.mkdir(parents=True)
    served = Served(port=free_port(), behind=free_port())
    certificate(tmp_path)
    environment = {
        "PATH": os.environ["PATH"],
        "DEBUG": "False",
        "SECRET_KEY": KEY,
        "SITE_URL": f"https://{HOST}",
        "DEFAULT_FROM_EMAIL": f"certyfikat@{HOST}",
        "DATABASE_URL": database_url(),
        "MEDIA_ROOT": str(media),
        "UPLOADS_ROOT": str(tmp_path / "uploads"),
        "STATIC_ROOT": str(collected),
        "X_ACCEL_PREFIX": "/chronione/",
        "EMAIL_URL": "dummymail://",
    }
    commands = {
        served.behind: gunicorn_command(served.behind),
        served.port: [str(NGINX), "-c", str(nginx_conf(tmp_path, served, media))],
    }
    running = []
    try:
        for port, command in commands.items():
            log = tmp_path / f"{port}.log"
            with log.open("wb") as output:
                running.append(
                    subprocess.Popen(
                        command, env=environment, stdout=output, stderr=output, cwd=GUIDE.parents[1]
                    )
                )
            wait_for(port, running[-1], log)
        yield served
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait(PATIENCE)


@pytest.fixture
def revision(served: Served) -> EvidenceRevision:
    return make_file(make_institution(), CONTENT)


def session_of(signed_in: Any, revision: EvidenceRevision | None = None) -> str:
    """A session of the institution's own person, or of somebody else's."""
    institution = revision.evidence.institution if revision else make_institution()
    client = signed_in(make_member(institution))
    return str(client.cookies[django_settings.SESSION_COOKIE_NAME].value)


def test_the_guides_nginx_hands_out_what_the_program_allows(
    served: Served, revision: EvidenceRevision, signed_in: Any
) -> None:
    address = reverse("revision_file", args=[revision.pk])
    own, others = session_of(signed_in, revision), session_of(signed_in)
    named, _body = served.get_behind(address, own)
    inside = named.headers["X-Accel-Redirect"]

    answer, body = served.get(address, own)
    part, part_of_body = served.get(address, own, Range="bytes=-100")
    beyond, _body = served.get(address, own, Range="bytes=999999-")

    assert (answer.status, body) == (200, CONTENT)
    assert (part.status, part_of_body) == (206, CONTENT[-100:])
    assert part.headers["Content-Range"] == f"bytes {len(CONTENT) - 100}-10248/{len(CONTENT)}"
    assert beyond.status == 416
    for one in (answer, part):
        assert {name: one.headers.get_all(name) for name in SAFETY} == {
            name: [named.headers[name]] for name in SAFETY
        }
        assert "X-Accel-Redirect" not in one.headers
    assert "%C5%BC%C3%B3%C5%82w.pdf" in answer.headers["Content-Disposition"]

    for path in (
        inside,
        inside.replace("/chronione", ""),
        "/chronione/",
        "/chronione/../chronione/",
    ):
        direct, body = served.get(path, own)
        assert (direct.status, CONTENT in body) == (404, False), path
    assert served.get(address, others)[0].status == 404
    assert served.get(address)[0].status == 302


def test_what_nginx_answers_alone_is_as_safe(served: Served) -> None:
    with served.connect() as asking:
        head = f"POST /dowody/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 300000000\r\n\r\n"
        asking.sendall(head.encode())
        answer = asking.recv(65536).decode()
    assert answer.startswith("HTTP/1.1 413 ")
    for header in (
        "X-Content-Type-Options: nosniff",
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
        "Referrer-Policy: same-origin",
        "Strict-Transport-Security: max-age=31536000",
    ):
        assert header in answer


def test_pages_have_each_header_once(served: Served) -> None:
    page, _body = served.get("/konto/login/")
    lone, _body = served.get_behind("/konto/login/")
    assert page.status == 200
    for name in SAFETY[:7]:
        assert page.headers.get_all(name) == lone.headers.get_all(name)
        assert len(page.headers.get_all(name)) == 1


def test_forty_slow_senders_do_not_stop_the_next(served: Served) -> None:
    """More of them than the program has threads; each sends two bytes and then no more.

    With a cookie against forgery the program would read the body to find its other half.
    """
    headers = (f"Host: {HOST}", f"Origin: https://{HOST}", f"Cookie: csrftoken={'x' * 32}")
    form = ("Content-Type: application/x-www-form-urlencoded", "Content-Length: 100000")
    head = "\r\n".join(("POST /konto/login/ HTTP/1.1", *headers, *form, "", "x"))
    senders = [served.connect() for _number in range(40)]
    for sender in senders:
        sender.sendall(head.encode())
    for sender in senders:
        sender.sendall(b"x")

    answer, _body = served.get("/healthz")

    assert answer.status == 200
    for sender in senders:
        sender.close()
