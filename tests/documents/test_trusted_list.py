"""The EU trusted list of a country, read from a file; and the command that imports it."""

import base64
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from certification.documents.request import render_request
from certification.documents.signatures import Trust, examine, trusted_list
from certification.errors import CannotDo

from .application_sheets import request_sheet
from .signing import NOW, Holder, authority, sign

QUALIFIED = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
GRANTED = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted"
WITHDRAWN = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/withdrawn"
STAMPS = "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST"


def service(holder: Holder, kind: str = QUALIFIED, status: str = GRANTED) -> str:
    certificate = base64.b64encode(holder.der).decode()
    return f"""
    <TSPService><ServiceInformation>
      <ServiceTypeIdentifier>{kind}</ServiceTypeIdentifier>
      <ServiceName><Name xml:lang="pl">Kwalifikowane podpisy</Name></ServiceName>
      <ServiceDigitalIdentity><DigitalId><X509Certificate>
        {certificate[:64]}
        {certificate[64:]}
      </X509Certificate></DigitalId></ServiceDigitalIdentity>
      <ServiceStatus>{status}</ServiceStatus>
    </ServiceInformation></TSPService>"""


def listing(*services: str, issued: str = "2026-10-01T00:00:00Z") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#">
  <SchemeInformation>
    <SchemeTerritory>PL</SchemeTerritory>
    <ListIssueDateTime>{issued}</ListIssueDateTime>
    <NextUpdate><dateTime>2027-03-01T00:00:00Z</dateTime></NextUpdate>
  </SchemeInformation>
  <TrustServiceProviderList><TrustServiceProvider>
    <TSPInformation><TSPName><Name xml:lang="pl">Próbny Dostawca</Name></TSPName></TSPInformation>
    <TSPServices>{"".join(services)}</TSPServices>
  </TrustServiceProvider></TrustServiceProviderList>
</TrustServiceStatusList>""".encode()


def test_only_granted_qualified_authorities_are_taken() -> None:
    found = trusted_list.read(
        io.BytesIO(
            listing(
                service(authority()),
                service(authority()),
                service(authority("Wycofany"), status=WITHDRAWN),
                service(authority("Zegary"), kind=STAMPS),
            )
        )
    )
    assert (found.territory, found.issued_on) == ("PL", date(2026, 10, 1))
    assert found.next_update == date(2027, 3, 1)
    (only,) = found.authorities
    assert (only.provider, only.service) == ("Próbny Dostawca", "Kwalifikowane podpisy")
    assert only.der == authority().der


def test_entry_that_is_no_certificate_is_passed_over() -> None:
    broken = (
        service(authority())
        .replace("MII", "???")
        .replace("<X509Certificate>", "<X509Certificate>?")
    )
    assert trusted_list.read(io.BytesIO(listing(broken))).authorities == ()


@pytest.mark.parametrize(
    "content",
    [
        b"to nie XML",
        b"<html/>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        listing(issued="wczoraj"),
        b'<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"/>',
    ],
)
def test_what_is_no_trusted_list_is_refused(content: bytes) -> None:
    with pytest.raises(CannotDo):
        trusted_list.read(io.BytesIO(content))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "PL.xml"
    path.write_bytes(listing(service(authority())))
    return path


def test_command_makes_signatures_recognised(settings: Any, tmp_path: Path, file: Path) -> None:
    settings.SIGNATURE_TRUST = tmp_path / "trust"
    signed = sign(render_request(request_sheet()))
    for trust in (Trust.NO_LIST, Trust.LISTED):
        found = examine(io.BytesIO(signed), moment=NOW)
        assert found is not None
        assert found.signatures[0].trust == trust
        call_command("import_trusted_list", file)
    assert len(list(settings.SIGNATURE_TRUST.iterdir())) == 1


def test_command_removes_what_left_the_list_only_when_told(
    settings: Any, tmp_path: Path, file: Path
) -> None:
    settings.SIGNATURE_TRUST = tmp_path / "trust"
    settings.SIGNATURE_TRUST.mkdir()
    former = settings.SIGNATURE_TRUST / "former.pem"
    former.write_bytes(authority("Dawny").pem)
    call_command("import_trusted_list", file)
    assert former.exists()
    call_command("import_trusted_list", file, replace=True)
    assert not former.exists()


def test_command_refuses_an_empty_list(tmp_path: Path) -> None:
    path = tmp_path / "empty.xml"
    path.write_bytes(listing())
    with pytest.raises(CommandError):
        call_command("import_trusted_list", path)
