"""A certificate authority of our own, people with certificates, and pens to sign PDFs with."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
# ETSI EN 319 412-5: qualified, for electronic signatures
QC_STATEMENTS = bytes.fromhex("301f3008060604008e4601013013060604008e4601063009060704008e46010601")


@dataclass(frozen=True)
class Holder:
    """A certificate with its key; `issuer` is None for an authority of its own."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    issuer: "Holder | None" = None

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def asn1(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.der)

    def asn1_key(self) -> asn1_keys.PrivateKeyInfo:
        return asn1_keys.PrivateKeyInfo.load(
            self.key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )


def authority(name: str = "Urząd Próbny") -> Holder:
    return _authority(name)


@cache
def _authority(name: str) -> Holder:
    return _issue(name, None, is_authority=True)


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
    store.register(authority().asn1())
    return DummyTimeStamper(
        holder.asn1(), holder.asn1_key(), certs_to_embed=store, fixed_dt=NOW - timedelta(hours=1)
    )


def _issue(
    name: str,
    issuer: Holder | None,
    *,
    number: str = "",
    days: tuple[int, int] = (-365, 3650),
    is_authority: bool = False,
    is_clock: bool = False,
    qualified: bool = False,
) -> Holder:
    # the clock that pyHanko lends signs with RSA alone
    elliptic = ec.generate_private_key(ec.SECP256R1())
    key = rsa.generate_private_key(65537, 2048) if is_clock else elliptic
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if number:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, number))
    subject = x509.Name(parts)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW + timedelta(days=days[0]))
        .not_valid_after(NOW + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(_uses(is_authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if issuer:
        vouching = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
        builder = builder.add_extension(vouching, critical=False)
    if is_clock:
        stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(stamping, critical=True)
    if qualified:
        oid = ObjectIdentifier("1.3.6.1.5.5.7.1.3")
        builder = builder.add_extension(
            x509.UnrecognizedExtension(oid, QC_STATEMENTS), critical=False
        )
    certificate = builder.sign((issuer.key if issuer else key), hashes.SHA256())
    return Holder(certificate, key, issuer)


def _uses(is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
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
        store.register(holder.issuer.asn1())
    signer = signers.SimpleSigner(
        signing_cert=holder.asn1(), signing_key=holder.asn1_key(), cert_registry=store
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
