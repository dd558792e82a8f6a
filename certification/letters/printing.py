"""From a letter's row to the sheet that is printed."""

from certification.certificates.codes import grouped
from certification.documents.marks import read_mark
from certification.documents.models import Issuer
from certification.documents.sheets import Letterhead, LetterSheet, Signatory

from .models import CommendationLetter


def sheet_of(letter: CommendationLetter) -> LetterSheet:
    """What the letter prints: all from its own row; a draft has the letterhead of today."""
    pairs = (
        (letter.first_signatory, letter.first_function),
        (letter.second_signatory, letter.second_function),
    )
    return LetterSheet(
        issuer=_letterhead(letter),
        reference=_reference(letter),
        preview=letter.number is None,
        title=letter.title,
        verification_url=letter.verification_url,
        verification_code=grouped(letter.code or ""),
        place=letter.place,
        issued_on=letter.dated_on,
        addressee=tuple(letter.addressee.splitlines()),
        salutation=letter.salutation,
        paragraphs=tuple(p.text for p in letter.paragraphs.all() if p.included),
        closing=letter.closing,
        signatories=tuple(Signatory(name, function) for name, function in pairs if function),
    )


def _reference(letter: CommendationLetter) -> str:
    if not letter.number or letter.replaces is None:
        return letter.number or ""
    return f"{letter.number} (zastępuje {letter.replaces.number})"


def _letterhead(letter: CommendationLetter) -> Letterhead:
    if not letter.issuer_name:
        return Issuer.load().letterhead()
    return Letterhead(
        name=letter.issuer_name,
        address=letter.issuer_address,
        website=letter.issuer_website,
        email=letter.issuer_email,
        mark=read_mark(letter.issuer_mark),
    )
