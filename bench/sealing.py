"""What the electronic seal and the credential add to a printed document, on top of printing it."""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import override_settings

from certification import clock
from certification.certificates.credential import contexts
from certification.certificates.credential.keys import IssuerKey
from certification.certificates.credential.proof import signed
from certification.documents.render import render_certificate, render_letter
from certification.documents.seal import seal
from certification.documents.seal.authority import issue

ROUNDS = 40
AIM = 30.0  # ms beyond printing
KEYS: dict[str, Callable[[], Any]] = {
    "P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "RSA 4096": lambda: rsa.generate_private_key(65537, 4096),
}


def report(makers: dict[str, Callable[[int], Any]]) -> None:
    """Print a table; every time is of a warm process, and of its computing alone as well."""
    printed = {
        "certificate": render_certificate(makers["classic certificate"](0)),
        "letter": render_letter(makers["letter"](0)),
    }
    print("\n| what | key | median ms | p95 ms | computing ms |\n|---|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in KEYS.items():
            path = _key_file(Path(folder), name, make())
            with override_settings(SEAL_PKCS12=str(path), SEAL_PASSPHRASE=""):
                for kind, content in printed.items():
                    _row(f"seal on a {kind}", name, lambda content=content: _sealed(content))
    key = IssuerKey(Ed25519PrivateKey.generate(), "z6Mk")
    _row("credential signed", "Ed25519", lambda: signed(_credential(), key, clock.now()))


def _key_file(folder: Path, name: str, key: Any) -> Path:
    now = clock.now()
    span = {"since": now - timedelta(days=1), "until": now + timedelta(days=1)}
    path = folder / f"{name}.p12"
    path.write_bytes(issue("Pieczęć", issue("Urząd", None, **span), **span, key=key).pkcs12())
    return path


def _sealed(content: bytes) -> None:
    assert seal(content, clock.now()) is not None


def _credential() -> dict[str, Any]:
    return {
        "@context": [contexts.CREDENTIALS, contexts.OPEN_BADGES],
        "id": "https://example.org/poswiadczenia/1-2016.json",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:web:example.org", "type": ["Profile"], "name": "CAL"},
        "validFrom": "2016-05-12T00:00:00+02:00",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "licenseNumber": "CAL/OSL/1/2016",
            "achievement": {
                "id": "https://example.org/standardy/1/",
                "type": ["Achievement"],
                "name": "Certyfikat Jakości",
                "description": "Opis",
                "criteria": {"narrative": "Standardy"},
            },
        },
    }


def _row(what: str, key: str, work: Callable[[], Any]) -> None:
    work()
    taken, computed = [], []
    for _round in range(ROUNDS):
        start, busy = time.perf_counter(), time.process_time()
        work()
        taken.append(1000 * (time.perf_counter() - start))
        computed.append(1000 * (time.process_time() - busy))
    median, p95 = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    flag = " (!)" if median > AIM else ""
    row = f"| {what} | {key} | {median:.1f}{flag} | {p95:.1f} | {statistics.median(computed):.1f} |"
    print(row)
