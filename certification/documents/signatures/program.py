"""Reads the signatures of one PDF and prints what it found as JSON; a process of its own.

    program.py PATH MOMENT ORIGINAL_SIZE TRUST_FOLDER

MOMENT is ISO 8601. The first ORIGINAL_SIZE bytes are a document of ours, or it is 0.
TRUST_FOLDER holds certificates (PEM or DER) that are trusted, or is ''. Nothing is fetched.
Imports nothing of Django. Whoever sends a file made to break a parser breaks this process alone.
"""

import asyncio
import io
import json
import logging
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.ades.qualified_asn1 import get_qc_statements
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.diff_analysis.commons import compare_dicts
from pyhanko.sign.diff_analysis.constants import ROOT_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    KeyUsageConstraints,
    SignatureCoverageLevel,
    async_validate_pdf_signature,
)
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko_certvalidator import ValidationContext

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 15
MOST = 20  # signatures that are looked at
ADOBE = "adobe_revocation_info_archival"
SIGNING_TOUCHES = ROOT_EXEMPT_STRICT_COMPARISON | {"/Perms", "/Type"}
ANY_USE = KeyUsageConstraints(key_usage=set())  # what a key is for, the facts leave to people
WRONG = (PdfError, SigningError, SignatureValidationError, ValueError, TypeError, KeyError)


def examine(path: str, moment: datetime, original: int, roots: list[x509.Certificate]) -> dict:
    content = Path(path).read_bytes()
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    found: list[dict[str, Any]] = []
    unreadable = 0
    for name, _value, field in islice(enumerate_sig_fields(reader, filled_status=True), MOST):
        try:
            embedded = EmbeddedPdfSignature(reader, field, name)
            if embedded.sig_object_type == "/Sig":
                found.append(asyncio.run(_signature(embedded, reader, moment, roots)))
        except WRONG:
            unreadable += 1
    since = _since_original(content[:original], reader) if original else ""
    return {"signatures": found, "unreadable": unreadable, "since_original": since}


async def _signature(
    embedded: EmbeddedPdfSignature,
    reader: PdfFileReader,
    moment: datetime,
    roots: list[x509.Certificate],
) -> dict[str, Any]:
    status = await _status(embedded, reader, moment, roots)
    certificate = status.signing_cert
    stamp = status.timestamp_validity
    claimed = embedded.self_reported_timestamp
    trust = _trust(status, roots)
    if trust == "unknown" and certificate.not_valid_after < moment:
        last = certificate.not_valid_after - timedelta(seconds=1)
        trust = "expired" if (await _status(embedded, reader, last, roots)).trusted else trust
    anchor = status.validation_path.trust_anchor.authority.name if trust == "listed" else None
    return {
        "field": str(embedded.field_name or ""),
        **_names(certificate),
        "fingerprint": certificate.sha256.hex(),
        "is_intact": bool(status.intact and status.valid),
        "covers_whole_file": status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        "after": _after(status),
        "trust": trust,
        "anchor": _common_name(anchor) if anchor else "",
        "claimed_time": _iso(claimed),
        "valid_from": _iso(certificate.not_valid_before),
        "valid_to": _iso(certificate.not_valid_after),
        **_qualification(certificate),
        "checked_revocation": _has_revocation_info(embedded, reader),
        "certifies": _certifies(embedded),
        "stamp": _stamp(stamp, roots),
    }


async def _status(
    embedded: EmbeddedPdfSignature,
    reader: PdfFileReader,
    moment: datetime,
    roots: list[x509.Certificate],
) -> Any:
    return await async_validate_pdf_signature(
        embedded,
        _context(reader, moment, roots),
        _context(reader, moment, roots),  # of the time stamp
        key_usage_settings=ANY_USE,
    )


def _context(
    reader: PdfFileReader, moment: datetime, roots: list[x509.Certificate]
) -> ValidationContext:
    """What is trusted at that moment; revocation is known only as far as the file carries it."""
    given: dict[str, Any] = {
        "trust_roots": roots,
        "moment": moment,
        "allow_fetching": False,
        "retroactive_revinfo": True,
    }
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return ValidationContext(**given)
    return store.as_validation_context(given)


def _trust(status: Any, roots: list[x509.Certificate]) -> str:
    if not roots:
        return "no_list"
    if status.revoked:
        return "revoked"
    return "listed" if status.trusted else "unknown"


def _after(status: Any) -> str:
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "nothing"
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return "changed"
    level = status.modification_level
    harmless = level is not None and level <= ModificationLevel.FORM_FILLING
    return "allowed" if harmless and status.docmdp_ok is not False else "changed"


