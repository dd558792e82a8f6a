"""Certificates and letters that can be printed: their stored files are real PDFs."""

from io import BytesIO
from typing import Any

import pikepdf

from certification import clock
from certification.applications.states import State
from certification.certificates.models import Certificate
from certification.documents.models import StoredDocument
from certification.documents.services import store
from certification.finding import search_text
from certification.letters.models import CommendationLetter
from certification.letters.states import Kind
from certification.letters.states import State as LetterState
from certification.printruns.models import PrintRun
from certification.printruns.services import start_run
from certification.printruns.working import print_waiting
from institutions.models import Institution, User
from institutions.states import Role
from tests.factories import confirm_names, make_application, make_institution, make_user
from tests.letters.factories import make_certificate


def pdf_of(text: str, pages: int = 1) -> bytes:
    """A PDF of so many A4 pages that bears a text as its title."""
    with pikepdf.new() as pdf:
        for _page in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.docinfo["/Title"] = text
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def make_holder(**fields: Any) -> Institution:
    """An institution whose name is confirmed and whose address is complete."""
    address = {"street": "Rynek 1", "postcode": "37-450", **fields}
    institution = make_institution(**address)
    confirm_names(institution, full={"nom": institution.name})
    return institution


def make_printable(
    holder: Institution | None = None, *, letter: bool = True, pages: int = 1
) -> Certificate:
    """A certificate, by default with an approved letter of as many pages."""
    by = make_user(Role.BOARD_MEMBER)
    name = f"Certyfikat {StoredDocument.objects.count() + 1}"
    document = store(StoredDocument.Kind.CERTIFICATE, name, pdf_of(name), by=by)
    holder = holder or make_holder()
    certificate = make_certificate(
        {},
        institution=holder,
        document=document,
        search_text=search_text(holder.name, holder.town),
    )
    if letter:
        make_letter(certificate, pages=pages)
    return certificate


def make_letter(certificate: Certificate, *, pages: int = 1, **fields: Any) -> CommendationLetter:
    by = make_user(Role.OFFICE)
    number = f"CAL/LG/{CommendationLetter.objects.count() + 1}/2016"
    document = store(StoredDocument.Kind.LETTER, number, pdf_of(number, pages), by=by)
    return CommendationLetter.objects.create(
        **{
            "application": certificate.application,
            "certificate": certificate,
            "recipient": certificate.holder_name,
            "number": number,
            "document": document,
            **_approved(by),
            **fields,
        }
    )


def _approved(by: User) -> dict[str, Any]:
    return {
        "state": LetterState.APPROVED,
        "place": "Warszawa",
        "dated_on": clock.today(),
        "addressee": "x",
        "salutation": "x",
        "closing": "x",
        "first_signatory": "x",
        "first_function": "x",
        "issuer_name": "CAL",
        "drafted_by": by,
        "approved_by": by,
        "approved_at": clock.now(),
    }


def make_refusal(holder: Institution | None = None, **fields: Any) -> CommendationLetter:
    """An approved letter of a case that was refused: there is no certificate."""
    application = make_application(State.REFUSED, institution=holder or make_holder())
    by = make_user(Role.OFFICE)
    number = f"CAL/P/{CommendationLetter.objects.count() + 1}/2016"
    recipient = application.institution.name
    return CommendationLetter.objects.create(
        **{
            "application": application,
            "kind": Kind.REFUSAL,
            "recipient": recipient,
            "number": number,
            "document": store(StoredDocument.Kind.LETTER, number, pdf_of(number), by=by),
            **_approved(by),
            **fields,
        }
    )


def start(*certificates: Certificate, by: User | None = None, **options: Any) -> PrintRun:
    return start_run(
        by=by or make_user(Role.OFFICE),
        certificates=[certificate.pk for certificate in certificates],
        **{"title": "Gala", "with_delivery_list": False, **options},
    )


def printed(run: PrintRun) -> PrintRun:
    """Let the worker's chore do its work; the run as it then is."""
    print_waiting(clock.now())
    return PrintRun.objects.get(pk=run.pk)
