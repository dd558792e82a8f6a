"""A time-stamp server and a list of revoked certificates, on this machine, while a test runs."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certification import clock
from certification.documents.seal.authority import Holder, issue, revocation_list

from .sealing import SINCE, UNTIL, authority, key
from .signing import asn1, asn1_key


@dataclass(frozen=True)
class Servers:
    clock_url: str
    key: Holder  # of a seal whose certificate names the list


@contextmanager
def running() -> Iterator[Servers]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    url = f"http://127.0.0.1:{server.server_port}"
    named = _names_list(f"{url}/ca.crl")
    server.stamper = _stamper(named)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Servers(f"{url}/clock", key("CAL – pieczęć trwała", extensions=(named,)))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _names_list(url: str) -> tuple[x509.ExtensionType, bool]:
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, None, None)
    return x509.CRLDistributionPoints([point]), False


def _stamper(named: tuple[x509.ExtensionType, bool]) -> DummyTimeStamper:
    stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    holder = issue(
        "Zegar Pieczęci",
        authority(),
        since=SINCE,
        until=UNTIL,
        key=rsa.generate_private_key(65537, 2048),
        extensions=((stamping, True), named),
    )
    store = SimpleCertificateStore()
    store.register(asn1(authority()))
    return DummyTimeStamper(asn1(holder), asn1_key(holder), certs_to_embed=store)


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        now = clock.now()
        day = timedelta(days=1)
        self._answer(
            "application/pkix-crl",
            revocation_list(authority(), since=now - day, until=now + day),
        )

    def do_POST(self) -> None:
        asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        stamper: DummyTimeStamper = self.server.stamper  # type: ignore[attr-defined]
        answer = asyncio.run(stamper.async_request_tsa_response(asked))
        self._answer("application/timestamp-reply", answer.dump())

    def _answer(self, content_type: str, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *given: object) -> None:
        """A test's output is for the test."""
