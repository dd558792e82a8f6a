"""Sealing bytes. Import this module only where sealing begins: pyHanko takes 0.3 s to load."""

import asyncio
import io
import logging
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

from certification import clock
from certification.errors import Unavailable

from .facts import Level, SealedBy, SealedFile
from .keys import open_key
from .source import Source

FIELD = "Pieczec"
DIGEST = "sha256"
CLOCK_TIMEOUT = 10  # seconds that the time-stamp server may take

log = logging.getLogger(__name__)


class _Sealer(PdfSigner):
    """Writes down the program's time; whose clock counts is for a time stamp to say."""

    def __init__(self, *given: Any, moment: datetime, **named: Any) -> None:
        super().__init__(*given, **named)
        self._moment = moment

    def init_signing_session(self, *given: Any, **named: Any) -> Any:
        session = super().init_signing_session(*given, **named)
        session.system_time = self._moment
        return session


@dataclass(frozen=True)
class _Opened:
    """The key, and what is known of its seals: `room` is how many bytes each of them takes."""

    signer: Signer
    clock: TimeStamper | None
    room: int | None  # None with time stamps: how long one is, only its server knows


@cache
def _opened(process: int, found: Source) -> _Opened:
    """Opened once in each process: a token's session does not outlive a fork."""
    signer = open_key(found)
    if found.clock:
        return _Opened(signer, RequestsHTTPTimeStamper(found.clock, timeout=CLOCK_TIMEOUT), None)
    sample = signer.async_sign(
        bytes(32),
        DIGEST,
        use_pades=True,
        dry_run=True,
        signed_attr_settings=PdfCMSSignedAttributes(),
    )
    return _Opened(signer, None, 2 * len(asyncio.run(sample).dump()))


def whose(process: int, found: Source, moment: datetime) -> SealedBy:
    """Raises Unavailable where the key cannot be opened or its certificate is not valid then."""
    signer = _opened(process, found).signer
    own = signer.signing_cert
    assert own is not None  # noqa: S101 - open_key refused it
    by = SealedBy(
        fingerprint=own.sha256.hex(),
        subject=_name(own.subject),
        issuer=_name(own.issuer),
        valid_from=own.not_valid_before,
        valid_to=own.not_valid_after,
        level=_level(found),
        pem="".join(_armoured(each) for each in (own, *_chain(signer))),
    )
    if not by.valid_from <= moment <= by.valid_to:
        raise Unavailable(
            _(
                "The certificate of the electronic seal is valid from %(since)s to %(until)s, so "
                "nothing was issued. Tell the administrator to set a newer one."
            )
            % {"since": clock.day_of(by.valid_from), "until": clock.day_of(by.valid_to)}
        )
    return by


def seal(process: int, found: Source, content: bytes, moment: datetime) -> SealedFile:
    """The PDF, its bytes as they are, and after them the seal."""
    by = whose(process, found, moment)
    opened = _opened(process, found)
    try:
        sealer = _Sealer(
            _metadata(found, opened.signer),
            signer=opened.signer,
            timestamper=opened.clock,
            moment=moment,
        )
        writer = IncrementalPdfFileWriter(io.BytesIO(content))
        sealed = asyncio.run(sealer.async_sign_pdf(writer, bytes_reserved=opened.room))
    except Exception as error:  # the network, a token pulled out, a chain that is not whole
        _opened.cache_clear()  # a session that broke is opened anew the next time
        log.exception("A document could not be sealed")
        raise Unavailable(
            _(
                "The document could not be sealed, so nothing was issued. Try again in a few "
                "minutes; if it goes on, tell the administrator: the server's log says why."
            )
        ) from error
    return SealedFile(sealed.getvalue(), by, moment)


def _metadata(found: Source, signer: Signer) -> PdfSignatureMetadata:
    """Later signatures are allowed, and any other change shows (DocMDP, ISO 32000-1, 12.8.2.2)."""
    lasting: dict[str, Any] = {}
    if _level(found) == Level.LASTING:
        lasting = {
            "embed_validation_info": True,
            "use_pades_lta": True,
            "validation_context": _proofs(signer),
        }
    return PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        **lasting,
    )


def _proofs(signer: Signer) -> ValidationContext:
    """Fetches what shows that nothing was revoked, of those whom the operator trusts."""
    chain = _chain(signer)
    folder = Path(settings.SIGNATURE_TRUST)
    trusted = list(load_certs_from_pemder(map(str, sorted(folder.glob("*.pem")))))
    roots = [each for each in chain if each.self_signed != "no"]
    return ValidationContext(
        trust_roots=[*trusted, *roots],
        other_certs=chain,
        allow_fetching=True,
        fetcher_backend=RequestsFetcherBackend(per_request_timeout=CLOCK_TIMEOUT),
    )


def _chain(signer: Signer) -> list[x509.Certificate]:
    own = signer.signing_cert
    others = {each.sha256: each for each in signer.cert_registry if each != own}
    return [others[key] for key in sorted(others)]


def _level(found: Source) -> Level:
    if not found.clock:
        return Level.BASIC
    return Level.LASTING if found.is_lasting else Level.STAMPED


def _name(name: x509.Name) -> str:
    parts = name.native
    return str(parts.get("common_name") or parts.get("organization_name") or name.human_friendly)


def _armoured(certificate: x509.Certificate) -> str:
    return str(pem.armor("CERTIFICATE", certificate.dump()).decode())
