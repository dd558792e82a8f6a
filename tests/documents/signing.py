"""A certificate authority of our own, people with certificates, and pens to sign PDFs with."""

import io
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certification.documents.seal.authority import Holder, issue

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
# ETSI EN 319 412-5: qualified, for electronic signatures
QC_STATEMENTS = bytes.fromhex("301f3008060604008e4601013013060604008e4601063009060704008e46010601")


def authority(name: str = "Urząd Próbny") -> Holder:
    return _authority(name)


@cache
def _authority(name: str) -> Holder:
    return _issue(name, None)


@cache
def person(
    name: str = "Anna Próbna",
    issuer: str = "Urząd Próbny",
    number: str = "PNOPL-44051401458",
    ended: bool = False,
    qualified: bool = True,
) -> Holder:
    days = (-400, -30) if ended else (-30, 700)
    return _issue(name, authority(issuer), number=number, days=days, qualified=qualified)


@cache
def time_stamper() -> DummyTimeStamper:
    holder = _issue("Zegar Próbny", authority(), is_clock=True)
    store = SimpleCertificateStore()
    store.register(asn1(authority()))
    return DummyTimeStamper(
        asn1(holder), asn1_key(holder), certs_to_embed=store, fixed_dt=NOW - timedelta(hours=1)
    )


def _issue(
    name: str,
    issuer: Holder | None,
    *,
    number: str = "",
    days: tuple[int, int] = (-365, 3650),
    is_clock: bool = False,
    qualified: bool = False,
) -> Holder:
    since, until = (NOW + timedelta(days=each) for each in days)
    extensions: tuple[tuple[x509.ExtensionType, bool], ...] = ()
    if is_clock:
        extensions += ((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),)
    if qualified:
        oid = ObjectIdentifier("1.3.6.1.5.5.7.1.3")
        extensions += ((x509.UnrecognizedExtension(oid, QC_STATEMENTS), False),)
    return issue(
        name,
        issuer,
        since=since,
        until=until,
        # the clock that pyHanko lends signs with RSA alone
        key=rsa.generate_private_key(65537, 2048) if is_clock else None,
        number=number,
        extensions=extensions,
    )


def asn1(holder: Holder) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(holder.der)


def asn1_key(holder: Holder) -> asn1_keys.PrivateKeyInfo:
    return asn1_keys.PrivateKeyInfo.load(
        holder.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def sign(
    content: bytes,
    holder: Holder | None = None,
    *,
    field: str = "Podpis1",
    certify: MDPPerm | None = None,
    stamped: bool = False,
) -> bytes:
    """The PDF with one more PAdES signature at its end, as a signing program adds it."""
    holder = holder or person()
    store = SimpleCertificateStore()
    if holder.issuer:
        store.register(asn1(holder.issuer))
    signer = signers.SimpleSigner(
        signing_cert=asn1(holder), signing_key=asn1_key(holder), cert_registry=store
    )
    given: dict[str, Any] = {"field_name": field, "md_algorithm": "sha256"}
    if certify is not None:
        given |= {"certify": True, "docmdp_permissions": certify}
    metadata = signers.PdfSignatureMetadata(**given)
    out = signers.PdfSigner(
        metadata, signer=signer, timestamper=time_stamper() if stamped else None
    ).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)))
    return bytes(out.getvalue())


def trust(folder: Path, *holders: Holder) -> Path:
    """A folder of trusted certificates, for the setting SIGNATURE_TRUST."""
    folder.mkdir(exist_ok=True)
    for number, holder in enumerate(holders or (authority(),)):
        (folder / f"{number}.pem").write_bytes(holder.pem)
    return folder
