"""The EU trusted list of a country (ETSI TS 119 612), read from a file that an operator fetched.

It names the authorities whose certificates for qualified signatures are recognised in the whole
Union (eIDAS, art. 22). Taken are those whose service is granted now. The list's own signature is
not verified here: the operator takes it from the Commission's pages and compares its hash.
"""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from asn1crypto import pem, x509
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, parse

from certification.errors import CannotDo

TSL = "{http://uri.etsi.org/02231/v2#}"
ISSUES_QUALIFIED = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
GRANTED = {
    "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted",
    "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/undersupervision",
}


@dataclass(frozen=True)
class Authority:
    """One certificate that the list recognises, and whose it is."""

    provider: str
    service: str
    der: bytes

    @property
    def file_name(self) -> str:
        """The same certificate is the same file, however often the list is read."""
        return f"{x509.Certificate.load(self.der).sha256.hex()}.pem"


@dataclass(frozen=True)
class TrustedList:
    territory: str
    issued_on: date
    next_update: date | None
    authorities: tuple[Authority, ...]


def read(file: IO[bytes]) -> TrustedList:
    """Read the list; CannotDo (in English, for a command) where it is none."""
    try:
        root = parse(file, forbid_dtd=True).getroot()
    except (ParseError, DefusedXmlException) as error:
        raise CannotDo(f"This is not a readable XML file: {error}") from error
    if root is None or root.tag != f"{TSL}TrustServiceStatusList":
        raise CannotDo("This is not a trusted list (ETSI TS 119 612).")
    scheme = root.find(f"{TSL}SchemeInformation")
    if scheme is None:
        raise CannotDo("The trusted list has no scheme information.")
    issued = _text(scheme, "ListIssueDateTime")
    following = _text(scheme, "NextUpdate/dateTime")
    return TrustedList(
        territory=_text(scheme, "SchemeTerritory"),
        issued_on=_day(issued),
        next_update=_day(following) if following else None,
        authorities=tuple(_authorities(root)),
    )


def write(found: TrustedList, folder: Path) -> list[Path]:
    """Put each certificate into the folder as a file of its own; gives all of the list."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for authority in found.authorities:
        path = folder / authority.file_name
        path.write_bytes(pem.armor("CERTIFICATE", authority.der))
        written.append(path)
    return written


def _authorities(root: Any) -> Iterator[Authority]:
    seen = set()
    for provider in root.iter(f"{TSL}TrustServiceProvider"):
        name = _text(provider, "TSPInformation/TSPName/Name")
        for service in provider.iter(f"{TSL}ServiceInformation"):
            if not _is_recognised(service):
                continue
            for der in _certificates(service):
                if der not in seen:
                    seen.add(der)
                    yield Authority(name, _text(service, "ServiceName/Name"), der)


def _is_recognised(service: Any) -> bool:
    kind = _text(service, "ServiceTypeIdentifier")
    return kind == ISSUES_QUALIFIED and _text(service, "ServiceStatus") in GRANTED


def _certificates(service: Any) -> Iterator[bytes]:
    """What the service is recognised by; an entry that is no certificate is passed over."""
    for each in service.iter(f"{TSL}X509Certificate"):
        try:
            der = base64.b64decode("".join((each.text or "").split()), validate=True)
            x509.Certificate.load(der, strict=True).native  # noqa: B018 - reads all of it
        except (binascii.Error, ValueError, TypeError):
            continue
        yield der


def _text(node: Any, path: str) -> str:
    found = node.find("/".join(TSL + part for part in path.split("/")))
    return (found.text or "").strip() if found is not None else ""


def _day(moment: str) -> date:
    try:
        return date.fromisoformat(moment[:10])
    except ValueError as error:
        raise CannotDo(f"The trusted list is dated “{moment}”, which is no day.") from error
