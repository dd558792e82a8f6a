"""What veraPDF says: PDF/A-3a and PDF/UA-1, both, for everything we print."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter

from certification.documents.assessment import render_assessment, render_assessment_form
from certification.documents.looks import LOOKS
from certification.documents.notices import render_notice
from certification.documents.protocol import render_protocol
from certification.documents.render import render_certificate, render_letter
from certification.documents.report import render_report
from certification.documents.request import render_request
from certification.documents.states import Design
from certification.documents.yearly import render_year

from . import test_mailing, test_notices, test_protocol, test_yearly, verapdf
from .application_sheets import DRAFT, criterion, report_sheet, request_sheet
from .assessment_sheets import assessment_sheet
from .sealing import sealed, set_seal
from .sheets import PARAGRAPH, certificate_sheet, letter_sheet, reader
from .test_letterpress import GRADIENT
from .test_marks import PNG, SVG
from .test_render_certificate import HARD_NAMES

pytestmark = pytest.mark.skipif(
    bool(verapdf.missing()), reason=f"veraPDF cannot run without: {verapdf.missing()}"
)


MIXED = (
    "1. Ірина і **Олена** – 😀 *Ωμέγα*\n   - w liście → druga\n     1. trzecia\n\n"
    "Złamany  \nwiersz, √2 ≤ 3 □ ½ <b>nic</b>"
)


def documents() -> dict[str, bytes]:
    certificate, letter = certificate_sheet(), letter_sheet()
    checkable = {"verification_url": certificate.verification_url, "verification_code": "7K3M"}
    long = (PARAGRAPH,) * 14
    return {
        "certificate": render_certificate(certificate),
        **{
            "-".join(look): render_certificate(
                replace(certificate, design=look[0], orientation=look[1])
            )
            for look in LOOKS
        },
        "first": render_certificate(replace(certificate, design=Design.FIRST)),
        "long-name": render_certificate(replace(certificate, holder=HARD_NAMES[4])),
        "hostile-name": render_certificate(replace(certificate, holder=HARD_NAMES[10])),
        "preview": render_certificate(replace(certificate, preview=True)),
        "replaces": render_certificate(replace(certificate, replaces="CAL/OSL/1/2016")),
        "svg": render_certificate(
            replace(certificate, issuer=replace(certificate.issuer, mark=SVG))
        ),
        "png": render_certificate(
            replace(certificate, issuer=replace(certificate.issuer, mark=PNG))
        ),
        "letter": render_letter(letter),
        "letter-two-pages": render_letter(replace(letter, paragraphs=long)),
        "letter-with-code": render_letter(replace(letter, paragraphs=long, **checkable)),
        "letter-english": render_letter(replace(letter, language="en", paragraphs=long)),
        "letter-preview": render_letter(replace(letter, preview=True)),
        **{
            f"letter-{name}": render_letter(
                replace(letter, issuer=replace(letter.issuer, mark=mark))
            )
            for name, mark in {"svg": SVG, "png": PNG, "gradient": GRADIENT}.items()
        },
        "report": render_report(report_sheet()),
        "report-draft": render_report(report_sheet(criterion("A1.1", answer=""), source=DRAFT)),
        "report-of-many-scripts": render_report(report_sheet(criterion("A1.1", answer=MIXED))),
        "card": render_assessment(assessment_sheet()),
        "card-draft": render_assessment(assessment_sheet(is_draft=True)),
        "card-form": render_assessment_form(assessment_sheet()),
        "request": render_request(request_sheet()),
        "request-draft": render_request(request_sheet(source=DRAFT)),
        "protocol": render_protocol(test_protocol.CLOSED),
        "protocol-draft": render_protocol(test_protocol.DRAFT),
        **{f"notice-{n}": render_notice(each) for n, each in enumerate(test_notices.SHEETS)},
        "notice-long": render_notice(test_notices.LONG),
        **test_mailing.documents(),
        "yearly": render_year(test_yearly.SHEET),
        "certificate-sealed": sealed(render_certificate(certificate)).content,
        "letter-sealed": sealed(render_letter(letter)).content,
    }


def test_everything_we_print_is_archival_and_accessible(settings: Any, tmp_path: Path) -> None:
    set_seal(settings, tmp_path / "keys")
    printed = documents()
    files = []
    for name, content in printed.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(content)
    verdicts = verapdf.validate(files)
    assert [verdict for verdict in verdicts if verdict.failures] == []
    assert len(verdicts) == 2 * len(printed)
    assert all(verdict.assertions > 1000 for verdict in verdicts)


def test_the_validator_does_find_faults(tmp_path: Path) -> None:
    """Without this a broken validator would look like perfect documents."""
    writer = PdfWriter(clone_from=reader(render_letter(letter_sheet())))
    del writer.root_object["/Metadata"]
    del writer.root_object["/StructTreeRoot"]
    broken = tmp_path / "broken.pdf"
    writer.write(broken)
    verdicts = verapdf.validate([broken])
    assert len(verdicts) == 2
    assert all(verdict.failures for verdict in verdicts)