def _since_original(original: bytes, reader: PdfFileReader) -> str:
    """What became of the document of ours that the file begins with.

    pyHanko compares what follows a signature with it; ours bears none. What may be written anew is
    what signing must touch: the catalogue, who wrote the file, and the list of a page's notes, if
    all that was added to it are signatures.
    """
    before = PdfFileReader(io.BytesIO(original), strict=False).xrefs.total_revisions
    now = reader.xrefs.total_revisions
    if now == before:
        return "nothing"
    old, new = (reader.get_historical_resolver(number - 1) for number in (before, now))
    ours, theirs = (
        {ref for number in span for ref in reader.xrefs.explicit_refs_in_revision(number)}
        for span in (range(before), range(before, now))
    )
    freed = any(reader.xrefs.refs_freed_in_revision(number) for number in range(before, now))
    if freed or old.root_ref != new.root_ref:
        return "changed"
    return "allowed" if all(_is_signing(ref, old, new) for ref in ours & theirs) else "changed"


def _is_signing(ref: Any, old: HistoricalResolver, new: HistoricalResolver) -> bool:
    """Whether an object of ours that stands anew in the file differs as signing makes it differ."""
    before, after = old.get_object(ref), new.get_object(ref)
    if ref == old.root_ref:
        return _same(before, after, SIGNING_TOUCHES)
    if isinstance(before, generic.ArrayObject):
        return _adds_signatures(before, after)
    if not isinstance(before, generic.DictionaryObject):
        return bool(before == after)
    if before.get("/Type") == "/Page":
        notes = (before.get("/Annots", []), after.get("/Annots", []))
        return _same(before, after, frozenset({"/Annots"})) and _adds_signatures(*notes)
    is_about_file = before.get("/Type") == "/Metadata" or "/Producer" in before
    return is_about_file or bool(before == after)


def _same(before: Any, after: Any, but: frozenset[str]) -> bool:
    return bool(compare_dicts(before, after, but, raise_exc=False))


def _adds_signatures(before: Any, after: Any) -> bool:
    """The notes of a page, as they were, and after them nothing but fields for signatures."""
    kept, added = list(after)[: len(before)], list(after)[len(before) :]
    fields = (note.get_object() for note in added)
    return kept == list(before) and all(
        field.get("/Subtype") == "/Widget" and field.get("/FT") == "/Sig" for field in fields
    )


def _names(certificate: x509.Certificate) -> dict[str, str]:
    subject = certificate.subject.native
    person = " ".join(_text(subject.get(part)) for part in ("given_name", "surname"))
    return {
        "signer": _text(subject.get("common_name")) or person.strip(),
        "number": _hidden(_text(subject.get("serial_number"))),
        "organisation": _text(subject.get("organization_name")),
        "issuer": _common_name(certificate.issuer),
    }


def _common_name(name: x509.Name) -> str:
    return _text(name.native.get("common_name")) or str(name.human_friendly)


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _hidden(number: str) -> str:
    """PNOPL-44051401458 -> PNOPL-*******1458: enough to recognise, too little to copy."""
    kind, dash, rest = number.rpartition("-")
    return kind + dash + "*" * max(len(rest) - 4, 0) + rest[-4:]


def _qualification(certificate: x509.Certificate) -> dict[str, bool]:
    """What the certificate says of itself (ETSI EN 319 412-5); only a trusted list makes it so."""
    statements = {each["statement_id"].native: each for each in get_qc_statements(certificate)}
    kinds = statements["qc_type"]["statement_info"].native if "qc_type" in statements else []
    return {"says_qualified": "qc_compliance" in statements, "is_seal": "qct_eseal" in kinds}


def _has_revocation_info(embedded: EmbeddedPdfSignature, reader: PdfFileReader) -> bool:
    """Whether the file itself carries proofs that the certificate was not revoked."""
    if any(each["type"].native == ADOBE for each in embedded.signer_info["signed_attrs"]):
        return True
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return False
    return bool(store.crls or store.ocsps)


def _certifies(embedded: EmbeddedPdfSignature) -> str:
    level = embedded.docmdp_level
    return level.name.lower() if level is not None else ""


def _stamp(stamp: Any, roots: list[x509.Certificate]) -> dict[str, Any] | None:
    if stamp is None:
        return None
    return {
        "time": _iso(stamp.timestamp),
        "authority": _names(stamp.signing_cert)["signer"],
        "is_intact": bool(stamp.intact and stamp.valid),
        "trust": _trust(stamp, roots),
    }


def _iso(moment: datetime | None) -> str:
    if moment is None:
        return ""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds")


def _roots(folder: Path) -> Iterator[x509.Certificate]:
    """Every certificate of the folder; a file that holds none is passed over."""
    for path in sorted(folder.glob("*")):
        content = path.read_bytes() if path.is_file() else b""
        try:
            if pem.detect(content):
                for _kind, _headers, der in pem.unarmor(content, multiple=True):
                    yield x509.Certificate.load(der)
            elif content:
                yield x509.Certificate.load(content, strict=True)
        except ValueError:
            continue


def main(path: str, moment: str, original: str, trust: str) -> None:
    roots = list(_roots(Path(trust))) if trust else []
    json.dump(examine(path, datetime.fromisoformat(moment), int(original), roots), sys.stdout)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    try:
        main(*sys.argv[1:])
    except WRONG:
        sys.exit(1)
