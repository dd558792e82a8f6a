"""What is signed in the demonstration: requests, in the file by a made-up authority and by hand,
and a certificate.
"""

import io
from datetime import UTC, datetime
from typing import Any

import pypdfium2
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.files.base import ContentFile
from PIL import ImageDraw
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certification.applications.models import Application, Paper
from certification.applications.services.printing import print_papers
from certification.applications.services.signing import accept_paper, add_signed_paper
from certification.certificates.models import Certificate
from certification.certificates.signing.services import add_signed_copy
from certification.documents.services import open_verified
from institutions.models import User

BEGINS, ENDS = datetime(2015, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC)
INK = (32, 48, 112)


def send_in_the_file(application: Application, *, by: User) -> None:
    """The custodian signs the request with a certificate; the office has not looked yet."""
    signed = _signed(_request(application, by=by), by.full_name)
    _send(application, signed, "Prośba podpisana.pdf", by=by)


def send_by_hand(application: Application, *, by: User, office: User) -> None:
    """A scan of the request with a flourish, which the office accepted."""
    with pypdfium2.PdfDocument(_request(application, by=by)) as document:
        picture = document[0].render(scale=1.6).to_pil().convert("RGB")
    draw = ImageDraw.Draw(picture)
    wide, high = picture.size
    points = [(x, high * 0.735 - (x * 37 % 29)) for x in range(wide // 7, wide // 3, 9)]
    draw.line(points, fill=INK, width=3, joint="curve")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    signed = _send(application, out.getvalue(), "Skan prośby.jpg", by=by)
    accept_paper(signed, by=office, note="Podpis zgodny z kartą wzorów; funkcja według KRS.")


def sign_certificate(certificate: Certificate, *, by: User) -> None:
    """A member of the Board signs the issued file and sends it back."""
    signed = _signed(open_verified(certificate.newest_document), by.full_name)
    add_signed_copy(certificate, by=by, file=ContentFile(signed, name="Certyfikat podpisany.pdf"))


def _request(application: Application, *, by: User) -> bytes:
    dossier = application.dossiers.order_by("number")[0]
    printed = {each.paper: each for each in print_papers(dossier, by=by)}
    return open_verified(printed[Paper.REQUEST].document)


def _send(application: Application, content: bytes, name: str, *, by: User) -> Any:
    return add_signed_paper(
        application,
        by=by,
        paper=Paper.REQUEST,
        signatory=f"{by.full_name}, dyrekcja",
        file=ContentFile(content, name=name),
    )


def _signed(content: bytes, name: str) -> bytes:
    """Signed as a signing program does it, at the end of the file."""
    authority, authority_key = _certificate("Urząd pokazowy (nie jest prawdziwy)", None)
    certificate, key = _certificate(name, (authority, authority_key))
    store = SimpleCertificateStore()
    store.register(_asn1(authority))
    packed = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    signer = signers.SimpleSigner(
        signing_cert=_asn1(certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(packed),
        cert_registry=store,
    )
    metadata = signers.PdfSignatureMetadata(field_name="Podpis", md_algorithm="sha256")
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    return bytes(signers.PdfSigner(metadata, signer=signer).sign_pdf(writer).getvalue())


def _certificate(name: str, issuer: Any) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGINS)
        .not_valid_after(ENDS)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    return builder.sign(issuer[1] if issuer else key, hashes.SHA256()), key


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
