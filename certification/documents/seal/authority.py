"""A certificate authority of our own: for tests and the demonstration, and for nothing else.

Nobody vouches for it, so a reader of PDFs shows its seals as those of a stranger.
"""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Holder:
    """A certificate with its key; `issuer` is None for an authority."""

    certificate: x509.Certificate
    key: Key
    issuer: "Holder | None" = None

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def pkcs12(self, passphrase: str = "") -> bytes:
        """Key, certificate and the authority's certificate in one file."""
        locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        chain = [self.issuer.certificate] if self.issuer else None
        return pkcs12.serialize_key_and_certificates(
            b"pieczec", self.key, self.certificate, chain, locked
        )


def issue(
    name: str,
    issuer: Holder | None,
    *,
    since: datetime,
    until: datetime,
    key: Key | None = None,
    number: str = "",
    extensions: tuple[tuple[x509.ExtensionType, bool], ...] = (),
) -> Holder:
    """A certificate from `issuer`, or an authority of its own where that is None.

    `number` is the subject's serialNumber; `extensions` come as pairs with "is it critical".
    """
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = _name(name, number)
    public = key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(issuer is None, None), critical=True)
        .add_extension(_uses(is_authority=issuer is None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    if issuer:
        vouching = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
        builder = builder.add_extension(vouching, critical=False)
    for extension, is_critical in extensions:
        builder = builder.add_extension(extension, critical=is_critical)
    certificate = builder.sign((issuer.key if issuer else key), hashes.SHA256())
    return Holder(certificate, key, issuer)


def revocation_list(issuer: Holder, *, since: datetime, until: datetime) -> bytes:
    """A list (CRL, DER) by which the authority has revoked nothing."""
    builder = x509.CertificateRevocationListBuilder(
        issuer.certificate.subject, last_update=since, next_update=until
    ).add_extension(x509.CRLNumber(1), critical=False)
    vouching = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    signed = builder.add_extension(vouching, critical=False).sign(issuer.key, hashes.SHA256())
    return signed.public_bytes(Encoding.DER)


def _name(name: str, number: str) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if number:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, number))
    return x509.Name(parts)


def _uses(*, is_authority: bool) -> x509.KeyUsage:
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
